import DaybookBytes
public import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// How far a follower has come.
public struct FollowProgress: Hashable, Sendable {
  /// The position of the last event that it was given; the one before its first until then.
  public var position: Position
  /// The last durable position as it was known last.
  public var durable: Position
  /// When it was last given an event, by the world's clock; nil until then.
  public var lastProgress: Instant?

  /// The progress of a follower of events from `first` on that has not read any.
  public init(from first: Position) {
    position = first == .start ? .start : first.previous
    durable = .start
  }

  /// How many durable events it has not been given yet.
  public var lag: UInt64 { durable > position ? durable.number - position.number : 0 }
}

/// Follows a log: every durable event once, in order, and then those that come.
///
/// One loop over what lies between its position and the watermark: what is caught up with and what
/// comes live is read by the same code. It gives whole actions, and moves on only by what was read,
/// so that nothing is missed, doubled or seen before it is synced. It needs no lock, and keeps
/// following through sealing, rotation, recovery and the writer's restart; the book may not even be
/// there yet. An error ends it: damage is never taken for the end.
///
/// ```swift
/// var follower = LogFollower("clinic.daybook", in: .live)
/// while true {
///   if try follower.read({ use($0) }) == 0 { follower.pause() }
/// }
/// ```
///
/// - SeeAlso: `BackOffice.follow(from:)`, which waits without blocking.
public struct LogFollower: ~Copyable {
  /// What a follower that has caught up waits for.
  public enum Awaited: Hashable, Sendable {
    /// There is no book yet.
    case book
    /// Nobody has the book open for writing.
    case writer
    /// A writer is at work, and has nothing new.
    case events
  }

  private let directory: String
  private let world: World
  private var reader: LogReader?
  private var idleCount = 0

  /// How far it has come.
  public private(set) var progress: FollowProgress

  /// Follows the log of the book in `directory`.
  ///
  /// Nothing is opened before the first `read`, and there need be no book before then.
  ///
  /// - Parameter first: The position of the first event wanted. Inside an action, the rest of that
  ///   action comes first.
  public init(_ directory: String, in world: World, from first: Position = Position(1)) {
    self.directory = directory
    self.world = world
    progress = FollowProgress(from: first)
  }

  /// Calls `body` with durable events behind the position: whole frames, until they come to about
  /// so many bytes, and so whole actions.
  ///
  /// - Parameters:
  ///   - bytes: After how many bytes of payloads and headers to return; a frame more at most.
  ///   - body: Is lent each record; its error ends the call, and the next begins behind the record
  ///     that was given last without one.
  /// - Returns: How many events were given; 0 when there is nothing new, or no book yet.
  /// - Throws: `LogError` where what is durable cannot be read, or the book was removed or replaced;
  ///   and what `body` throws.
  public mutating func read(
    bytes: Int = 256 << 10, _ body: (RecordView) throws -> Void
  ) throws -> Int {
    guard var reader = try attached() else { return 0 }
    var position = progress.position
    var left = bytes
    let result = Result {
      progress.durable = try reader.refresh()
      guard progress.durable > position else { return }
      try reader.scan(from: position.next, until: { left <= 0 }) { record in
        try body(record)
        position = record.header.position
        left -= LogFollower.headerBytes + record.payload.remaining
      }
    }
    self.reader = consume reader
    let count = position.number - progress.position.number
    progress.position = position
    if count > 0 {
      // Who finds few would find them as well a little later, at a quarter of the cost to the writer.
      idleCount = count < LogFollower.fewCount ? 2 : 0
      progress.lastProgress = world.clock.now()
      world.instruments.count(Instruments.Name.followEvents, by: Int64(count))
    }
    world.instruments.set(Instruments.Name.followLag, to: Int64(clamping: progress.lag))
    try result.get()
    return Int(count)
  }

  private static let fewCount: UInt64 = 64

  /// What a record without its payload takes, about.
  private static let headerBytes = 64

  /// Takes the reader out, opened if need be; nil where there is no book yet.
  private mutating func attached() throws(LogError) -> LogReader? {
    if var reader = reader.take() {
      // For a second nothing came: is it still there that the writer would write?
      if idleCount >= LogFollower.idleCountMax {
        idleCount = 0
        try reader.reattach()
      }
      return reader
    }
    do throws(LogError) {
      return try LogReader(directory, in: world)
    } catch {
      if error.kind == .noLog { return nil }
      throw error
    }
  }

  /// How long to wait before the next `read`, in nanoseconds, after one that gave nothing: from 1
  /// to 50 milliseconds, longer each time; 4 at first where few events came with the last.
  public mutating func backOff() -> Int64 {
    idleCount += 1
    return min(1_000_000 << Int64(min(idleCount - 1, 6)), 50_000_000)
  }

  /// A second of waiting, about.
  private static let idleCountMax = 25

  /// Blocks the calling thread for as long as `backOff` says, by the world's own time.
  public mutating func pause() { world.pauses.pause(nanoseconds: backOff()) }

  /// What is waited for, now that nothing new is there.
  public func awaited() throws(LogError) -> Awaited {
    let place = LogDirectory(directory)
    do throws(LogError) {
      if try place.segmentNames(in: world.files).isEmpty { return .book }
    } catch {
      if error.kind == .noLog { return .book }
      throw error
    }
    do throws(FileError) {
      if case .held = try world.files.lockState(place.lock) { return .events }
    } catch {
      throw LogError(error)
    }
    return .writer
  }
}
