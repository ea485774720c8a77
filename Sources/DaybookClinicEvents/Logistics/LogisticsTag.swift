public import DaybookEvents

/// The events of the family Logistics.
///
/// A case's number stands in every record's header and is never reused. Numbers kept for the rest
/// of the family:
///
/// | number | event |
/// |---|---|
/// | 2 | PurchaseOrderPlaced |
/// | 3 | PurchaseOrderClosed |
/// | 5 | GoodsReturned |
/// | 7 | StockTransferDispatched |
/// | 8 | StockTransferReceived |
/// | 9 | StockCounted |
/// | 10 | LotStatusSet |
/// | 11 | SterilisationRecorded |
/// | 12 | EquipmentServiced |
@nonexhaustive
public enum LogisticsTag: UInt16, FamilyTag {
  /// `ItemDefined`
  case itemDefined = 1
  /// `GoodsReceived`
  case goodsReceived = 4
  /// `StockIssued`
  case stockIssued = 6

  /// Family 5.
  public static var family: FamilyNumber { .logistics }
}
