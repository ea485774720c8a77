public import DaybookAccounting
import DaybookClinicEvents
public import DaybookEngine
import DaybookReporting
public import DaybookValues
public import DaybookWorld

/// The books as comma-separated tables in a folder of their own.
///
/// | file | columns |
/// |---|---|
/// | `journal.csv` | those of the journal report, then `clinic,currency`; one row a posting |
/// | `accounts.csv` | `account,name,kind,exportName`: the whole chart |
/// | `parties.csv` | `party,ref,kind`: patients and parties by their identifiers, no names |
/// | `trial-balance.csv` | `account,debit,credit,balance`: turnover from position 1 |
///
/// In `trial-balance.csv` accounts are named as in the exported journals; it is the input of
/// independent checks and says the same as the journals of the same D and S. Where clinics keep
/// several currencies, an account has a row for each of them and every amount bears its code: `12.00 EUR`.
public struct CSVExport: Sendable {
  private let scope: ExportScope

  /// The books of `view`; the parameters are those of `JournalExport`.
  public init(
    _ view: Snapshot<AccountingModel>, on day: Day? = nil, knownAt position: Position? = nil,
    clinic: UInt64? = nil
  ) {
    scope = ExportScope(view, on: day, knownAt: position, clinic: clinic)
  }

  /// Writes the four files into `folder`, which is made if it is missing; each aside and then renamed.
  ///
  /// - Throws: `FileError`; files that were not replaced yet stand as they were.
  /// - Complexity: O(postings) time, O(1) memory beside the books.
  public func write(to folder: String, in files: any FileSystem) throws {
    if !files.isDirectory(folder) { try files.createDirectory(folder) }
    for table in Table.allCases {
      var file = try ExportFile(FilePath.join(folder, table.fileName), in: files)
      try forEachChunk(of: table) { try file.write($0) }
      try file.commit()
    }
  }

  /// One of the files.
  public enum Table: String, CaseIterable, Hashable, Sendable {
    /// Every posting.
    case journal
    /// The chart of accounts.
    case accounts
    /// Patients and parties.
    case parties
    /// All accounts' totals.
    case trialBalance = "trial-balance"

    /// The name of its file: `trial-balance.csv`.
    public var fileName: String { "\(rawValue).csv" }
  }

  /// Calls `body` with a table's text, 64 KiB or a little more at a time.
  ///
  /// - Throws: What `body` throws.
  public func forEachChunk(of table: Table, _ body: (String) throws -> Void) throws {
    var output = CSVChunks()
    switch table {
    case .journal: try journal(&output, body)
    case .accounts: try accounts(&output, body)
    case .parties: try parties(&output, body)
    case .trialBalance: try trialBalance(&output, body)
    }
    try output.finish(body)
  }

  private func journal(_ output: inout CSVChunks, _ body: (String) throws -> Void) throws {
    try output.row(
      [
        "entry", "position", "date", "recordedAt", "journal", "document", "account", "name",
        "party", "text", "debit", "credit", "reverses", "clinic", "currency",
      ], body)
    try scope.forEachPosting { posting in
      let amount = posting.amount
      // No credit is the smallest number: all debits together stay within 64 bits.
      let credit = amount.isNegative ? Amount(minorUnits: -amount.minorUnits, amount.currency) : nil
      try output.row(
        [
          "\(posting.entry)", "\(posting.position)", "\(posting.day)", "\(posting.recorded)",
          posting.journal, posting.document, posting.account.code, posting.account.name,
          "\(posting.party)", posting.text, credit == nil ? amount.decimal : "",
          credit?.decimal ?? "", posting.reverses.map { "\($0)" } ?? "",
          "\(ClinicID(posting.clinic))", amount.currency.exportCode,
        ], body)
    }
  }

  private func accounts(_ output: inout CSVChunks, _ body: (String) throws -> Void) throws {
    try output.row(["account", "name", "kind", "exportName"], body)
    for account in scope.model.accountList {
      try output.row(
        [account.code, account.name, account.kind.rawValue, account.exportName], body)
    }
  }

  private func parties(_ output: inout CSVChunks, _ body: (String) throws -> Void) throws {
    try output.row(["party", "ref", "kind"], body)
    for party in scope.model.parties(at: scope.position) {
      try output.row([party.id, party.reference, party.kind.rawValue], body)
    }
  }

  /// The report of the books themselves, not the sum of the rows above: what the tools add up from
  /// the journals is to be held against it.
  private func trialBalance(_ output: inout CSVChunks, _ body: (String) throws -> Void) throws {
    try output.row(["account", "debit", "credit", "balance"], body)
    let report = AccountingReports.trialBalance(scope.view, scope.query)
    let names = report.columns.map(\.name)
    let places = ["debit", "credit", "balance"].compactMap { names.firstIndex(of: $0) }
    guard let codePlace = names.firstIndex(of: "account"), places.count == 3 else {
      preconditionFailure("the trial balance has no columns account, debit, credit, balance")
    }
    let rows = report.rows.map { row in
      (row[codePlace].identifier, places.compactMap { row[$0].amount })
    }
    let isMixed = Set(rows.flatMap { $0.1 }.map(\.currency)).count > 1
    for (code, amounts) in rows {
      guard let account = scope.model.accountList.first(where: { $0.code == code }) else {
        preconditionFailure("the trial balance names account \(code), the chart does not")
      }
      let texts = amounts.map {
        isMixed ? "\($0.decimal) \($0.currency.exportCode)" : $0.decimal
      }
      try output.row([account.exportName] + texts, body)
    }
  }
}

extension Cell {
  fileprivate var identifier: String {
    if case .identifier(let text) = self { text } else { "" }
  }

  fileprivate var amount: Amount? {
    if case .amount(let amount) = self { amount } else { nil }
  }
}

/// Rows of a table, handed on in chunks.
private struct CSVChunks {
  private var rows = CSVText()
  private var chunks = Chunks()

  mutating func row(_ fields: [String], _ body: (String) throws -> Void) throws {
    rows.row(fields)
    chunks.append(rows.drain())
    try chunks.passOn(body)
  }

  mutating func finish(_ body: (String) throws -> Void) throws { try chunks.finish(body) }
}
