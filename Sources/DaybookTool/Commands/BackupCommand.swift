#if Tool
  import ArgumentParser
  import Daybook

  struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "A copy of the book to restore from, while others write.",
      discussion: """
        Everything acknowledged before it began is in it. Into the directory of an earlier backup it \
        copies only what is new, after checking what is there; the earlier one stays whole until the \
        new one is. The backup of another book, or of a copy that was written to apart, is refused.
        """)

    @Argument(
      help: ArgumentHelp(
        "The backup's directory: a new one, or that of an earlier backup of the book.",
        valueName: "path"))
    var path: String

    @OptionGroup var book: BookOption
    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let outcome = try LogBackup.run(
        book.path, to: path.withoutLastSlash, in: ToolContext.current.world,
        toolVersion: DaybookTool.version)
      var page = FactsPage("backup", "Backup", outcome.position)
      page.add("position", outcome.position)
      page.add("events", count: outcome.position.number)
      page.add("lastRecorded", outcome.lastRecorded, missing: "never")
      page.add("files", count: outcome.fileCount)
      page.add("bytes", count: outcome.bytes)
      page.add("kept", count: outcome.keptCount)
      page.add("copiedBytes", count: outcome.copiedBytes)
      page.add("newEvents", count: outcome.position.number - (outcome.previous?.number ?? 0))
      try output.give(page.report(as: output.format))
    }
  }

  struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "A new book from a backup, every byte of it checked.",
      discussion: """
        The book named by --book, or else by $DAYBOOK or ./daybook, is made; there must be none. A \
        damaged backup is refused and the damaged file named: exit 3.
        """)

    @Argument(help: ArgumentHelp("The backup's directory.", valueName: "path"))
    var path: String

    @OptionGroup var book: BookOption

    @Option(
      help: ArgumentHelp(
        "A book to compare with, such as the one that was backed up: how far the backup is behind it.",
        valueName: "directory"))
    var compare: String?

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let world = ToolContext.current.world
      let directory = book.path.withoutLastSlash
      let outcome = try LogRestore.run(path.withoutLastSlash, to: directory, in: world)
      var page = FactsPage("restore", "Restored", outcome.position)
      page.add("position", outcome.position)
      page.add("events", count: outcome.position.number)
      page.add("lastRecorded", outcome.lastRecorded, missing: "never")
      page.add("taken", outcome.taken)
      page.add("files", count: outcome.fileCount)
      page.add("bytes", count: outcome.bytes)
      guard let compare else { return try output.give(page.report(as: output.format)) }
      // The book is there whatever comes of the comparison.
      let comparison: LogComparison
      do {
        comparison = try LogComparison.compare(directory, compare, in: world)
      } catch {
        try output.give(page.report(as: output.format))
        throw error
      }
      page.add(comparison)
      try output.give(page.report(as: output.format))
      if let failure = ToolFailure(parted: comparison, directory, compare) { throw failure }
    }
  }

  struct LogCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Whether two books, or a book and its backup, hold the same.",
      discussion: """
        same; behind: the first is the beginning of the second; ahead: the second is the beginning of \
        the first; parted: each has events that the other has not, from a position on. Exit 1 if parted.
        """)

    @Argument(help: ArgumentHelp("A book's or a backup's directory.", valueName: "first"))
    var first: String
    @Argument(help: ArgumentHelp("Another one.", valueName: "second"))
    var second: String

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let comparison = try LogComparison.compare(first, second, in: ToolContext.current.world)
      var page = FactsPage("log-compare", "Comparison", comparison.common)
      page.add(comparison)
      try output.give(page.report(as: output.format))
      if let failure = ToolFailure(parted: comparison, first, second) { throw failure }
    }
  }

  extension FactsPage {
    /// How two logs stand to each other.
    fileprivate mutating func add(_ comparison: LogComparison) {
      switch comparison.relation {
      case .same: add("relation", "same")
      case .firstBehind: add("relation", "behind")
      case .secondBehind: add("relation", "ahead")
      case .parted: add("relation", "parted")
      }
      add("behindBy", count: comparison.relation == .firstBehind ? comparison.behindCount : 0)
      add("aheadBy", count: comparison.relation == .secondBehind ? comparison.behindCount : 0)
      add("common", comparison.common)
      add("first", comparison.first.position)
      add("firstRecorded", comparison.first.lastRecorded, missing: "never")
      add("second", comparison.second.position)
      add("secondRecorded", comparison.second.lastRecorded, missing: "never")
      add("sameLog", comparison.first.logID == comparison.second.logID ? "yes" : "no")
    }
  }

  extension ToolFailure {
    /// What is to be said of two logs that were written to apart; nil of others.
    fileprivate init?(parted comparison: LogComparison, _ first: String, _ second: String) {
      guard comparison.relation == .parted else { return nil }
      func time(_ side: LogComparison.Side) -> String { side.ownSince.map { "\($0)" } ?? "unknown" }
      self.init(
        .refused,
        "\(first) and \(second) part at position \(comparison.common.next): it was recorded at "
          + "\(time(comparison.first)) in the one, at \(time(comparison.second)) in the other")
    }
  }

  extension String {
    /// A path without the slashes that end it.
    fileprivate var withoutLastSlash: String {
      var path = self
      while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
      return path
    }
  }
#endif
