import Daybook
import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookInterchange
import DaybookLog
import DaybookValues
import DaybookWorld
import Testing

/// A book that is exported as lines, and a book that is made of them.
struct MovedBook {
  let folder: TemporaryDirectory
  /// The export.
  var lines: String { folder.file("events.jsonl") }
  /// The book made of it.
  var copy: String { folder.file("copy") }
  private let files = LiveFileSystem()
  /// Whether a book that holds something else is merged with the lines.
  var isMerging = false

  /// Exports the book in the directory `path` of `world`.
  init(of path: String, in world: World) throws {
    folder = try TemporaryDirectory()
    var log = try LogReader(path, in: world)
    try EventExport(.clinic).write(&log, to: lines, in: files)
  }

  var importer: EventImport {
    EventImport(path: lines, merging: isMerging, catalogue: .clinic, world: .live)
  }

  func text(of path: String? = nil) throws -> [String] {
    let bytes = try files.bytes(of: path ?? lines, atMost: 1 << 30)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  func write(_ lines: [String]) throws {
    let text = lines.map { $0 + "\n" }.joined()
    try files.replaceFile(self.lines, with: Array(text.utf8).span)
  }

  func open() throws -> BackOffice {
    try BackOffice.open(copy, options: LogOptions(creation: .ifMissing))
  }

  /// Imports the lines, all of them or until so many actions are appended.
  @discardableResult
  func take(failingBehind actions: Int = .max) async throws -> ImportReport {
    let proof = try importer.prove(for: copy)
    guard proof.hasMore else { return proof.report }
    let office = try open()
    do {
      let report = try await importer.append(
        proof, into: Interrupted(office: office, actions: actions))
      await office.close()
      return report
    } catch is Interrupted.Failure {
      await office.close()
      return proof.report
    }
  }

  /// The digest of every model of a book.
  static func digests(of path: String, in world: World = .live) throws -> [String] {
    var archive = try Archive(path, catalogue: .clinic, world: world)
    return try archive.host(fromCheckpoints: false).digests.map { "\($0.name) \($0.digest)" }
  }

  /// The lines that a book gives, without when it was written.
  func linesOfCopy() throws -> [String] {
    var log = try LogReader(copy, in: .live)
    let path = folder.file("again.jsonl")
    try EventExport(.clinic).write(&log, to: path, in: files)
    return try text(of: path).map(Self.untimed)
  }

  static func untimed(_ line: String) -> String {
    line.replacing(/"recordedAt":"[^"]*",/, with: "").replacing(/,"crc32c":"[^"]*"/, with: "")
  }

  /// What `verify` would find wrong with the book made of the lines.
  func failures() throws -> [String] {
    var failed: [String] = []
    _ = try LogVerifier.verify(copy, in: .live) { check in
      if !check.passed { failed.append("\(check.name): \(check.detail)") }
    }
    var archive = try Archive(copy, catalogue: .clinic, world: .live)
    for (area, checks) in BookChecks.run(try archive.host(fromCheckpoints: false)) {
      for check in checks where !check.passed {
        failed.append("\(area): \(check.name): \(check.detail)")
      }
    }
    return failed
  }
}

/// A back office that is gone after so many actions.
struct Interrupted: DecidedActionSubmitter {
  struct Failure: Error {}

  let office: BackOffice
  let actions: Int
  let appended = Locked(0)

  func submit<C: Command>(_ command: C, _ envelope: Envelope) async throws -> Submission {
    try await office.submit(command, envelope)
  }

  func append(decided action: EncodedAction) async throws -> Submission {
    let count = appended.withLock { count in
      count += 1
      return count
    }
    if count > actions { throw Failure() }
    return try await office.append(decided: action)
  }

  func settle() async throws { try await office.settle() }
}

/// Puts an action again into a log that nobody watches over.
struct ForgedBook {
  let folder: TemporaryDirectory
  var path: String { folder.file("forged") }

  /// Writes the actions as they are.
  init(_ actions: [EncodedAction]) throws {
    folder = try TemporaryDirectory()
    var writer = try LogWriter.open(
      path, in: .live, options: LogOptions(creation: .ifMissing))
    for action in actions { writer.submit(action) }
    try writer.step()
    writer.close()
  }

  /// Every action of the book in the directory `path` of `world`.
  static func actions(of path: String, in world: World) throws -> [EncodedAction] {
    var actions: [EncodedAction] = []
    var log = try LogReader(path, in: world)
    try log.scan(from: Position(1)) { record in
      if record.header.beginsAction {
        actions.append(
          EncodedAction(
            headers: [], payloads: [], payloadEnds: [],
            source: record.source.map {
              ActionSource(reference: $0.reference.text() ?? "", digest: $0.digest)
            }))
      }
      let last = actions.count - 1
      actions[last].headers.append(record.header)
      actions[last].payloads += record.payload.copyRemaining()
      actions[last].payloadEnds.append(actions[last].payloads.count)
    }
    return actions
  }
}
