import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// What a shop must remember: its regulars, the tickets that may come back, the vouchers that are
/// out.
struct LifeCounter: Sendable {
  struct Voucher: Sendable {
    var code: String
    var amount: Int64
  }

  /// Regulars who buy on account; by number less 1.
  var regulars: [String] = []
  /// The last tickets.
  var tickets: [SaleID] = []
  var vouchers: [Voucher] = []
  var voucherCount = 0
  /// Receipts of each vendor that no invoice has asked for yet.
  var receipts: [(vendor: Int, receipt: ReceiptID)] = []
  /// The bar that wants an invoice in place of its tickets.
  var bar = PartyID()
}

// Places in the lists of a shop.
extension BusinessLife {
  static let apples = 0
  static let pears = 1
  static let tomatoes = 2
  static let potatoes = 3
  static let oranges = 4
  static let cheese = 5
  static let bread = 6
  static let oil = 7
  static let wine = 8
  static let bag = 9
  /// What is weighed, and comes every morning.
  static let fruit = 0..<5
}
