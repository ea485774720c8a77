#if Tool
  import Daybook

  /// A small book that nobody keeps: what reports are asked of, to learn what columns they have.
  enum SampleBook {
    /// What is typed to make it: one of each thing that a report can be asked about.
    static let actions = [
      "init --name Sample --currency EUR --zone Europe/Madrid --admin Ana",
      "record set-roles D1 admin reception practitioner cashier buyer accountant payroll",
      "record define-clinic Mar --book-currency EUR --time-zone Europe/Madrid",
      "record set-tax S21 21% standard --from 2026-01-01",
      "record define-room room Blue",
      "record define-service CLEAN Cleaning --type treatment --tax-code S21",
      "record set-price CLEAN 60.00 --from 2026-01-01",
      "record define-item GEL Gel --unit l",
      "record register-party payer Axa --terms-days 30",
      "record register-party supplier Depot --terms-days 30",
      "record register-patient Eva",
      "record check-in P1",
      "record treat V1 --line CLEAN",
      "record open-till T1 --float 100.00",
      "record pay P1 20.00 cash",
    ]

    /// Calls `body` with the book's directory, in a context that prints nothing and whose clock stands.
    ///
    /// - Throws: a failure where an action is refused, which is a mistake of this type.
    static func with<Result>(_ body: (String) throws -> Result) async throws -> Result {
      let folder = try TemporaryDirectory()
      let book = folder.file("book")
      let heard = Heard()
      var context = ToolContext.current
      context.world.clock = Noon()
      context.output = heard
      context.variable = { $0 == "DAYBOOK_ACTOR" ? "D1" : nil }
      for action in actions {
        let words = action.split(separator: " ").map(String.init)
        let status = await DaybookTool.run(
          words + ["--book", book], in: context)
        guard status == .done else {
          throw ToolFailure(
            .refused, "the sample book cannot be made: \(action)\n" + heard.words.withLock { $0 })
        }
      }
      return try ToolContext.$current.withValue(context) { try body(book) }
    }

    /// Noon of 2 March 2026, UTC.
    private struct Noon: WallClock {
      func now() -> Instant { Instant(milliseconds: 1_772_452_800_000) }
    }

    /// Keeps what is said in case something is wrong, and drops the answers.
    private struct Heard: ToolOutput {
      let words = Locked("")

      func write(_ bytes: Span<UInt8>) throws(FileError) {}
      func say(_ text: String) { words.withLock { $0 += text } }
      var columns: Int? { nil }
      var isWatched: Bool { false }
    }
  }
#endif
