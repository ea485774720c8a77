#if Tool
  import Daybook

  // An entry an action, by area. To add one is to add a line to its area: its fields, their units and
  // its help come from the command's own description.

  extension RecordAction {
    /// The actions of a clinic's Desk.
    static let clinic: [RecordAction] = [
      administration, patients, scheduling, care, packages, billing, claims, payables, ledger,
      corrections, people, time, stock, purchasing, tills,
      invoices, periods,
    ].flatMap { $0 }

    static let administration: [RecordAction] = [
      RecordAction(
        "define-clinic", DefineClinic.self, "A clinic or site, or a new version of it.",
        words: ["name"], flags: ["clinic": "clinic"]
      ).preparing {
        try $0.readTimeZone()
        $0.beginYearInJanuary()
      },
      RecordAction(
        "set-roles", SetRoles.self, "What a member of staff may do at a clinic.",
        words: ["staff", .rest("roles")]
      ).preparing { $0.beHere("clinic") },
      RecordAction(
        "define-service", DefineService.self, "A service, or a new version of it.",
        words: ["code", "name"]),
      RecordAction(
        "set-price", SetPrice.self, "What a service or an item costs from a day on.",
        words: ["priced", "unitPrice"], flags: ["for": "payer"]),
      RecordAction(
        "set-tax", SetTaxCode.self, "A rule of tax, or a new version of it.",
        words: ["code", "rate", "taxClass"], flags: ["class": "taxClass"]),
      RecordAction(
        "define-room", DefineResource.self, "A room, chair, device or steriliser.",
        words: ["type", "name"]),
      RecordAction(
        "define-account", DefineAccount.self, "A ledger account of the clinic's own.",
        words: ["code", "name", "type"]),
      RecordAction(
        "set-posting-rule", SetPostingRule.self, "Which account a slot of an entry means.",
        words: ["eventType", "variant"], flags: ["slot": "slots"]),
      RecordAction(
        "register-party", RegisterParty.self, "A payer, a supplier or another outside party.",
        words: ["type", "name"]),
    ]

    static let patients: [RecordAction] = [
      RecordAction(
        "register-patient", RegisterPatient.self, "Somebody becomes a patient.",
        words: ["person.givenName", "person.familyName"]),
      RecordAction(
        "amend-patient", AmendPatient.self,
        "What is known of a patient changes; what is not said stays.",
        words: ["patient"]
      ).preparing { try $0.keepIdentity() },
      RecordAction(
        "merge-patients", MergePatients.self, "Two patients are one: the second stays.",
        words: ["from", "into", "reason"]),
      RecordAction(
        "cover", SetCoverage.self, "A payer covers a patient from a day on.",
        words: ["patient", "payer", "priority"]),
    ]

    static let scheduling: [RecordAction] = [
      RecordAction(
        "book", BookAppointment.self, "Books a patient with a practitioner at a time.",
        words: ["patient", .rest("services")],
        flags: [
          "with": "practitioner", "at": "start", "for": "durationSeconds", "room": "resource",
        ]),
      RecordAction(
        "request", RequestAppointment.self, "A patient waits for an appointment.",
        words: ["patient", .rest("services")], flags: ["with": "practitioner"]),
      RecordAction(
        "move", MoveAppointment.self, "An appointment is moved.",
        words: ["appointment", "start"],
        flags: [
          "with": "practitioner", "at": "start", "for": "durationSeconds", "room": "resource",
        ]
      ).preparing { try await $0.findAppointment() },
      RecordAction(
        "cancel", CancelAppointment.self, "An appointment is called off.",
        words: ["appointment", "by", "reason"], flags: ["fee": "feeService"]
      ).preparing { try await $0.findAppointment() },
      RecordAction(
        "miss", MissAppointment.self, "A patient did not come, or left unseen.",
        words: ["appointment", "type"], flags: ["fee": "feeService"]
      ).preparing { try await $0.findAppointment() },
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
          "", what: "service", quantity: "units", value: "listPrice",
          names: ["site": "bodySite", "price": "listPrice", "why": "priceReason"])
      ).preparing { try await $0.findEncounter() },
      RecordAction(
        "complete", CompleteEncounter.self, "An encounter has ended.", words: ["encounter"]
      ).preparing { try await $0.findEncounter() },
    ]

    static let packages: [RecordAction] = [
      RecordAction(
        "accept-plan", AcceptTreatmentPlan.self,
        "A patient accepts what is to be done, and what it will cost.",
        words: ["patient"],
        lines: RecordLines("lines", what: "service", quantity: "units", value: "price")),
      RecordAction(
        "sell-package", SellPackage.self, "Sessions are sold in advance.",
        words: ["patient", "service", "sessions", "price"],
        flags: ["for": "covers", "with": "sharers"]),
      RecordAction(
        "cancel-package", CancelPackage.self, "What is left of a package is not used any more.",
        words: ["package", "reason"], flags: ["refund": "refundDue"]),
    ]
  }
#endif
