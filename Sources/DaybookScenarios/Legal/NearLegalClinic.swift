import DaybookClinicEvents
public import DaybookDesk
import DaybookEngine
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

  typealias Maker =
    @Sendable (inout NearLegalClinic, DeskState, Instant) -> (LegalCommand, RefusalCode)?

  var legal: LegalClinic

  /// The attempts of a seed.
  public init(seed: UInt64) { legal = LegalClinic(seed: seed ^ 0x6e65_6172) }

  /// The next attempt: the last legal action again with one thing wrong, or a command that is wrong by
  /// the state; nil where nothing suits.
  public mutating func next(
    given state: DeskState, after action: ScenarioAction, at now: Instant
  ) -> Attempt? {
    if legal.dice.chance(35) { return spoilt(action, at: now) }
    let makers = Self.makers
    let first = legal.dice.below(makers.count)
    for offset in makers.indices {
      guard let (made, code) = makers[(first + offset) % makers.count](&self, state, now) else {
        continue
      }
      return Attempt(action: legal.action(made, at: now), code: code)
    }
    return nil
  }

  /// The same by somebody who may not, at a clinic that is not, or as a fact of tomorrow.
  private mutating func spoilt(_ action: ScenarioAction, at now: Instant) -> Attempt {
    var action = action
    switch legal.dice.below(3) {
    case 0:
      action.envelope.role = .auditor
      return Attempt(action: action, code: .notPermitted)
    case 1:
      action.envelope.actor = .staff(3)
      action.envelope.clinic = 1
      return Attempt(action: action, code: .notPermitted)
    default:
      action.envelope.clinic = 99
      return Attempt(action: action, code: .unknownReference)
    }
  }
}
