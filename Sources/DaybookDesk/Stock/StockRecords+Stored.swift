import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of stock.

extension StockKey: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&item)
  }
}

extension ItemRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&baseUnit)
    try fields.visit(&packs)
    try fields.visit(&lotTracked)
    try fields.visit(&expiryTracked)
    try fields.visit(&sterilisable)
    try fields.visit(&implant)
    try fields.visit(&controlled)
    try fields.visit(&taxCode)
    try fields.visit(&hasMoved)
  }
}

extension ItemLotRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&item)
    try fields.visit(&lot)
    try fields.visit(&expiry)
    try fields.visit(&hasCome)
    try fields.visit(&standings)
    try fields.visit(&cycleEnd)
    try fields.visit(&hasFailed)
  }
}

extension LotStandingRecord: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&from)
    try fields.visit(&status)
  }
}

extension LotRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&itemLot)
    try fields.visit(&onHand)
    try fields.visit(&value)
    try fields.visit(&lastQuantity)
    try fields.visit(&lastValue)
    try fields.visit(&movements)
    try fields.visit(&counts)
    try fields.visit(&takings)
  }
}

extension StockRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&pair)
    try fields.visit(&lots)
    try fields.visit(&onShelf)
    try fields.visit(&shorts)
  }
}

extension GoodsRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&supplier)
    try fields.visit(&order)
    try fields.visit(&lines)
  }
}

extension GoodsLineRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&item)
    try fields.visit(&lot)
    try fields.visit(&quantity)
    try fields.visit(&returned)
  }
}

extension OrderRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&supplier)
    try fields.visit(&isOpen)
    try fields.visit(&tolerance)
    try fields.visit(&lines)
  }
}

extension OrderLineRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&item)
    try fields.visit(&ordered)
    try fields.visit(&received)
    try fields.visit(&unitCost)
  }
}

extension TransferRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&dispatchedAt)
    try fields.visit(&lines)
  }
}

extension TransferLineRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&item)
    try fields.visit(&lot)
    try fields.visit(&expiry)
    try fields.visit(&quantity)
    try fields.visit(&value)
  }
}

extension CountRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&countedAt)
    try fields.visit(&lateCount)
  }
}
