/// The accounts of the neutral chart by what the Desk lets be posted to them by hand.
///
/// Source: BOOKS section 2, default chart; CATALOGUE, JournalPosted.
public enum LedgerAccounts {
  /// How entries made by hand may use an account.
  public enum Use: Hashable, Sendable {
    /// As they like.
    case free
    /// Only item by item, when the books begin: receivables, payables, credits, wages.
    case openItems
    /// Never: stock opens by goods received, packages by packages sold.
    case closed
    /// Never: where an entry crosses clinics, the books add its pairs, which are zero over all clinics.
    case betweenClinics
  }

  private static let openItems = ["1200", "1210", "2000", "2100", "2150", "2300", "2330"]
  private static let closed = ["1400", "1410", "2010", "2110"]

  /// How the account with `code` may be used.
  public static func use(of code: String) -> Use {
    if code == "1990" { return .betweenClinics }
    return openItems.contains(code) ? .openItems : closed.contains(code) ? .closed : .free
  }
}
