import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookValues

/// A book about jars that hold a number of beans: the smallest domain with a rule across streams.
enum JarTag: UInt16, FamilyTag {
  case filled = 1
  case emptied = 2

  static var family: FamilyNumber { FamilyNumber(900) }
}

let jar = StreamKind(900)

struct JarFilled: EventPayload, Hashable {
  var beans: UInt64 = 0

  static var tag: JarTag { .filled }
  static var nature: Nature { .fact }
  static var streamKind: StreamKind { jar }

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "beans", &beans)
  }
}

struct JarEmptied: EventPayload, Hashable {
  static var tag: JarTag { .emptied }
  static var nature: Nature { .fact }
  static var streamKind: StreamKind { jar }

  mutating func describe(_ fields: inout Fields) throws(WireError) {}
}

/// All beans in all jars may not be more than the shelf bears.
struct Shelf: DecisionState {
  static let beansMax: UInt64 = 1_000
  var beans: [UInt64: UInt64] = [:]

  var total: UInt64 { beans.values.reduce(0, +) }

  mutating func evolve(_ event: borrowing Event) throws(WireError) {
    guard event.header.family == JarTag.family, let tag = JarTag(rawValue: event.header.tag) else {
      return
    }
    switch tag {
    case .filled:
      beans[event.header.stream.number, default: 0] += try event.payload(JarFilled.self).beans
    case .emptied: beans[event.header.stream.number] = 0
    }
  }

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("beans", &beans)
  }
}

/// When each jar was last touched, in pages so small that a short history has many.
struct LastTouches: DecisionState {
  private var positions = PagedArray<Position>(pageCount: 4)

  var count: Int { positions.count }
  var pageCount: Int { (positions.count + 3) / 4 }
  var loadedPageCount: Int { positions.loadedPageCount }
  var touches: [Position] { Array(positions) }

  mutating func evolve(_ event: borrowing Event) throws(WireError) {
    let number = event.header.stream.number
    guard event.header.family == JarTag.family, number < 100_000 else { return }
    while UInt64(positions.count) <= number { positions.append(.start) }
    positions[Int(number)] = event.header.position
  }

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("positions", &positions)
  }
}

enum ShelfRefusal: RefusalCase {
  case tooHeavy(UInt64)
  case unlucky

  var code: RefusalCode { .quantityExceeded }
  var message: String {
    switch self {
    case .unlucky: "thirteen beans"
    case .tooHeavy(let beans): "the shelf would bear \(beans) beans"
    }
  }
}

/// Fills new jars, all of them or none.
struct FillJars: Command, Hashable {
  typealias State = Shelf
  var beans: Few<UInt64> = []

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "beans", &beans)
  }

  func decide(
    given state: Shelf, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    let total = state.total + beans.reduce(0, +)
    if beans.contains(13) {
      decision.findings.append(Finding(ShelfRefusal.unlucky, field: "beans"))
    }
    if total > Shelf.beansMax { throw Refusal(ShelfRefusal.tooHeavy(total), field: "beans") }
    for count in beans {
      var event = JarFilled()
      event.beans = count
      try decision.append(event, to: decision.nextNumber(jar), expecting: .noStream)
    }
  }
}

/// Empties a jar that must stand at a version.
struct EmptyJar: Command, Hashable {
  typealias State = Shelf
  var number: UInt64 = 0
  var version: UInt64 = 0

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "number", &number)
    try fields.visit(2, "version", &version)
  }

  func decide(
    given state: Shelf, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    try decision.append(JarEmptied(), to: number, expecting: .exactly(version))
  }
}

/// Fills new jars like those of an earlier action, which it must be shown.
struct FillAlike: Command, Hashable {
  typealias State = Shelf
  var position: UInt64 = 0

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "position", &position)
  }

  func recalls(given state: Shelf, in context: DecisionContext) -> [Position] {
    [Position(position)]
  }

  func decide(
    given state: Shelf, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    guard let (event, action) = context.recalled(at: Position(position)) else {
      throw Refusal(ShelfRefusal.unlucky, field: "position")
    }
    for filled in action.events {
      guard let beans = try? filled.decoded(as: JarFilled.self).beans else { continue }
      if state.total + beans > Shelf.beansMax {
        throw Refusal(ShelfRefusal.tooHeavy(beans), field: "position")
      }
      var again = JarFilled()
      again.beans = beans
      try decision.append(
        again, to: decision.nextNumber(jar), expecting: .noStream,
        cause: .position(event.header.position))
    }
  }
}

/// Fills one jar with a number, a time, a cause or a clinic that the caller chooses.
struct FillOddly: Command, Hashable {
  typealias State = Shelf
  var number: UInt64 = 0
  var clinic: UInt64 = 0
  var cause: UInt64 = 0
  var beans: UInt64 = 0
  var at: Int64 = 0

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "number", &number)
    try fields.visit(2, "clinic", &clinic)
    try fields.visit(3, "cause", &cause)
    try fields.visit(4, "beans", &beans)
    try fields.visit(5, "at", &at)
  }

  func decide(
    given state: Shelf, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var event = JarFilled()
    event.beans = beans
    try decision.append(
      event, to: number, effective: at == 0 ? nil : Moment(Instant(milliseconds: at)),
      clinic: clinic, cause: cause == 0 ? .command : .position(Position(cause)))
  }
}

/// A state that cannot take in what it should never have been given.
struct Fragile: DecisionState {
  mutating func evolve(_ event: borrowing Event) throws(WireError) {
    guard event.header.tag == JarTag.filled.rawValue else { return }
    if try event.payload(JarFilled.self).beans == 666 {
      throw WireError(.outOfRange, at: 0, field: "beans")
    }
  }
}

/// Counts beans, and how often an event was seen.
struct BeanCount: ReadModel {
  static var name: String { "beans" }
  static var version: UInt32 { 1 }

  var beans: UInt64 = 0
  var seen: [UInt64] = []

  mutating func apply(_ event: borrowing Event) throws {
    seen.append(event.header.position.number)
    if event.header.tag == JarTag.filled.rawValue {
      beans += try event.payload(JarFilled.self).beans
    }
  }

  var digest: String { "\(beans)/\(seen.count)" }
}

/// A second model that asks for the same payloads.
struct LargestJar: ReadModel {
  static var name: String { "largest" }
  static var version: UInt32 { 1 }

  var beans: UInt64 = 0

  mutating func apply(_ event: borrowing Event) throws {
    if event.header.tag == JarTag.filled.rawValue {
      beans = max(beans, try event.payload(JarFilled.self).beans)
    }
  }

  var digest: String { "\(beans)" }
}

extension Catalogue {
  static let jars: Catalogue = {
    var catalogue = Catalogue()
    catalogue.add(
      FamilyDescription(
        "jars", JarTag.family,
        events: [EventDescription(JarFilled.self), EventDescription(JarEmptied.self)]))
    catalogue.add([StreamKindDescription("jar", jar)])
    catalogue.add(state: Shelf.self)
    catalogue.add(state: LastTouches.self)
    catalogue.add(model: BeanCount.self)
    catalogue.add(model: LargestJar.self)
    return catalogue
  }()
}
