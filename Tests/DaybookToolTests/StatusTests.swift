import Daybook
import DaybookTool
import Testing

@Suite struct `The status of a book` {
  private func status(of bench: Bench, _ options: String...) async -> [String: String] {
    let run = await bench.run(["status", "--format", "csv"] + options)
    return Dictionary(
      run.rows.filter { $0.count > 1 }.map { ($0[0], $0[1]) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `names day, money, writer and durability`() async throws {
    let bench = try await Bench.withBundledExport()
    let now = await status(of: bench)
    #expect(now["day"] == "2024-12-06")
    #expect(now["receivable"] == "11457.59 USD")
    #expect(now["unapplied credit"] == "791.86 USD")
    #expect(now["writer"] == "none")
    #expect(now["durability"]?.hasPrefix("synced") == true)
    let office = try BackOffice.open(bench.book, world: bench.world)
    #expect(await status(of: bench)["writer"] == "process \(ProcessFacts.live.processID)")
    #expect(await status(of: bench)["durability"] == "synced: acknowledged means on the disk")
    await office.close()
  }

  @Test func `counts what was begun and is not done`() async throws {
    let bench = try await Bench.withBundledExport()
    let now = await status(of: bench)
    for what in ["waiting", "in progress", "unresolved", "unbilled", "expiring"] {
      #expect(now[what] == "0", "\(what)")
    }
    // 112 claims were submitted and 103 answered.
    #expect(now["claims unanswered"] == "9")
    // One visit, event by event: booked, checked in, begun, treated, charged, submitted.
    let booked = await status(of: bench, "--known-at", "493")
    #expect(booked["unresolved"] == "1")
    #expect(booked["waiting"] == "0")
    let arrived = await status(of: bench, "--known-at", "494")
    #expect(arrived["unresolved"] == "0")
    #expect(arrived["waiting"] == "1")
    let begun = await status(of: bench, "--known-at", "495")
    #expect(begun["waiting"] == "0")
    #expect(begun["in progress"] == "1")
    #expect(await status(of: bench, "--known-at", "496")["unbilled"] == "1")
    #expect(await status(of: bench, "--known-at", "497")["unbilled"] == "0")
  }

  @Test func `counts lots that are soon past their expiry`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("stock", "recall", "LOT-7A/42", "--format", "csv")
    #expect(run.rows.first?[4] == "2048-05-25")
    // On hand between its receipt and its use, and good for many years.
    #expect(await status(of: bench, "--known-at", "227")["expiring"] == "0")
  }

  @Test func `names the tills that are open`() async throws {
    let bench = try await Bench.withShop()
    #expect(await status(of: bench)["open tills"] == "none")
    let opened = await bench.type("record open-till T1 --float 150.00")
    #expect(opened.status == .done, "\(opened.said)")
    let open = await status(of: bench)["open tills"]
    #expect(open?.hasPrefix("T1 since 2026-03-02T") == true, "\(open ?? "")")
    let before = Int(await status(of: bench)["events"] ?? "") ?? 0
    _ = await bench.type("record close-till T1 --count cash=150.00")
    #expect(await status(of: bench)["open tills"] == "none")
    #expect(await status(of: bench, "--known-at", "\(before)")["open tills"] == open)
  }

  @Test func `says how far everything was proved last, and how it ended`() async throws {
    let bench = try await Bench.withBundledExport()
    #expect(await status(of: bench)["last verify"] == "never")
    #expect(await bench.run("verify").status == .done)
    #expect(
      await status(of: bench)["last verify"]
        == "through position 2109 (0 events behind): everything passed")
    // Of another log, or not whole, it is no note.
    let path = FilePath.join(bench.book, "checkpoints/verified")
    let note = try LiveFileSystem().bytes(of: path, atMost: 4096)
    for count in [0, 5, note.count - 12] {
      let cut = Array(note[..<count])
      try LiveFileSystem().replaceFile(path, with: cut.span)
      #expect(await status(of: bench)["last verify"] == "never")
    }
    // The log's identity begins behind its word.
    let other = Array("log 0000".utf8) + note[8...]
    try LiveFileSystem().replaceFile(path, with: other.span)
    #expect(await status(of: bench)["last verify"] == "never")
    // Where nothing can be written, what is found is the same.
    try LiveFileSystem().remove(path)
    try LiveFileSystem().createDirectory(path)
    #expect(await bench.run("verify").status == .done)
    #expect(await status(of: bench)["last verify"] == "never")
  }

  @Test func `of an empty book is nothing yet`() async throws {
    let bench = try Bench()
    _ = await bench.run("init")
    let now = await status(of: bench)
    #expect(now["day"] == "nothing yet")
    #expect(now["receivable"] == "0.00")
    #expect(now["events"] == "0")
  }
}
