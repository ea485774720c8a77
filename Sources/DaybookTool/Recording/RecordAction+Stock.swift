#if Tool
  import Daybook

  extension RecordAction {
    static let stock: [RecordAction] = [
      RecordAction(
        "define-item", DefineItem.self, "An item that is stocked, or a new version of it.",
        words: ["code", "name"], flags: ["unit": "baseUnit", "pack": "packs"]),
      RecordAction(
        "receive", ReceiveGoods.self, "Goods have come in, for an order or from a supplier.",
        words: ["order"], flags: ["from": "supplier"],
        lines: RecordLines(
          "lines", price: "unitCost", value: "value", names: ["exp": "expiry"])
      ).preparing { $0.receiveFromWhom() },
      RecordAction(
        "issue", IssueStock.self, "Stock is used or handed out.",
        words: [.line, "purpose"], lines: RecordLines("")),
      RecordAction(
        "waste", IssueStock.self, "Stock is lost: --reason spoiled, expired, broken, stolen, lost.",
        words: [.line], flags: ["reason": "purpose"], lines: RecordLines("")
      ).preparing { $0.sayWaste() },
      RecordAction(
        "count", CountStock.self, "What was counted on the shelves.",
        flags: ["at": "countedAt"],
        lines: RecordLines("lines", quantity: "counted", price: "unitCost")),
      RecordAction(
        "return-goods", ReturnGoods.self, "Goods go back to whom they came from.",
        words: ["receipt"], lines: RecordLines("lines")),
      RecordAction(
        "lot", SetLotStatus.self, "A lot is held, recalled or released, everywhere at once.",
        words: ["item", "lot", "status"]),
    ]

    static let purchasing: [RecordAction] = [
      RecordAction(
        "order", PlacePurchaseOrder.self, "Goods are ordered.", words: ["supplier"],
        lines: RecordLines("lines", price: "unitCost")),
      RecordAction(
        "close-order", ClosePurchaseOrder.self, "Nothing more is expected of an order.",
        words: ["order", "reason"]),
      RecordAction(
        "dispatch", DispatchTransfer.self, "Stock leaves for another clinic.",
        words: ["to"], lines: RecordLines("lines")),
      RecordAction(
        "receive-transfer", ReceiveTransfer.self, "Stock has come from another clinic.",
        words: ["transfer"], flags: ["all": "everything"], lines: RecordLines("lines")),
      RecordAction(
        "sterilise", RecordSterilisation.self, "A cycle of a steriliser.",
        words: ["steriliser", "result"], flags: ["from": "start", "to": "end", "by": "operatedBy"]),
      RecordAction(
        "service", ServiceEquipment.self, "Equipment was serviced, repaired or calibrated.",
        words: ["resource", "type", "result"], flags: ["next": "nextDue"]),
    ]
  }
#endif
