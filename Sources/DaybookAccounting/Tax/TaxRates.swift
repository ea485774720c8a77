import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
import DaybookValues

extension AccountingReports {
  /// Whether a tax code has had several rates, so that what is taken back may be at another than what is
  /// sold on its day.
  ///
  /// - Complexity: O(tax codes).
  public static func hasChangedRates(_ view: Snapshot<AccountingModel>) -> Bool {
    view.model.taxCodes.rows.contains { $0.previous >= 0 }
  }
}

/// The rates of tax codes as known at a position: looked up once for a code that has had one rate.
///
/// Of other codes a numbered document says its own, and a deposit has that of the day of its payment.
struct TaxRates {
  private let scope: Scope
  private let documents: DocumentsModel?
  private var items: ItemIndex?
  // Only asked for a key, never iterated.
  private var constant: [UInt16: Int32?] = [:]

  init(_ scope: Scope, _ documents: Snapshot<DocumentsModel>?) {
    self.scope = scope
    self.documents = documents?.model
  }

  mutating func rate(_ code: UInt16, of row: Posting, _ posts: TaxPosts) -> Int32 {
    let known = constant[code] ?? find(code)
    if let known { return known }
    let first = posts.origin(row)
    if let rate = documents?.rate(of: UInt64(code), at: first.position) { return rate }
    let day = posts.chargeDay(first) ?? paymentDay(first) ?? first.day
    return scope.model.taxRate(code, on: day, at: scope.position)
  }

  private mutating func find(_ code: UInt16) -> Int32? {
    let latest = scope.model.taxCodes.find(UInt64(code), at: scope.position)
    // A code that nobody has set, as an imported book may have it, has no rate on any day.
    let rate = latest.map { $0.previous < 0 ? $0.facts.rate : nil } ?? 0
    constant[code] = .some(rate)
    return rate
  }

  /// The day of the payment whose rest a posting moves; nil where it moves none.
  private mutating func paymentDay(_ row: Posting) -> Int32? {
    guard row.document.stream.kind == .payment else { return nil }
    let items = items ?? scope.model.items(at: scope.position)
    self.items = items
    return items.places.item(of: row.document).map { items.items[$0].firstDay }
  }
}

extension DocumentsModel {
  /// The rate of a tax code on the document of an event; nil where it has none, or several.
  fileprivate func rate(of code: UInt64, at position: Position) -> Int32? {
    let rates = Set(rows(at: position).filter { $0.taxCode == code }.map(\.rate.basisPoints))
    return rates.count == 1 ? rates.first.flatMap { Int32(exactly: $0) } : nil
  }
}
