import DaybookAccounting
import DaybookEngine
import DaybookReporting
import DaybookValues

/// What each account of each clinic comes to: a merge leaves it as it was in either book.
struct TrialBalances {
  // By clinic; only asked, or gone through in order of clinics.
  private var rows: [UInt64: [[Cell]]] = [:]
  private static let endOfTime = Moment(.max, .utc).day

  init() {}

  /// The balances of a book whose models these are.
  init(_ models: ProjectionHost) {
    let books: Snapshot<AccountingModel> = models.snapshot()
    for listing in books.model.clinics() {
      rows[listing.clinic] = Self.rows(of: listing.clinic, books)
    }
  }

  private static func rows(of clinic: UInt64, _ view: Snapshot<AccountingModel>) -> [[Cell]] {
    let report = AccountingReports.trialBalance(
      view, AccountingQuery(on: endOfTime, clinic: clinic))
    // Account, debits, credits, balance.
    return report.rows.map { [$0[0], $0[3], $0[4], $0[5]] }
  }

  /// The clinics, in order.
  var clinics: [UInt64] { rows.keys.sorted() }

  /// Whether a clinic's accounts come to what another's do in `other`.
  func isSame(_ clinic: UInt64, as otherClinic: UInt64, in other: TrialBalances) -> Bool {
    rows[clinic] ?? [] == other.rows[otherClinic] ?? []
  }
}
