import DaybookBytes
import DaybookEvents

/// The lots of each item at each clinic, by the number of the lot.
struct LotShelves: Sendable {
  struct Shelf: TimedElement {
    /// Which lot of which item, as `StockState.itemLots` has it.
    var time: Int64 = 0
    /// Which lot at the clinic, as `StockState.lots` has it.
    var index: Int32 = 0

    static func summary(_ before: UInt8?, _ shelf: Shelf, _ after: UInt8?) -> UInt8 { 0 }
  }

  /// The lots of stock that has none.
  static var none: Int32 { TimeForest<Shelf>.empty }

  private var shelves = TimeForest<Shelf>()

  /// The index of `itemLot`; nil where it never came to the clinic.
  ///
  /// - Complexity: O(log n).
  func find(_ itemLot: Int32, in stock: Int32) -> Int32? {
    let number = Int64(itemLot)
    return shelves.first(from: number, through: number, under: stock)?.element.index
  }

  mutating func add(
    _ index: Int32, of itemLot: Int32, to stock: inout Int32
  ) throws(WireError) {
    try shelves.insert(Shelf(time: Int64(itemLot), index: index), into: &stock)
  }
}

extension LotShelves: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("shelves", &shelves)
  }
}

extension LotShelves.Shelf: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&time)
    try fields.visit(&index)
  }
}
