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
        "issue", IssueStock.self, "Stock is used or handed out.",
        words: [.line, "purpose"], lines: RecordLines("")),
      RecordAction(
        "waste", IssueStock.self,
        "Stock is lost: --reason spoiled, expired, broken, stolen or lost.",
        words: [.line], flags: ["reason": "purpose"], lines: RecordLines("")
      ).preparing { $0.sayWaste() },
    ]
  }
#endif
