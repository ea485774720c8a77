public import DaybookClinicEvents
import DaybookDesk
public import DaybookEngine
import DaybookEvents
import DaybookValues
public import DaybookWorld

/// Imports the opening balances of a business that moves in, or entries of another set of books: a CSV
/// file of account, date, party, document, due, debit and credit.
///
/// ```csv
/// account,date,party,document,due,debit,credit
/// 1100,2026-01-01,,,,8500.00,
/// 1200,2026-01-01,Ana Soler,F-101,2025-11-30,120.00,
/// 2000,2026-01-01,Dental Depot,77120,2026-01-15,,640.00
/// 3000,2026-01-01,,,,,7980.00
/// ```
///
/// ## What a row becomes
///
/// A line of a `JournalPosted` with `opening`. On an account that is kept item by item the line is an
/// open item, which is paid, refunded or written off later like one that was made here.
///
/// | account | row | needs |
/// |---|---|---|
/// | 1200 | a patient owes it: `ChargePosted` of nothing, whose balance is the line | party, document, due |
/// | 1210 | a payer owes it, for a patient (column patient) | party, document, due |
/// | 2000 | the business owes it to a supplier; a debit is a credit note | party, document, due |
/// | 2100, 2150 | a deposit, a credit: `PaymentReceived` of nothing, which holds it | party, document, due |
/// | 2300, 2330 | wages, commission owed to a member of staff | party, document, due |
/// | 1400, 1410, 2010, 2110 | none: refused, since stock opens by `GoodsReceived`, packages by `PackageSold` | |
/// | 1990 | none: refused, since it is zero over all clinics, and a file is of one | |
/// | all others | a balance | nothing more |
///
/// Columns are found by name, in any order; others are ignored. Needed are account, date, debit and
/// credit. An account is a code, alone or with its name (`1010`, `1010 Cash`, `Assets:1010-Cash-Till`);
/// in a book with a country's pack, the code that its chart gives the account.
/// Amounts are in the clinic's currency, with its decimals.
///
/// ## Order and references
///
/// Where the rows of every day balance among themselves, each day is an entry; else the file is one
/// entry, dated its last day, and the days of the rows are those of their documents. An entry has the
/// reference `journal/<day>`, somebody who is registered `journal/<kind>/<hash of the name>`: a second
/// import appends nothing, a changed file is refused as `duplicateSource`. One file so holds all balances
/// of a clinic and a day.
///
/// ## What is refused
///
/// A file whose debits are not its credits; a row with both or a negative one; an account that nobody
/// knows; an item without party, document or due day, or due before the day of its own document; a name
/// that several have. An entry is posted whole or not at all: where one of its rows is refused, so is the
/// rest, and the report says so once.
///
/// ## Assumptions
///
/// A party is looked for in the book: as an identifier (`P17`), then by its name or reference, among
/// those whom its account wants; who is not found is registered with that name. `payer:`, `supplier:`,
/// `patient:`, `staff:` or `other:` in front says what it is on accounts that leave it open, where a
/// patient is assumed for deposits and credits. A 1210 row without a patient is owed for one who is
/// registered as "Opening balance of" the payer. What is due before the last day of the file is overdue
/// from the first day on.
///
/// - Complexity: O(rows) twice. In memory stand the rows of one entry, at most `rowsMax`, and the
///   names of their parties.
public struct JournalImport: ImportSource {
  /// Rows of one entry: what an event holds.
  public static let rowsMax = 10_000

  /// The file.
  public let path: String
  /// Whether the import stops at the first refused row.
  public let isStrict: Bool
  private let names: JournalNames
  private let world: World

  /// An import that has not begun.
  ///
  /// - Parameters:
  ///   - path: The CSV file.
  ///   - names: Who in the book is called so.
  ///   - world: Files.
  ///   - strict: Whether the import stops at the first refused row.
  public init(
    path: String, names: JournalNames = JournalNames(), world: World, strict: Bool = false
  ) {
    self.path = path
    self.names = names
    self.world = world
    isStrict = strict
  }

  private var name: String { String(path.split(separator: "/").last ?? "") }

  /// It is the importer of journals.
  public var kind: Importer { .journal }

  /// Checks that the file can be read to its end and has its columns: before anything is appended.
  ///
  /// - Throws: `CSVError`.
  public func check() throws {
    var reader = try CSVReader(path: path, in: world.files)
    _ = try JournalRow.columns(of: reader)
    _ = try reader.survey()
  }

  /// Reads the file and posts what it says.
  ///
  /// - Throws: `CSVError` where a column is missing or the file cannot be read to its end: nothing is
  ///   appended then. `LogError` where the book can no longer be written.
  public func run(
    into submitter: some ActionSubmitter, at site: ImportSite,
    progress: @escaping (ImportProgress) -> Void
  ) async throws -> ImportReport {
    let (entries, survey) = try survey(site.currency)
    return try await record(
      into: submitter, bytes: survey.size, isStrict: isStrict, progress: progress
    ) { recorder in
      try await record(entries, survey, at: site, recorder)
    }
  }

  /// What the rows that can be read make, and what the file is.
  private func survey(
    _ currency: Currency
  ) throws(CSVError) -> (entries: JournalEntries, FileSurvey) {
    var reader = try CSVReader(path: path, in: world.files)
    let columns = try JournalRow.columns(of: reader)
    var entries = JournalEntries()
    while true {
      do throws(CSVError) {
        guard try reader.next() else { break }
        entries.add(try JournalRow(reader, columns, in: currency, names))
      } catch {
        guard error.concernsOneRow else { throw error }
      }
    }
    return (entries, try reader.survey())
  }

  // MARK: - Reading

  private func record<Submitter: ActionSubmitter>(
    _ entries: JournalEntries, _ survey: FileSurvey, at site: ImportSite,
    _ recorder: ActionRecorder<Submitter>
  ) async throws {
    let tally = recorder.tally
    let (rows, refused) = try read(entries, survey, site.currency, tally)
    let parties = JournalParties(recorder, names)
    var clinic = site.clinic
    for day in entries.days {
      guard let its = rows[day], let first = its.first else { continue }
      let place = RowPlace(name, row: first.row)
      if let bad = refused[day] {
        try tally.refuse(
          place, RefusalCode.unbalanced.rawValue,
          "the entry of \(day) has \(its.count) rows more, and none is posted until row \(bad) is put "
            + "right")
      } else if its.count > Self.rowsMax {
        try tally.refuse(
          place, RefusalCode.tooLarge.rawValue,
          "the entry of \(day) has \(its.count) rows, more than the \(Self.rowsMax) of one entry; "
            + "give some of them another day, so that each day balances")
      } else {
        let here: ClinicID
        if let clinic {
          here = clinic
        } else {
          here = try await recorder.clinic(of: site, since: Self.begin(of: day), place)
          clinic = here
        }
        try await post(its, on: day, at: here, recorder, parties)
      }
    }
  }

  /// All rows by the day of their entry, and of each day the first that was refused.
  private func read(
    _ entries: JournalEntries, _ survey: FileSurvey, _ currency: Currency, _ tally: ImportTally
  ) throws -> (rows: [Day: [JournalRow]], refused: [Day: Int]) {
    var reader = try CSVReader(path: path, in: world.files, expecting: survey)
    let columns = try JournalRow.columns(of: reader)
    var rows: [Day: [JournalRow]] = [:]
    var refused: [Day: Int] = [:]
    var unread: Int?
    defer { tally.read(name, rows: reader.row) }
    while true {
      do throws(CSVError) {
        guard try reader.next() else { break }
        let row = try JournalRow(reader, columns, in: currency, names)
        if row.isZero { continue }
        try checkDue(row, entries, reader, columns)
        rows[entries.day(of: row), default: []].append(row)
      } catch {
        guard error.concernsOneRow else { throw error }
        unread = unread ?? error.row
        try tally.refuse(error)
      }
      if reader.row % 1_024 == 0 { tally.advance("reading \(name)", to: reader.bytesRead) }
    }
    // Nobody knows to which day a row belongs that cannot be read: every entry may lack it.
    if let unread { for day in entries.days { refused[day] = unread } }
    if unread == nil, !entries.isBalanced {
      try tally.refuse(
        RowPlace(name, row: reader.row, column: "credit"), RefusalCode.unbalanced.rawValue,
        "the debits of all \(entries.rows) rows are \(JournalEntries.text(entries.debits, currency)), "
          + "their credits \(JournalEntries.text(entries.credits, currency)); nothing is posted until "
          + "they are equal: look for a row that is missing, or on the wrong side")
      rows = [:]
    }
    return (rows, refused)
  }

  private func checkDue(
    _ row: JournalRow, _ entries: JournalEntries, _ reader: borrowing CSVReader,
    _ columns: JournalRow.Columns
  ) throws(CSVError) {
    guard let due = row.due, due < row.date, row.date < entries.opening else { return }
    throw reader.error(
      .badValue(
        text: "\(due)",
        reason: "is before \(row.date), the day of its document; correct either of them"),
      columns.due)
  }

  // MARK: - Posting

  private func post<Submitter: ActionSubmitter>(
    _ rows: [JournalRow], on day: Day, at clinic: ClinicID,
    _ recorder: ActionRecorder<Submitter>, _ parties: JournalParties<Submitter>
  ) async throws {
    let tally = recorder.tally
    let effective = Self.begin(of: day)
    var command = PostJournal()
    command.memo = "Opening balances"
    command.opening = true
    var isWhole = true
    for row in rows {
      let place = RowPlace(name, row: row.row)
      do {
        guard let line = try await line(row, place, effective, parties) else {
          isWhole = false
          continue
        }
        command.lines.append(line)
      } catch let fault as JournalNameFault {
        isWhole = false
        try tally.refuse(
          RowPlace(name, row: row.row, column: "party"),
          RefusalCode.unknownReference.rawValue,
          "\"\(CSVError.shortened(row.party))\" \(fault.reason)")
      }
    }
    guard isWhole else {
      return try tally.refuse(
        RowPlace(name, row: rows[0].row), RefusalCode.unbalanced.rawValue,
        "the entry of \(day) is not posted until the rows refused above are put right")
    }
    let source = ActionRecorder<Submitter>.Source(
      reference: "journal/\(day)", place: RowPlace(name, row: rows[0].row), rows: rows.count)
    _ = try await recorder.submit(
      command, source, clinic: clinic, effective: effective,
      place: { field in Self.place(field, rows, name) })
  }

  /// The first instant of a day on a clock without offset, on which it is that day for everybody.
  private static func begin(of day: Day) -> Instant {
    Instant(milliseconds: Int64(day.daysSince1970) * 86_400_000)
  }

  private func line<Submitter: ActionSubmitter>(
    _ row: JournalRow, _ place: RowPlace, _ effective: Instant,
    _ parties: JournalParties<Submitter>
  ) async throws -> JournalLine? {
    var line = JournalLine()
    line.account = row.account
    line.debit = row.debit
    line.credit = row.credit
    line.document = row.document
    line.due = row.due
    if !row.party.isEmpty {
      guard
        let party = try await parties.counterparty(row, place: place, effective: effective)
      else { return nil }
      line.party = party
    }
    if row.builtIn == "1210" {
      guard let patient = try await parties.patient(row, place: place, effective: effective)
      else { return nil }
      line.patient = patient
    }
    return line
  }

  /// The row behind a field of the command: `lines[3].account` is of the third row.
  private static func place(_ field: String, _ rows: [JournalRow], _ name: String) -> RowPlace? {
    guard let open = field.firstIndex(of: "["), let close = field.firstIndex(of: "]"),
      let number = Int(field[field.index(after: open)..<close]), rows.indices.contains(number - 1)
    else { return nil }
    let column = field[field.index(after: close)...].drop { $0 == "." }
    return RowPlace(name, row: rows[number - 1].row, column: String(column))
  }
}
