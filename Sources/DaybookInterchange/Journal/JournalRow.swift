import DaybookClinicRules
import DaybookValues

/// A row of a file of opening balances: an account's balance, or one open item of it.
struct JournalRow: Sendable {
  /// Where `JournalRow` finds its fields.
  struct Columns: Sendable {
    var account: CSVColumn
    var date: CSVColumn
    var debit: CSVColumn
    var credit: CSVColumn
    var party: CSVColumn?
    var patient: CSVColumn?
    var document: CSVColumn?
    var due: CSVColumn?
  }

  /// The row below the header, from 1.
  var row: Int
  /// The code of the account.
  var account: String
  /// Its built-in code; empty where it is none of the built-in accounts.
  var builtIn: String
  var date: Day
  /// Whom it concerns; empty for nobody.
  var party: String
  /// For whom a payer owes it; empty where that is not said.
  var patient: String
  var document: String
  var due: Day?
  var debit: Amount
  var credit: Amount

  /// Whether it says nothing.
  var isZero: Bool { debit.isZero && credit.isZero }

  /// Finds `account`, `date`, `debit` and `credit`, and the others where they are.
  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      account: try reader.column("account", "code"), date: try reader.column("date"),
      debit: try reader.column("debit"), credit: try reader.column("credit"),
      party: try reader.optionalColumn("party", "name"),
      patient: try reader.optionalColumn("patient"),
      document: try reader.optionalColumn("document", "reference"),
      due: try reader.optionalColumn("due", "dueDate"))
  }

  /// Reads the row that the reader stands at.
  ///
  /// - Throws: What is wrong with the first bad field: also of one that its account needs, and of two
  ///   that exclude each other.
  init(
    _ reader: borrowing CSVReader, _ columns: Columns, in currency: Currency,
    _ names: JournalNames
  ) throws(CSVError) {
    func text(_ column: CSVColumn?) throws(CSVError) -> String {
      guard let column else { return "" }
      return try reader.trimmedText(column)
    }
    row = reader.row
    account = JournalRow.code(of: try reader.identifier(columns.account, limit: 200))
    builtIn = names.builtInCode(account)
    date = try reader.day(columns.date)
    party = try text(columns.party)
    patient = try text(columns.patient)
    document = try text(columns.document)
    due = nil
    if let column = columns.due { due = try reader.optionalDay(column) }
    let zero = Amount(minorUnits: 0, currency)
    debit = try reader.optionalAmount(columns.debit, in: currency) ?? zero
    credit = try reader.optionalAmount(columns.credit, in: currency) ?? zero
    try check(reader, columns)
  }

  private func check(
    _ reader: borrowing CSVReader, _ columns: Columns
  ) throws(CSVError) {
    for (amount, column) in [(debit, columns.debit), (credit, columns.credit)]
    where amount.isNegative {
      throw bad(reader, column, "is below zero; write it on the other side")
    }
    if !debit.isZero, !credit.isZero {
      throw bad(
        reader, columns.credit, "stands beside a debit; a row is a debit or a credit: make two")
    }
    if isZero { return }
    switch LedgerAccounts.use(of: builtIn) {
    case .free: break
    case .betweenClinics:
      throw bad(
        reader, columns.account,
        "stands between clinics, and only the books make its lines, in pairs that are zero; leave the "
          + "row out, and take its amount off capital")
    case .closed:
      throw bad(
        reader, columns.account,
        "opens by what it is made of: stock by goods received with `opening`, packages by packages "
          + "sold with `opening`; leave the row out, with its other side")
    case .openItems:
      if party.isEmpty {
        throw missing(reader, columns.party, "party", "whose open item it is")
      }
      if document.isEmpty {
        throw missing(reader, columns.document, "document", "the document that proves it")
      }
      if due == nil { throw missing(reader, columns.due, "due", "the day on which it is due") }
    }
  }

  private func bad(
    _ reader: borrowing CSVReader, _ column: CSVColumn, _ reason: String
  ) -> CSVError {
    let text = (try? reader.trimmedText(column)) ?? ""
    return reader.error(.badValue(text: text, reason: reason), column)
  }

  private func missing(
    _ reader: borrowing CSVReader, _ column: CSVColumn?, _ name: String, _ what: String
  ) -> CSVError {
    var error = reader.error(
      .badValue(text: "", reason: "is not enough on account \(account): give \(what)"), column)
    error.column = name
    return error
  }

  /// The code of an account that is written with its name: `1010`, `1010 Cash`, or as our own exports
  /// do, `Assets:1010-Cash-Till`.
  static func code(of text: String) -> String {
    let last = text.split(separator: ":").last.map(String.init) ?? text
    let digits = last.prefix { $0.isASCII && $0.isNumber }
    let rest = last.dropFirst(digits.count)
    return digits.count >= 3 && (rest.isEmpty || rest.hasPrefix("-") || rest.hasPrefix(" "))
      ? String(digits) : text
  }
}
