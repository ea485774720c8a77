/// The reports whose rows may be summed up, and by what.
public enum GroupedReport: CaseIterable, Hashable, Sendable {
  /// Treatments that are not charged.
  case unbilled
  /// What treatments earned less what they cost.
  case margin
  /// What practitioners did and are owed.
  case settlement
  /// What payers were asked for.
  case claims
  /// What payers paid in one sum.
  case remittances
  /// Goods that wait for their invoice.
  case goodsNotInvoiced
  /// Registers of documents.
  case documents
  /// What patients and payers owe.
  case receivables
  /// What suppliers are owed.
  case payables
  /// What parties have to their credit.
  case credits
  /// Deferred income, as it stands or rolled forward.
  case deferred
  /// Tax withheld.
  case withholding
  /// What people took off, paid back and undid.
  case overrides
  /// Sales by tax code and rate.
  case salesTax
  /// The tax return.
  case tax
  /// What patients were charged and paid.
  case fees
  /// The cash book and the bank book.
  case moneyBook
  /// The journal.
  case journal
  /// What was recorded late.
  case late

  /// What its rows may be summed up by.
  public var dimensions: [ReportDimension] {
    switch self {
    case .unbilled: [.practitioner, .service, .party, .clinic, .month, .age]
    case .margin: [.service, .practitioner, .clinic, .payer, .month]
    case .settlement: [.practitioner, .service, .clinic]
    case .claims: [.payer, .party, .clinic, .month, .status]
    case .remittances: [.payer, .clinic, .month, .status]
    case .goodsNotInvoiced: [.supplier, .item, .clinic, .month]
    case .documents: [.series, .kind, .party, .clinic, .month, .taxCode]
    case .receivables: [.party, .payer, .practitioner, .service, .clinic]
    case .payables: [.supplier, .clinic]
    case .credits: [.party, .account, .clinic, .month]
    case .deferred: [.party, .service, .clinic, .month]
    case .withholding: [.party, .kind, .clinic, .month]
    case .overrides: [.user, .kind, .practitioner, .service, .clinic, .month]
    case .salesTax: [.taxCode, .clinic, .month]
    case .tax: [.taxCode, .kind, .clinic, .month]
    case .fees: [.practitioner, .service, .clinic, .month]
    case .moneyBook: [.account, .type, .party, .user, .clinic, .month]
    case .journal: [.journal, .type, .account, .party, .user, .clinic, .month]
    case .late: [.user, .type, .clinic, .month]
    }
  }
}
