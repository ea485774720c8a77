import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// One figure of how something stands in the books: what is owed, or what is unapplied, by whom.
public struct Standing: Hashable, Sendable {
  /// What the amount is.
  public enum Figure: String, Hashable, Sendable {
    /// What the party owes.
    case owes
    /// What the party has to its credit, or as a deposit: never netted against what it owes.
    case credit
  }

  /// What the amount is.
  public let figure: Figure
  /// Who owes it, or has it.
  public let party: PartyKey
  /// How much; never zero.
  public let amount: Amount
}

extension AccountingModel {
  /// How a charge, a payment, a patient or another party stands at `position`.
  ///
  /// Of a charge, who owes what of it; of a payment, what of it is applied nowhere; of a party, what
  /// it owes and what it has to its credit. Empty for anything else, and where nothing is open.
  ///
  /// - Complexity: O(postings up to `position`).
  public func standing(of stream: StreamID, at position: Position? = nil) -> [Standing] {
    let receivables = [accounts[.patientReceivable], accounts[.payerReceivable]]
    let credits = [accounts[.credit], accounts[.deposit]]
    let known = position ?? .end
    let hasMerges = hasMerges(at: known)
    let filter = StandingFilter(
      stream.kind == .patient
        ? current(PatientID(stream.number), at: known).stream : stream)
    var owed = PartySums()
    var credit = PartySums()
    ledger.postings.forEachSlice(postingCount(at: position)) { slice in
      for row in slice {
        let row = hasMerges ? current(row, at: known) : row
        guard filter.concerns(row) else { continue }
        let currency = slots.currencies[Int(row.clinic)]
        if filter.showsDebt, receivables.contains(row.account) {
          owed.add(row.amount, row.party, currency)
        } else if filter.showsCredit, credits.contains(row.account) {
          credit.add(-row.amount, row.party, currency)
        }
      }
    }
    return owed.standing(.owes) + credit.standing(.credit)
  }
}

/// Which postings say how a thing stands.
private struct StandingFilter {
  private let document: DocumentKey?
  private let charge: UInt32?
  private let party: PartyKey?

  init(_ stream: StreamID) {
    document = stream.kind == .payment ? DocumentKey(stream) : nil
    charge = stream.kind == .charge ? UInt32(exactly: stream.number) : nil
    party =
      switch stream.kind {
      case .patient: PartyKey(PatientID(stream.number))
      case .party: PartyKey(PartyID(stream.number))
      default: nil
      }
  }

  var showsDebt: Bool { charge != nil || party != nil }
  var showsCredit: Bool { document != nil || party != nil }

  func concerns(_ row: Posting) -> Bool {
    if let charge { return row.charge == charge }
    if let document { return row.document == document }
    return row.party == party?.rawValue
  }
}

/// Sums by party and currency.
private struct PartySums {
  private struct Key: Hashable {
    var party: UInt32
    var currency: Currency
  }

  // Sorted before anything of it is shown.
  private var sums: [Key: Int64] = [:]

  // No sum overflows: the ledger refuses an entry that takes all debits beyond 64 bits.
  mutating func add(_ amount: Int64, _ party: UInt32, _ currency: Currency) {
    sums[Key(party: party, currency: currency), default: 0] += amount
  }

  func standing(_ figure: Standing.Figure) -> [Standing] {
    sums.filter { $0.value != 0 }
      .sorted { ($0.key.party, $0.key.currency) < ($1.key.party, $1.key.currency) }
      .map {
        Standing(
          figure: figure, party: PartyKey(rawValue: $0.key.party),
          amount: Amount(minorUnits: $0.value, $0.key.currency))
      }
  }
}
