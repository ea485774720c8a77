import Daybook
import DaybookTool
import Testing

// The documents of sales of the two months: registers, pages to print, fees.
extension `Two months` {
  // By hand, from the journal: credit notes take 20.00, 10.00 and 20.00 off, and 4.20 of tax; the cent of
  // the invoice of L2 is rounding, which it posts itself.
  @Test func `have registers that tie to the journal`() async throws {
    let (bench, _) = try await book()
    let journal = await bench.run("accounts", "journal", "--format", "csv").table
    func posted(_ event: String, _ account: String) -> Int64 {
      journal.filter { $0["account"] == account && ($0["text"] ?? "").hasPrefix(event) }.reduce(0) {
        $0 + HandWrittenBooks.minor($1["credit"] ?? "") - HandWrittenBooks.minor($1["debit"] ?? "")
      }
    }
    func listed(_ kind: String, _ column: String) async -> Int64 {
      let run = await bench.run("accounts", "invoices", "--kind", kind, "--format", "csv")
      return run.table.reduce(0) { $0 + HandWrittenBooks.minor($1[column] ?? "") }
    }
    #expect(posted("InvoiceRectified", "4095") == -5_000)
    #expect(posted("InvoiceRectified", "2200") == -420)
    #expect(await listed("credit-notes", "base") == -5_000)
    #expect(await listed("credit-notes", "tax") == -420)
    #expect(posted("InvoiceIssued", "2200") == 1)
    // Tickets and returns that were not undone; what was is in both with its other sign.
    #expect(await listed("returns", "base") == posted("SaleReturned", "4095"))
    #expect(await listed("returns", "tax") == posted("SaleReturned", "2200"))
    #expect(await listed("tickets", "base") == posted("SaleCompleted", "4020"))
    #expect(await listed("tickets", "tax") == posted("SaleCompleted", "2200"))
    // Of of L1 and A-1 of L2: 60.50 in advance, C20 and the three of 26 November.
    #expect(await listed("invoices", "tax") == 1_050 + 2_100 + 631)
  }

  @Test func `have fees that tie to the statements of the same days`() async throws {
    let (bench, _) = try await book()
    for period in ["2025", "2025-11", "2025-12"] {
      let fees = await bench.run("accounts", "fees", "--period", period, "--format", "csv").table
      #expect(fees.count == 4, "\(period)")
      for row in fees {
        let statement = await bench.run(
          "accounts", "statement", row["patient"] ?? "", "--period", period, "--format", "csv")
        func sum(_ column: String) -> Int64 {
          statement.table.reduce(0) { $0 + HandWrittenBooks.minor($1[column] ?? "") }
        }
        func fee(_ column: String) -> Int64 { HandWrittenBooks.minor(row[column] ?? "") }
        #expect(fee("charged") - fee("discount") == sum("charge"), "\(row)")
        #expect(fee("paid") - fee("refunded") == sum("patientPaid"), "\(row)")
        #expect(fee("payerPaid") == sum("payerPaid"), "\(row)")
        #expect(fee("adjusted") == sum("adjusted"), "\(row)")
        let last = statement.table.last
        #expect(row["open"] == last?["balance"] && row["payerOpen"] == last?["payerOpen"], "\(row)")
      }
    }
  }

  @Test func `have pages to print with who hands them out on top`() async throws {
    let (bench, _) = try await book()
    for words in [
      ["statement", "P1"], ["statement", "Y1"], ["day-end", "2025-11-13"], ["document", "A-3"],
      ["fees", "--party", "P1"],
    ] {
      let run = await bench.run(["accounts"] + words + ["--format", "html"])
      #expect(run.status == .done, "\(run.said)")
      #expect(run.answer.contains("<header>\n<div>\n<p>Clínica Sol</p>"), "\(words)")
      #expect(run.answer.contains("@page") && !run.answer.contains("<script"), "\(words)")
    }
    let other = await bench.run(
      "accounts", "statement", "P1", "--clinic", "L2", "--format", "html", "--names")
    #expect(
      other.answer.contains("<p>Clínica Mar</p>") && other.answer.contains("<p>Eva García</p>"))
    // What a program reads has no letterhead.
    let plain = await bench.run("accounts", "statement", "P1", "--names", "--format", "csv")
    #expect(plain.answer.hasPrefix("date,position,event"))
  }

  @Test func `say what is no document`() async throws {
    let (bench, november) = try await book()
    for text in ["A-99", "Z-1", "IV99", "S99", "1", "0", "99999", "99999999999999999999", "", "€"] {
      let run = await bench.run("accounts", "document", text)
      #expect(run.status == .usage, "\(text): \(run.answer)")
      #expect(run.said.contains("there is no document") && run.answer.isEmpty, "\(run.said)")
    }
    let two = await bench.run("accounts", "document", "A-1")
    #expect(two.status == .usage && two.said.contains("2 documents have the number \"A-1\""))
    let early = await bench.run("accounts", "document", "A-3", "--known-at", "10")
    #expect(early.status == .usage, "\(early.answer)")
    let known = await bench.run("accounts", "document", "A-3", "--known-at", "\(november)")
    let now = await bench.run("accounts", "document", "A-3")
    #expect(known.status == .done && known.answer == now.answer)
    for words in [
      ["invoices", "--kind", "bills"], ["invoices", "--party", "nobody at all"],
      ["fees", "--party", "nobody at all"], ["fees", "--party", "Y1"], ["document"],
    ] {
      #expect(await bench.run(["accounts"] + words).status == .usage, "\(words)")
    }
    for words in [["invoices", "--period", "1999"], ["fees", "--period", "1999"]] {
      let run = await bench.run(["accounts"] + words)
      #expect(run.status == .done && run.answer.contains("Nothing to report."), "\(run.answer)")
    }
  }
}
