#if Tool
  import ArgumentParser
  import Daybook

  /// An argument of a command, as the command declares it.
  struct CommandArgument: Hashable {
    /// What the parser calls an argument.
    enum Kind: String {
      case positional, option, flag
    }

    var kind: Kind
    /// `--by`, `-M`, or the name of a positional argument: all of its names, the first one first.
    var names: [String]
    /// What its value is called; empty for a flag.
    var value: String
    /// The values that it takes, where they are known.
    var values: [String]
    var isOptional: Bool
    var about: String

    var name: String { names[0] }

    /// As a usage line has it: `--by <dimension>`.
    var usage: String {
      switch kind {
      case .positional: "<\(value)>"
      case .option: names.joined(separator: ", ") + " <\(value)>"
      case .flag: names.joined(separator: ", ")
      }
    }
  }

  extension CommandArgument {
    /// The arguments of a command, without those to get help.
    static func all(of type: any ParsableCommand.Type) throws -> [CommandArgument] {
      var text = ""
      do {
        _ = try type.parseAsRoot(["--experimental-dump-help"])
      } catch {
        text = type.fullMessage(for: error)
      }
      let tree = try EnteredValue(json: text)
      guard case .list(let arguments)? = tree["command"]?["arguments"] else { return [] }
      return arguments.compactMap { CommandArgument($0) }.filter {
        !$0.names.contains("--help") && !$0.names.contains("--version")
      }
    }

    private init?(_ entered: EnteredValue) {
      guard let kind = Kind(rawValue: entered.text("kind")),
        entered["shouldDisplay"] != .boolean(false)
      else { return nil }
      self.kind = kind
      value = kind == .flag ? "" : entered.text("valueName")
      var names: [String] = []
      if case .list(let all)? = entered["names"] {
        for name in all {
          names.append((name.text("kind") == "long" ? "--" : "-") + name.text("name"))
        }
      }
      self.names = names.isEmpty ? [value] : names
      if case .list(let all)? = entered["allValues"] {
        values = all.compactMap { if case .text(let text) = $0 { text } else { nil } }
      } else {
        // `--compare previous|position`: words that may be given as they are.
        values = value.contains("|") ? value.split(separator: "|").map(String.init) : []
      }
      isOptional = entered["isOptional"] == .boolean(true)
      about = entered.text("abstract")
    }
  }

  extension EnteredValue {
    fileprivate func text(_ name: String) -> String {
      if case .text(let text)? = self[name] { text } else { "" }
    }
  }
#endif
