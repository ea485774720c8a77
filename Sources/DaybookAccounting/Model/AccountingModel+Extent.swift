import DaybookEvents
package import DaybookValues

/// How far a part of the books reaches: what an exporter must say before the first entry.
package struct BookExtent: Hashable, Sendable {
  /// The earliest effective day of a posting; nil where there is none.
  package var firstDay: Day?
  /// The currencies of the postings, by code.
  package var currencies: [Currency] = []
  /// How many entries there are.
  package var entries = 0
  /// How many postings there are.
  package var postings = 0

  /// Nothing.
  package init() {}
}

extension AccountingModel {
  /// How far the postings known at `position` with effect up to `day` reach, inclusive.
  ///
  /// - Parameter clinic: The number of the only clinic; nil for all.
  /// - Complexity: O(postings).
  package func extent(
    through position: Position, on day: Day, clinic: UInt64? = nil
  ) -> BookExtent {
    var extent = BookExtent()
    let only = clinic.map { slots.find($0) ?? .max }
    var isMet = [Bool](repeating: false, count: slots.count)
    var first = Int32.max
    var last: (position: Position, rule: UInt16)?
    ledger.postings.forEachSlice(postingCount(at: position)) { slice in
      for row in slice where row.day <= day.daysSince1970 && (only == nil || only == row.clinic) {
        extent.postings += 1
        if last?.position != row.position || last?.rule != row.rule { extent.entries += 1 }
        last = (row.position, row.rule)
        first = min(first, row.day)
        isMet[Int(row.clinic)] = true
      }
    }
    guard extent.postings > 0 else { return extent }
    extent.firstDay = Day(daysSince1970: first)
    let met = isMet.indices.filter { isMet[$0] }
    extent.currencies = Set(met.map { slots.currencies[$0] }).sorted()
    return extent
  }
}
