#if Tool
  import Daybook
  import DaybookBytes

  /// Waits for a person between one event and the next.
  struct StepPrompt {
    /// How many events go on without asking.
    private var granted = 0
    private var goesOn: Bool

    /// - Parameter isAsked: Whether somebody reads the answer as it comes; else nothing is waited for.
    init(isAsked: Bool) { goesOn = !isAsked }

    /// Whether to show one more event.
    mutating func wantsNext() throws -> Bool {
      if goesOn { return true }
      if granted > 0 {
        granted -= 1
        return true
      }
      let context = ToolContext.current
      context.output.say("Enter: the next event; 10: ten of them; a: all; q: end ")
      guard let line = try Self.line(context) else {
        // Nobody can be asked.
        goesOn = true
        return true
      }
      switch line {
      case "q", "quit", "exit": return false
      case "a", "all":
        goesOn = true
        return true
      default:
        granted = max(0, (Int(line) ?? 1) - 1)
        return true
      }
    }

    /// What was typed, without the end of its line; nil at the end of all input.
    private static func line(_ context: ToolContext) throws -> String? {
      var line = ByteWriter(capacity: 16)
      while line.bytes.last != UInt8(ascii: "\n"), line.count < 256 {
        if try context.input(1, &line) == 0 {
          if line.count == 0 { return nil }
          break
        }
      }
      let text = String(decoding: line.bytes, as: UTF8.self)
      return String(text.filter { !$0.isWhitespace }).lowercased()
    }
  }
#endif
