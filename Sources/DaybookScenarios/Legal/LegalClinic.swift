import DaybookClinicEvents
public import DaybookDesk
import DaybookEngine
import DaybookEvents
public import DaybookValues

/// A clinic that only does what it may: each action is chosen by what the Desk knows, so that none is
/// refused.
///
/// Of two clinics, with a staff of three who hold every role between them. Weights stand beside the
/// actions, in `makers`; what is not possible just now (nobody waits, nothing is owed) is passed over
/// for another. The same seed and the same states make the same actions.
public struct LegalClinic: Sendable {
  /// Something that may happen: nil where it is not possible just now.
  typealias Maker = @Sendable (inout LegalClinic, DeskState, Instant) -> LegalCommand?

  var dice: Dice

  /// The life of a seed, which goes on from a book that `RandomClinic.opening` began.
  public init(seed: UInt64) { dice = Dice(seed: seed) }

  /// The next action, by a clock that stands at `now`.
  public mutating func next(given state: DeskState, at now: Instant) -> ScenarioAction {
    var place = dice.below(Self.weights)
    var index = 0
    while place >= Self.makers[index].weight {
      place -= Self.makers[index].weight
      index += 1
    }
    // A new patient is always possible, and stands first.
    for offset in Self.makers.indices {
      let maker = Self.makers[(index + offset) % Self.makers.count].make
      if let made = maker(&self, state, now) { return action(made, at: now) }
    }
    return action(newPatient(), at: now)
  }

  func action(_ made: LegalCommand, at now: Instant) -> ScenarioAction {
    var envelope = Envelope()
    envelope.clinic = made.clinic.number
    envelope.actor = .staff(made.by.number)
    envelope.role = made.role.role
    envelope.effective = Moment(made.effective ?? now)
    return ScenarioAction(made.command, envelope)
  }

  private static let weights = makers.reduce(0) { $0 + $1.weight }

  /// What may happen, how often of so many.
  static let makers: [(weight: Int, make: Maker)] = frontOffice + diary + catalogue + money + goods
}

/// A command with who may give it, and where.
struct LegalCommand {
  var command: any Command<DeskState>
  var role: ClinicRole
  var clinic = ClinicID(1)
  var by = StaffID(1)
  /// Now, if nil.
  var effective: Instant?

  init(
    _ command: any Command<DeskState>, _ role: ClinicRole, at clinic: ClinicID = ClinicID(1),
    effective: Instant? = nil
  ) {
    self.command = command
    self.role = role
    self.clinic = clinic
    self.effective = effective
  }
}

// MARK: - Choosing

extension LegalClinic {
  /// One of the things numbered 1 to `count`, the newest more often: what is open is rarely old.
  mutating func pick<Kind: IdentifierKind>(_ count: Int, _ kind: Kind.Type) -> Identifier<Kind>? {
    guard count > 0 else { return nil }
    let newest = min(count, 24)
    let number = dice.chance(80) ? count - dice.below(newest) : dice.below(count) + 1
    return Identifier<Kind>(UInt64(number))
  }

  /// One of the newest things that `isFit` holds for; a few are looked at.
  mutating func find<Kind: IdentifierKind>(
    _ count: Int, _ kind: Kind.Type, _ isFit: (Identifier<Kind>) -> Bool
  ) -> Identifier<Kind>? {
    for _ in 0..<12 {
      if let id = pick(count, kind), isFit(id) { return id }
    }
    return nil
  }

  mutating func cents(_ range: ClosedRange<Int>) -> Amount {
    Amount(minorUnits: Int64(dice.from(range)), .usd)
  }

  mutating func word(_ stem: String) -> String { "\(stem)\(dice.below(90_000))" }

  mutating func newPatient() -> LegalCommand {
    LegalCommand(RandomClinic.patient(word("Family")), .reception)
  }
}
