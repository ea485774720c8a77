import Daybook
import DaybookScenarios

/// Why nothing can be measured.
struct Failure: Error, CustomStringConvertible {
  var description: String
}

/// Twenty thousand events of a clinic's life, as the log gave them back, and the book itself.
struct Life: Sendable {
  /// A record: its header, and where its payload and its reference stand in the bytes.
  struct Record: Sendable {
    var header: RecordHeader
    var payload: Range<Int>
    var reference: Range<Int>
    var source: ActionSource?
  }

  let folder: TemporaryDirectory
  let book: String
  private(set) var bytes: [UInt8] = []
  private(set) var records: [Record] = []
  private(set) var actions: [EncodedAction] = []

  private static let shared = Result { try Life(events: 20_000) }

  /// The life that all pieces share, lived once a process.
  static func lived() throws -> Life { try shared.get() }

  private init(events: Int) throws {
    folder = try TemporaryDirectory()
    book = folder.file("book")
    // Small, so that the references of most stand in files.
    let options = LogOptions(
      segmentBytes: 256 << 10, preallocateBytes: 256 << 10, creation: .mustBeNew)
    let engine = try Engine(book, catalogue: .clinic, world: .live, options: options)
    var life = ClinicLife(engine, seed: 1)
    try life.live(until: events)
    try engine.settleReferences()
    engine.close()
    var log = try LogReader(book, in: .live)
    try log.scan(from: Position(1)) { add($0) }
  }

  private mutating func add(_ record: RecordView) {
    let header = record.header
    let start = bytes.count
    let payload = record.payload.copyRemaining()
    bytes += payload
    let middle = bytes.count
    var source: ActionSource?
    if let given = record.source {
      bytes += given.reference.copyRemaining()
      source = ActionSource(reference: given.reference.text() ?? "", digest: given.digest)
    }
    records.append(
      Record(
        header: header, payload: start..<middle, reference: middle..<bytes.count, source: source))
    if header.beginsAction {
      actions.append(EncodedAction(headers: [], payloads: [], payloadEnds: [], source: source))
    }
    let last = actions.count - 1
    actions[last].headers.append(header)
    actions[last].payloads += payload
    actions[last].payloadEnds.append(actions[last].payloads.count)
  }
}
