import DaybookBytes
import DaybookEvents
import DaybookValues

/// Every shape that a description may have, in one payload.
struct Shapes: Payload, Hashable {
  var flag = false
  var count: UInt64 = 0
  var small: UInt32 = 0
  var signed: Int64 = 0
  var short: Int32 = 0
  var text = ""
  var bytes: [UInt8] = []
  var amount = Amount.zero
  var price = UnitPrice()
  var quantity = Quantity()
  var rate = Rate()
  var from = Day()
  var started = Instant()
  var offset = UTCOffset.utc
  var seen = Position.start
  var thing = ThingID()
  var colour = Colour.unspecified
  var maybe: UInt64?
  var maybeAmount: Amount?
  var group = Group()
  var maybeGroup: Group?
  var choice: Choice?
  var numbers: Few<Int64> = []
  var texts: Few<String> = []
  var groups: Few<Group> = []
  var person = Someone()

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "flag", &flag)
    try fields.visit(2, "count", &count)
    try fields.visit(3, "small", &small)
    try fields.visit(4, "signed", &signed)
    try fields.visit(5, "short", &short)
    try fields.visit(6, "text", &text)
    try fields.visit(7, "bytes", &bytes)
    try fields.visit(8, "amount", &amount)
    try fields.visit(9, "price", &price)
    try fields.visit(10, "quantity", &quantity)
    try fields.visit(11, "rate", &rate)
    try fields.visit(12, "from", &from)
    try fields.visit(13, "started", &started)
    try fields.visit(14, "offset", &offset)
    try fields.currency()
    try fields.visit(16, "seen", &seen)
    try fields.visit(17, "thing", &thing)
    try fields.visit(18, "colour", &colour)
    try fields.visit(19, "maybe", &maybe)
    try fields.visit(20, "maybeAmount", &maybeAmount)
    try fields.visit(21, "group", &group)
    try fields.visit(22, "maybeGroup", &maybeGroup)
    try fields.visit(23, "choice", &choice)
    try fields.visit(24, "numbers", &numbers)
    try fields.visit(25, "texts", &texts)
    try fields.visit(26, "groups", &groups)
    try fields.visit(27, "person", &person)
  }
}

enum ThingKind: IdentifierKind {
  static var prefix: String { "T" }
  static var name: String { "thing" }
  static var number: UInt16 { 1 }
}

typealias ThingID = Identifier<ThingKind>

enum Colour: UInt32, WireEnum {
  case unspecified = 0
  case red = 1
  case darkBlue = 2

  init() { self = .unspecified }
}

struct Group: Payload, Hashable {
  var label = ""
  var value = Amount.zero
  var inner: Few<Inner> = []

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "label", &label)
    try fields.visit(2, "value", &value)
    try fields.visit(3, "inner", &inner)
  }
}

struct Inner: Payload, Hashable {
  var number: Int64 = 0

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "number", &number)
  }
}

enum Choice: Payload, Hashable {
  case number(UInt64)
  case group(Group)
  case nothing

  init() { self = .nothing }

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.alternative(
      1, "number", &self,
      get: { if case .number(let number) = $0 { number } else { nil } }, set: { .number($0) })
    try fields.alternative(
      2, "group", &self,
      get: { if case .group(let group) = $0 { group } else { nil } }, set: { .group($0) })
    try fields.alternative(
      3, "nothing", &self,
      get: { if case .nothing = $0 { Nothing() } else { nil } }, set: { _ in .nothing })
    try fields.endAlternatives("choice")
  }
}

struct Someone: PersonalGroup, Hashable {
  var person: UInt64 = 0
  var sealed: [UInt8] = []
  var name = ""

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.personal(&person, &sealed)
    try fields.visit(3, "name", &name)
  }
}

extension Payload {
  static func with<E: Error>(_ fill: (inout Self) throws(E) -> Void) throws(E) -> Self {
    var value = Self()
    try fill(&value)
    return value
  }
}

extension Shapes {
  /// The ends of every range, and lengths of two bytes.
  static let extremes = Shapes.with {
    $0.small = .max
    $0.signed = .max
    $0.short = .min
    $0.text = String(repeating: "é", count: 2_048)
    $0.bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
    $0.amount = Amount(minorUnits: .min, .usd)
    $0.price = UnitPrice(tenThousandths: .min)
    $0.quantity = Quantity(thousandths: .max)
    $0.rate = Rate(basisPoints: .min)
    $0.from = Day(daysSince1970: .min)
    $0.started = Instant(milliseconds: .min)
    $0.offset = UTCOffset(seconds: .max)
    $0.seen = Position(.max)
    $0.thing = ThingID(.max)
    $0.maybe = .max
    $0.maybeAmount = Amount(minorUnits: .max, .usd)
    $0.maybeGroup = .with { $0.inner = Few((0..<200).map { n in .with { $0.number = n } }) }
    $0.choice = .group(.with { $0.label = String(repeating: "y", count: 130) })
    $0.numbers = Few((0..<300).map { Int64($0) << Int64($0 % 60) })
    $0.texts = Few((0..<5).map { String(repeating: "z", count: $0 * 50) })
    $0.person.person = .max
  }

  /// Any value, the same for the same seed.
  static func random(seed: UInt64) -> Shapes {
    var dice = Seeded(state: seed)
    func some(_ odds: Int = 2) -> Bool { Int.random(in: 0..<odds, using: &dice) > 0 }
    func number() -> Int64 {
      Int64.random(in: .min ... .max, using: &dice) >> Int64.random(in: 0..<64, using: &dice)
    }
    func text() -> String {
      String(
        (0..<Int.random(in: 0..<40, using: &dice)).map { _ in
          "aé\"\\'\n\u{0}€😀 9".randomElement(using: &dice) ?? "a"
        })
    }
    func group() -> Group {
      .with {
        if some() { $0.label = text() }
        if some() { $0.value = Amount(minorUnits: number()) }
        for _ in 0..<Int.random(in: 0..<4, using: &dice) {
          let inner = number()
          $0.inner.append(.with { $0.number = some() ? inner : 0 })
        }
      }
    }
    return .with {
      $0.flag = some()
      if some() { $0.count = UInt64(bitPattern: number()) }
      if some() { $0.small = UInt32(truncatingIfNeeded: number()) }
      if some() { $0.signed = number() }
      if some() { $0.short = Int32(truncatingIfNeeded: number()) }
      if some() { $0.text = text() }
      if some() { $0.bytes = Array(text().utf8) }
      if some() { $0.amount = Amount(minorUnits: number()) }
      if some() { $0.price = UnitPrice(tenThousandths: number()) }
      if some() { $0.quantity = Quantity(thousandths: number()) }
      if some() { $0.from = Day(daysSince1970: Int32(truncatingIfNeeded: number())) }
      if some() { $0.started = Instant(milliseconds: number()) }
      if some() { $0.maybe = UInt64(bitPattern: number()) }
      if some() { $0.group = group() }
      if some() { $0.maybeGroup = group() }
      if some() { $0.choice = [.nothing, .number(7), .group(group())].randomElement(using: &dice) }
      for _ in 0..<Int.random(in: 0..<6, using: &dice) { $0.numbers.append(number()) }
      for _ in 0..<Int.random(in: 0..<5, using: &dice) { $0.texts.append(text()) }
      for _ in 0..<Int.random(in: 0..<5, using: &dice) { $0.groups.append(group()) }
      if some() { $0.person.name = text() }
    }
  }

  /// A value of every shape, none of them the default.
  static let full = Shapes.with {
    $0.flag = true
    $0.count = .max
    $0.small = 300
    $0.signed = .min
    $0.short = -1
    $0.text = "Núñez, \"O'Neil\"\n\\"
    $0.bytes = [0, 1, 0x7f, 0x80, 0xff]
    $0.amount = Amount(minorUnits: -12_345)
    $0.price = UnitPrice(tenThousandths: 12_345)
    $0.quantity = Quantity(thousandths: -1_250)
    $0.rate = Rate(basisPoints: 2_100)
    $0.from = Day(daysSince1970: -1)
    $0.started = Instant(milliseconds: -5_000)
    $0.offset = UTCOffset(seconds: -16_200)
    $0.seen = Position(81_377)
    $0.thing = ThingID(17)
    $0.colour = .darkBlue
    $0.maybe = 0
    $0.maybeAmount = Amount(minorUnits: 0)
    $0.group = .with {
      $0.label = String(repeating: "x", count: 200)
      $0.value = Amount(minorUnits: 1)
      $0.inner = [.with { $0.number = 0 }, .with { $0.number = 7 }]
    }
    $0.maybeGroup = Group()
    $0.choice = .number(0)
    $0.numbers = [0, -1, 1, .max, 0]
    $0.texts = ["", "a", "", "b", "c"]
    $0.groups = [Group(), .with { $0.label = "y" }, Group(), Group()]
    $0.person = .with {
      $0.person = 3
      $0.name = "Ana"
    }
  }
}
