#if Tool
  import Daybook

  extension RecordAction {
    static let tills: [RecordAction] = [
      RecordAction(
        "open-till", OpenTill.self, "A till begins its day with a float.", words: ["till"]),
      RecordAction(
        "move-cash", MoveTillCash.self, "Cash into a till or out of it: bank, petty, handover.",
        words: ["direction", "type", "amount"], flags: ["to": "toTill"]),
      RecordAction(
        "close-till", CloseTill.self, "A till is counted, and its session ends.",
        words: ["till"], flags: ["count": "counts"]),
      RecordAction(
        "sell", CompleteSale.self, "Goods and services over the counter, on one ticket.",
        flags: [
          "cash": "tenders.method.cash.tendered", "by": "tenders.method", "to": "patient",
          "pay": "tenders",
        ],
        lines: RecordLines(
          "lines", what: "item", otherwise: "service", price: "unitPrice",
          names: ["price": "unitPrice", "tax": "taxCode"])),
      RecordAction(
        "return-sale", ReturnSale.self, "Goods of a ticket come back: --line 'LINE QTY'.",
        words: ["sale"], flags: ["by": "tenders.method"],
        lines: RecordLines("lines", what: "line", names: ["price": "unitPrice"])),
    ]

    static let invoices: [RecordAction] = [
      RecordAction(
        "refund", PayRefund.self, "Credit or a deposit is paid out.",
        words: ["to", "amount", "method"], flags: ["of": "payment"]),
      RecordAction(
        "return-payment", ReturnPayment.self, "A bank takes back money that had come in.",
        words: ["payment", "reason"]),
      RecordAction(
        "release", ReleaseAllocation.self, "A payment settles a charge no longer.",
        words: ["payment", "charge"]),
      RecordAction(
        "invoice", IssueInvoice.self, "An invoice to a customer.",
        words: ["customer.party"], flags: ["for": "charges"]
      ).preparing { try await $0.nameCustomer() },
      RecordAction(
        "rectify", RectifyInvoice.self, "An invoice asks for less.",
        words: ["invoice"], lines: RecordLines("lines", what: "line", amount: "amount")),
    ]
  }
#endif
