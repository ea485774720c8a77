import DaybookBytes
package import DaybookEvents
package import DaybookValues

/// What was said of a thing, from which day on.
package struct DayVersions<Record: StoredValue>: Sendable {
  fileprivate struct Version: Sendable {
    var from = Day()
    var record: Record = .blank
  }

  private var versions: [Version] = []

  init() {}

  /// What holds on `day`; nil before the first version.
  ///
  /// - Complexity: O(log n).
  package func on(_ day: Day) -> Record? {
    let index = firstIndex(after: day)
    return index > 0 ? versions[index - 1].record : nil
  }

  /// What was said first, by day; nil where nothing was.
  package var first: Record? { versions.first?.record }

  /// The first day of the latest version; nil where there is none.
  package var lastDay: Day? { versions.last?.from }

  /// Adds a version; of two from the same day the later one said holds.
  mutating func add(_ record: Record, from: Day) {
    versions.insert(Version(from: from, record: record), at: firstIndex(after: from))
  }

  private func firstIndex(after day: Day) -> Int {
    var low = 0
    var high = versions.count
    while low < high {
      let middle = (low + high) / 2
      if versions[middle].from > day { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension DayVersions: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&versions)
  }
}

extension DayVersions.Version: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&from)
    try fields.visit(&record)
  }
}
