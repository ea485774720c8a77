#if Tool
  import ArgumentParser
  import Daybook

  /// What was asked of `daybook record`, before the book is opened.
  ///
  /// Its flags are those of the action's fields, which the argument parser cannot know: so it reads its
  /// words itself.
  struct RecordRequest {
    /// The action; nil where none was named.
    var action: RecordAction?
    /// Words without a name behind the action.
    var words: [String] = []
    /// What was given under a name, in order.
    var named: [(name: String, value: EnteredValue)] = []
    /// Lines of `--line`, and files of `--lines`.
    var lines: [String] = []
    var lineFiles: [String] = []
    /// The file of `--json`; `-` is standard input.
    var json: String?
    var wantsList = false
    var wantsHelp = false
    var isDryRun = false
    var isAtomic = false
    /// The options that all writing commands have, where another command has read them.
    var options: Options?
    /// Their words.
    private var book: [String] = []
    private var writing: [String] = []
    private var output: [String] = []

    /// Reads the words behind `record`.
    init(_ arguments: [String], _ actions: [RecordAction]) throws {
      var left = arguments[...]
      var isOver = false
      while let word = left.popFirst() {
        if isOver || !Self.isFlag(word) {
          try take(word: word, actions)
        } else if word == "--" {
          isOver = true
        } else {
          try take(flag: word, &left)
        }
      }
    }

    private static func isFlag(_ word: String) -> Bool {
      guard word.hasPrefix("-"), word != "-", let second = word.dropFirst().first else {
        return false
      }
      return !second.isNumber
    }

    private mutating func take(word: String, _ actions: [RecordAction]) throws {
      guard action == nil else { return words.append(word) }
      guard let found = actions.first(where: { $0.word == word }) else {
        throw ToolFailure.usage(
          "there is no action \(word.quoted); `daybook record --list` shows all of them")
      }
      action = found
    }

    private mutating func take(flag: String, _ left: inout ArraySlice<String>) throws {
      let name: String
      var given: String?
      if let sign = flag.firstIndex(of: "=") {
        name = String(flag[..<sign]).trimmingDashes
        given = String(flag[flag.index(after: sign)...])
      } else {
        name = flag.trimmingDashes
      }
      func value() throws -> String {
        if let given { return given }
        guard let next = left.popFirst() else {
          throw ToolFailure.usage("\(flag): a value is missing")
        }
        return next
      }
      switch name {
      case "list" where flag == "--list" && action == nil: wantsList = true
      case "help", "h": wantsHelp = true
      case _ where isOwn(name): named.append((name, try ownValue(name, given, value)))
      case "dry-run": isDryRun = true
      case "atomic": isAtomic = true
      case "json": json = try value()
      case "line": lines.append(try value())
      case "lines": lineFiles.append(try value())
      case "book": book += ["--book", try value()]
      case "wait", "durability": writing += ["--" + name, try value()]
      case "accept-clock": writing.append("--" + name)
      case "format", "output": output += ["--" + name, try value()]
      case "o": output += ["-o", try value()]
      case "quiet", "no-color": output.append("--" + name)
      default: named.append((name, try ownValue(name, given, value)))
      }
    }

    /// Whether the action has a shorter name that goes before what the flag means elsewhere.
    private func isOwn(_ name: String) -> Bool { action?.flags[name] != nil }

    /// What a flag of a field says: a switch stands alone.
    private func ownValue(
      _ name: String, _ given: String?, _ value: () throws -> String
    ) throws -> EnteredValue {
      if given == nil, let action, try action.isSwitch(name) { return .boolean(true) }
      return .text(try value())
    }

    /// The book's directory.
    func bookOption() throws -> BookOption { try options?.book ?? BookOption.parse(book) }

    func writingOptions() throws -> WritingOptions {
      try options?.writing ?? WritingOptions.parse(writing)
    }

    func outputOptions() throws -> OutputOptions {
      try options?.output ?? OutputOptions.parse(output)
    }

    /// What all writing commands are told.
    struct Options {
      var book: BookOption
      var writing: WritingOptions
      var output: OutputOptions
    }
  }

  extension RecordAction {
    /// Whether a flag of that name says all by being there.
    func isSwitch(_ name: String) throws -> Bool {
      let path = flags[name] ?? name
      var members = try fields()
      var found: PayloadField?
      for part in path.split(separator: ".") {
        found = members.first { $0.isCalled(EnteredName.plain(String(part))) }
        members = found?.members ?? []
      }
      return found?.isSwitch ?? false
    }
  }

  extension String {
    fileprivate var trimmingDashes: String { String(drop { $0 == "-" }) }
  }
#endif
