import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// When each lot was counted, and how much there was.
struct LotCounts: Sendable {
  struct Count: TimedElement {
    var time: Int64 = 0
    var count = CountID()
    /// Thousandths that were there.
    var counted: Int64 = 0
    /// What it settled of what had been used beyond what was on hand, as `OpenShorts` knows it.
    var settled = OpenShorts.none
    /// Whether it still stands, and was not reversed.
    var stands = true

    static func summary(_ before: UInt8?, _ count: Count, _ after: UInt8?) -> UInt8 { 0 }
  }

  /// The counts of a lot that was never counted.
  static var none: Int32 { TimeForest<Count>.empty }

  private var counts = TimeForest<Count>()

  /// The first count of a lot after `time`; nil where there is none.
  ///
  /// - Complexity: O(log n), and the counts that were reversed.
  func first(after time: Instant, of lot: Int32) -> Count? {
    guard time.milliseconds < .max else { return nil }
    let found = counts.first(from: time.milliseconds + 1, through: .max, under: lot) { $0.stands }
    return found?.element
  }

  mutating func add(_ count: Count, to lot: inout Int32) throws(WireError) {
    try counts.insert(count, into: &lot)
  }

  /// The count stands no more: it was reversed.
  ///
  /// - Returns: What it had settled.
  mutating func strike(_ count: CountID, at time: Instant, of lot: Int32) -> Int32 {
    let time = time.milliseconds
    let found = counts.first(from: time, through: time, under: lot) {
      $0.count == count && $0.stands
    }
    guard let found else { return OpenShorts.none }
    var element = found.element
    element.stands = false
    counts.replace(found.index, by: element)
    return element.settled
  }
}

extension LotCounts: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("counts", &counts)
  }
}

extension LotCounts.Count: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&time)
    try fields.visit(&count)
    try fields.visit(&counted)
    try fields.visit(&settled)
    try fields.visit(&stands)
  }
}
