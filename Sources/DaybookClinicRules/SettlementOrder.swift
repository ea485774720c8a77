public import DaybookClinicEvents

/// Which part of a charge money settles first, whoever paid.
///
/// A part owed by the payer of the money comes first, then the patient's, then that of payers 1, 2
/// and 3. Source: CATALOGUE, PaymentReceived.
public enum SettlementOrder {
  /// Where `debtor` stands in the order, from 0, for money of `party`.
  public static func rank(of debtor: Debtor, paidBy party: Party) -> UInt32 {
    if debtor.party == party { return 0 }
    switch debtor {
    case .patient: return 1
    case .payer(_, let priority): return 1 + priority.rawValue
    }
  }

  /// Takes up to `amount` from the parts that are owed, in the order.
  ///
  /// - Parameters:
  ///   - amount: Minor units, not below zero.
  ///   - owed: Who owes how much of the charge, none below zero; each debtor once.
  ///   - party: Who pays.
  /// - Returns: What is taken from whom, each above zero; together the lesser of `amount` and all
  ///   that is owed. Debtors of one rank keep the order in which they stand.
  public static func take(
    _ amount: Int64, from owed: [(debtor: Debtor, amount: Int64)], paidBy party: Party
  ) -> [(debtor: Debtor, amount: Int64)] {
    // A charge has one debtor or two; a sort that keeps the order of equals is all it takes.
    var ordered: [(debtor: Debtor, amount: Int64)] = []
    for part in owed where part.amount > 0 {
      let place = rank(of: part.debtor, paidBy: party)
      let index = ordered.firstIndex { rank(of: $0.debtor, paidBy: party) > place }
      ordered.insert(part, at: index ?? ordered.endIndex)
    }
    var left = amount
    var taken: [(debtor: Debtor, amount: Int64)] = []
    for part in ordered where left > 0 {
      let cut = min(left, part.amount)
      taken.append((part.debtor, cut))
      left -= cut
    }
    return taken
  }
}
