import Daybook
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `The tool on a full disk` {
  private func bench(_ disk: FaultyDisk) throws -> Bench {
    var bench = try Bench()
    bench.world.files = disk
    return bench
  }

  /// Everything that a command may write to a file of its own.
  private static let outputs: [[String]] = [
    ["accounts", "trial-balance", "-o"], ["accounts", "journal", "--format", "csv", "-o"],
    ["status", "--format", "html", "-o"], ["log", "read", "--format", "json", "-o"],
    ["export", "hledger", "-o"], ["export", "jsonl", "-o"], ["export", "csv", "-o"],
  ]

  @Test func `says so for a report and an export, exits with 5 and spoils nothing`() async throws {
    let disk = FaultyDisk()
    let bench = try bench(disk)
    _ = await bench.run("import", "synthea", Fixtures.synthea)
    let before = await bench.run("accounts", "trial-balance")
    for (index, words) in Self.outputs.enumerated() {
      let path = bench.folder.file("out-\(index)")
      let first = await bench.run(words + [path])
      #expect(first.status == .done, "\(words): \(first.said)")
      let names = try bench.world.files.list(bench.folder.path)
      disk.fill()
      let full = await bench.run(words + [path])
      #expect(full.status == .file, "\(words)")
      #expect(full.said.contains(path) && full.said.contains("no space"), "\(words): \(full.said)")
      // The earlier answer stands, nothing half done lies beside it, and reading goes on.
      #expect(try bench.world.files.list(bench.folder.path) == names)
      #expect(await bench.run("accounts", "trial-balance").answer == before.answer)
      disk.heal()
      #expect(await bench.run(words + [path]).status == .done)
    }
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `says so when it makes or opens a book, and does it when there is room`() async throws
  {
    let disk = FaultyDisk()
    let bench = try bench(disk)
    disk.fill()
    for words in [["init"], ["import", "synthea", Fixtures.synthea]] {
      let full = await bench.run(words)
      #expect(full.status == .file && full.said.contains("no space"), "\(words): \(full.said)")
    }
    disk.heal()
    let imported = await bench.run("import", "synthea", Fixtures.synthea)
    #expect(imported.status == .done, "\(imported.said)")
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `imports what there is room for, and the rest later`() async throws {
    let disk = FaultyDisk()
    let bench = try bench(disk)
    // A book whose segment has no room beyond a few actions.
    let small = try BackOffice.open(
      bench.book, world: bench.world,
      options: LogOptions(preallocateBytes: 32_768, creation: .ifMissing))
    await small.close()
    disk.fail("allocate", .noSpace)
    let full = await bench.run("import", "synthea", Fixtures.synthea)
    #expect(full.status == .file && full.said.contains("no space"), "\(full.said)")
    let verified = await bench.run("verify")
    #expect(verified.status == .done, "\(verified.answer)")
    let info = try LogInfo(bench.book, in: .live)
    #expect(info.events > 20 && info.events < 2_109)
    disk.heal()
    let rest = await bench.run("import", "synthea", Fixtures.synthea)
    #expect(rest.status == .done, "\(rest.said)")
    #expect(try LogInfo(bench.book, in: .live).events == 2_109)
    #expect(await bench.run("verify").status == .done)
  }
}

@Suite struct `The durability of a command` {
  @Test(arguments: ["synced", "grouped:3", "none"])
  func `is taken from --durability, shown by status, and ends on the disk`(
    _ text: String
  ) async throws {
    let bench = try Bench()
    let made = await bench.run("init", "--name", "Sol", "--zone", "UTC", "--durability", text)
    #expect(made.status == .done, "\(made.said)")
    let status = await bench.run("status", "--format", "csv")
    #expect(status.answer.contains(text) && status.answer.contains("(the last writer's)"))
    #expect(try LogInfo(bench.book, in: .live).events == 1)
    #expect(await bench.run("verify").status == .done)
  }

  @Test(arguments: ["", "grouped", "grouped:0", "fast"])
  func `is refused where it is none`(_ text: String) async throws {
    let bench = try Bench()
    let run = await bench.run("init", "--durability", text)
    #expect(run.status == .usage)
  }

  @Test func `none says what was recorded, and knows the names of it at once`() async throws {
    let bench = try await Bench.withClinic()
    let one = await bench.run(
      "record", "register-patient", "Eva", "Sanz", "--ref", "eva", "--durability", "none")
    #expect(one.status == .done, "\(one.said)")
    #expect(one.answer == "P2  Eva Sanz\n")
    let again = await bench.run(
      "record", "register-patient", "Eva", "Sanz", "--ref", "eva", "--durability", "none")
    #expect(again.answer == "recorded before; nothing was appended\nP2  Eva Sanz\n")
    let file = try bench.write(
      """
      {"action":"register-patient","person":{"givenName":"Luis","familyName":"Mora"}}
      {"action":"check-in","patient":"mora"}
      """, to: "lines.jsonl")
    let lines = await bench.run("record", "--json", file, "--durability", "none")
    #expect(lines.status == .done, "\(lines.answer)\(lines.said)")
    #expect(lines.answer.contains(#""made":["V1"]"#))
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `none, whose last sync fails, is an error of the disk`() async throws {
    let disk = FaultyDisk()
    var bench = try Bench()
    bench.world.files = disk
    _ = await bench.run("init")
    disk.fail("sync")
    let run = await bench.run(
      "import", "synthea", Fixtures.synthea, "--durability", "none")
    #expect(run.status == .file, "\(run.answer)")
    disk.heal()
    #expect(await bench.run("import", "synthea", Fixtures.synthea).status == .done)
    #expect(await bench.run("verify").status == .done)
  }
}
