#if Tool
  import Daybook
  import DaybookClinicRules

  extension RecordDraft {
    /// Amend-contract: what is not said stays as it was.
    mutating func keepTerms() async throws {
      guard let terms, let name = text("staff"), let from = text("from") else { return }
      let staff = try RecordSession.usage("staff") { () throws(EntryError) in
        StaffID(try terms.number(name, of: StaffKind.self, field: "staff"))
      }
      let day = try RecordSession.usage("from") { () throws(EntryError) in
        try terms.day(from, field: "from")
      }
      let desk = await session.office.state(of: DeskState.self)
      guard let known = desk.people.members[staff]?.engagement.terms(on: day) else { return }
      keep("\(known.contract)", at: "contract")
      if entered["week"] == nil { keep("\(known.weekSeconds)", at: "weekSeconds") }
      keep("\(known.payBasis)", at: "payBasis")
      keep("\(known.payRate)", at: "payRate")
      keep("\(known.leaveDays)", at: "leaveDays")
      keep("\(known.overtimePremium)", at: "overtimePremium")
      if entered["clinics"] == nil {
        for clinic in known.clinics { put("\(clinic)", at: "clinics") }
      }
      let positions = session.register.entry(staff.stream, knownAt: Position(.max))?.positions
      if entered["positions"] == nil {
        for position in positions ?? [] { put(position, at: "positions") }
      }
    }

    /// Payroll: the run as it follows from the book, unless its lines are given.
    mutating func workOutPayroll() async throws {
      guard entered["lines"] == nil, let terms, let first = text("from"), let last = text("to")
      else { return }
      let from = try RecordSession.usage("from") { () throws(EntryError) in
        try terms.day(first, field: "from")
      }
      let to = try RecordSession.usage("to") { () throws(EntryError) in
        try terms.day(last, field: "to")
      }
      guard from <= to else { return }
      try await session.office.settle()
      let clinic = ClinicID(envelope.clinic)
      let draft = try await session.office.payrollDraft(of: clinic, from: from, to: to)
      complete = { command in
        guard var approve = command as? ApprovePayroll else { return command }
        approve.lines = Few(draft.lines)
        approve.position = draft.position
        approve.sourceDigest = draft.sourceDigest
        return approve
      }
    }
  }
#endif
