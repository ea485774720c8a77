import DaybookClinicEvents
public import DaybookDesk
public import DaybookEngine
public import DaybookEvents
public import DaybookValues

/// Actions that are legal but for one thing, each with the code that must refuse it.
public struct NearLegalClinic: Sendable {
  /// What somebody tries, and how it must end.
  public struct Attempt: Sendable {
    /// The action.
    public var action: ScenarioAction
    /// The code that one of the violations must bear.
    public var code: RefusalCode
  }

  /// What is all but legal, with its code.
  typealias Nearly = (command: LegalCommand, code: RefusalCode)

  typealias Maker = @Sendable (inout NearLegalClinic, DeskState, Instant) -> Nearly?

  var legal: LegalClinic

  /// The attempts of a seed.
  public init(seed: UInt64, size: HistorySize = HistorySize()) {
    legal = LegalClinic(seed: seed ^ 0x6e65_6172, size: size)
  }

  /// Takes in what an action made, so that it may be undone later.
  public mutating func note(_ receipt: ActionReceipt, of action: ScenarioAction) {
    legal.note(receipt, of: action)
  }

  /// Forgets what stood behind `position`: a loss of power took it.
  public mutating func forget(behind position: Position) { legal.forget(behind: position) }

  /// The next attempt: the last legal action again with one thing wrong, or a command that is wrong by
  /// the state; nil where nothing suits.
  public mutating func next(
    given state: DeskState, after action: ScenarioAction, at now: Instant
  ) -> Attempt? {
    if legal.began == nil { legal.began = now }
    legal.here = legal.somewhere()
    if legal.dice.chance(20) { return spoilt(action) }
    let makers = Self.makers
    let first = legal.dice.below(makers.count)
    for offset in makers.indices {
      guard let (made, code) = makers[(first + offset) % makers.count](&self, state, now) else {
        continue
      }
      return Attempt(action: legal.action(made, state, at: now), code: code)
    }
    return nil
  }

  /// The same by somebody who may not, at a clinic that is not, or on a stream that has moved on.
  private mutating func spoilt(_ action: ScenarioAction) -> Attempt {
    var action = action
    switch legal.dice.below(4) {
    case 0:
      action.envelope.role = .auditor
      return Attempt(action: action, code: .notPermitted)
    case 1:
      action.envelope.actor = .staff(LegalClinic.trespasser.number)
      action.envelope.clinic = 1
      return Attempt(action: action, code: .notPermitted)
    case 2:
      action.envelope.expecting = StreamVersion(LegalClinic.north.stream, version: 0)
      return Attempt(action: action, code: .versionConflict)
    default:
      action.envelope.clinic = 99
      return Attempt(action: action, code: .unknownReference)
    }
  }

  /// What is wrong by the state.
  static let makers: [Maker] =
    frontOffice + diary + catalogue + billing + till + sales + claims + packages + goods + shelves
    + purchasing + ledger + people + time + payroll + periods + reversals
}
