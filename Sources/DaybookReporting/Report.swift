public import DaybookValues

/// A report as a value: what was asked, the table that answers it, and what it rests on.
///
/// Rendering it (`render(_:as:width:)`) is a pure function of this value: the same report gives the
/// same bytes in every locale, time zone and directory.
public struct Report: Hashable, Sendable {
  /// The stable name, as on the command line: `trial-balance`.
  public var name: String
  /// The heading: `Trial balance`.
  public var title: String
  /// The name of the book, or of the clinic it keeps.
  public var book: String
  /// The effective day D of a report that states how things stood, inclusive.
  public var on: Day?
  /// The first effective day of a report over a range.
  public var from: Day?
  /// The last effective day of a report over a range, inclusive.
  public var to: Day?
  /// The period in words, `FY2026`; printed before the days, in text and HTML only.
  public var periodHeader: String?
  /// The position S: what the log held then is what the report knows, inclusive.
  public var knownAt: Position
  /// The columns, in order.
  public let columns: [Column]
  /// The rows, in order; each has one cell a column.
  public private(set) var rows: [[Cell]] = []
  /// One cell a column, or nothing when the report has no totals.
  public private(set) var totals: [Cell] = []
  /// Rows that stand under headings, in order; none where all rows are one table.
  public private(set) var sections: [ReportSection] = []
  /// How many leading columns say what the headings of sections say: text and HTML leave them out.
  public var headingColumns = 0
  /// How many leading columns stand before every part of a table that is too wide for a terminal: such
  /// a table is printed in parts; 0 for one that runs over.
  public var repeatedColumns = 0
  /// The column that a crossed report has for each value of a dimension, before its last one; nil for all
  /// other reports. The reference knows it by this where a book has no such value.
  public var eachColumn: Column?
  /// Whether its amounts may be in several currencies: CSV and JSON then say of each row which one, also
  /// where all happen to be in one, so that what is asked makes the columns and not the rows.
  public var mayHaveSeveralCurrencies = false
  /// What columns that hold several currencies come to in each, in the order of the currencies; nothing
  /// where there is a total.
  public var currencyTotals: [CurrencyTotals] = []
  /// Who hands it to whom, where it is a document; nil for a page to look at.
  public var letterhead: Letterhead?
  /// What the report rests on.
  public var footer: Footer
  /// Remarks under the table, one a line; in text and HTML only.
  public var notes: [String]

  /// A report without rows; `columns` must have distinct names.
  public init(
    name: String, title: String, book: String, on: Day? = nil, from: Day? = nil, to: Day? = nil,
    periodHeader: String? = nil, knownAt: Position, columns: [Column], footer: Footer? = nil,
    notes: [String] = []
  ) {
    precondition(
      Set(columns.map(\.name)).count == columns.count, "two columns of \(name) have one name")
    self.name = name
    self.title = title
    self.book = book
    self.on = on
    self.from = from
    self.to = to
    self.periodHeader = periodHeader
    self.knownAt = knownAt
    self.columns = columns
    self.footer = footer ?? Footer(position: knownAt)
    self.notes = notes
  }

  /// Appends a row: one cell a column, each of its column's kind or empty.
  ///
  /// An identifier may stand in a text column and text in an identifier column; any other mismatch is a
  /// bug of the department and traps.
  public mutating func append(_ row: [Cell]) {
    precondition(
      row.count == columns.count, "a row of \(name) has \(row.count) cells of \(columns.count)")
    for (cell, column) in zip(row, columns) { check(cell, column) }
    rows.append(row)
  }

  /// Ends a section: the rows since the last one, under a heading and with their sums.
  ///
  /// - Parameters:
  ///   - title: The heading; empty for sums alone, of what stands above.
  ///   - label: What the sums are called.
  ///   - totals: One cell a column, or nothing where there are no sums.
  public mutating func endSection(_ title: String, label: String = "", totals: [Cell] = []) {
    precondition(
      totals.isEmpty || totals.count == columns.count,
      "the sums of a section of \(name) are \(totals.count) cells of \(columns.count)")
    for (cell, column) in zip(totals, columns) { check(cell, column) }
    sections.append(ReportSection(title: title, label: label, end: rows.count, totals: totals))
  }

  /// Sets the cell of the totals row under the column `name`.
  public mutating func setTotal(_ name: String, _ cell: Cell) {
    guard let index = columns.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(self.name) has no column \(name) to total")
    }
    check(cell, columns[index])
    if totals.isEmpty { totals = Array(repeating: .empty, count: columns.count) }
    totals[index] = cell
  }

  /// Adds up the rows under each of `names`: amounts, quantities, seconds or counts.
  ///
  /// - Throws: `.overflow`, and `.currencyMismatch` where a column holds several currencies: such a
  ///   column has no total.
  public mutating func sumTotals(_ names: String...) throws(ValueError) {
    for name in names {
      guard let index = columns.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("\(self.name) has no column \(name) to total")
      }
      setTotal(name, try sum(ofColumn: index))
    }
  }

  private func check(_ cell: Cell, _ column: Column) {
    precondition(
      cell.fits(column.kind),
      "\(name): column \(column.name) is \(column.kind.rawValue), not \(cell)")
  }
}

/// Rows under a heading of their own, with their sums: how a statement reads.
public struct ReportSection: Hashable, Sendable {
  /// The heading; empty for sums alone.
  public var title: String
  /// What the sums are called: `total income`.
  public var label: String
  /// The index behind its last row; it begins where the one before ends.
  public var end: Int
  /// One cell a column, or nothing.
  public var totals: [Cell]
}

/// What a report rests on, so that a figure can be checked and found again.
public struct Footer: Hashable, Sendable {
  /// The position S of the read model that answered.
  public var position: Position
  /// How many journal entries, or events, stand behind the rows.
  public var entries: Int
  /// The sum of the debits behind the rows, where money is shown.
  public var debits: Amount?
  /// The latest version of the posting rules that is in force at D and S, where any were used.
  public var ruleVersion: Int?
  /// How many records or fields were skipped as not understood; 0 in a sound book.
  public var skipped: Int
  /// The digest of the department's read model at S, in hexadecimal; empty when it has none.
  ///
  /// - Complexity: Made each time it is asked for: O(what the model took in since it was last asked, or
  ///   since its checkpoint). A form that does not print it, as CSV, need not wait for it.
  public var digest: String {
    get { lateDigest.make() }
    set { lateDigest = LateText { newValue } }
  }

  private var lateDigest: LateText

  /// A footer; what is left out is not printed.
  public init(
    position: Position, entries: Int = 0, debits: Amount? = nil, ruleVersion: Int? = nil,
    skipped: Int = 0, digest: @escaping @Sendable () -> String = { "" }
  ) {
    self.position = position
    self.entries = entries
    self.debits = debits
    self.ruleVersion = ruleVersion
    self.skipped = skipped
    lateDigest = LateText(make: digest)
  }
}

/// A text that is made when it is asked for; equal to another that would be the same.
private struct LateText: Hashable, Sendable {
  let make: @Sendable () -> String

  static func == (a: LateText, b: LateText) -> Bool { a.make() == b.make() }

  func hash(into hasher: inout Hasher) { hasher.combine(make()) }
}
