import DaybookAccounting
import DaybookValues

/// What every journal says before its first transaction.
enum ExportHeading {
  /// What is exported, in words, a line each.
  static func lines(_ scope: ExportScope, _ extent: BookExtent) -> [String] {
    let day = scope.day.map { "on \($0) " } ?? ""
    var lines = [
      "Books \(day)as known at position \(scope.position): \(extent.entries) entries,"
        + " \(extent.postings) postings.",
      "Posting rules version \(PostingRule.builtInVersion), digest of the books"
        + " \(scope.model.digest(at: scope.position)).",
    ]
    for clinic in scope.clinics {
      lines.append("Clinic \(clinic.id), \(clinic.currency.exportCode): \(clinic.name)")
    }
    return lines
  }

  /// The currencies by code; of one that stands with several exponents, the largest.
  static func commodities(_ extent: BookExtent) -> [(code: String, exponent: Int)] {
    var result: [(code: String, exponent: Int)] = []
    for currency in extent.currencies {
      let code = currency.exportCode
      if let known = result.firstIndex(where: { $0.code == code }) {
        result[known].exponent = max(result[known].exponent, currency.exponent)
      } else {
        result.append((code, currency.exponent))
      }
    }
    return result.sorted { $0.code < $1.code }
  }
}
