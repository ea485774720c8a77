import Daybook
import DaybookScenarios

/// What a book of many source references takes on disk and in memory, how long it takes to open for
/// writing, and to find a reference that it has and one that it has not.
func compareReferences(_ folder: String, rounds: Int, quick: Bool, into results: inout Results)
  throws
{
  let count = quick ? 200_000 : 5_000_000
  let none = try ReferencedBook(in: folder, "none", count: 0, segments: 1)
  let small = try ReferencedBook(in: folder, "few", count: count, segments: 11)
  let many = try ReferencedBook(in: folder, "many", count: count, segments: 101)
  let books = [none, small, many]
  defer { for book in books { try? book.world.files.removeAll(book.path) } }

  let made = try wallTime { try small.make() } / 1_000_000
  try results.add(Figure(name: "references.make", values: [made], unit: "ms"))
  let opened = try interleaved(rounds, [{ try wallTime { try small.open().close() } / 1_000_000 }])
  try results.add(Figure(name: "references.open", values: opened[0], unit: "ms"))

  try many.make()
  try none.make()
  let engines = try books.map { try $0.open() }
  defer { for engine in engines { engine.close() } }
  for (engine, name) in zip(engines.dropFirst(), ["", ".100-segments"]) {
    // Those of the open segment are taken in when one is asked for.
    try engine.settleReferences()
    let extent = engine.references
    guard extent.count == count else { throw Failure("\(extent.count) references of \(count)") }
    let figures: [(String, Double, String)] = [
      ("disk", Double(extent.fileBytes) / Double(count), "bytes/reference"),
      ("memory", Double(extent.memoryBytes) / Double(count), "bytes/reference"),
      ("files", Double(extent.files), "files"),
    ]
    for (what, value, unit) in figures {
      try results.add(Figure(name: "references.\(what)\(name)", values: [value], unit: unit))
    }
  }
  try small.checkFirst(engines[1])
  try many.checkFirst(engines[2])

  let asked = 20_000
  var dice = Dice(seed: 7)
  let times = try interleaved(
    rounds,
    engines.map { engine in { try small.askNew(engine, asked, &dice) / Double(asked) } }
      + [{ try small.askKnown(engines[1], 2_000, &dice) / 2_000 }])
  let base = Figure(name: "references.new.no-segments", values: times[0], unit: "ns")
  try results.add(base)
  try results.add(
    Figure(name: "references.new.10-segments", values: times[1], unit: "ns").compared(with: base))
  try results.add(
    Figure(name: "references.new.100-segments", values: times[2], unit: "ns").compared(with: base))
  try results.add(Figure(name: "references.repeat", values: times[3], unit: "ns"))
}

/// A book of one event an action, each with a source reference.
private struct ReferencedBook {
  let path: String
  let count: Int
  let world: World

  /// Writes the log, in about so many segments, unless it stands there.
  init(in folder: String, _ name: String, count: Int, segments: Int) throws {
    path = FilePath.join(folder, "references-\(name)")
    self.count = count
    world = .live
    if world.files.isDirectory(path) { try world.files.removeAll(path) }
    note("writing \(count) references")
    var options = LogOptions(durability: .none, creation: .mustBeNew)
    // An event takes about 29 bytes here.
    options.segmentBytes = max(UInt64(count * 29 / segments), 64 << 10)
    options.preallocateBytes = min(options.segmentBytes, options.preallocateBytes)
    var writer = try LogWriter.open(path, in: world, options: options)
    for number in 0..<count {
      writer.submit(try Self.action(number))
      if number % 64 == 63 { try writer.step() }
    }
    try writer.step()
    try writer.sync()
    writer.close()
    note("\(try LogReader(path, in: world).sealedSegments.count) segments are sealed")
  }

  static func reference(_ number: Int) -> String { "import:row-\(number &* 7_919)" }

  private static func action(_ number: Int) throws -> EncodedAction {
    var command = Mark()
    command.number = UInt64(number)
    var header = RecordHeader()
    header.position = Position(UInt64(number) + 1)
    header.stream = StreamID(Marked.streamKind, UInt64(number) + 1)
    header.family = MarkTag.family
    header.tag = MarkTag.marked.rawValue
    header.clinic = 1
    header.recorded = Instant(milliseconds: 1_767_225_600_000 + Int64(number))
    header.effective = Moment(header.recorded, .utc)
    let source = ActionSource(
      reference: reference(number), digest: try CommandDigest(of: command))
    return EncodedAction(headers: [header], payloads: [], payloadEnds: [0], source: source)
  }

  func open() throws -> Engine {
    var catalogue = Catalogue()
    catalogue.add(state: NoState.self)
    let engine = try Engine(path, catalogue: catalogue, world: world)
    guard engine.notices.isEmpty else { throw Failure(engine.notices[0]) }
    return engine
  }

  /// Makes the files, and a checkpoint, as a book has them that was written by an engine.
  func make() throws {
    var catalogue = Catalogue()
    catalogue.add(state: NoState.self)
    let engine = try Engine(path, catalogue: catalogue, world: world)
    try engine.settleReferences()
    try engine.checkpoint()
    engine.close()
  }

  /// A repeat of the first action ever is answered with its result.
  func checkFirst(_ engine: Engine) throws {
    let receipt = try engine.submit(Mark(), envelope(Self.reference(0))).result.get()
    guard receipt.isRepeat, receipt.events.map(\.position) == [Position(1)] else {
      throw Failure("the first reference was not found: \(receipt)")
    }
  }

  /// Nanoseconds for references that are new; the commands are refused, so that they stay so.
  func askNew(_ engine: Engine, _ asked: Int, _ dice: inout Dice) throws -> Double {
    var refused = 0
    let time = try processorTime {
      for _ in 0..<asked {
        var command = Mark()
        command.isRefused = true
        let outcome = try engine.submit(command, envelope("import:new-\(dice.next())"))
        if case .failure = outcome.result { refused += 1 }
      }
    }
    guard refused == asked else { throw Failure("\(asked - refused) were not refused") }
    return time
  }

  /// Nanoseconds for repeats, of actions anywhere in the log.
  func askKnown(_ engine: Engine, _ asked: Int, _ dice: inout Dice) throws -> Double {
    var repeats = 0
    let time = try processorTime {
      for _ in 0..<asked {
        var command = Mark()
        command.number = dice.next() % UInt64(count)
        let outcome = try engine.submit(
          command, envelope(Self.reference(Int(command.number))))
        if case .success(let receipt) = outcome.result, receipt.isRepeat { repeats += 1 }
      }
    }
    guard repeats == asked else { throw Failure("\(asked - repeats) were not found") }
    return time
  }

  private func envelope(_ reference: String) -> Envelope {
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.reference = reference
    return envelope
  }
}

private enum MarkTag: UInt16, FamilyTag {
  case marked = 1

  static var family: FamilyNumber { FamilyNumber(990) }
}

private struct Marked: EventPayload, Hashable {
  static var tag: MarkTag { .marked }
  static var nature: Nature { .fact }
  static var streamKind: StreamKind { StreamKind(990) }

  mutating func describe(_ fields: inout Fields) throws(WireError) {}
}

private struct NoState: DecisionState {
  mutating func evolve(_ event: borrowing Event) throws(WireError) {}

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {}
}

private struct Mark: Command, Hashable {
  typealias State = NoState
  var number: UInt64 = 0
  var isRefused = false

  mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "number", &number)
    try fields.visit(2, "isRefused", &isRefused)
  }

  func decide(
    given state: NoState, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    if isRefused { throw Refusal(MarkRefusal.asked, field: "isRefused") }
    try decision.append(Marked(), to: number + 1, expecting: .any)
  }
}

private enum MarkRefusal: RefusalCase {
  case asked

  var code: RefusalCode { .invalidState }
  var message: String { "it was asked for" }
}
