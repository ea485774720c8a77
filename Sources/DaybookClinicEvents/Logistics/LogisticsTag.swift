public import DaybookEvents

/// The events of the family Logistics.
///
/// A case's number stands in every record's header and is never reused.
@nonexhaustive
public enum LogisticsTag: UInt16, FamilyTag {
  /// `ItemDefined`
  case itemDefined = 1
  /// `PurchaseOrderPlaced`
  case purchaseOrderPlaced = 2
  /// `PurchaseOrderClosed`
  case purchaseOrderClosed = 3
  /// `GoodsReceived`
  case goodsReceived = 4
  /// `GoodsReturned`
  case goodsReturned = 5
  /// `StockIssued`
  case stockIssued = 6
  /// `StockTransferDispatched`
  case stockTransferDispatched = 7
  /// `StockTransferReceived`
  case stockTransferReceived = 8
  /// `StockCounted`
  case stockCounted = 9
  /// `LotStatusSet`
  case lotStatusSet = 10
  /// `SterilisationRecorded`
  case sterilisationRecorded = 11
  /// `EquipmentServiced`
  case equipmentServiced = 12

  /// Family 5.
  @inlinable public static var family: FamilyNumber { .logistics }
}
