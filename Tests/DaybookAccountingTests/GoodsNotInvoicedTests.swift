import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// Worked by hand. On 2 March 200 masks come in at 100.00 and 10 at 30.00, from one supplier, each a line
/// of one receipt.
@Suite struct `Goods that wait for their invoice` {
  private var desk: DecidedBooks

  init() throws {
    desk = try DecidedBooks()
    for name in ["Masks", "Screws"] {
      try desk.perform(
        as: .admin,
        DefineItem.with {
          $0.name = name
          $0.baseUnit = "piece"
        })
    }
    try desk.perform(
      as: .buyer,
      ReceiveGoods.with {
        $0.supplier = PartyID(2)
        $0.lines = [
          .with {
            $0.item = ItemID(1)
            $0.quantity = Quantity(thousandths: 200_000)
            $0.value = money(10_000)
          },
          .with {
            $0.item = ItemID(2)
            $0.quantity = Quantity(thousandths: 10_000)
            $0.value = money(3_000)
          },
        ]
      })
  }

  private func report(_ on: String, known: UInt64? = nil) throws -> Report {
    AccountingReports.goodsNotInvoiced(
      desk.books.clearingView, desk.books.view, try desk.query(on, known: known))
  }

  private func lines(_ on: String, known: UInt64? = nil) throws -> [String] {
    try report(on, known: known).texts(
      "receipt", "line", "item", "quantity", "value", "returned", "invoiced", "openQuantity",
      "open",
      "days")
  }

  private mutating func invoice(_ line: UInt32, _ thousandths: Int64, net: Int64) throws {
    let number = "F-\(desk.books.position)"
    try desk.perform(
      as: .accountant,
      RecordSupplierInvoice.with {
        $0.supplier = PartyID(2)
        $0.number = number
        $0.date = Day(daysSince1970: 20_513)
        $0.lines = [
          .with {
            $0.receipt = ReceiptID(1)
            $0.line = line
            $0.quantity = Quantity(thousandths: thousandths)
            $0.net = money(net)
          }
        ]
      })
  }

  // 20 of 200 masks go back: 10.00 of 100.00. 90 of the 180 left are invoiced: 45.00 of 90.00. A credit
  // note for 30 of them makes 15.00 wait again, and so does undoing the first invoice once that is undone.
  @Test mutating func `are what was received less what went back and what was invoiced`() throws {
    try desk.on("2026-03-04")
    try desk.perform(
      as: .buyer,
      ReturnGoods.with {
        $0.receipt = ReceiptID(1)
        $0.lines = [
          .with {
            $0.item = ItemID(1)
            $0.quantity = Quantity(thousandths: 20_000)
          }
        ]
        $0.reason = "torn"
      })
    try desk.on("2026-03-05")
    try invoice(1, 90_000, net: 4_500)
    let invoiced = desk.books.position
    try desk.on("2026-03-06")
    try invoice(1, -30_000, net: -1_500)
    let credited = desk.books.position
    let screws = "R1 2 I2 10 30.00 0.00 0.00 10 30.00"
    #expect(try lines("2026-03-01") == [])
    #expect(
      try lines("2026-03-02") == ["R1 1 I1 200 100.00 0.00 0.00 200 100.00 0", "\(screws) 0"])
    #expect(
      try lines("2026-03-04") == ["R1 1 I1 200 100.00 10.00 0.00 180 90.00 2", "\(screws) 2"])
    #expect(
      try lines("2026-03-05") == ["R1 1 I1 200 100.00 10.00 45.00 90 45.00 3", "\(screws) 3"])
    #expect(
      try lines("2026-03-06") == ["R1 1 I1 200 100.00 10.00 30.00 120 60.00 4", "\(screws) 4"])
    #expect(desk.balance("2010") == -9_000)
    let page = try report("2026-03-06")
    #expect(page.notes == ["Open: 90.00, as on account 2010."])
    try Golden.expect(render(page, as: .text), is: "accounting/grir.txt")
    try Golden.expect(render(page, as: .csv), is: "accounting/grir.csv")
    for position in [credited, invoiced] {
      try desk.perform(
        as: .accountant,
        ReverseEvent.with {
          $0.of = Position(position)
          $0.reason = "a mistake"
        })
    }
    #expect(
      try lines("2026-03-06") == ["R1 1 I1 200 100.00 10.00 0.00 180 90.00 4", "\(screws) 4"])
    #expect(
      try lines("2026-03-06", known: credited)
        == ["R1 1 I1 200 100.00 10.00 30.00 120 60.00 4", "\(screws) 4"])
    #expect(try report("2026-03-06").notes == ["Open: 120.00, as on account 2010."])
    #expect(desk.balance("2010") == -12_000)
  }

  // An invoice that has effect on 1 March for goods of the 2nd: until they come, they are open below zero.
  @Test mutating func `are open below zero where the invoice has effect before them`() throws {
    try desk.on("2026-03-01", recorded: "2026-03-03")
    try invoice(2, 10_000, net: 3_100)
    #expect(try lines("2026-03-01") == ["R1 2 I2 0 0.00 0.00 30.00 -10 -30.00 -1"])
    #expect(try report("2026-03-01").notes == ["Open: -30.00, as on account 2010."])
    #expect(try lines("2026-03-02") == ["R1 1 I1 200 100.00 0.00 0.00 200 100.00 0"])
  }

  // Stock with which the books begin waits for nothing; nor does what goes back after its invoice.
  @Test mutating func `are neither opening stock nor what went back after its invoice`() throws {
    try desk.perform(
      as: .buyer,
      ReceiveGoods.with {
        $0.opening = true
        $0.lines = [
          .with {
            $0.item = ItemID(1)
            $0.quantity = Quantity(thousandths: 5_000)
            $0.value = money(250)
          }
        ]
      })
    try invoice(1, 200_000, net: 10_000)
    try invoice(2, 10_000, net: 3_000)
    try desk.perform(
      as: .buyer,
      ReturnGoods.with {
        $0.receipt = ReceiptID(1)
        $0.lines = [
          .with {
            $0.item = ItemID(2)
            $0.quantity = Quantity(thousandths: 1_000)
          }
        ]
        $0.reason = "wrong thread"
      })
    #expect(try lines("2026-03-31") == [])
    #expect(try report("2026-03-31").notes == ["Open: nothing, as on account 2010."])
    #expect(desk.balance("2010") == 0)
  }
}
