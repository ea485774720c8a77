import Daybook
import DaybookBytes
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `accounts explain and replay --step` {
  private func cents(_ text: String) -> Int {
    Int(text.filter { $0 != "." }) ?? 0
  }

  private func sum(_ run: ToolRun, _ column: String) -> Int {
    let head = run.answer.split(separator: "\r\n").first?.split(separator: ",").map(String.init)
    guard let index = head?.firstIndex(of: column) else { return -1 }
    return run.rows.reduce(0) { $0 + cents($1[index]) }
  }

  @Test func `pages joined are the whole, and their sums the trial balance's`() async throws {
    let bench = try await Bench.withBundledExport()
    let balance = await bench.run("accounts", "tb", "--format", "csv")
    let row = try #require(balance.rows.first { $0[0] == "1210" })
    let whole = await bench.run("accounts", "explain", "1210", "--format", "csv")
    #expect(sum(whole, "debit") == cents(row[row.count - 3]))
    #expect(sum(whole, "credit") == cents(row[row.count - 2]))
    var rows: [[String]] = []
    var after: [String] = []
    while true {
      let page = await bench.run(
        ["accounts", "explain", "1210", "--format", "csv", "--limit", "100"] + after)
      guard let last = page.rows.last else { break }
      rows += page.rows
      after = ["--after", last[0]]
    }
    #expect(rows == whole.rows)
    #expect(rows.count > 100)
  }

  @Test func `a terminal gets a hundred entries, and is told how to go on`() async throws {
    let bench = try await Bench.withBundledExport()
    let screen = Screen()
    _ = await bench.run("accounts", "explain", "1210", on: screen)
    #expect(screen.answer.contains("Carried forward: "))
    #expect(screen.answer.contains("shows the entries behind these."))
    let whole = Screen()
    _ = await bench.run("accounts", "explain", "1210", "--all", on: whole)
    #expect(!whole.answer.contains("Carried forward"))
    #expect(whole.answer.count > screen.answer.count)
  }

  @Test func `a clinic's figures are explained by its own entries`() async throws {
    let bench = try await Bench.withBundledExport()
    let clinics = await bench.run("list", "clinics", "--format", "csv").rows.map { $0[0] }
    #expect(clinics.count > 1)
    for clinic in clinics {
      let balance = await bench.run("accounts", "tb", "--clinic", clinic, "--format", "csv")
      for row in balance.rows where ["1200", "4000"].contains(row[0]) {
        let explained = await bench.run(
          "accounts", "explain", row[0], "--clinic", clinic, "--format", "csv")
        #expect(sum(explained, "debit") == cents(row[row.count - 3]))
        #expect(sum(explained, "credit") == cents(row[row.count - 2]))
      }
    }
  }

  @Test func `steps wait for Enter at a terminal, and end on q`() async throws {
    let bench = try await Bench.withPast()
    func shown(_ typed: String) async -> [String] {
      let screen = Screen(typed)
      let status = await bench.run("replay", "--step", on: screen)
      #expect(status == .done)
      return screen.answer.split(separator: "\n").filter { $0.first?.isNumber ?? false }
        .map { String($0.prefix { $0.isNumber }) }
    }
    #expect(await shown("q\n") == ["1"])
    #expect(await shown("\n\nq\n") == ["1", "2", "3"])
    #expect(await shown("4\nq\n") == ["1", "2", "3", "4", "5"])
    // Who gives no answer any more gets the rest.
    let all = await shown("")
    #expect(all.count > 100)
    #expect(await shown("a\n") == all)
  }

  @Test func `steps end with the balances of the trial balance`() async throws {
    let bench = try await Bench.withBundledExport()
    let steps = await bench.run(
      "replay", "--step", "--format", "csv", "--from", "1900", "--type", "payment")
    // Only payments are shown, and yet the balances go on with every event.
    let last = try #require(steps.rows.last { $0.contains("1100") })
    let position = try #require(last.first)
    let balance = await bench.run("accounts", "tb", "--known-at", position, "--format", "csv")
    #expect(balance.rows.first { $0[0] == "1100" }?.last == last.last)
  }

  @Test func `watching shows what another records`() async throws {
    let bench = try await Bench.withPast()
    let end = try LogReader(bench.book, in: bench.world).durable.number
    let past = await bench.run(
      "replay", "--watch", "--from", "\(end)", "--to", "\(end)")
    #expect(past.answer.hasPrefix("\(end)  "))
    async let watched = bench.run(
      "replay", "--watch", "--from", "\(end + 1)", "--to", "\(end + 1)")
    let recorded = await bench.type("record register-patient Nuria Soler")
    #expect(recorded.status == .done)
    let answer = await watched.answer
    #expect(answer.contains("patient registered, P"))
    #expect(answer.contains("no entry"))
  }

  @Test func `a replay shows any report as the log stood then`() async throws {
    let bench = try await Bench.withBundledExport()
    let then = await bench.run(
      "replay", "--to", "700", "--format", "csv", "--", "accounts", "tb", "--format", "csv")
    let balance = await bench.run("accounts", "tb", "--known-at", "700", "--format", "csv")
    #expect(then.status == .done)
    #expect(then.answer.hasSuffix("\n" + balance.answer))
  }
}

/// A terminal of 100 columns, at which somebody has typed already.
final class Screen: ToolOutput {
  private let taken = Locked([UInt8]())
  private let typed: Locked<[UInt8]>

  init(_ typed: String = "") { self.typed = Locked(Array(typed.utf8)) }

  func write(_ bytes: Span<UInt8>) throws(FileError) {
    var copy: [UInt8] = []
    for index in bytes.indices { copy.append(bytes[index]) }
    taken.withLock { $0 += copy }
  }

  func say(_ text: String) {}
  var columns: Int? { 100 }
  var isWatched: Bool { false }
  var answer: String { String(decoding: taken.withLock { $0 }, as: UTF8.self) }

  /// The next byte that was typed; nil when there is none.
  func next() -> UInt8? { typed.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

extension Bench {
  /// Runs `daybook` at a terminal.
  func run(_ arguments: String..., on screen: Screen) async -> ToolStatus {
    let variables = ["DAYBOOK": book, "DAYBOOK_ACTOR": actor ?? ""]
    return await DaybookTool.run(
      arguments,
      in: ToolContext(
        world: world, output: screen,
        input: { _, buffer in
          guard let byte = screen.next() else { return 0 }
          buffer.append(byte)
          return 1
        }, variable: { variables[$0] }))
  }
}
