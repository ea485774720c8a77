#if Tool
  import Daybook

  // An entry an action, by area. To add one is to add a line here: its fields, their units and its
  // help come from the command's own description.

  extension RecordAction {
    /// The actions of a clinic's Desk.
    static let clinic: [RecordAction] = [
      administration, patients, scheduling, care, billing, claims, people, stock,
    ].flatMap { $0 }

    static let administration: [RecordAction] = [
      RecordAction(
        "define-clinic", DefineClinic.self, "A clinic or site, or a new version of it.",
        words: ["name"]
      ).preparing { try $0.readTimeZone() },
      RecordAction(
        "set-roles", SetRoles.self, "What a member of staff may do at a clinic.",
        words: ["staff", .rest("roles")]
      ).preparing { $0.beHere("clinic") },
      RecordAction(
        "define-service", DefineService.self, "A service, or a new version of it.",
        words: ["code", "name"]),
      RecordAction(
        "register-party", RegisterParty.self, "A payer, a supplier or another outside party.",
        words: ["type", "name"]),
    ]

    static let patients: [RecordAction] = [
      RecordAction(
        "register-patient", RegisterPatient.self, "Somebody becomes a patient.",
        words: ["person.givenName", "person.familyName"]),
      RecordAction(
        "cover", SetCoverage.self, "A payer covers a patient from a day on.",
        words: ["patient", "payer", "priority"]),
    ]

    static let scheduling: [RecordAction] = [
      RecordAction(
        "book", BookAppointment.self, "Books a patient with a practitioner at a time.",
        words: ["patient", .rest("services")],
        flags: ["with": "practitioner", "at": "start", "for": "durationSeconds"])
    ]

    static let care: [RecordAction] = [
      RecordAction(
        "check-in", CheckInPatient.self,
        "A patient has arrived: for the only booking of the day, unless one is named.",
        words: ["patient"], flags: ["for": "appointment"]
      ).preparing { try await $0.findBooking() },
      RecordAction(
        "start", StartEncounter.self, "A practitioner begins to see the patient of a visit.",
        words: ["visit", "practitioner"], flags: ["with": "practitioner"]),
      RecordAction(
        "treat", PerformTreatment.self,
        "Services are done to the patient of a visit; its encounter begins if it has not.",
        words: ["encounter"],
        flags: ["price": "listPrice", "site": "bodySite", "why": "priceReason"],
        lines: RecordLines(
          "", what: "service", quantity: "units", price: "listPrice",
          names: ["site": "bodySite", "price": "listPrice", "why": "priceReason"])
      ).preparing { try await $0.findEncounter() },
      RecordAction(
        "complete", CompleteEncounter.self, "An encounter has ended.", words: ["encounter"]
      ).preparing { try await $0.findEncounter() },
    ]

    static let billing: [RecordAction] = [
      RecordAction(
        "pay", ReceivePayment.self,
        "Money comes in; it settles the oldest charges first, unless --to says which.",
        words: ["from", "amount", "method"],
        flags: ["to": "allocations", "cash": "method.cash.tendered"]
      ).preparing { try await $0.settleOldest() },
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
        "claim", SubmitClaim.self, "Charges of a patient are claimed from a payer.",
        words: ["patient", "payer"]),
      RecordAction(
        "adjudicate", AdjudicateClaim.self, "A payer has answered a claim.",
        words: ["claim", "outcome"]),
    ]

    static let people: [RecordAction] = [
      RecordAction(
        "hire", HireStaff.self, "Somebody joins the staff.",
        words: ["person.name", .rest("positions")],
        flags: ["from": "start"]
      ).preparing { $0.beHere("clinics") }
    ]

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
