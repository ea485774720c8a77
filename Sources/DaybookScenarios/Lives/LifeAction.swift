public import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
public import DaybookEvents
public import DaybookValues

/// What somebody of a business does, and when.
public struct LifeAction: Sendable {
  /// The day.
  public let day: Day
  /// The time. The writer's clock must stand there, since nothing is booked in its past.
  public let at: Instant
  /// The same for people: `09:05:00  Rosa Marin checks in Ana Soler`.
  public let text: String
  /// The command, and who gives it where.
  public var action: ScenarioAction

  /// The area, clinic and last day whose figures a closing needs; nil for every other action.
  public var closes: (area: PeriodArea, clinic: ClinicID, through: Day)? {
    let clinic = ClinicID(action.envelope.clinic)
    if let period = action.command as? ClosePeriod { return (period.area, clinic, period.to) }
    if let year = action.command as? CloseYear { return (.accounting, clinic, year.yearEnd) }
    return nil
  }

  /// Fills in the figures of a closing, as the department has them.
  public mutating func fill(_ totals: Statement) {
    if var period = action.command as? ClosePeriod {
      period.totals = totals
      action.command = period
    } else if var year = action.command as? CloseYear {
      year.totals = totals
      action.command = year
    }
  }
}

/// The Desk has refused what a life is made of: a mistake of the life, or of a decider.
public struct LifeRefusal: Error, CustomStringConvertible {
  /// Which life it was.
  public let life: String
  /// The action.
  public let action: LifeAction
  /// What the Desk said.
  public let refusal: Refusal

  /// The life, the day, the command and the reasons.
  public var description: String {
    "\(life), \(action.day), \(action.text): \(type(of: action.action.command)) "
      + "\(action.action.command): \(refusal)"
  }
}

/// What somebody does, before it has a time.
struct Deed: Sendable {
  /// What is to be noted once the Desk has taken it in.
  typealias Note = @Sendable (inout BusinessLife, DeskState) -> Void

  /// Who does it: a place among the staff; nil for the system.
  var by: Int?
  var role: ClinicRole
  var command: any Command<DeskState>
  /// What is done, behind the name of who does it.
  var text: String
  var clinic = ClinicID(1)
  var noted: Note?

  init(
    _ by: Int?, _ role: ClinicRole, _ command: any Command<DeskState>, _ text: String,
    noted: Note? = nil
  ) {
    self.by = by
    self.role = role
    self.command = command
    self.text = text
    self.noted = noted
  }

  /// The same at another clinic.
  func at(_ clinic: ClinicID) -> Deed {
    var deed = self
    deed.clinic = clinic
    return deed
  }
}
