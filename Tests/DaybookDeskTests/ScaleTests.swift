import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// A decision asks what it needs to know, and does not look through what has been: long histories,
/// in the orders in which looking through all of them would be worst.
@Suite struct `The last decision of many` {
  private static let count = 4_000

  /// Takes one command after another in, without a copy of the state between them.
  private func run(
    _ commands: (inout DecidedHistory<DeskState>, Int, DecisionContext) throws -> Void
  ) throws -> DeskState {
    let spec = Clinic.open.importing
    var history = spec.history
    for index in 0..<Self.count { try commands(&history, index, spec.context) }
    return history.state
  }

  @Test func `of an item whose lots are used up asks for its own lot alone`() throws {
    let state = try run { history, index, context in
      var goods = ReceiveGoods()
      goods.opening = true
      goods.lines = [
        .with {
          $0.item = Clinic.screw
          $0.lot = "L\(index)"
          $0.expiry = Clinic.today
          $0.quantity = .one
        }
      ]
      _ = try history.perform(goods, context)
      var issue = IssueStock()
      issue.item = Clinic.screw
      issue.quantity = .one
      if index.isMultiple(of: 2) { issue.lot = "L\(index)" }
      issue.purpose = .sale
      _ = try history.perform(issue, context)
    }
    let key = StockKey(clinic: Clinic.id, item: Clinic.screw)
    #expect(state.stock.lot("L\(Self.count - 1)", at: key)?.onHand == 0)
    #expect(state.stock[key]?.onShelf == [])
  }

  @Test func `of stock dated before all others sees all that follow it`() throws {
    let state = try run { history, index, context in
      var context = context
      context.effective.instant.milliseconds -= Int64(index) * 60_000
      var goods = ReceiveGoods()
      goods.opening = true
      goods.lines = [
        .with {
          $0.item = Clinic.gloves
          $0.quantity = .one
        }
      ]
      _ = try history.perform(goods, context)
    }
    let lot = state.stock.lot("", at: StockKey(clinic: Clinic.id, item: Clinic.gloves))
    #expect(lot?.onHand == Int64(Self.count) * 1000)
    let nine = Clinic.nine.instant.milliseconds
    let before = Instant(milliseconds: nine - 60_000)
    #expect(
      lot.map { state.stock.lowest(of: $0, from: before) } == Int64(Self.count - 1) * 1000)
  }

  @Test func `of an appointment within a stay of many years finds that stay`() throws {
    var stay = BookAppointment()
    stay.patient = Clinic.patient
    stay.practitioner = Clinic.doctor
    stay.start = Clinic.nine.instant
    stay.durationSeconds = 86_400 * 3650
    let state = try run { history, index, context in
      if index == 0 { _ = try history.perform(stay, context) }
      var visit = stay
      visit.patient = Clinic.other
      visit.start.milliseconds += Int64(index) * 3_600_000
      visit.durationSeconds = 60
      _ = try history.perform(visit, context)
      #expect(history.findings.count == 1)
    }
    #expect(state.scheduling.appointments.count == Self.count + 1)
  }
}
