import Daybook
import DaybookBytes
import DaybookScenarios

/// How the events of a history are put into frames.
enum Layout: String, CaseIterable {
  /// Each event an action of its own, in a frame of its own.
  case alone
  /// Each action in a frame of its own, as one caller makes them.
  case actions
  /// Sixty-four actions in a frame, as many callers make them.
  case groups
}

/// The logs that everything is measured on: one history, in each layout.
struct Logs {
  let world: World
  let folder: String
  let events: Int

  /// Where the book of a layout stands.
  func book(_ layout: Layout) -> String { FilePath.join(folder, layout.rawValue) }

  /// Makes the logs in `folder`, or finds them there.
  init(in folder: String, events: Int, seed: UInt64, world: World) throws {
    self.folder = folder
    self.events = events
    var world = world
    world.clock = SteppingClock()
    self.world = world
    if !world.files.isDirectory(folder) { try world.files.createDirectory(folder) }
    let lived = FilePath.join(folder, "lived")
    if try !Self.isWhole(lived, events, world) {
      if world.files.isDirectory(lived) { try world.files.removeAll(lived) }
      note("living through \(events) events")
      let engine = try Engine(
        lived, catalogue: .clinic, world: world, options: LogOptions(creation: .mustBeNew))
      defer { engine.close() }
      var life = ClinicLife(engine, seed: seed)
      try life.live(until: events)
    }
    for layout in Layout.allCases where try !Self.isWhole(book(layout), events, world) {
      note("writing them again: \(layout.rawValue)")
      if world.files.isDirectory(book(layout)) { try world.files.removeAll(book(layout)) }
      try rewrite(lived, to: book(layout), as: layout)
    }
  }

  /// Writes the history again into a new book, which may then go on.
  func copy(to book: String) throws {
    if world.files.isDirectory(book) { try world.files.removeAll(book) }
    try rewrite(self.book(.actions), to: book, as: .groups)
  }

  private static func isWhole(_ book: String, _ events: Int, _ world: World) throws -> Bool {
    guard world.files.isDirectory(book) else { return false }
    guard let log = try? LogReader(book, in: world) else { return false }
    return log.durable.number >= UInt64(events)
  }

  /// Copies the records of `lived`, framed anew.
  private func rewrite(_ lived: String, to book: String, as layout: Layout) throws {
    var writer = try LogWriter.open(
      book, in: world, options: LogOptions(durability: .none, creation: .mustBeNew))
    var log = try LogReader(lived, in: world)
    try forEachAction(&log) { action in
      if layout == .alone {
        for index in action.headers.indices {
          writer.submit(action.only(index))
          try writer.step()
        }
      } else {
        writer.submit(action)
        if layout == .actions || writer.waitingCount == 64 { try writer.step() }
      }
    }
    try writer.step()
    try writer.sync()
    writer.close()
  }

  /// The first actions of the history, as a writer takes them.
  func actions(_ count: Int, _ layout: Layout = .actions) throws -> [EncodedAction] {
    var actions: [EncodedAction] = []
    var log = try LogReader(book(layout), in: world)
    let end = Position(min(log.durable.number, UInt64(count) * 4))
    try forEachAction(&log, through: end) { action in
      if actions.count < count { actions.append(action) }
    }
    return actions
  }

  /// The bytes of frames: the files without their headers, footers and room ahead.
  func frameBytes(_ layout: Layout) throws -> Floor { try Floor(of: book(layout), world) }
}

/// Calls `body` with each action of the log, ready to be written again.
private func forEachAction(
  _ log: inout LogReader, through end: Position? = nil, _ body: (EncodedAction) throws -> Void
) throws {
  var action = EncodedAction(headers: [], payloads: [], payloadEnds: [])
  try log.scan(from: Position(1), through: end) { record in
    if record.header.beginsAction {
      action = EncodedAction(headers: [], payloads: [], payloadEnds: [])
      action.source = record.source.map {
        ActionSource(reference: $0.reference.text() ?? "", digest: $0.digest)
      }
    }
    action.headers.append(record.header)
    action.payloads += record.payload.copyRemaining()
    action.payloadEnds.append(action.payloads.count)
    if record.header.endsAction { try body(action) }
  }
}

extension EncodedAction {
  /// One of the events as an action of its own; the first keeps the source.
  fileprivate func only(_ index: Int) -> EncodedAction {
    var header = headers[index]
    header.actionIndex = 0
    header.actionCount = 1
    let start = index == 0 ? 0 : payloadEnds[index - 1]
    let payload = Array(payloads[start..<payloadEnds[index]])
    return EncodedAction(
      headers: [header], payloads: payload, payloadEnds: [payload.count],
      source: index == 0 ? source : nil)
  }
}

/// A clock for histories that are the same on every run: it begins with 2026, and goes on by a
/// millisecond with every fourth look, as fast as an import is.
private final class SteppingClock: WallClock {
  private let looks = Locked<Int64>(0)

  func now() -> Instant {
    let look = looks.withLock { looks in
      looks += 1
      return looks
    }
    return Instant(milliseconds: 1_767_225_600_000 + look / 4)
  }
}
