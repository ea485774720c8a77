#if Tool
  import Daybook

  /// A bar on standard error, for anything over half a second, where a person watches.
  final class ProgressBar {
    private static let cells = 30
    private static let firstAfter: Int64 = 500_000_000
    private static let between: Int64 = 100_000_000

    private let what: String
    private let output: (any ToolOutput)?
    private let began = MonotonicClock.nanoseconds()
    private var next: Int64
    private var isShown = false

    /// - Parameter output: Where it is drawn; nil draws none.
    init(_ what: String, to output: (any ToolOutput)?) {
      self.what = what
      self.output = output
      next = began + Self.firstAfter
    }

    /// Shows that `done` of `total` is done; a total of 0 is not known.
    func show(_ done: UInt64, of total: UInt64, _ detail: String = "") {
      guard let output else { return }
      let now = MonotonicClock.nanoseconds()
      guard now >= next else { return }
      next = now + Self.between
      isShown = true
      let share = total == 0 ? 0 : min(done, total) * 1000 / total
      let filled = Int(share) * Self.cells / 1000
      let bar =
        String(repeating: "#", count: filled) + String(repeating: ".", count: Self.cells - filled)
      let percent = total == 0 ? "" : " \(share / 10)%"
      output.say("\r\u{1b}[K\(what) [\(bar)]\(percent) \(detail)")
    }

    /// Takes the bar away.
    func clear() {
      if isShown { output?.say("\r\u{1b}[K") }
      isShown = false
    }
  }
#endif
