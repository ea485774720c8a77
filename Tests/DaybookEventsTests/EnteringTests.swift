import DaybookBytes
import DaybookEvents
import DaybookValues
import Testing

@Suite struct `What is entered` {
  private let terms = PlainTerms(currency: .entryTestEuro)

  private func enter(_ json: String) throws -> Order {
    try Order(entered: EnteredValue(json: json), terms)
  }

  @Test func `fills the fields of those names, however they are written`() throws {
    let order = try enter(
      """
      {"buyer":"P17","unit-price":"4.2075","quantity":1.25,"due_day":"2026-03-02","discount":"10.00",
       "lasts":"1h30m","urgent":true,"way":"byCar","notes":["a","b \\u00e9"],
       "parts":[{"of":"P3","share":"12.50"},"P4=2.50"],"paid":{"cash":"5.00"}}
      """)
    #expect(order.buyer == Identifier(17))
    #expect(order.unitPrice == (try UnitPrice(parsing: "4.2075")))
    #expect(order.quantity == (try Quantity(parsing: "1.25")))
    #expect(order.dueDay == (try Day(parsing: "2026-03-02")))
    #expect(order.discount == Amount(minorUnits: 1000))
    #expect(order.lastsSeconds == 5400)
    #expect(order.urgent)
    #expect(order.way == .byCar)
    #expect(Array(order.notes) == ["a", "b é"])
    #expect(order.parts.map(\.of.number) == [3, 4])
    #expect(order.parts.map(\.share.minorUnits) == [1250, 250])
    #expect(order.paid == .cash(Amount(minorUnits: 500)))
  }

  @Test func `leaves everything else as it is by default`() throws {
    let order = try enter("{}")
    #expect(order == Order())
    #expect(order.units == 1)
    #expect(try enter(#"{"buyer":null}"#) == Order())
  }

  @Test func `reads what was printed`() throws {
    let order = try enter(#"{"buyer":"P17","quantity":"2","paid":"P9","parts":["P4=2.50"]}"#)
    let again = try enter(try order.json())
    #expect(again == order)
  }

  @Test func `takes a text as the first alternative that it can be`() throws {
    #expect(try enter(#"{"paid":"P9"}"#).paid == .credit(Identifier(9)))
    #expect(try enter(#"{"paid":"7.00"}"#).paid == .cash(Amount(minorUnits: 700)))
    #expect(try enter(#"{"paid":"later"}"#).paid == .later)
    #expect(try enter(#"{"paid":{"later":{}}}"#).paid == .later)
  }

  @Test func `takes an alternative with what it holds out of a text of several parts`() throws {
    let two = EnteredValue.object([
      .init("parts", .list([.text("cash=3.00=2.00"), .text("later=1.00"), .text("P7=4.00")]))
    ])
    let given = try PaidParts(entered: two, terms)
    #expect(
      given.parts == [
        PaidPart(.cash(Amount(minorUnits: 300)), Amount(minorUnits: 200)),
        PaidPart(.later, Amount(minorUnits: 100)),
        PaidPart(.credit(Identifier(7)), Amount(minorUnits: 400)),
      ])
  }

  @Test func `names a currency that is not the clinic's, and reads amounts in it`() throws {
    let order = try enter(#"{"discount":"1000","currency":"JPY"}"#)
    #expect(order.discount.minorUnits == 1000)
    #expect(order.discount.currency.code == "JPY")
    #expect(try enter(#"{"discount":"10.00","currency":"EUR"}"#).discount.minorUnits == 1000)
  }

  @Test(arguments: [
    (#"{"buyr":"P1"}"#, "there is no field \"buyr\""), (#"{"buyer":"X1"}"#, "buyer:"),
    (#"{"units":"many"}"#, "units: \"many\" is no whole number"),
    (#"{"discount":"1.001"}"#, "discount: amount"), (#"{"way":"byBoat"}"#, "onFoot, byCar"),
    (#"{"parts":[{"of":"P3","shares":"1"}]}"#, "parts: there is no field \"shares\""),
    (#"{"parts":["P3=1=2"]}"#, "parts"), (#"{"paid":"X"}"#, "paid"), (#"{"paid":{}}"#, ""),
    (#"{"buyer":["P1","P2"]}"#, "buyer: one value is wanted"), (#"{"buyer":{"a":1}}"#, "buyer"),
    (#"{"paid":{"cash":"1","later":{}}}"#, "paid"), (#"{"lasts":"soon"}"#, "lastsSeconds"),
    (#"{"a":1,"a":2}"#, "stands twice"), (#"{"a":1"#, "no JSON from byte 6 on"), ("", "no JSON"),
    (#"{"a":1} x"#, "something follows"), (#"{"units":1e3}"#, "exponent"),
  ])
  func `is refused with its field where it is not what the field holds`(
    _ json: String, _ words: String
  ) {
    do {
      let order = try enter(json)
      #expect(words.isEmpty, "\(order)")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }

  @Test func `is explained from the description`() throws {
    let fields = try Order.entryFields
    #expect(fields.map(\.name).prefix(3) == ["buyer", "unitPrice", "quantity"])
    let units = try #require(fields.first { $0.name == "units" })
    #expect(units.standing == "1")
    let parts = try #require(fields.first { $0.name == "parts" })
    #expect(parts.isList && parts.members.map(\.name) == ["of", "share"])
    let paid = try #require(fields.first { $0.name == "paid" })
    let alone = paid.members.filter { !$0.isAlternative }
    #expect(alone.isEmpty)
    let way = try #require(fields.first { $0.name == "way" })
    #expect(way.form.choices == ["onFoot", "byCar"])
    #expect(fields.first { $0.name == "lastsSeconds" }?.form.words.contains("30m") == true)
  }
}

extension Currency {
  fileprivate static let entryTestEuro = (try? Currency("EUR")) ?? .unspecified
}

private enum BuyerKind: IdentifierKind {
  static var prefix: String { "P" }
  static var name: String { "buyer" }
  static var number: UInt16 { 1 }
}

private enum Way: UInt32, WireEnum {
  case unspecified = 0
  case onFoot = 1
  case byCar = 2
  init() { self = .unspecified }
}

private struct Part: Payload, Hashable {
  var of = Identifier<BuyerKind>()
  var share = Amount.zero

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "of", &of)
    try fields.visit(2, "share", &share)
  }
}

private enum Paid: RequiredGroup, Hashable {
  case cash(Amount)
  case credit(Identifier<BuyerKind>)
  case later

  init() { self = .later }

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "cash", &self, get: { if case .cash(let amount) = $0 { amount } else { nil } },
      set: { .cash($0) })
    try fields.alternative(
      2, "credit", &self, get: { if case .credit(let buyer) = $0 { buyer } else { nil } },
      set: { .credit($0) })
    try fields.alternative(
      3, "later", &self, get: { if case .later = $0 { Nothing() } else { nil } },
      set: { _ in .later })
    try fields.endAlternatives("paid")
  }
}

private struct PaidPart: Payload, Hashable {
  var with = Paid()
  var amount = Amount.zero

  init() {}

  init(_ with: Paid, _ amount: Amount) {
    self.with = with
    self.amount = amount
  }

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "with", &with)
    try fields.visit(2, "amount", &amount)
  }
}

private struct PaidParts: Payload, Hashable {
  var parts: Few<PaidPart> = []

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "parts", &parts)
    try fields.currency()
  }
}

private struct Order: Payload, Hashable {
  var buyer = Identifier<BuyerKind>()
  var unitPrice = UnitPrice()
  var quantity = Quantity.zero
  var dueDay: Day?
  var discount = Amount.zero
  var lastsSeconds: UInt32 = 0
  var urgent = false
  var way = Way()
  var units: UInt32 = 1
  var notes: Few<String> = []
  var parts: Few<Part> = []
  var paid = Paid()

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "buyer", &buyer)
    try fields.visit(2, "unitPrice", &unitPrice)
    try fields.visit(3, "quantity", &quantity)
    try fields.visit(4, "dueDay", &dueDay)
    try fields.visit(5, "discount", &discount)
    try fields.visit(6, "lastsSeconds", &lastsSeconds)
    try fields.visit(7, "urgent", &urgent)
    try fields.visit(8, "way", &way)
    try fields.visit(9, "units", &units)
    try fields.visit(10, "notes", &notes)
    try fields.visit(11, "parts", &parts)
    try fields.visit(12, "paid", &paid)
    try fields.currency()
  }
}
