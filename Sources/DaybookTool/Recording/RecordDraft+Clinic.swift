#if Tool
  import Daybook
  import DaybookInterchange

  // What nobody types at the desk, because the book knows it.

  extension RecordDraft {
    /// Fills a field with the clinic that the action is for, unless it was given.
    mutating func beHere(_ field: String) {
      if entered[field] == nil, envelope.clinic > 0 {
        put("\(ClinicID(envelope.clinic))", at: field)
      }
    }

    /// Waste: the reason as people say it.
    mutating func sayWaste() {
      let reasons: [String: IssuePurpose] = [
        "spoiled": .damaged, "broken": .damaged, "stolen": .lost, "missing": .lost,
      ]
      guard let text = text("purpose"), let purpose = reasons[text.lowercased()] else { return }
      remove("purpose")
      put("\(purpose)", at: "purpose")
    }

    /// Reads the transitions of the zone that was named.
    mutating func readTimeZone() throws {
      guard let zone = text("timeZone") else { return }
      let transitions: Few<ZoneTransition>
      do throws(TimeZoneError) {
        transitions = try ClinicZone.transitions(of: zone, in: ToolContext.current.world)
      } catch {
        throw ToolFailure(error.kind == .unknownZone ? .usage : .file, "timeZone: \(error)")
      }
      put(
        .list(
          transitions.map { change in
            var members = [EnteredValue.Member("offset", .text("\(change.offset)"))]
            if let at = change.at { members.append(.init("at", .text("\(at)"))) }
            return .object(members)
          }), at: "transitions")
    }

    /// A clinic: its fiscal year begins in January, unless another month is given.
    mutating func beginYearInJanuary() {
      if entered["fiscalYearStartMonth"] == nil { put("1", at: "fiscalYearStartMonth") }
    }

    /// The patient that was named as the action's subject; nil where something else was.
    private func patient(_ field: String) throws -> PatientID? {
      guard let terms, let text = text(field), entered["appointment"] == nil else { return nil }
      return try RecordSession.usage(field) { () throws(EntryError) in
        PatientID(try terms.number(text, of: PatientKind.self, field: field))
      }
    }

    /// The civil day of the action, from its first instant to the first of the next day.
    private func day() throws -> (from: Instant, to: Instant) {
      let register = session.register
      let moment = envelope.effective ?? terms?.moment ?? Moment()
      let clinic = register.clinic(envelope.clinic)
      let next = moment.day.advanced(by: 1)
      return try (
        clinic?.instant(moment.day, secondOfDay: 0) ?? Moment(moment.day).instant,
        clinic?.instant(next, secondOfDay: 0) ?? Moment(next).instant
      )
    }

    /// Check-in: an appointment stands where a patient was named.
    mutating func findBooking() async throws {
      if let text = text("patient"), text.printedNumber(of: AppointmentKind.self) != nil {
        remove("patient")
        put(text, at: "appointment")
      }
      guard let patient = try patient("patient") else { return }
      let (from, to) = try day()
      if let booked = try await onlyBooking(of: patient, from, to, "that day") {
        put("\(booked)", at: "appointment")
      }
    }

    /// Move, cancel, miss: the only booking of the patient who was named.
    mutating func findAppointment() async throws {
      guard let text = text("appointment"), let terms,
        text.printedNumber(of: AppointmentKind.self) == nil, !text.hasPrefix("ref:")
      else { return }
      let patient = try RecordSession.usage("appointment") { () throws(EntryError) in
        PatientID(try terms.number(text, of: PatientKind.self, field: "patient"))
      }
      guard let booked = try await onlyBooking(of: patient, .min, .max, "to come") else {
        throw ToolFailure.usage("\(text.quoted) has no booking to come")
      }
      remove("appointment")
      put("\(booked)", at: "appointment")
    }

    /// The one booking of a patient within a time; nil where there is none.
    private func onlyBooking(
      of patient: PatientID, _ from: Instant, _ to: Instant, _ when: String
    ) async throws -> AppointmentID? {
      let desk = await session.office.state(of: DeskState.self)
      let booked = desk.scheduling.bookings(of: patient, from: from, to: to)
      guard booked.count > 1 else { return booked.first }
      var header = RecordHeader()
      header.clinic = envelope.clinic
      let words = RecordWords(register: session.register, header: header)
      let shown = booked.prefix(20).map { id in
        let record = desk.scheduling.appointments[id]
        let who = words.name(record?.practitioner ?? StaffID())
        return "  \(id)  \(words.time(record?.start ?? Instant()))  with \(who)"
      }
      throw ToolFailure.usage(
        (["\(words.name(patient)) has \(booked.count) bookings \(when); say which:"] + shown)
          .joined(separator: "\n"))
    }

    /// Treat, complete: the encounter of who acts stands where a visit was named, and begins if it has
    /// not.
    mutating func findEncounter() async throws {
      guard let text = text("encounter"), let number = text.printedNumber(of: VisitKind.self) else {
        return
      }
      let visit = VisitID(number)
      let desk = await session.office.state(of: DeskState.self)
      let practitioner = try practitioner()
      remove("encounter")
      let open = desk.care.openEncounters(of: visit).filter { id in
        practitioner == nil || desk.care.encounters[id]?.practitioner == practitioner
      }
      if open.count > 1 {
        throw ToolFailure.usage(
          "\(visit) has \(open.count) open encounters: \(open.map(\.description).joined(separator: ", "))"
            + "; say which")
      }
      if let encounter = open.first {
        enter("\(encounter)", at: "encounter")
        return
      }
      guard action.word == "treat" else {
        throw ToolFailure.usage("\(visit) has no open encounter")
      }
      var start = StartEncounter()
      start.visit = visit
      start.practitioner = practitioner ?? StaffID()
      before.append(ActionStep(start, envelope))
      // Numbers are dense, and nobody else writes: the encounter that begins now has the next one.
      enter("\(EncounterID(UInt64(desk.care.encounters.count) + 1))", at: "encounter")
    }

    /// Who treats: as said, else the member of staff who acts.
    private func practitioner() throws -> StaffID? {
      if let terms, let text = text("practitioner") {
        return try RecordSession.usage("practitioner") { () throws(EntryError) in
          StaffID(try terms.number(text, of: StaffKind.self, field: "practitioner"))
        }
      }
      return envelope.actor.staffNumber.map { StaffID($0) }
    }

    /// Enters a text in the command, or in each of several.
    private mutating func enter(_ text: String, at field: String) {
      put(text, at: field)
      for index in each.indices {
        var value = each[index]
        if case .object(let members) = value {
          let plain = EnteredName.plain(field)
          value = .object(members.filter { EnteredName.plain($0.name) != plain })
        }
        value.put(.text(text), at: [field])
        each[index] = value
      }
    }

    /// Pay: what is given back of the cash that was handed over.
    mutating func giveChange() throws {
      guard let terms, let tendered = text("method.cash.tendered"),
        text("method.cash.change") == nil
      else { return }
      func minor(_ field: String, _ text: String?) throws -> Int64 {
        guard let text else { return 0 }
        return try RecordSession.usage(field) { () throws(EntryError) in
          try Amount.entered(text, field: field, terms).minorUnits
        }
      }
      let kept = try minor("amount", text("amount")) &+ minor("tip", text("tip"))
      let change = try minor("tendered", tendered) &- kept
      // Too little was handed over: the Desk says so.
      if change > 0 {
        put(Amount(minorUnits: change, terms.currency).decimal, at: "method.cash.change")
      }
    }

    /// Pay: without --to, what the patient's charges still owe is settled, the oldest first.
    mutating func settleOldest() async throws {
      guard entered["allocations"] == nil, entered["settling"] == nil, entered["deposit"] == nil,
        let terms, let text = text("from")
      else { return }
      let number: UInt64
      do throws(EntryError) {
        number = try terms.number(text, of: PatientKind.self, field: "from")
      } catch {
        // A payer, or somebody else: what it settles is said, or stands as credit.
        if error.kind == .ambiguous { throw ToolFailure.usage("from: \(error)") }
        return
      }
      let patient = PatientID(number)
      let amount = try RecordSession.usage("amount") { () throws(EntryError) in
        try Amount.entered(self.text("amount") ?? "", field: "amount", terms)
      }
      let desk = await session.office.state(of: DeskState.self)
      var left = amount.minorUnits
      for charge in desk.billing.openCharges(of: patient) where left > 0 {
        let owed = desk.billing.charges[charge]?.owed(by: .patient(patient)) ?? 0
        let part = Amount(minorUnits: min(owed, left), terms.currency)
        left -= part.minorUnits
        put("\(charge)=\(part.decimal)", at: "allocations")
      }
    }
  }

  extension String {
    /// The number of an identifier of this kind, as it is printed; nil for other texts.
    func printedNumber<Kind: IdentifierKind>(of kind: Kind.Type) -> UInt64? {
      PlainTerms.printedNumber(self, of: kind)
    }
  }
#endif
