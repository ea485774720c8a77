import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// What accountants complain of in other programs: LESSONS section 3, rows 4, 5 and 6.
@Suite struct `What goes wrong elsewhere in the books` {
  private func gloves() throws -> DecidedBooks {
    var desk = try DecidedBooks()
    try desk.perform(
      as: .admin,
      DefineItem.with {
        $0.name = "Gloves"
        $0.baseUnit = "box"
      })
    return desk
  }

  private func receive(_ cents: Int64) -> ReceiveGoods {
    .with {
      $0.supplier = PartyID(2)
      $0.lines = [
        .with {
          $0.item = ItemID(1)
          $0.quantity = Quantity(thousandths: 10_000)
          $0.value = money(cents)
        }
      ]
    }
  }

  private func use(_ boxes: Int64) -> IssueStock {
    .with {
      $0.item = ItemID(1)
      $0.quantity = Quantity(thousandths: boxes * 1000)
      $0.purpose = .internal
    }
  }

  private func reverse(_ position: UInt64) -> ReverseEvent {
    .with {
      $0.of = Position(position)
      $0.reason = "a mistake"
    }
  }

  // Row 4: elsewhere the reverse entry is dated as the original, in a month that is closed. Of three
  // vouchers of March, whose month is closed, each is undone on 1 April, whatever sort it is; of one of
  // April on its own day.
  @Test func `a cancelled voucher never enters a closed month, whatever it was`() throws {
    var desk = try gloves()
    try desk.perform(as: .buyer, receive(1_000))
    var wrong: [UInt64] = []
    try desk.see()
    try desk.treat(10_000)
    wrong.append(desk.books.position)
    try desk.perform(as: .buyer, use(2))
    wrong.append(desk.books.position)
    try desk.pay(1, 500)
    wrong.append(desk.books.position)
    let march = try desk.trialBalance(on: "2026-03-31")
    try desk.on("2026-04-05")
    try desk.treat(3_000)
    let open = desk.books.position
    try desk.close(through: "2026-03-31")
    let stated = desk.totals(through: try Day(parsing: "2026-03-31"))
    let roles: [ClinicRole] = [.accountant, .buyer, .accountant]
    for (position, role) in zip(wrong.reversed(), roles) {
      try desk.perform(as: role, reverse(position))
      #expect(desk.spec.events.allSatisfy { "\($0.effective.day)" == "2026-04-01" })
    }
    try desk.perform(as: .accountant, reverse(open))
    #expect(desk.spec.events.allSatisfy { "\($0.effective.day)" == "2026-04-05" })
    #expect(try desk.trialBalance(on: "2026-03-31") == march)
    #expect(desk.totals(through: try Day(parsing: "2026-03-31")).digest == stated.digest)
    #expect(desk.faults.isEmpty)
  }

  // Row 5: elsewhere the advice is to switch on that ledger entries may be deleted.
  @Test func `nothing is ever deleted: what was wrong stands, and what undid it beside it`() throws
  {
    var desk = try gloves()
    try desk.perform(as: .buyer, receive(1_000))
    try desk.see()
    try desk.treat(10_000)
    let charge = desk.books.position
    try desk.pay(1, 10_000)
    let payment = desk.books.position
    let before = desk.taken
    let lines = desk.books.lines()
    try desk.perform(as: .accountant, reverse(payment))
    let undone = desk.spec.events
    try desk.perform(as: .accountant, reverse(charge))
    // Each event is where it was and what it was, to the byte; the corrections come behind.
    #expect(desk.taken.count == before.count + 2)
    #expect(desk.taken.prefix(before.count).elementsEqual(before))
    // Each has its entry still, and the reversals have theirs.
    #expect(desk.books.lines().prefix(lines.count).elementsEqual(lines))
    #expect(
      desk.books.lines().suffix(4) == [
        "1150 P1 M1 -100.00", "1200 P1 M1 100.00", "1200 P1 C1 -100.00", "4000 P1 C1 100.00",
      ])
    // What was undone can be read in what undid it, too.
    let reversed = try #require(undone.first).decoded(as: Reversed.self)
    #expect(try reversed.original(PaymentReceived.self).amount == money(10_000))
    // And nobody can ask for anything else: no event takes another one out of the log.
    let names = ClinicEvents.families.flatMap(\.events).map(\.name)
    #expect(names.count > 70)
    #expect(!names.contains { $0.contains("Delet") || $0.contains("Remov") })
  }

  // Row 6: elsewhere a voucher that is submitted while old ones are posted anew loses its stock and its
  // entries. Ten boxes at 1.00 come in, two are used. A delivery of ten at 3.00 is recorded a week late;
  // at once three more are used: 18 boxes are worth 38.00, so 6.33. They have their entry, and what was
  // posted before is what it was: nothing waits to be posted anew.
  @Test func `a voucher has stock and entry at once, whatever comes in late`() throws {
    var desk = try gloves()
    #expect(try desk.perform(as: .buyer, receive(1_000)).count == 2)
    try desk.on("2026-03-12")
    #expect(try desk.perform(use(2)) == ["5010 - B1 2.00", "1400 - B1 -2.00"])
    let lines = desk.books.lines()
    try desk.on("2026-03-05", recorded: "2026-03-12")
    #expect(
      try desk.perform(receive(3_000)) == ["1400 Y2 R2 30.00", "2010 Y2 R2 -30.00"])
    try desk.on("2026-03-12")
    #expect(try desk.perform(use(3)) == ["5010 - B1 6.33", "1400 - B1 -6.33"])
    #expect(desk.books.lines().prefix(lines.count).elementsEqual(lines))
    let shelf = desk.spec.state.stock.lot("", at: StockKey(clinic: ClinicID(1), item: ItemID(1)))
    #expect(shelf?.onHand == 15_000 && shelf?.value == 3_167)
    #expect(desk.balance("1400") == 3_167)
    // The books are what the events make of them, read once more from the first.
    var again = Books()
    for event in desk.taken { try again.take(event) }
    #expect(again.lines() == desk.books.lines())
    #expect(again.model.digest == desk.books.model.digest)
    #expect(desk.faults.isEmpty)
  }
}
