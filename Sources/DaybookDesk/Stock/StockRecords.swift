package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of an item.
package struct ItemRecord: Sendable {
  package var baseUnit = ""
  package var packs: Few<Pack> = []
  package var lotTracked = false
  package var expiryTracked = false
  package var sterilisable = false
  package var implant = false
  package var controlled = false
  /// The rule of its tax when it is sold.
  package var taxCode: TaxCodeID?
  /// Whether base unit and tracking are fixed.
  package var hasMoved = false

  /// Whether its use is refused without stock on hand.
  package var isStrict: Bool { lotTracked || implant || controlled }
  /// Whether it is used again: using it takes nothing out of stock.
  package var isReused: Bool { sterilisable && !implant }
}

/// What the Desk knows of a lot wherever it is; or of a tray that is sterilised.
package struct ItemLotRecord: Sendable {
  package var item = ItemID()
  package var lot = ""
  package var expiry: Day?
  /// Whether it came in anywhere, so that its expiry is known.
  package var hasCome = false
  /// What it may be used for, from when on; ascending, and few.
  var standings: [LotStandingRecord] = []
  /// When the last cycle with it ended, and whether it failed.
  var cycleEnd: Instant?
  var hasFailed = false

  /// What it may be used for at `time`.
  package func status(at time: Instant) -> LotStatus {
    standings.last { $0.from <= time }?.status ?? .unspecified
  }

  /// What was said of it last.
  var lastStanding: LotStandingRecord? { standings.last }

  /// Whether the last cycle with it that had ended by `time` had failed.
  package func isUnsterile(at time: Instant) -> Bool {
    hasFailed && cycleEnd.map { $0 <= time } ?? false
  }
}

/// What a lot may be used for, from when on.
struct LotStandingRecord: Sendable {
  var from = Instant()
  var status = LotStatus.unspecified
}

/// A lot at one clinic.
package struct LotRecord: Sendable {
  /// Which lot of which item, as `StockState.itemLots` has it.
  package var itemLot: Int32 = 0
  /// Thousandths on hand when all is counted.
  package var onHand: Int64 = 0
  /// Minor units, by what came in less what was taken.
  package var value: Int64 = 0
  /// What came in last, and what it had cost: what one costs when nothing is left.
  package var lastQuantity: Int64 = 0
  package var lastValue: Int64 = 0
  /// Its movements, as `LotMovements` knows them.
  var movements = LotMovements.none
  /// When it was counted, as `LotCounts` knows it.
  var counts = LotCounts.none
  /// The last event that took some of it and is not reversed, as `LotMovements` knows it.
  var takings = LotMovements.none
}

/// The stock of one item at one clinic.
package struct StockRecord: Sendable {
  /// The number of the pair; nil until something is issued.
  package var pair: StockID?
  /// Its lots by their number, as `LotShelves` knows them.
  var lots = LotShelves.none
  /// The lots of which there is anything, ascending: all that can be chosen from, however many came
  /// in and are used up.
  package var onShelf: [Int32] = []
  /// What was used beyond what was on hand, the latest first, as `OpenShorts` knows it.
  var shorts = OpenShorts.none
}

/// A receipt of goods, as far as a return asks for it.
package struct GoodsRecord: Sendable {
  package var clinic = ClinicID()
  package var supplier: PartyID?
  package var order: OrderID?
  package var lines: [GoodsLineRecord] = []
}

/// A line of a receipt of goods.
package struct GoodsLineRecord: Sendable {
  package var item = ItemID()
  package var lot = ""
  /// Thousandths that came in, and of them those that went back.
  package var quantity: Int64 = 0
  package var returned: Int64 = 0
}

/// A purchase order.
package struct OrderRecord: Sendable {
  package var clinic = ClinicID()
  package var supplier = PartyID()
  package var isOpen = true
  /// How much more than ordered is taken in.
  package var tolerance = Rate()
  package var lines: [OrderLineRecord] = []
}

/// What is ordered of an item, and what has come.
package struct OrderLineRecord: Sendable {
  package var item = ItemID()
  package var ordered: Int64 = 0
  package var received: Int64 = 0
  package var unitCost = UnitPrice()
}

/// Stock on its way between two clinics.
package struct TransferRecord: Sendable {
  package var from = ClinicID()
  package var to = ClinicID()
  package var dispatchedAt = Instant()
  /// What is neither there nor explained; empty once all is.
  package var lines: [TransferLineRecord] = []
}

/// What is still on its way of a lot.
package struct TransferLineRecord: Sendable {
  package var item = ItemID()
  package var lot = ""
  package var expiry: Day?
  package var quantity: Int64 = 0
  package var value: Int64 = 0
}

/// A count of stock, as far as a later movement or a reversal asks for it.
package struct CountRecord: Sendable {
  package var clinic = ClinicID()
  package var countedAt = Instant()
  /// How many movements were recorded after it and dated before it.
  package var lateCount: UInt32 = 0
}

/// A clinic and an item.
package struct StockKey: Hashable, Sendable {
  package var clinic = ClinicID()
  package var item = ItemID()

  package init(clinic: ClinicID = ClinicID(), item: ItemID = ItemID()) {
    self.clinic = clinic
    self.item = item
  }
}

extension StockKey: Comparable {
  package static func < (a: Self, b: Self) -> Bool { (a.clinic, a.item) < (b.clinic, b.item) }
}
