#if Tool
  import ArgumentParser
  import Daybook
  import DaybookBytes
  import DaybookInterchange

  struct LogFollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "follow", abstract: "The events as they are recorded, while others write them.",
      discussion: """
        Every durable event from a position on, once and in order, and then those that come, whoever \
        writes them; whole actions, as `log read` prints them. It needs no lock, and the book need not \
        be there yet. It ends on SIGINT or SIGTERM, or when nobody reads its output any more.
        """)

    @OptionGroup var book: BookOption

    @Option(help: ArgumentHelp("The first event wanted; default 1.", valueName: "position"))
    var from: UInt64 = 1

    @Option(
      help: ArgumentHelp(
        "End behind the action that holds this event.", valueName: "position"))
    var until: UInt64?

    @Option(
      help: ArgumentHelp("End when nothing has come for so long.", valueName: "seconds"))
    var idle: Double?

    @Flag(help: "Stored integers and texts, as `protoc --decode` shows them.")
    var stored = false

    @Option(help: "text, csv or json.")
    var format = ReportFormat.text

    mutating func validate() throws {
      if format == .html { throw ValidationError("html has an end; give text, csv or json") }
      if let until, until < from {
        throw ValidationError("--until \(until) stands before --from \(from)")
      }
      if let idle, !(idle >= 0 && idle < 1e9) {
        throw ValidationError("--idle takes seconds")
      }
    }

    mutating func run() throws {
      let context = ToolContext.current
      // From the first: amounts are printed in the currency that an earlier event gave the clinic.
      var follower = LogFollower(book.path, in: context.world)
      var page = FollowedPage(
        EventText(format, stored: stored, alone: false), from: max(from, 1), until: until)
      var wait = FollowWait(idleMilliseconds: idle.map { Int64($0 * 1000) })
      try context.output.write(page.drain())
      while !page.isComplete, !context.output.isEnough {
        let count = try follower.read(bytes: 64 << 10) { try page.add($0) }
        try context.output.write(page.drain())
        if count > 0 {
          wait.events()
          continue
        }
        guard let pause = wait.next(&follower) else { return }
        try say(&wait, follower)
        context.world.pauses.pause(nanoseconds: pause)
      }
    }

    /// Says what is waited for, once it is something other than events and has been for a moment.
    private func say(_ wait: inout FollowWait, _ follower: borrowing LogFollower) throws {
      guard wait.isWorthAWord else { return }
      let awaited = try follower.awaited()
      guard wait.isNew(awaited) else { return }
      let output = ToolContext.current.output
      switch awaited {
      case .book: output.say("daybook: there is no book in \(book.path) yet; waiting for one\n")
      case .writer:
        output.say(
          "daybook: at position \(follower.progress.position); nobody has the book open for writing; "
            + "waiting for a writer\n")
      case .events:
        output.say("daybook: a writer has the book open\n")
      }
    }
  }

  /// What is to be printed of the events that a follower gives.
  private struct FollowedPage {
    private var lines: EventText
    private var text: String
    private let first: UInt64
    private let until: UInt64?
    /// Whether the last event wanted is in it.
    private(set) var isComplete = false

    init(_ lines: EventText, from first: UInt64, until: UInt64?) {
      self.lines = lines
      self.first = first
      self.until = until
      text = lines.heading
    }

    mutating func add(_ record: RecordView) throws {
      if isComplete { return }
      let header = record.header
      if header.position.number < first { return try lines.note(record) }
      text += try lines.text(of: record)
      if let until, header.position.number >= until {
        isComplete = header.actionIndex + 1 == header.actionCount
      }
    }

    mutating func drain() -> String {
      defer { text = "" }
      return text
    }
  }

  /// How long nothing came, and what was said about it.
  struct FollowWait {
    private let idleNanosecondsMax: Int64?
    private var idleNanoseconds: Int64 = 0
    private var untilWord: Int64 = FollowWait.wordNanoseconds
    private var said: LogFollower.Awaited = .events

    private static let wordNanoseconds: Int64 = 300_000_000

    init(idleMilliseconds: Int64?) { idleNanosecondsMax = idleMilliseconds.map { $0 * 1_000_000 } }

    mutating func events() {
      idleNanoseconds = 0
      untilWord = Self.wordNanoseconds
    }

    /// How long to pause; nil when it has been idle for long enough.
    mutating func next(_ follower: inout LogFollower) -> Int64? {
      var pause = follower.backOff()
      if let idleNanosecondsMax {
        if idleNanoseconds >= idleNanosecondsMax { return nil }
        pause = min(pause, idleNanosecondsMax - idleNanoseconds)
      }
      idleNanoseconds += pause
      return pause
    }

    /// Whether to look what is waited for: after a moment, and then every few.
    var isWorthAWord: Bool {
      mutating get {
        if idleNanoseconds < untilWord { return false }
        untilWord = idleNanoseconds + Self.wordNanoseconds
        return true
      }
    }

    mutating func isNew(_ awaited: LogFollower.Awaited) -> Bool {
      defer { said = awaited }
      return awaited != said
    }
  }
#endif
