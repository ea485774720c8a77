import Daybook
import DaybookTesting
import DaybookTool
import Testing

extension ToolRun {
  /// The rows of a CSV answer without its header, fields with commas as they are meant.
  fileprivate var records: [[String]] {
    answer.split(separator: "\r\n").dropFirst().map { line in
      var fields = [""]
      var isQuoted = false
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          fields.append("")
        } else {
          fields[fields.count - 1].append(character)
        }
      }
      return fields
    }
  }
}

@Suite struct `The commands of the ledger` {
  private func number(_ text: String) -> Int {
    Int(text.replacing(".", with: "")) ?? 0
  }

  @Test func `run every account from its opening to the balance of the trial balance`()
    async throws
  {
    let bench = try await Bench.withBundledExport()
    let balance = await bench.run("accounts", "tb", "--period", "2020", "--format", "csv")
    let ledger = await bench.run("accounts", "ledger", "--period", "2020", "--format", "csv")
    #expect(ledger.status == .done)
    for row in balance.records {
      let own = ledger.records.filter { $0[0] == row[0] }
      #expect(own.first?[5] == "opening")
      #expect(own.first?[11] == row[2])
      #expect(own.last.map { Array($0[9...11]) } == Array(row[3...5]))
      #expect(
        own.dropFirst().dropLast().reduce(0) { $0 + number($1[9]) } == number(row[3]), "\(row[0])")
    }
    let one = await bench.run("accounts", "reg", "1150", "--period", "2020", "--format", "csv")
    #expect(one.records == ledger.records.filter { $0[0] == "1150" })
    let named = await bench.run(
      "accounts", "ledger", "card clearing", "--period", "2020", "--format", "csv")
    #expect(named.answer == one.answer)
    #expect(await bench.run("accounts", "ledger", "9999").status == .usage)
    #expect(await bench.run("accounts", "ledger", "receivables").said.contains("1210"))
  }

  @Test func `group by clinic, practitioner, service and payer what the trial balance has`()
    async throws
  {
    let bench = try await Bench.withBundledExport()
    let balance = await bench.run("accounts", "tb", "--format", "csv")
    for dimension in ["clinic", "practitioner", "service", "payer", "tax-code"] {
      let run = await bench.run("accounts", "tb", "--by", dimension, "--format", "csv")
      #expect(run.status == .done)
      for row in balance.records {
        let own = run.records.filter { $0[2] == row[0] }
        #expect(own.reduce(0) { $0 + number($1[5]) } == number(row[3]), "\(dimension): \(row[0])")
      }
      let totals = await bench.run("accounts", "ledger", "--by", dimension, "--format", "csv")
      #expect(totals.records.count == run.records.count)
    }
    let one = await bench.run("accounts", "tb", "--clinic", "L2", "--format", "csv")
    let all = await bench.run("accounts", "tb", "--by", "clinic", "--format", "csv")
    #expect(all.records.filter { $0[0] == "L2" }.map { Array($0[2...]) } == one.records)
    #expect(await bench.run("accounts", "tb", "--by", "colour").status == .usage)
  }

  @Test func `print the journal with the references of the import behind it`() async throws {
    let bench = try await Bench.withBundledExport()
    let plain = await bench.run("accounts", "journal", "--period", "2022", "--format", "csv")
    let audit = await bench.run(
      "accounts", "journal", "--audit", "--period", "2022", "--format", "csv")
    #expect(audit.status == .done)
    #expect(audit.records.map { Array($0[..<13]) } == plain.records)
    #expect(audit.records.allSatisfy { $0[21] == "import:synthea" })
    #expect(audit.records.allSatisfy { !$0[15].isEmpty })
    let patient = await bench.run("accounts", "journal", "--party", "P4", "--format", "csv")
    #expect(!patient.records.isEmpty)
    #expect(patient.records.allSatisfy { $0[8] == "P4" })
    let receipts = await bench.run(
      "accounts", "journal", "--type", "paymentreceived", "--account", "1150", "--format", "csv")
    #expect(!receipts.records.isEmpty)
    #expect(receipts.records.allSatisfy { $0[4] == "receipts" && $0[6] == "1150" })
    let user = await bench.run(
      "accounts", "journal", "--user", "import:synthea", "--format", "csv")
    #expect(user.answer == (await bench.run("accounts", "journal", "--format", "csv")).answer)
    for wrong in [["--type", "Sold"], ["--journal", "x"], ["--user", "import:x"]] {
      #expect(await bench.run(["accounts", "journal"] + wrong).status == .usage, "\(wrong)")
    }
  }

  @Test func `list what was recorded late, as far as it was`() async throws {
    let bench = try await Bench.withBundledExport()
    let late = await bench.run(
      "accounts", "late", "--on", "2020-12-31", "--since", "500", "--format", "csv")
    #expect(late.status == .done)
    let journal = await bench.run(
      "accounts", "journal", "--on", "2020-12-31", "--format", "csv")
    let positions = Set(journal.records.map { $0[1] }).filter { (Int($0) ?? 0) > 500 }
    #expect(Set(late.records.map { $0[1] }) == positions)
    #expect(late.records.allSatisfy { $0[9] == "import:synthea" })
    let none = await bench.run("accounts", "late", "--since", "today")
    #expect(none.status == .done)
    #expect(await bench.run("accounts", "late").status == .usage)
    #expect(await bench.run("accounts", "late", "--since", "then").status == .usage)
  }
}
