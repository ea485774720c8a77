public import DaybookValues

/// A row of claims_transactions.csv: one entry of the ledger.
///
/// The rows of a claim in the order of `number` tell its story: a charge opens a line, and what
/// follows acts on that line until the next charge. The order in the file says nothing.
public struct TransactionRow: ImportRow, Hashable {
  /// Where `TransactionRow` finds its fields.
  public struct Columns: Sendable {
    var id, claim, number, patient, kind, amount, method, from, place, code: CSVColumn
    var transferOut, party, payments, transfers, encounter, provider: CSVColumn
    var units, notes, adjustments: CSVColumn?
  }

  /// What a row does.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Opens a line.
    case charge = "CHARGE"
    /// Money comes in.
    case payment = "PAYMENT"
    /// The line is lowered without money, when the generator was told to do so.
    case adjustment = "ADJUSTMENT"
    /// The first row of a transfer.
    case transferOut = "TRANSFEROUT"
    /// The second row of a transfer, which names who owes from now on.
    case transferIn = "TRANSFERIN"
  }

  /// How money came.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// The patient's share, at the desk.
    case copay = "COPAY"
    /// Cash.
    case cash = "CASH"
    /// A card.
    case card = "CC"
    /// A cheque of the patient.
    case cheque = "CHECK"
    /// A transfer, as payers make it.
    case electronicCheque = "ECHECK"
    /// No money: the method of adjustments.
    case system = "SYSTEM"
  }

  /// Who owes: a payer of the claim, by rank, or the patient.
  public enum Party: String, Hashable, Sendable, CaseIterable {
    /// The claim's first payer.
    case primary = "1"
    /// The claim's second payer.
    case secondary = "2"
    /// The patient.
    case patient = "p"
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `ID`.
  public var id: String
  /// `CLAIMID`.
  public var claim: String
  /// `CHARGEID`: the row's place in the ledger, unique in the file.
  public var number: Int64
  /// `PATIENTID`.
  public var patient: String
  /// `TYPE`.
  public var kind: Kind
  /// `AMOUNT` of a charge or of the second row of a transfer, `PAYMENTS` of a payment, `TRANSFERS`
  /// of the first row of a transfer, `ADJUSTMENTS` of an adjustment; as written, whatever its sign.
  public var amount: Amount
  /// `METHOD` of a payment or an adjustment, else nil.
  public var method: Method?
  /// `TRANSFERTYPE` of a charge or of the second row of a transfer, else nil. The first ledgers of
  /// Synthea leave it empty for a charge, which is the first payer's then.
  public var party: Party?
  /// `TRANSFEROUTID` of the second row of a transfer: the `number` of the first, else nil; also nil
  /// in those first ledgers, for the row before.
  public var transferOut: Int64?
  /// `FROMDATE`.
  public var from: Instant
  /// `PLACEOFSERVICE`: an organization; a charge and a payment must have it.
  public var place: String
  /// `PROVIDERID`: who treated; empty, and in the first ledgers an organization, where that is said
  /// by the encounter alone.
  public var provider: String
  /// `APPOINTMENTID`: the encounter.
  public var encounter: String
  /// `PROCEDURECODE`.
  public var code: String
  /// `UNITS`, one when it is empty.
  public var units: Quantity
  /// `NOTES`: what the code means.
  public var notes: String

  /// Finds the columns of the fields above.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("ID"), claim: try reader.column("CLAIMID"),
      number: try reader.column("CHARGEID"), patient: try reader.column("PATIENTID"),
      kind: try reader.column("TYPE"), amount: try reader.column("AMOUNT"),
      method: try reader.column("METHOD"), from: try reader.column("FROMDATE"),
      place: try reader.column("PLACEOFSERVICE"), code: try reader.column("PROCEDURECODE"),
      transferOut: try reader.column("TRANSFEROUTID"), party: try reader.column("TRANSFERTYPE"),
      payments: try reader.column("PAYMENTS"), transfers: try reader.column("TRANSFERS"),
      encounter: try reader.column("APPOINTMENTID"), provider: try reader.column("PROVIDERID"),
      units: try reader.optionalColumn("UNITS"), notes: try reader.optionalColumn("NOTES"),
      adjustments: try reader.optionalColumn("ADJUSTMENTS"))
  }

  /// Reads a row; the fields that its type needs must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    claim = try reader.identifier(columns.claim)
    number = try reader.number(columns.number)
    patient = try reader.identifier(columns.patient)
    kind = try reader.word(columns.kind)
    encounter = try reader.identifier(columns.encounter)
    from = try reader.instant(columns.from)
    code = try reader.trimmedText(columns.code)
    place =
      kind == .charge || kind == .payment
      ? try reader.identifier(columns.place) : try reader.trimmedText(columns.place)
    provider = try reader.trimmedText(columns.provider)
    notes = ""
    if let column = columns.notes { notes = try reader.trimmedText(column) }
    units = .one
    if let column = columns.units, !reader.isEmpty(column) { units = try reader.quantity(column) }
    method = nil
    party = nil
    transferOut = nil
    switch kind {
    case .charge:
      amount = try reader.amount(columns.amount, in: .usd)
      party = reader.isEmpty(columns.party) ? .primary : try reader.word(columns.party)
    case .payment:
      amount = try reader.amount(columns.payments, in: .usd)
      method = try reader.word(columns.method)
    case .adjustment:
      guard let column = columns.adjustments else {
        throw reader.error(
          .badValue(text: kind.rawValue, reason: "needs a column ADJUSTMENTS"), columns.kind)
      }
      amount = try reader.amount(column, in: .usd)
      method = try reader.word(columns.method)
    case .transferOut:
      amount = try reader.amount(columns.transfers, in: .usd)
    case .transferIn:
      amount = try reader.amount(
        reader.isEmpty(columns.amount) ? columns.transfers : columns.amount, in: .usd)
      party = try reader.word(columns.party)
      transferOut = try reader.optionalNumber(columns.transferOut)
    }
  }
}

extension CSVReader {
  /// A field that holds one of a few words.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ column: CSVColumn
  ) throws(CSVError) -> Word {
    let text = try trimmedText(column)
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(.badValue(text: text, reason: "is none of \(known)"), column)
    }
    return word
  }
}
