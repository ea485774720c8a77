public import DaybookClinicEvents
import DaybookDesk
public import DaybookEngine
import DaybookEvents
public import DaybookValues

extension BusinessLife {
  /// Lives on for so many days in a book; what is decided is queued, and not waited for.
  ///
  /// - Parameters:
  ///   - days: How many days, those included on which it is closed.
  ///   - engine: The book, empty before the first day.
  ///   - setClock: Sets the clock by which the engine records; called before every action.
  ///   - totals: What a department has added up, for a closing: of an area and a clinic, through a day.
  ///   - heard: Called behind every action with what it has made.
  /// - Throws: `LifeRefusal` where the Desk refuses an action, which is a mistake of this type or of
  ///   a decider; what `Engine.submit` and the closures throw.
  public mutating func live(
    days: Int, in engine: Engine, setClock: (Instant) -> Void,
    totals: (PeriodArea, ClinicID, Day) throws -> Statement,
    heard: (LifeAction, ActionReceipt) throws -> Void = { _, _ in }
  ) throws {
    for _ in 0..<days {
      startDay()
      while var action = next(given: engine.state(of: DeskState.self)) {
        setClock(action.at)
        if let closes = action.closes {
          action.fill(try totals(closes.area, closes.clinic, closes.through))
        }
        switch try engine.submit(action.action).result {
        case .success(let receipt): try heard(action, receipt)
        case .failure(let refusal):
          throw LifeRefusal(life: "\(trade) of seed \(seed)", action: action, refusal: refusal)
        }
      }
    }
  }
}
