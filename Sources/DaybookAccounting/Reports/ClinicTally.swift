import DaybookValues

/// What the postings of one clinic come to while they are gone through, each sum nil until something
/// is added to it.
///
/// By clinic, since a clinic has one currency: to look that up for each posting and each sum takes
/// longer than all else that is done with a posting.
struct ClinicTally {
  /// What the figure was before the first day.
  var opening: Int64?
  /// What the pages before add to it.
  var brought: Int64?
  /// What the days asked for add to it.
  var turnover: Int64?
  /// The debits listed.
  var debits: Int64?
  /// The credits listed.
  var credits: Int64?
  /// The other figure that is told beside it.
  var beside: Int64?
}

extension Int64? {
  /// Adds to a sum, which is 0 before the first.
  static func += (sum: inout Int64?, amount: Int64) { sum = (sum ?? 0) + amount }
}

extension MoneySums {
  /// Adds a clinic's sum, where it has one.
  mutating func add(_ sum: Int64?, _ currency: Currency) {
    if let sum { add(sum, currency) }
  }
}
