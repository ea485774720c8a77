public import DaybookClinicEvents

/// The accounts that every book begins with: the Desk knows them, and the books are kept in them.
///
/// Neutral codes and names. Source: BOOKS, section 2; a country's pack gives them others.
public enum StandardChart {
  /// An account of the chart.
  public struct Line: Hashable, Sendable {
    /// The code: `1010`.
    public let code: String
    /// The name: `Cash, till`.
    public let name: String
    /// What it is.
    public let type: LedgerAccountType
  }

  /// The accounts, ascending by code.
  public static let accounts = assets + liabilities + equity + income + expenses

  /// What the account of that code is; nil where the chart has none.
  ///
  /// - Complexity: O(log n).
  public static func type(of code: String) -> LedgerAccountType? {
    index(of: code).map { accounts[$0].type }
  }

  /// Where the account of that code stands in `accounts`; nil where the chart has none.
  ///
  /// - Complexity: O(log n).
  public static func index(of code: String) -> Int? {
    var low = 0
    var high = accounts.count
    while low < high {
      let middle = (low + high) / 2
      if accounts[middle].code < code { low = middle + 1 } else { high = middle }
    }
    return low < accounts.count && accounts[low].code == code ? low : nil
  }

  private static func lines(
    _ type: LedgerAccountType, _ named: [(code: String, name: String)]
  ) -> [Line] {
    named.map { Line(code: $0.code, name: $0.name, type: type) }
  }

  private static let assets = lines(
    .asset,
    [
      ("1010", "Cash, till"),
      ("1020", "Cash, safe"),
      ("1030", "Cash in transit"),
      ("1100", "Bank"),
      ("1150", "Card clearing"),
      ("1200", "Receivables, patients"),
      ("1210", "Receivables, insurers"),
      ("1240", "Staff advances"),
      ("1290", "Allowance for doubtful debts"),
      ("1400", "Inventory"),
      ("1410", "Stock in transit"),
      ("1450", "Input VAT"),
      ("1480", "Prepaid expenses"),
      ("1500", "Equipment"),
      ("1590", "Accumulated depreciation"),
      ("1980", "Unidentified bank lines"),
      ("1990", "Between clinics"),
    ])

  private static let liabilities = lines(
    .liability,
    [
      ("2000", "Trade payables"),
      ("2010", "Goods received, not invoiced"),
      ("2050", "Accruals"),
      ("2100", "Patient deposits"),
      ("2110", "Deferred income, packages"),
      ("2120", "Vouchers"),
      ("2150", "Credit balances"),
      ("2200", "Output VAT"),
      ("2210", "VAT payable"),
      ("2300", "Wages payable"),
      ("2310", "Payroll tax payable"),
      ("2320", "Social security payable"),
      ("2330", "Commission payable"),
      ("2340", "Tips"),
      ("2500", "Loans"),
    ])

  private static let equity = lines(
    .equity,
    [
      ("3000", "Capital"),
      ("3050", "Owner's drawings"),
      ("3100", "Retained earnings"),
      ("3900", "Result of the year"),
    ])

  private static let income = lines(
    .income,
    [
      ("4000", "Treatment income, exempt"),
      ("4010", "Aesthetic income, taxable"),
      ("4020", "Product sales"),
      ("4030", "No-show and cancellation fees"),
      ("4040", "Package breakage"),
      ("4090", "Discounts"),
      ("4095", "Refunds, credit notes"),
      ("4096", "Insurer adjustments"),
      ("4100", "Other income, interest"),
      ("4900", "Cash overage"),
    ])

  private static let expenses = lines(
    .expense,
    [
      ("5000", "Cost of products sold"),
      ("5010", "Consumables used"),
      ("5020", "Stock written off"),
      ("5030", "Purchase price variance"),
      ("6000", "Wages"),
      ("6010", "Employer social security"),
      ("6020", "Commission"),
      ("6100", "Rent"),
      ("6110", "Utilities"),
      ("6120", "General expenses"),
      ("6130", "Laboratory"),
      ("6140", "Professional fees"),
      ("6200", "Card fees"),
      ("6210", "Bank fees"),
      ("6300", "Bad debts"),
      ("6310", "Change in allowance"),
      ("6400", "Depreciation"),
      ("6450", "VAT not deductible"),
      ("6600", "Interest"),
      ("6700", "Tax on profit"),
      ("6900", "Cash shortage"),
      ("6910", "Rounding"),
    ])
}
