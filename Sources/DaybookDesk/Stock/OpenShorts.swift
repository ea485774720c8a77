import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What was used beyond what was on hand and is not settled yet: of each item at each clinic a chain,
/// the latest first.
struct OpenShorts: Sendable {
  /// What one issue was short of.
  struct Short: Sendable {
    var at = Moment()
    /// Thousandths that are not settled.
    var quantity: Int64 = 0
    var purpose = IssuePurpose.unspecified
    var encounterLine: EncounterLine?
    var patient: PatientID?
    var soldLine: SoldLine?
    /// The one before it; -1 for none.
    var earlier: Int32 = -1
  }

  /// The chain of stock that is short of nothing.
  static var none: Int32 { -1 }

  private var shorts = PagedArray<Short>(pageCount: 512)

  /// Those after `time`, the earliest first.
  ///
  /// - Complexity: O(those after it), which a settlement takes off the chain.
  func after(_ time: Instant, in chain: Int32) -> [Short] {
    var found: [Short] = []
    var index = chain
    while index >= 0, shorts[Int(index)].at.instant > time {
      found.append(shorts[Int(index)])
      index = shorts[Int(index)].earlier
    }
    return found.reversed()
  }

  /// How much those up to `time` come to.
  func quantity(through time: Instant, in chain: Int32) -> Int64 {
    var sum = MinorSum()
    var index = chain
    while index >= 0 {
      let short = shorts[Int(index)]
      if short.at.instant <= time { sum.add(short.quantity) }
      index = short.earlier
    }
    return (try? sum.narrowed()) ?? .max
  }

  /// How much of those that `isIt` is not settled.
  func quantity(in chain: Int32, where isIt: (Short) -> Bool) -> Int64 {
    var sum = MinorSum()
    var index = chain
    while index >= 0 {
      if isIt(shorts[Int(index)]) { sum.add(shorts[Int(index)].quantity) }
      index = shorts[Int(index)].earlier
    }
    return (try? sum.narrowed()) ?? .max
  }

  /// Adds one in order of time, behind those of the same time.
  mutating func add(_ short: Short, to chain: inout Int32) throws(WireError) {
    guard let index = Int32(exactly: shorts.count) else {
      throw WireError(.outOfRange, at: 0, field: "short")
    }
    var short = short
    var later: Int32 = -1
    short.earlier = chain
    while short.earlier >= 0, shorts[Int(short.earlier)].at.instant > short.at.instant {
      later = short.earlier
      short.earlier = shorts[Int(short.earlier)].earlier
    }
    shorts.append(short)
    if later < 0 { chain = index } else { shorts[Int(later)].earlier = index }
  }

  /// Settles `quantity` of the one that `isIt`.
  mutating func settle(
    _ quantity: Int64, in chain: inout Int32, where isIt: (Short) -> Bool
  ) {
    var later: Int32 = -1
    var index = chain
    while index >= 0 {
      let short = shorts[Int(index)]
      if isIt(short) {
        if short.quantity > quantity {
          shorts[Int(index)].quantity -= quantity
        } else if later < 0 {
          chain = short.earlier
        } else {
          shorts[Int(later)].earlier = short.earlier
        }
        return
      }
      later = index
      index = short.earlier
    }
  }

  /// Settles all up to `time`.
  ///
  /// - Returns: The chain of what is settled, which stays as it is.
  mutating func settle(through time: Instant, in chain: inout Int32) -> Int32 {
    var later: Int32 = -1
    var index = chain
    while index >= 0, shorts[Int(index)].at.instant > time {
      later = index
      index = shorts[Int(index)].earlier
    }
    if later < 0 { chain = -1 } else { shorts[Int(later)].earlier = -1 }
    return index
  }

  /// Puts a chain behind another, all of which is later.
  mutating func append(_ settled: Int32, to chain: inout Int32) {
    guard chain >= 0 else {
      chain = settled
      return
    }
    var last = chain
    while shorts[Int(last)].earlier >= 0 { last = shorts[Int(last)].earlier }
    shorts[Int(last)].earlier = settled
  }
}

extension OpenShorts: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("shorts", &shorts)
  }
}

extension OpenShorts.Short: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&at)
    try fields.visit(&quantity)
    try fields.visit(&purpose)
    try fields.visit(&encounterLine)
    try fields.visit(&patient)
    try fields.visit(&soldLine)
    try fields.visit(&earlier)
  }
}
