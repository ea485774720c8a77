/// The chart of accounts: every account by its index, in the order of the codes.
public struct Chart: Hashable, Sendable {
  /// The accounts, ascending by code.
  public let accounts: [Account]

  /// A chart of these accounts; codes are distinct.
  init(_ accounts: [Account]) {
    let sorted = accounts.sorted { $0.code < $1.code }
    precondition(
      zip(sorted, sorted.dropFirst()).allSatisfy { $0.code < $1.code }, "an account stands twice")
    self.accounts = sorted
  }

  /// The index of the account with this code; nil if there is none.
  public func index(of code: String) -> Int? {
    accounts.firstIndex { $0.code == code }
  }

  /// The neutral chart that every book begins with.
  ///
  /// Source: Books, section 2; a country's pack gives the accounts other codes and names.
  public static let standard = Chart(
    assets + liabilities + equity + income + expenses)

  private static let assets = [
    Account("1010", "Cash, till", .asset),
    Account("1020", "Cash, safe", .asset),
    Account("1030", "Cash in transit", .asset),
    Account("1100", "Bank", .asset),
    Account("1150", "Card clearing", .asset),
    Account("1200", "Receivables, patients", .asset),
    Account("1210", "Receivables, insurers", .asset),
    Account("1240", "Staff advances", .asset),
    Account("1290", "Allowance for doubtful debts", .asset),
    Account("1400", "Inventory", .asset),
    Account("1410", "Stock in transit", .asset),
    Account("1450", "Input VAT", .asset),
    Account("1480", "Prepaid expenses", .asset),
    Account("1500", "Equipment", .asset),
    Account("1590", "Accumulated depreciation", .asset),
    Account("1980", "Unidentified bank lines", .asset),
    Account("1990", "Between clinics", .asset),
  ]

  private static let liabilities = [
    Account("2000", "Trade payables", .liability),
    Account("2010", "Goods received, not invoiced", .liability),
    Account("2050", "Accruals", .liability),
    Account("2100", "Patient deposits", .liability),
    Account("2110", "Deferred income, packages", .liability),
    Account("2120", "Vouchers", .liability),
    Account("2150", "Credit balances", .liability),
    Account("2200", "Output VAT", .liability),
    Account("2210", "VAT payable", .liability),
    Account("2300", "Wages payable", .liability),
    Account("2310", "Payroll tax payable", .liability),
    Account("2320", "Social security payable", .liability),
    Account("2330", "Commission payable", .liability),
    Account("2340", "Tips", .liability),
    Account("2500", "Loans", .liability),
  ]

  private static let equity = [
    Account("3000", "Capital", .equity),
    Account("3050", "Owner's drawings", .equity),
    Account("3100", "Retained earnings", .equity),
    Account("3900", "Result of the year", .equity),
  ]

  private static let income = [
    Account("4000", "Treatment income, exempt", .income),
    Account("4010", "Aesthetic income, taxable", .income),
    Account("4020", "Product sales", .income),
    Account("4030", "No-show and cancellation fees", .income),
    Account("4040", "Package breakage", .income),
    Account("4090", "Discounts", .income),
    Account("4095", "Refunds, credit notes", .income),
    Account("4096", "Insurer adjustments", .income),
    Account("4100", "Other income, interest", .income),
    Account("4900", "Cash overage", .income),
  ]

  private static let expenses = [
    Account("5000", "Cost of products sold", .expense),
    Account("5010", "Consumables used", .expense),
    Account("5020", "Stock written off", .expense),
    Account("5030", "Purchase price variance", .expense),
    Account("6000", "Wages", .expense),
    Account("6010", "Employer social security", .expense),
    Account("6020", "Commission", .expense),
    Account("6100", "Rent", .expense),
    Account("6110", "Utilities", .expense),
    Account("6120", "General expenses", .expense),
    Account("6130", "Laboratory", .expense),
    Account("6140", "Professional fees", .expense),
    Account("6200", "Card fees", .expense),
    Account("6210", "Bank fees", .expense),
    Account("6300", "Bad debts", .expense),
    Account("6310", "Change in allowance", .expense),
    Account("6400", "Depreciation", .expense),
    Account("6450", "VAT not deductible", .expense),
    Account("6600", "Interest", .expense),
    Account("6700", "Tax on profit", .expense),
    Account("6900", "Cash shortage", .expense),
    Account("6910", "Rounding", .expense),
  ]
}
