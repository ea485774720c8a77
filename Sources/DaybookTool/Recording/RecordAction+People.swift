#if Tool
  import Daybook

  extension RecordAction {
    static let people: [RecordAction] = [
      RecordAction(
        "hire", HireStaff.self, "Somebody joins the staff.",
        words: ["person.name", .rest("positions")],
        flags: ["from": "start"]
      ).preparing { $0.beHere("clinics") },
      RecordAction(
        "amend-contract", AmendContract.self,
        "The terms on which somebody works change; what is not said stays.",
        words: ["staff", "from"]
      ).preparing { try await $0.keepTerms() },
      RecordAction(
        "end-contract", EndContract.self, "Somebody stops working for the clinic.",
        words: ["staff", "lastDay", "reason"]),
      RecordAction(
        "credential", RecordCredential.self, "Somebody has proved that they may do something.",
        words: ["staff", "type", "number", .range("from", "to")]),
      RecordAction(
        "commission", SetCommissionRule.self, "What somebody earns of what they do.",
        words: ["staff", "basis", "yield"], flags: ["share": "yield", "for": "services"]),
      RecordAction(
        "payroll", ApprovePayroll.self,
        "What people are paid for a stretch of days, as it follows from the book.",
        words: [.range("from", "to")]
      ).preparing { try await $0.workOutPayroll() },
    ]

    static let time: [RecordAction] = [
      RecordAction(
        "shift", ScheduleShift.self, "Somebody is to work.", words: ["staff", "role"],
        flags: ["from": "start", "to": "end", "break": "breakSeconds"]),
      RecordAction("clock-in", ClockIn.self, "Somebody begins to work.", words: ["staff"]),
      RecordAction(
        "clock-out", ClockOut.self, "Somebody stops working.", words: ["staff"],
        flags: ["break": "breakSeconds"]),
      RecordAction(
        "correct-time", CorrectTimeEntry.self, "What an entry of time should have said.",
        words: ["entry"],
        flags: ["in": "clockIn", "out": "clockOut", "break": "breakSeconds"]),
      RecordAction(
        "hours", RecordHours.self, "Working time of a day, as it is known from elsewhere.",
        words: ["day", "role", "seconds"]),
      RecordAction(
        "absence", RecordAbsence.self, "Somebody is absent, or asks for it.",
        words: ["staff", "type", .range("from", "to")]),
      RecordAction(
        "decide-absence", DecideAbsence.self, "An absence is approved, refused or cancelled.",
        words: ["absence", "outcome"]),
    ]
  }
#endif
