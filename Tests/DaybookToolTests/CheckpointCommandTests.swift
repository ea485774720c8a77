import Daybook
import DaybookTool
import Testing

@Suite struct `The checkpoints of a book` {
  private let models = [
    "accounting", "clearing", "decisions", "documents", "earnings", "human-resources", "logistics",
    "open-work", "register", "visits",
  ]

  private func folder(_ bench: Bench) -> String { FilePath.join(bench.book, "checkpoints") }

  /// Turns over a bit of every `step`th byte of each file of pages, or of each root.
  private func damage(_ bench: Bench, _ suffix: String, step: Int = 3) throws {
    let files = LiveFileSystem()
    for name in try files.list(folder(bench)) where name.hasSuffix(suffix) {
      let path = FilePath.join(folder(bench), name)
      var bytes = try files.bytes(of: path, atMost: 1 << 26)
      for index in stride(from: 0, to: bytes.count, by: step) { bytes[index] ^= 0x10 }
      try files.replaceFile(path, with: bytes.span)
    }
  }

  @Test func `are written once, and told of`() async throws {
    let bench = try await Bench.withBundledExport()
    #expect(try LiveFileSystem().list(folder(bench)).filter { $0.hasSuffix(".root") } == [])
    #expect(await bench.run("status").answer.contains("checkpoints"))
    let written = await bench.run("log", "checkpoint", "--format", "csv")
    #expect(written.status == .done, "\(written.said)")
    #expect(written.rows.map { $0[0] } == models)
    let last = try LogReader(bench.book, in: bench.world).durable
    #expect(written.rows.map { $0[1] } == Array(repeating: "\(last)", count: models.count))
    #expect(await bench.run("log", "checkpoint", "--format", "csv").rows == [])
    let status = await bench.run("status", "--format", "csv")
    let lines = status.rows.filter { $0[0].hasPrefix("checkpoint of ") }
    #expect(lines.map { $0[0] } == models.map { "checkpoint of \($0)" })
    #expect(lines.allSatisfy { $0[1] == "position \(last) (0 events behind)" })
    #expect(await bench.run("log", "info").answer.contains("checkpoint of accounting"))
  }

  @Test func `change no answer, whole or damaged, and damage is said beside it`() async throws {
    let bench = try await Bench.withBundledExport()
    let reports = [
      ["accounts", "trial-balance"], ["accounts", "journal"], ["accounts", "receivables"],
      ["accounts", "revenue", "--by", "service"], ["staff", "list"], ["staff", "utilisation"],
      ["stock", "on-hand"], ["accounts", "trial-balance", "--known-at", "1000"],
    ]
    func answers() async -> [ToolRun] {
      var answers: [ToolRun] = []
      for report in reports { answers.append(await bench.run(report + ["--format", "json"])) }
      return answers
    }
    let truth = await answers()
    #expect(truth.allSatisfy { $0.status == .done })
    _ = await bench.run("log", "checkpoint")
    let stored = await answers()
    #expect(stored.map(\.answer) == truth.map(\.answer))
    #expect(stored.allSatisfy { $0.said.isEmpty })
    try damage(bench, ".pages")
    let damaged = await answers()
    #expect(damaged.map(\.answer) == truth.map(\.answer))
    #expect(damaged[1].said.contains("is not used"))
    #expect(damaged[1].said.contains("nothing is lost if you delete checkpoints/"))
    try damage(bench, ".root")
    let rootless = await answers()
    #expect(rootless.map(\.answer) == truth.map(\.answer))
    #expect(rootless.allSatisfy { $0.said.contains(".root is not used") })
  }

  @Test func `are proved by verify`() async throws {
    let bench = try await Bench.withBundledExport()
    _ = await bench.run("log", "checkpoint")
    func lines(_ run: ToolRun) -> [String] {
      run.answer.split(separator: "\r\n").filter { $0.contains(",checkpoints,") }.map { "\($0)" }
    }
    let sound = await bench.run("verify", "--format", "csv")
    #expect(sound.status == .done, "\(sound.answer)")
    #expect(lines(sound).count == models.count)
    #expect(lines(sound).allSatisfy { $0.hasPrefix("pass,") })
    try damage(bench, ".pages", step: 50_000)
    let damaged = await bench.run("verify", "--format", "csv")
    #expect(damaged.status == .refused)
    #expect(lines(damaged).allSatisfy { $0.hasPrefix("fail,") })
    #expect(lines(damaged).allSatisfy { $0.contains("page 0 of ") && $0.contains("delete it") })
    try LiveFileSystem().removeAll(folder(bench))
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `are left alone by whoever only reads`() async throws {
    let bench = try await Bench.withBundledExport()
    _ = await bench.run("accounts", "trial-balance")
    _ = await bench.run("status")
    _ = await bench.run("verify")
    #expect(try LiveFileSystem().list(folder(bench)).filter { $0.hasSuffix(".root") } == [])
  }

  @Test func `are left by who closes a period`() async throws {
    let bench = try await Bench.withPast()
    func lines() async -> [[String]] {
      await bench.run("status", "--format", "csv").rows.filter { $0[0].hasPrefix("checkpoint of ") }
    }
    _ = await bench.type("record set-roles D2 practitioner accountant admin")
    #expect(await lines() == [])
    let closed = await bench.type("accounts close 2026-01 --approver D2")
    #expect(closed.status == .done && closed.said == "", "\(closed.said)")
    let last = try LogReader(bench.book, in: bench.world).durable
    #expect(await lines().map { $0[0] } == models.map { "checkpoint of \($0)" })
    #expect(await lines().allSatisfy { $0[1] == "position \(last) (0 events behind)" })
  }

  @Test func `wait for the lock, and make no book`() async throws {
    let bench = try Bench()
    #expect(await bench.run("log", "checkpoint").status == .noBook)
    _ = await bench.run("init")
    #expect(await bench.run("log", "checkpoint", "--format", "csv").rows == [])
    let office = try BackOffice.open(bench.book, world: bench.world)
    #expect(await bench.run("log", "checkpoint", "--wait", "0").status == .locked)
    await office.close()
  }
}
