import DaybookClinicEvents
import DaybookEngine
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
  /// - Complexity: O(its items), and once what items cost to be made.
  public func standing(of stream: StreamID, at position: Position? = nil) -> [Standing] {
    let everything = AccountingQuery(on: Day(daysSince1970: .max), knownAt: position)
    let items = OpenItems(Scope(Snapshot(self), everything))
    var owed = PartySums()
    var credit = PartySums()
    func take(_ item: OpenAmount) {
      let currency = slots.currencies[Int(item.clinic)]
      if item.key.ledger == .receivable {
        owed.add(item.state.open, item.party.rawValue, currency)
      } else {
        credit.add(item.state.open, item.party.rawValue, currency)
      }
    }
    switch stream.kind {
    case .charge, .payment:
      let ledger: ItemLedger = stream.kind == .charge ? .receivable : .credit
      if let document = DocumentKey(stream) {
        items.forEach([ledger], ofDocument: document) { take($0) }
      }
    case .patient, .party:
      let key =
        stream.kind == .patient
        ? PartyKey(PatientID(stream.number)) : PartyKey(PartyID(stream.number))
      if let key {
        let current = PartyKey(rawValue: current(key.rawValue, at: position ?? .end))
        items.forEach([.receivable, .credit], of: current) { take($0) }
      }
    default: break
    }
    return owed.standing(.owes) + credit.standing(.credit)
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
