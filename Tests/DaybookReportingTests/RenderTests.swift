import DaybookReporting
import DaybookValues
import Foundation
import Testing

@Suite struct `Rendering` {
  @Test(arguments: Sample.allCases, ReportFormat.allCases)
  func `gives the accepted bytes`(_ sample: Sample, _ format: ReportFormat) throws {
    let suffix = format == .text ? "txt" : format.rawValue
    try expectGolden(
      render(try sample.report(), as: format), "\(sample.rawValue).\(suffix)")
  }

  @Test(arguments: Sample.allCases)
  func `gives the accepted bytes on a narrow terminal`(_ sample: Sample) throws {
    try expectGolden(
      render(try sample.report(), as: .text, width: 60), "\(sample.rawValue).narrow.txt")
  }

  @Test(arguments: Sample.allCases)
  func `JSON is valid and has exactly the keys of its contract`(_ sample: Sample) throws {
    let report = try sample.report()
    let text = render(report, as: .json)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "report", "book", "on", "from", "to", "knownAt", "columns", "rows", "totals", "footer",
      ])
    let footer = try #require(object["footer"] as? [String: Any])
    #expect(
      Set(footer.keys) == ["position", "entries", "debits", "ruleVersion", "skipped", "digest"])
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.count == report.rows.count)
    let currency = sample == .severalCurrencies ? ["currency"] : []
    for row in rows {
      #expect(Set(row.keys) == Set(report.columns.map(\.name) + currency))
    }
  }

  @Test(arguments: Sample.allCases, [1, 20, 40, 60, 80, 200])
  func `no line of text ends in a space or holds a control character`(
    _ sample: Sample, _ width: Int
  ) throws {
    let text = render(try sample.report(), as: .text, width: width)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(!line.hasSuffix(" "))
      #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
  }

  @Test func `figures and identifiers are whole at any width`() throws {
    let text = render(try Sample.trialBalance.report(), as: .text, width: 1)
    for figure in ["1010", "1092402.73", "-11101.22", "2222223.45"] {
      #expect(text.contains(figure), "\(figure) is missing")
    }
  }

  @Test(arguments: Sample.allCases, [30, 40, 60, 80, 100])
  func `no line is wider than the terminal, unless one word or cell alone is`(
    _ sample: Sample, _ width: Int
  ) throws {
    let report = try sample.report()
    let text = render(report, as: .text, width: width)
    for line in text.split(separator: "\n") where line.count > width {
      // What cannot be broken stands alone, behind the indent of a fold.
      #expect(line.drop { $0 == " " }.split(separator: " ").count == 1, "\(line)")
    }
  }

  @Test func `the rows of a table that does not fit fold, and say everything in its place`() throws
  {
    var report = Report(
      name: "x", title: "x", book: "", knownAt: .start,
      columns: [
        Column("entry", .identifier), Column("day", .day), Column("name", .text),
        Column("debit", .amount), Column("note", .identifier),
      ])
    let day = Cell.day(try Day(year: 2026, month: 3, day: 2))
    let amount = Cell.amount(Amount(minorUnits: 1250, .eur))
    report.append(
      [.identifier("81377.3.1"), day, .text("Receivables"), amount, .identifier("n")])
    report.append([.identifier("9.1.1"), day, .text("Cash"), amount, .empty])
    report.append([.identifier("9.1.2"), day, .empty, .empty, .empty])
    report.setTotal("debit", .amount(Amount(minorUnits: 2500, .eur)))
    // The first line has 9 + 2 + 10 columns, and 8 + 2 more would be a name that is cut.
    let lines = render(report, as: .text, width: 24).split(separator: "\n")
    #expect(
      lines.dropFirst(2).dropLast(1).map(String.init) == [
        "entry      day", "    name         debit", "    note", "----------------------",
        "81377.3.1  2026-03-02", "    Receivables  12.50", "    n",
        "9.1.1      2026-03-02", "    Cash         12.50",
        "9.1.2      2026-03-02",
        "----------------------", "total", "                 25.00",
      ])
  }

  @Test func `a table that fits is not truncated, one column less is`() throws {
    let report = try Sample.trialBalance.report()
    let table = render(report, as: .text).split(separator: "\n").filter { $0.contains("----") }
    let width = try #require(table.first).count
    #expect(!render(report, as: .text, width: width).contains("…"))
    let narrower = render(report, as: .text, width: width - 1)
    #expect(narrower.contains("Receivables from patients and paye…"))
  }

  @Test func `wide characters take two columns`() throws {
    var report = Report(
      name: "x", title: "x", book: "x", knownAt: .start,
      columns: [Column("name", .text), Column("n", .count)])
    report.append([.text("山田太郎"), .count(1)])
    report.append([.text("12345678"), .count(2)])
    report.append([.text("e\u{301}"), .count(3)])
    let lines = render(report, as: .text).split(separator: "\n")
    #expect(lines.contains("山田太郎  1"))
    #expect(lines.contains("12345678  2"))
    #expect(lines.contains("e\u{301}         3"))
  }

  @Test func `a truncated text never splits a character`() throws {
    var report = Report(
      name: "x", title: "x", book: "x", knownAt: .start, columns: [Column("name", .text)])
    report.append([.text("山田太郎山田太郎")])
    report.append([.text("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e")])
    let lines = render(report, as: .text, width: 8).split(separator: "\n")
    #expect(lines.contains("山田太…"))
    #expect(lines.contains("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}…"))
  }

  @Test func `HTML holds no markup of the data and no script`() throws {
    let page = render(try Sample.hostile.report(), as: .html)
    #expect(!page.contains("<script"))
    #expect(!page.contains("<b>"))
    #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"))
  }

  @Test func `CSV keeps every byte of the data`() throws {
    let csv = render(try Sample.hostile.report(), as: .csv)
    #expect(csv.hasPrefix("party,name,visits\r\n"))
    #expect(csv.contains("\"line one\r\nline two\tand three\""))
    #expect(csv.contains("right\u{202E}to left"))
  }
}
