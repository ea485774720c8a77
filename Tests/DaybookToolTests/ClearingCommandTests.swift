import Daybook
import DaybookTool
import Testing

@Suite struct `What clears what, on the command line` {
  // The figures are those of the bundled export's answers: 124,911.36 = 83,341.44 + 34,007.31 + 3,125.61
  // + 4,437.00; payers owe 6,548.96 in the books.
  @Test func `lists claims with what has become of them`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("accounts", "claims", "--format", "json")
    #expect(run.status == .done, "\(run.said)")
    #expect(run.answer.contains("\"report\":\"claims\""))
    for figure in [
      "\"total\":\"124911.36\"", "\"paid\":\"83341.44\"", "\"patientDue\":\"34007.31\"",
      "\"other\":\"3125.61\"", "\"open\":\"4437.00\"", "\"owed\":\"6548.96\"",
    ] {
      #expect(run.answer.contains(figure), "\(figure)")
    }
    let trial = await bench.run("accounts", "trial-balance", "--format", "csv")
    #expect(trial.answer.contains("6548.96"))
    let open = await bench.run("accounts", "claims", "--status", "open", "--format", "csv")
    #expect(open.rows.count > 0 && open.rows.allSatisfy { $0.last == "open" })
    let one = await bench.run("accounts", "claims", "--payer", "Y2", "--format", "csv")
    #expect(one.rows.count > 0 && one.rows.allSatisfy { $0[2] == "Y2" })
  }

  // A book without bank lines: all that the bank was booked with is outstanding, in sums or one by one.
  @Test func `reconciles a bank that nobody has a statement of`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("accounts", "reconcile", "--account", "1100", "--format", "csv")
    #expect(run.status == .done, "\(run.said)")
    let parts = Set(run.table.compactMap { $0["part"] })
    #expect(parts == ["statement balance", "outstanding receipts", "book balance", "difference"])
    #expect(
      run.table.filter { $0["part"] == "difference" }.allSatisfy { $0["amount"] == "0.00" })
    let one = await bench.run("accounts", "reconcile", "--lines", "--format", "csv")
    func cents(_ run: ToolRun, _ part: String) -> Int {
      run.table.filter { $0["part"] == part }
        .compactMap { Int($0["amount"]?.filter { $0 != "." } ?? "") }.reduce(0, +)
    }
    #expect(cents(one, "outstanding receipt") == cents(run, "outstanding receipts"))
    #expect(cents(run, "outstanding receipts") > 0)
  }

  @Test(arguments: [
    ["claims", "--payer", "nobody"], ["claims", "--status", "lost"],
    ["remittances", "--payer", "P1"], ["bank-reconciliation", "--account", "4000"],
    ["grir", "--on", "never"], ["reconcile", "--account", ""],
  ])
  func `refuses what there is not, and says what to do`(_ words: [String]) async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run(["accounts"] + words)
    #expect(run.status == .usage)
    #expect(run.answer.isEmpty && !run.said.isEmpty)
  }

  @Test func `says so where there is nothing`() async throws {
    let bench = try await Bench.withBundledExport()
    for words in [
      ["claims", "--on", "1900-01-01"], ["claims", "--period", "1900"], ["remittances"],
      ["bank-reconciliation", "--on", "1900-01-01"], ["grir"], ["claims", "--known-at", "1"],
    ] {
      let run = await bench.run(["accounts"] + words)
      #expect(run.status == .done, "\(words)")
      #expect(run.answer.contains("Nothing to report."), "\(words)")
    }
  }
}
