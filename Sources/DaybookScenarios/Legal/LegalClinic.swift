import DaybookClinicEvents
public import DaybookDesk
public import DaybookEngine
import DaybookEvents
public import DaybookValues

/// A clinic that only does what it may: each action is chosen by what the Desk knows, so that none is
/// refused.
///
/// Of at least two clinics with clocks of their own, in which at least two people hold every role and
/// approve for each other: `HistorySize` says how many. What it does how often, `LegalAction` says; what
/// is not possible just now (nobody waits, nothing is owed) is passed over for another. The same seed
/// and the same states make the same actions.
///
/// It holds nothing that grows with the history but counts of holidays: what may happen next is drawn
/// from the newest things that the Desk knows, with a few tries, so that choosing takes as long after a
/// million actions as after ten.
///
/// What only the log knows, whether an old event can still be undone, is tried: such an action bears
/// the codes with which it may be refused. Figures of a department, when a period is closed, are for
/// the caller to fill in.
public struct LegalClinic: Sendable {
  /// Something that may happen: nil where it is not possible just now.
  typealias Maker = @Sendable (inout LegalClinic, DeskState, Instant) -> LegalCommand?

  /// How each action is made.
  typealias Makers = [(action: LegalAction, make: Maker)]

  var dice: Dice
  /// How large the clinics are.
  let size: HistorySize
  /// Who acts, and who approves.
  var who = StaffID(1)
  var other = StaffID(2)
  /// Where, unless the action says another clinic.
  var here = ClinicID(1)
  /// When the first action was asked for: nothing is dated before that.
  var began: Instant?
  /// What the last actions made and may be undone, the newest last.
  var recent: [Undoable] = []
  /// What the last action did, if that can be undone.
  var last: Undoable?
  /// How many words were made, so that none is made twice.
  var words = 0
  /// How many holidays were recorded for each of those who work there from the beginning, by year.
  var holidays: [HolidayYear: Int] = [:]

  static let recentMax = 160

  /// The life of a seed, which goes on from a book that `opening` began.
  public init(seed: UInt64, size: HistorySize = HistorySize()) {
    dice = Dice(seed: seed)
    self.size = size
  }

  /// The next action, by a clock that stands at `now`.
  public mutating func next(given state: DeskState, at now: Instant) -> ScenarioAction {
    if began == nil { began = now }
    (who, other) = colleagues()
    here = somewhere()
    var place = dice.below(Self.weights)
    var index = 0
    while place >= Self.makers[index].action.weight {
      place -= Self.makers[index].action.weight
      index += 1
    }
    // A new patient is always possible, and stands first.
    for offset in Self.makers.indices {
      let maker = Self.makers[(index + offset) % Self.makers.count].make
      if let made = maker(&self, state, now) { return action(made, state, at: now) }
    }
    return action(newPatient(), state, at: now)
  }

  /// Takes in what an action made, so that it may be undone later.
  public mutating func note(_ receipt: ActionReceipt, of action: ScenarioAction) {
    let clinic = ClinicID(action.envelope.clinic)
    let made = receipt.events.compactMap { Undoable($0, at: clinic) }
    recent += made
    if recent.count > Self.recentMax { recent.removeFirst(recent.count - Self.recentMax) }
    if let absence = action.command as? RecordAbsence, absence.type == .holiday,
      let staff = absence.staff
    {
      holidays[HolidayYear(staff: staff, year: absence.from.year), default: 0] += 1
    }
    // What the first event led to goes along; the first things that an opening entry, the end of a
    // package and a rectified invoice make only get a number for what follows.
    let root = action.command is PostJournal ? receipt.events.last : receipt.events.first
    let isFinal = action.command is CancelPackage || action.command is RectifyInvoice
    last = isFinal ? nil : made.first { $0.event.position == root?.position }
  }

  /// Forgets what stood behind `position`: a loss of power took it.
  public mutating func forget(behind position: Position) {
    recent.removeAll { $0.event.position > position }
    last = nil
  }

  func action(_ made: LegalCommand, _ state: DeskState, at now: Instant) -> ScenarioAction {
    let clinic = made.clinic ?? here
    var envelope = Envelope()
    envelope.clinic = clinic.number
    envelope.actor = .staff((made.by ?? who).number)
    envelope.role = made.role.role
    envelope.effective = moment(made.effective ?? now, state, at: clinic)
    var action = ScenarioAction(made.command, envelope)
    action.tolerated = made.tolerated
    return action
  }

  private static let weights = makers.reduce(0) { $0 + $1.action.weight }

  /// What may happen.
  static let makers: Makers =
    frontOffice + diary + administration + catalogue + money + credits + till + sales + invoices
    + claims + packages + goods + shelves + equipment + purchasing + ledger + people + time
    + payroll + periods + reversals
}

/// Somebody's holidays of a year.
struct HolidayYear: Hashable, Sendable {
  var staff: StaffID
  var year: Int
}

/// A command with who may give it, and where.
struct LegalCommand {
  var command: any Command<DeskState>
  var role: ClinicRole
  /// Where the clinic is just now, if nil.
  var clinic: ClinicID?
  /// Who acts just now, if nil.
  var by: StaffID?
  /// Now, if nil.
  var effective: Instant?
  /// The codes with which it may be refused all the same.
  var tolerated: Set<RefusalCode> = []

  init(
    _ command: any Command<DeskState>, _ role: ClinicRole, at clinic: ClinicID? = nil,
    by: StaffID? = nil, effective: Instant? = nil
  ) {
    self.command = command
    self.role = role
    self.clinic = clinic
    self.by = by
    self.effective = effective
  }
}
