import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld

@testable import DaybookEngine

/// A log of actions with source references on a simulated disk, and a plain list of them beside it.
struct ReferenceBook {
  struct Reference: Hashable {
    var clinic: UInt64
    var text: String
    var position: Position
  }

  let machine: SimulatedMachine
  var numbers: SeededNumbers
  private(set) var references: [Reference] = []
  private var position = Position.start

  static let path = "/book"
  static let folder = "/book/checkpoints"

  init(seed: UInt64) {
    machine = SimulatedMachine(seed: seed)
    numbers = SeededNumbers(seed: seed)
  }

  /// Writes actions, one a frame, until so many more segments are sealed.
  mutating func seal(_ segments: Int, bytes: UInt64 = 8 << 10) throws {
    let world = machine.start()
    defer { machine.end(world) }
    let options = LogOptions(
      segmentBytes: bytes, preallocateBytes: 16 << 10, creation: .ifMissing)
    var writer = try LogWriter.open(ReferenceBook.path, in: world, options: options)
    var begun = writer.openSegment
    var sealed = 0
    // One frame more than it takes, so that the open segment is not empty.
    var rest = 3
    while rest > 0 {
      writer.submit(action())
      try writer.step()
      if writer.openSegment != begun {
        begun = writer.openSegment
        sealed += 1
      }
      if sealed >= segments { rest -= 1 }
    }
    writer.close()
  }

  private mutating func action() -> EncodedAction {
    let count = Int.random(in: 1...3, using: &numbers)
    var headers: [RecordHeader] = []
    for index in 0..<count {
      var header = RecordHeader()
      position = position.next
      header.position = position
      header.actionCount = UInt32(count)
      header.actionIndex = UInt32(index)
      header.stream = StreamID(jar, position.number)
      header.family = JarTag.family
      header.tag = JarTag.emptied.rawValue
      header.clinic = UInt64.random(in: 1...3, using: &numbers)
      header.recorded = Instant(milliseconds: 1_772_443_800_000)
      headers.append(header)
    }
    var source: ActionSource?
    if Int.random(in: 0..<4, using: &numbers) > 0 {
      let text = "row-\(headers[0].position)-\(UInt64.random(in: 0...9_999, using: &numbers))"
      source = ActionSource(reference: text, digest: CommandDigest(low: 1, high: 2))
      references.append(
        Reference(clinic: headers[0].clinic, text: text, position: headers[0].position))
    }
    return EncodedAction(
      headers: headers, payloads: [], payloadEnds: headers.map { _ in 0 }, source: source)
  }

  /// Opens the index as an engine does: without a checkpoint, or with one.
  func open(
    _ world: World, bits: Int = 48, driver: LogDriver = .caller, leaving: Bool = false
  ) throws -> SourceIndex {
    var log = try LogReader(ReferenceBook.path, in: world)
    var index = try SourceIndex(
      ReferenceBook.path, world, ReferenceHash(log.logID, bits: bits), log.sealedSegments,
      driver: driver)
    if leaving {
      index.leave(through: log.durable)
      try index.noteLeft(from: &log)
    } else {
      try log.scan(from: index.notedFrom) { index.note($0) }
    }
    return index
  }

  /// How many references `index` finds otherwise than the plain list has them, and how many that
  /// nobody gave are found where no fingerprint is shared.
  func faults(_ index: inout SourceIndex, bits: Int = 48) throws -> Int {
    let world = machine.start()
    defer { machine.end(world) }
    let hash = ReferenceHash(try LogReader(ReferenceBook.path, in: world).logID, bits: bits)
    var byFingerprint: [UInt64: [Position]] = [:]
    for reference in references {
      byFingerprint[hash.fingerprint(reference.clinic, reference.text), default: []]
        .append(reference.position)
    }
    var faults = 0
    for reference in references {
      let expected = byFingerprint[hash.fingerprint(reference.clinic, reference.text)] ?? []
      let found = try index.candidates(clinic: reference.clinic, reference.text)
      if Set(found) != Set(expected) || found != found.sorted() { faults += 1 }
      let other = reference.text + "x"
      let unknown = byFingerprint[hash.fingerprint(reference.clinic, other)] ?? []
      if Set(try index.candidates(clinic: reference.clinic, other)) != Set(unknown) { faults += 1 }
    }
    return faults
  }

  /// The files of references, by name.
  func names(_ world: World) -> [String] {
    ((try? world.files.list(ReferenceBook.folder)) ?? []).filter { $0.contains(".refs") }
  }
}
