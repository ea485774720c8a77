import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  static func logisticsStock() throws -> [EventSample] {
    try purchasing() + movingStock() + equipment()
  }

  private static func pieces(_ count: Int64) -> Quantity { Quantity(thousandths: 1_000 * count) }

  private static func purchasing() throws -> [EventSample] {
    [
      try EventSample(
        full: PurchaseOrderPlaced.with {
          $0.order = OrderID(88)
          $0.supplier = PartyID(6)
          $0.clinic = ClinicID(1)
          $0.lines = [
            OrderLine.with {
              $0.item = ItemID(7)
              $0.quantity = pieces(10)
              $0.unitCost = UnitPrice(tenThousandths: 42_000)
            }
          ]
          $0.due = Day(daysSince1970: 20_600)
          $0.tolerance = Rate(basisPoints: 500)
        },
        minimal: PurchaseOrderPlaced.with {
          $0.order = OrderID(88)
          $0.supplier = PartyID(6)
          $0.clinic = ClinicID(1)
          $0.lines = [OrderLine.with { $0.item = ItemID(7) }]
        }),
      try EventSample(
        full: PurchaseOrderClosed.with {
          $0.order = OrderID(88)
          $0.reason = .cancelled
          $0.note = "out of production"
        },
        minimal: PurchaseOrderClosed.with {
          $0.order = OrderID(88)
          $0.reason = .complete
        }),
      try EventSample(
        full: GoodsReturned.with {
          $0.receipt = ReceiptID(1)
          $0.supplier = PartyID(6)
          $0.clinic = ClinicID(1)
          $0.lines = [
            GoodsReturnLine.with {
              $0.receiptLine = 1
              $0.item = ItemID(7)
              $0.lot = "L77"
              $0.quantity = pieces(2)
              $0.value = dollars(840)
              $0.invoiced = true
              $0.received = dollars(850)
            }
          ]
          $0.reason = "wrong size"
        },
        minimal: GoodsReturned.with {
          $0.receipt = ReceiptID(1)
          $0.supplier = PartyID(6)
          $0.clinic = ClinicID(1)
          $0.lines = [
            GoodsReturnLine.with {
              $0.receiptLine = 1
              $0.item = ItemID(7)
              $0.quantity = pieces(2)
              $0.value = euros(0)
              $0.received = euros(0)
            }
          ]
        }),
    ]
  }

  private static func movingStock() throws -> [EventSample] {
    let line = TransferLine.with {
      $0.item = ItemID(7)
      $0.lot = "L77"
      $0.expiry = Day(daysSince1970: 21_000)
      $0.quantity = pieces(3)
      $0.value = dollars(1_260)
    }
    return [
      try EventSample(
        full: StockTransferDispatched.with {
          $0.transfer = TransferID(4)
          $0.from = ClinicID(1)
          $0.to = ClinicID(2)
          $0.lines = [line]
        },
        minimal: StockTransferDispatched.with {
          $0.transfer = TransferID(4)
          $0.from = ClinicID(1)
          $0.to = ClinicID(2)
        }),
      try EventSample(
        full: StockTransferReceived.with {
          $0.transfer = TransferID(4)
          $0.from = ClinicID(1)
          $0.to = ClinicID(2)
          $0.lines = [line]
          $0.differences = [
            TransferDifference.with {
              $0.item = ItemID(7)
              $0.lot = "L78"
              $0.quantity = pieces(1)
              $0.value = dollars(420)
              $0.explanation = .damaged
            }
          ]
        },
        minimal: StockTransferReceived.with {
          $0.transfer = TransferID(4)
          $0.from = ClinicID(1)
          $0.to = ClinicID(2)
        }),
      try EventSample(
        full: StockCounted.with {
          $0.count = CountID(5)
          $0.clinic = ClinicID(1)
          $0.countedAt = after(seconds: -60)
          $0.lines = [
            CountLine.with {
              $0.item = ItemID(7)
              $0.lot = "L77"
              $0.expiry = Day(daysSince1970: 21_000)
              $0.counted = pieces(6)
              $0.variance = pieces(-1)
              $0.value = dollars(-420)
              $0.settled = pieces(1)
            }
          ]
          $0.late = true
        },
        minimal: StockCounted.with {
          $0.count = CountID(5)
          $0.clinic = ClinicID(1)
          $0.countedAt = after(seconds: 0)
          $0.lines = [
            CountLine.with {
              $0.item = ItemID(7)
              $0.value = euros(0)
            }
          ]
        }),
      try EventSample(
        full: LotStatusSet.with {
          $0.item = ItemID(7)
          $0.lot = "L77"
          $0.status = .released
          $0.notice = "FSN-2026-14"
          $0.reason = "the maker has tested it"
          $0.approver = StaffID(1)
        },
        minimal: LotStatusSet.with {
          $0.item = ItemID(7)
          $0.lot = "L77"
          $0.status = .held
        }),
    ]
  }

  private static func equipment() throws -> [EventSample] {
    [
      try EventSample(
        full: SterilisationRecorded.with {
          $0.cycle = CycleID(9)
          $0.steriliser = ResourceID(3)
          $0.number = 412
          $0.programme = "134 B"
          $0.start = after(seconds: -3_600)
          $0.end = after(seconds: -600)
          $0.trays = [
            SterilisedTray.with {
              $0.item = ItemID(8)
              $0.tray = "T4"
              $0.failed = true
            }
          ]
          $0.result = .passed
          $0.operatedBy = StaffID(3)
        },
        minimal: SterilisationRecorded.with {
          $0.cycle = CycleID(9)
          $0.steriliser = ResourceID(3)
          $0.number = 1
          $0.result = .failed
          $0.operatedBy = StaffID(3)
        }),
      try EventSample(
        full: EquipmentServiced.with {
          $0.resource = ResourceID(3)
          $0.type = .repair
          $0.result = .fit
          $0.cost = euros(12_000)
          $0.nextDue = Day(daysSince1970: 20_800)
          $0.supplier = PartyID(6)
        },
        minimal: EquipmentServiced.with {
          $0.resource = ResourceID(3)
          $0.type = .service
          $0.result = .unfit
        }),
    ]
  }
}
