import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension DeskState {
  mutating func takeLogistics(
    _ event: borrowing Event, _ tag: LogisticsTag
  ) throws(WireError) {
    let header = event.header
    switch tag {
    case .itemDefined: try stock.define(try event.payload())
    case .purchaseOrderPlaced: try stock.order(try event.payload())
    case .purchaseOrderClosed: try stock.close(try event.payload())
    case .goodsReceived:
      let received = try event.payload(GoodsReceived.self)
      try administration.notePosting(received.clinic)
      try stock.receive(received, header)
      try purchasing.receive(received)
    case .goodsReturned:
      let returned = try event.payload(GoodsReturned.self)
      try stock.giveBack(returned, header)
      try purchasing.giveBack(returned)
    case .stockIssued:
      let issued = try event.payload(StockIssued.self)
      try administration.notePosting(issued.clinic)
      try stock.issue(issued, header)
      try sales.hand(issued)
    case .stockTransferDispatched:
      let dispatched = try event.payload(StockTransferDispatched.self)
      try administration.notePosting(dispatched.from)
      try administration.notePosting(dispatched.to)
      try stock.dispatch(dispatched, header)
    case .stockTransferReceived:
      try stock.receive(try event.payload(StockTransferReceived.self), header)
    case .stockCounted:
      let counted = try event.payload(StockCounted.self)
      try administration.notePosting(counted.clinic)
      try stock.count(counted, header)
    case .lotStatusSet: try stock.set(try event.payload(), header)
    case .sterilisationRecorded:
      let recorded = try event.payload(SterilisationRecorded.self)
      try stock.sterilise(recorded)
      try equipment.sterilise(recorded)
    case .equipmentServiced: equipment.service(try event.payload(), header)
    }
  }
}
