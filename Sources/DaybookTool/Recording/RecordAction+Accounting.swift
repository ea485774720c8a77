#if Tool
  import Daybook

  extension RecordAction {
    static let billing: [RecordAction] = [
      RecordAction(
        "pay", ReceivePayment.self,
        "Money comes in; it settles the oldest charges first, unless --to says which.",
        words: ["from", "amount", "method"],
        flags: ["to": "allocations", "cash": "method.cash.tendered"]
      ).preparing {
        try $0.giveChange()
        try await $0.settleOldest()
      },
      RecordAction(
        "allocate", AllocatePayment.self, "Credit or a deposit settles charges.",
        words: ["payment"], flags: ["to": "allocations"]),
      RecordAction(
        "adjust", PostAdjustment.self, "A charge is lowered, or a lost one recovered.",
        words: ["charge", "type", "amount"]),
      RecordAction(
        "transfer-charge", TransferResponsibility.self, "Another party owes a part of a charge.",
        words: ["charge"]),
    ]

    static let claims: [RecordAction] = [
      RecordAction(
        "claim", SubmitClaim.self, "Charges are claimed from a payer.",
        words: ["payer", .rest("charges")]),
      RecordAction(
        "adjudicate", AdjudicateClaim.self, "A payer has answered a claim.",
        words: ["claim", "outcome"],
        lines: RecordLines(
          "lines", what: "charge", amount: "billed", names: ["patient": "patientDue"])),
      RecordAction(
        "remit", ReceiveRemittance.self, "A payer pays for many claims in one sum.",
        words: ["payer", "reference", "total"],
        lines: RecordLines("lines", what: "charge", amount: "paid")),
    ]

    static let payables: [RecordAction] = [
      RecordAction(
        "supplier-invoice", RecordSupplierInvoice.self, "A supplier asks for money.",
        words: ["supplier", "number", "date"],
        lines: RecordLines(
          "lines", what: "receipt", otherwise: "account", amount: "net",
          names: ["tax-code": "taxCode"])),
      RecordAction(
        "pay-out", MakePayment.self, "The clinic pays somebody.",
        words: ["to", "amount", "method"], flags: ["for": "settles"]),
    ]

    static let corrections: [RecordAction] = [
      RecordAction(
        "reverse", ReverseEvent.self, "An event is undone, with what it caused.", words: ["of"])
    ]

    static let periods: [RecordAction] = [
      RecordAction(
        "close-period", ClosePeriod.self, "A month of an area is closed, with its totals.",
        words: ["area", "to", "closing"]
      ).preparing { try await $0.addUp(through: "to") },
      RecordAction(
        "reopen-period", ReopenPeriod.self, "The period that was closed last is opened again.",
        words: ["area", "from"]
      ).preparing { try await $0.nameLastPeriod() },
      RecordAction(
        "close-year", CloseYear.self, "A fiscal year is closed, with its trial balance.",
        words: ["yearEnd"]
      ).preparing { try await $0.addUp(through: "yearEnd") },
    ]

    static let ledger: [RecordAction] = [
      RecordAction(
        "reconcile", ReconcileBankLine.self, "A line of a bank statement is explained.",
        words: ["bankAccount", "line", "amount"], flags: ["with": "matches"]),
      RecordAction(
        "post", PostJournal.self, "An entry made by hand.",
        words: ["memo"],
        lines: RecordLines("lines", what: "account", amount: "debit")),
    ]
  }
#endif
