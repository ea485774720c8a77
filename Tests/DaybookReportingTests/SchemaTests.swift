import DaybookReporting
import DaybookValues
import Foundation
import Testing

@Suite struct `The schema of reports` {
  private func schema(_ shapes: [ReportShape]) throws -> [String: Any] {
    let text = reportSchema(shapes)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func shape(of report: Report) -> ReportShape {
    ReportShape(
      name: report.name, title: report.title,
      parts: report.columns.map { ReportShape.Part($0, isAlways: true) })
  }

  @Test func `has for each kind what cells of the kind look like, and nothing looser`() throws {
    let definitions = try #require(try schema([])["$defs"] as? [String: [String: Any]])
    #expect(Set(definitions.keys) == Set(Column.Kind.allCases.map(\.rawValue)))
    // The last of each is not of the kind.
    let texts = [
      "amount": ["0", "-0.05", "1092402.73", "12.345", "1,00"],
      "quantity": ["1.25", "-3", "0.001", "1.2345"],
      "unitPrice": ["0.1250", "1.25"],
      "rate": ["21%", "5.2%", "-0.05%", "21"],
      "day": ["2026-03-02", "2026-3-2"],
      "month": ["2026-03", "2026-03-02"],
      "instant": ["2026-03-02T09:30:00Z", "2026-03-02T09:30:00.250Z", "2026-03-02T09:30:00+01:00"],
      "moment": ["2026-03-02T09:30:00+02:00", "2026-03-02T09:30:00Z", "2026-03-02 09:30"],
    ]
    for (kind, values) in texts {
      let pattern = try Regex(try #require(definitions[kind]?["pattern"] as? String))
      for value in values {
        let isOne = value.firstMatch(of: pattern) != nil
        #expect(isOne == (value != values.last), "\(kind) \(value)")
      }
    }
  }

  @Test func `fits every value of a report with all kinds`() throws {
    let report = try Sample.everyKind.report()
    let definitions = try #require(try schema([])["$defs"] as? [String: [String: Any]])
    let json = render(report, as: .json)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let rows = try #require(object["rows"] as? [[String: Any]])
    for row in rows {
      for column in report.columns {
        let definition = try #require(definitions[column.kind.rawValue])
        if let text = row[column.name] as? String {
          #expect(definition["type"] as? String == "string", "\(column.name)")
          guard let pattern = definition["pattern"] as? String else { continue }
          #expect(text.firstMatch(of: try Regex(pattern)) != nil, "\(column.name) \(text)")
        } else if row[column.name] is NSNumber {
          #expect(definition["type"] as? String == "integer", "\(column.name)")
        }
      }
    }
  }

  @Test func `names the columns of a report that always has the same`() throws {
    let report = try Sample.trialBalance.report()
    let definitions = try #require(
      try schema([shape(of: report)])["$defs"] as? [String: [String: Any]])
    let properties = try #require(
      definitions["trial-balance"]?["properties"] as? [String: [String: Any]])
    // With amounts, also with the currency behind them.
    let columns = try #require(properties["columns"]?["enum"] as? [[[String: String]]])
    #expect(columns.map { $0.map { $0["name"] } }.first == report.columns.map(\.name))
    #expect(
      columns.dropFirst().map { $0.map { $0["name"] } }
        == [report.columns.map(\.name) + ["currency"]])
    let items = try #require(properties["rows"]?["items"] as? [String: Any])
    #expect(items["required"] as? [String] == report.columns.map(\.name))
    #expect(items["additionalProperties"] as? Bool == false)
  }

  @Test func `lets the question name the columns that it makes`() throws {
    let parts = [
      ReportShape.Part(Column("account", .identifier), isAlways: true),
      ReportShape.Part(Column("2026-03", .amount, each: "period"), isAlways: false),
      ReportShape.Part(Column("percent", .rate), isAlways: false),
    ]
    let shape = ReportShape(name: "income-statement", title: "x", parts: parts)
    #expect(!shape.isFixed)
    let definitions = try #require(try schema([shape])["$defs"] as? [String: [String: Any]])
    let properties = try #require(
      definitions["income-statement"]?["properties"] as? [String: [String: Any]])
    let items = try #require(properties["rows"]?["items"] as? [String: Any])
    #expect(items["required"] as? [String] == ["account"])
    let named = try #require(items["properties"] as? [String: Any])
    #expect(Set(named.keys) == ["account", "percent", "currency"])
    let others = try #require(items["additionalProperties"] as? [String: [[String: String]]])
    #expect(others["anyOf"]?.first == ["$ref": "#/$defs/amount"])
  }
}
