#if Tool
  import Daybook

  extension RecordAction {
    static let stock: [RecordAction] = [
      RecordAction(
        "define-item", DefineItem.self, "An item that is stocked, or a new version of it.",
        words: ["code", "name"], flags: ["unit": "baseUnit", "pack": "packs"]),
      RecordAction(
        "receive", ReceiveGoods.self, "Goods have come in.",
        words: ["supplier"],
        lines: RecordLines(
          "lines", price: "unitCost", value: "value", names: ["exp": "expiry"])),
      RecordAction(
        "issue", IssueStock.self, "Stock is used, handed out or lost.",
        words: [.line, "purpose"], lines: RecordLines("", names: ["exp": "expiry"])),
    ]
  }
#endif
