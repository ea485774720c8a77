/// What holds of a report whatever is asked of it: its name and the columns that it may have.
public struct ReportShape: Hashable, Sendable {
  /// A column that a report may have.
  public struct Part: Hashable, Sendable {
    /// The column; where it is one of several that the question makes, any of them.
    public var column: Column
    /// Whether the report has it whatever is asked.
    public var isAlways: Bool

    /// A column of a report.
    public init(_ column: Column, isAlways: Bool) {
      self.column = column
      self.isAlways = isAlways
    }
  }

  /// The stable name, as JSON states it: `trial-balance`.
  public var name: String
  /// The heading: `Trial balance`.
  public var title: String
  /// The columns, in the order in which they stand.
  public var parts: [Part]

  /// The shape of the report of that name.
  public init(name: String, title: String, parts: [Part]) {
    self.name = name
    self.title = title
    self.parts = parts
  }

  /// Whether it has these columns and no others, whatever is asked.
  public var isFixed: Bool { parts.allSatisfy { $0.isAlways && $0.column.each == nil } }

  /// Whether CSV and JSON have a column of the currency behind all others, where clinics keep several.
  public var mayNameCurrency: Bool { parts.contains { $0.column.kind == .amount } }
}

/// The JSON Schema (draft 2020-12) of what `render(_:as:width:)` writes as JSON: of any report, and of
/// the rows of those whose shapes are given.
///
/// A report of another name is held to what all have in common.
///
/// - Complexity: O(columns).
public func reportSchema(_ shapes: [ReportShape]) -> String {
  var json = JSONText()
  json.object { json in
    json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
    json.member("title", "Reports of a daybook")
    json.member(
      "description",
      "What --format json gives: money and other decimals are strings, never numbers.")
    json.lineBreak()
    writeEnvelope(to: &json)
    json.lineBreak()
    json.array("allOf") { json in
      for shape in shapes {
        json.lineBreak()
        json.object { json in
          json.object("if") { json in
            json.object("properties") { $0.object("report") { $0.member("const", shape.name) } }
          }
          json.object("then") { $0.member("$ref", "#/$defs/\(shape.name)") }
        }
      }
    }
    json.lineBreak()
    json.object("$defs") { json in
      for kind in Column.Kind.allCases {
        json.lineBreak()
        json.object(kind.rawValue) { kind.writeSchema(to: &$0) }
      }
      for shape in shapes {
        json.lineBreak()
        json.object(shape.name) { shape.writeSchema(to: &$0) }
      }
    }
    json.lineBreak()
  }
  json.endLine()
  return json.text
}

/// What every report has, as `renderJSON` writes it.
private func writeEnvelope(to json: inout JSONText) {
  json.member("type", "object")
  let names = [
    "report", "book", "on", "from", "to", "knownAt", "columns", "rows", "totals", "footer",
  ]
  json.array("required") { for name in names { $0.string(name) } }
  json.member("additionalProperties", false)
  json.lineBreak()
  json.object("properties") { json in
    json.object("report") { $0.member("type", "string") }
    json.object("book") { $0.member("type", "string") }
    for name in ["on", "from", "to"] { json.object(name) { $0.orNull([.day]) } }
    json.reference("knownAt", .position)
    json.object("columns") { json in
      json.member("type", "array")
      json.object("items") { json in
        json.member("type", "object")
        json.array("required") { for name in ["name", "kind"] { $0.string(name) } }
        json.member("additionalProperties", false)
        json.object("properties") { json in
          json.object("name") { $0.member("type", "string") }
          json.object("kind") { json in
            json.array("enum") { for kind in Column.Kind.allCases { $0.string(kind.rawValue) } }
          }
        }
      }
    }
    json.object("rows") { json in
      json.member("type", "array")
      json.object("items") { $0.member("type", "object") }
    }
    json.object("totals") { $0.member("type", "object") }
    json.object("totalsByCurrency") { json in
      json.member("type", "object")
      json.object("additionalProperties") { json in
        json.member("type", "object")
        json.object("additionalProperties") { $0.member("$ref", Column.Kind.amount.place) }
      }
    }
    json.lineBreak()
    json.object("footer") { writeFooter(to: &$0) }
  }
}

private func writeFooter(to json: inout JSONText) {
  json.member("type", "object")
  let names = ["position", "entries", "debits", "ruleVersion", "skipped", "digest"]
  json.array("required") { for name in names { $0.string(name) } }
  json.member("additionalProperties", false)
  json.object("properties") { json in
    json.reference("position", .position)
    json.reference("entries", .count)
    json.object("debits") { $0.orNull([.amount]) }
    json.object("ruleVersion") { $0.orNull([.count]) }
    json.reference("skipped", .count)
    json.object("digest") { $0.orNull([.text]) }
  }
}

extension ReportShape {
  /// The columns, the rows and the totals of the report.
  fileprivate func writeSchema(to json: inout JSONText) {
    json.member("title", title)
    json.object("properties") { json in
      json.object("columns") { json in
        let currency = mayNameCurrency ? [Part(.currency, isAlways: false)] : []
        if isFixed {
          json.array("enum") { json in
            for more in currency.isEmpty ? [[]] : [[], currency] {
              json.array { json in for part in parts + more { part.write(to: &json) } }
            }
          }
        } else {
          json.object("items") { json in
            json.array("anyOf") { json in
              for part in parts + currency { json.object { part.writeSchema(to: &$0) } }
            }
          }
        }
      }
      json.object("rows") { json in
        json.object("items") { json in
          json.array("required") { json in
            for part in parts where part.isAlways && part.column.each == nil {
              json.string(part.column.name)
            }
          }
          writeMembers(parts.map(\.column) + (mayNameCurrency ? [.currency] : []), to: &json)
        }
      }
      json.object("totals") { writeMembers(parts.map(\.column), to: &$0) }
    }
  }

  /// The members that a row may have: those of columns that the question makes have any other name.
  private func writeMembers(_ columns: [Column], to json: inout JSONText) {
    var named: [(name: String, kinds: [Column.Kind])] = []
    for column in columns where column.each == nil {
      if let known = named.firstIndex(where: { $0.name == column.name }) {
        named[known].kinds.append(column.kind)
      } else {
        named.append((column.name, [column.kind]))
      }
    }
    json.object("properties") { json in
      for (name, kinds) in named { json.object(name) { $0.orNull(kinds) } }
    }
    var made: [Column.Kind] = []
    for part in parts where part.column.each != nil && !made.contains(part.column.kind) {
      made.append(part.column.kind)
    }
    guard !made.isEmpty else { return json.member("additionalProperties", false) }
    json.object("additionalProperties") { $0.orNull(made) }
  }
}

extension ReportShape.Part {
  /// What JSON says of the column.
  fileprivate func write(to json: inout JSONText) {
    json.object { json in
      json.member("name", column.name)
      json.member("kind", column.kind.rawValue)
    }
  }

  fileprivate func writeSchema(to json: inout JSONText) {
    guard column.each != nil else {
      json.key("const")
      return write(to: &json)
    }
    json.object("properties") { json in
      json.object("kind") { $0.member("const", column.kind.rawValue) }
    }
  }
}

extension JSONText {
  fileprivate mutating func reference(_ name: String, _ kind: Column.Kind) {
    object(name) { $0.member("$ref", kind.place) }
  }

  /// A value of one of these kinds, or none.
  fileprivate mutating func orNull(_ kinds: [Column.Kind]) {
    array("anyOf") { json in
      for kind in kinds { json.object { $0.member("$ref", kind.place) } }
      json.object { $0.member("type", "null") }
    }
  }
}

extension Column.Kind {
  /// Where the schema describes it.
  fileprivate var place: String { "#/$defs/\(rawValue)" }

  /// What `Cell.write(to:)` writes of it, other than `null`.
  fileprivate func writeSchema(to json: inout JSONText) {
    json.member("description", words)
    switch self {
    case .text, .identifier: json.member("type", "string")
    case .seconds, .count: json.member("type", "integer")
    case .position:
      json.member("type", "integer")
      json.member("minimum", 0)
    case .amount, .quantity, .unitPrice, .rate, .day, .month, .instant, .moment:
      json.member("type", "string")
      json.member("pattern", pattern)
    }
  }

  /// The pattern of values that are strings of a form.
  private var pattern: String {
    switch self {
    case .amount: #"^-?[0-9]+(\.[0-9]+)?$"#
    case .quantity: #"^-?[0-9]+(\.[0-9]{1,3})?$"#
    case .unitPrice: #"^-?[0-9]+\.[0-9]{4}$"#
    case .rate: #"^-?[0-9]+(\.[0-9]{1,2})?%$"#
    case .day: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    case .month: "^[0-9]{4}-[0-9]{2}$"
    case .instant: Self.time + "Z$"
    case .moment: Self.time + "(Z|[+-][0-9]{2}:[0-9]{2})$"
    case .text, .identifier, .seconds, .count, .position: ""
    }
  }

  private static let time =
    #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?"#

  /// What it is, in words, as programs find it in CSV and JSON.
  public var words: String {
    switch self {
    case .text: "Words."
    case .identifier: "An identifier or a code, as it is printed: P17, 1010."
    case .amount: "Money, with all the decimals of its currency: 1092402.73."
    case .quantity: "A quantity, with up to three decimals: 1.25."
    case .unitPrice: "The price of one unit, with four decimals: 0.1250."
    case .rate: "A percentage, with up to two decimals: 21%."
    case .day: "A civil day: 2026-03-31."
    case .month: "A calendar month: 2026-03."
    case .instant: "A point of time in UTC: 2026-03-31T18:00:00Z."
    case .moment: "A point of time at its own offset: 2026-03-31T18:00:00+02:00."
    case .seconds: "A duration in whole seconds; minutes in text and HTML."
    case .count: "A whole number."
    case .position: "A position in the log."
    }
  }
}
