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
  }

  /// The codes of the neutral chart, ascending.
  public static let standard = [
    "1010", "1020", "1030", "1100", "1150", "1200", "1210", "1240", "1290", "1400", "1410",
    "1450", "1480", "1500", "1590", "1980", "1990", "2000", "2010", "2050", "2100", "2110",
    "2120", "2150", "2200", "2210", "2300", "2310", "2320", "2330", "2340", "2500", "3000",
    "3050", "3100", "3900", "4000", "4010", "4020", "4030", "4040", "4090", "4095", "4096",
    "4100", "4900", "5000", "5010", "5020", "5030", "6000", "6010", "6020", "6100", "6110",
    "6120", "6130", "6140", "6200", "6210", "6300", "6310", "6400", "6450", "6600", "6700",
    "6900", "6910",
  ]

  private static let openItems = ["1200", "1210", "2000", "2100", "2150", "2300", "2330"]
  private static let closed = ["1400", "1410", "2010", "2110"]

  /// How the account with `code` may be used.
  public static func use(of code: String) -> Use {
    openItems.contains(code) ? .openItems : closed.contains(code) ? .closed : .free
  }
}
