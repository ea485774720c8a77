import DaybookEvents
public import DaybookLog
public import DaybookValues
public import DaybookWorld

/// Every synced event of a log from a position on, and then those that come: an asynchronous
/// sequence.
///
/// It reads from the log's files at the pace of whoever takes the events: a slow one holds up no
/// writer and takes no memory, since nothing is kept for it. At most a frame is read ahead.
///
/// It ends when the task is cancelled, at once, and when the book that it came from is closed, after
/// all that was synced. An error ends it and is thrown: `LogError`.
///
/// ```swift
/// for try await event in office.follow(from: Position(1)) {
///   if event.header.family == .payments { ... }
/// }
/// ```
public struct FollowedEvents: AsyncSequence, Sendable {
  /// An event with its bytes.
  public typealias Element = RecordedEvent
  /// `LogError`.
  public typealias Failure = any Error

  private let directory: String
  private let world: World
  private let first: Position
  /// Tells when more is synced; nil where another process writes, and must be looked for.
  private let bell: WatermarkBell?
  private let board: Locked<FollowProgress>

  init(_ directory: String, in world: World, from first: Position, bell: WatermarkBell? = nil) {
    self.directory = directory
    self.world = world
    self.first = first
    self.bell = bell
    board = Locked(FollowProgress(from: first))
  }

  /// The events of the book in `directory` from `first` on, written by whatever process.
  ///
  /// The book need not be there yet; who writes is looked for every 1 to 50 milliseconds.
  public init(_ directory: String, in world: World, from first: Position = Position(1)) {
    self.init(directory, in: world, from: first, bell: nil)
  }

  /// How far the events were given out, and how far behind the log that is.
  ///
  /// Where several loops run over one value, it says how far the last to move has come.
  public var progress: FollowProgress { board.withLock { $0 } }

  /// A loop of its own, which begins at the first event wanted.
  public func makeAsyncIterator() -> Iterator {
    Iterator(Feed(LogFollower(directory, in: world, from: first), world.pauses, bell, board))
  }

  /// Gives one event after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private let feed: Feed

    fileprivate init(_ feed: Feed) { self.feed = feed }

    /// The next event; nil when the task is cancelled, or the book is closed and all were given.
    ///
    /// - Throws: `LogError` where the log cannot be read, or its writer failed.
    public mutating func next(
      isolation actor: isolated (any _Concurrency.Actor)?
    ) async throws -> RecordedEvent? {
      try await feed.next()
    }
  }

  /// The state of a loop: a follower, and what it read last.
  fileprivate final class Feed {
    private var follower: LogFollower
    private let pauses: any Pauses
    private let bell: WatermarkBell?
    private let board: Locked<FollowProgress>
    private var events: [RecordedEvent] = []
    private var index = 0
    private var isOver = false
    /// Whether the last batch was all that there was.
    private var isLive = false

    init(
      _ follower: consuming LogFollower, _ pauses: any Pauses, _ bell: WatermarkBell?,
      _ board: Locked<FollowProgress>
    ) {
      self.follower = follower
      self.pauses = pauses
      self.bell = bell
      self.board = board
    }

    /// Small, since who takes the events waits for the whole of it.
    private static let batchBytes = 32 << 10
    /// The delay that a follower of a busy writer adds: at 5 ms a lone writer lost up to 5 % of its
    /// speed to being looked at, at 10 ms nothing that can be measured, and no person sees either.
    private static let paceNanoseconds: Int64 = 10_000_000

    func next() async throws -> RecordedEvent? {
      if isOver || Task.isCancelled { return finish() }
      if index == events.count {
        do {
          guard try await fill() else { return finish() }
        } catch {
          _ = finish()
          throw error
        }
      }
      let event = events[index]
      index += 1
      if index == events.count { board.withLock { $0 = follower.progress } }
      return event
    }

    private func finish() -> RecordedEvent? {
      isOver = true
      events = []
      index = 0
      return nil
    }

    /// Reads on, and waits where there is nothing yet; false when nothing will come any more.
    private func fill() async throws -> Bool {
      events.removeAll(keepingCapacity: true)
      index = 0
      // A moment later there is more to take at once: to be woken for each sync would cost a writer
      // with one caller a sixth of its speed.
      if isLive {
        await pauses.suspend(nanoseconds: Self.paceNanoseconds)
        if Task.isCancelled { return false }
      }
      // Whether the bell has rung for what is looked for: then it is there, or about to be.
      var hasRung = false
      while true {
        let count = try follower.read(bytes: Self.batchBytes) { events.append(RecordedEvent($0)) }
        if count > 0 {
          note(first: events[0].header.position)
          isLive = follower.progress.lag == 0
          return true
        }
        note(first: nil)
        guard let bell, !hasRung else {
          await pauses.suspend(nanoseconds: follower.backOff())
          if Task.isCancelled { return false }
          continue
        }
        switch await bell.wait(beyond: follower.progress.position) {
        case .ended(let failure?): throw failure
        case .ended(nil), .cancelled: return false
        case .raised: hasRung = true
        }
      }
    }

    /// Until they are taken, the events read stand as not given yet.
    private func note(first: Position?) {
      var progress = follower.progress
      if let first { progress.position = first.previous }
      board.withLock { $0 = progress }
    }
  }
}

extension Archive {
  /// Every synced event of the book from `first` on, and then those that come, from whatever
  /// process writes them.
  ///
  /// - Parameter first: The position of the first event wanted.
  public func follow(from first: Position = Position(1)) -> FollowedEvents {
    FollowedEvents(log.book, in: log.outside, from: first)
  }
}
