#if Tool
  import Daybook

  extension RecordDraft {
    /// Receive: a supplier stands where no order was named.
    mutating func receiveFromWhom() {
      guard let text = text("order"), text.printedNumber(of: OrderKind.self) == nil,
        !text.hasPrefix("ref:")
      else { return }
      remove("order")
      put(text, at: "supplier")
    }

    /// Closing: the figures of the area's department through the day in `field`.
    mutating func addUp(through field: String) async throws {
      guard entered["totals"] == nil, let terms, let text = text(field) else { return }
      let area = self.text("area")
      let (day, of) = try RecordSession.usage("") { () throws(EntryError) in
        (
          try terms.day(text, field: field),
          try area.map { (text) throws(EntryError) in
            try PeriodArea.entered(text, field: "area", terms)
          } ?? .accounting
        )
      }
      try await session.office.settle()
      let totals = try await session.office.totals(of: of, clinic: envelope.clinic, through: day)
      let figure = Amount(minorUnits: totals.figure.minorUnits, terms.currency)
      put(
        .object([
          .init("figure", .text(figure.decimal)), .init("position", .text("\(totals.position)")),
          .init("digest", .text(Self.hexadecimal(totals.digest))),
          .init(
            "accounts",
            .list(
              totals.accounts.map { account in
                func side(_ amount: Amount) -> EnteredValue {
                  .text(Amount(minorUnits: amount.minorUnits, terms.currency).decimal)
                }
                return .object([
                  .init("account", .text(account.account)), .init("debit", side(account.debit)),
                  .init("credit", side(account.credit)),
                ])
              })),
        ]), at: "totals")
    }

    /// Reopening: the last closed period may be named by the month that it ends with.
    mutating func nameLastPeriod() async throws {
      guard let terms, let text = text("from"), let name = self.text("area") else { return }
      let (day, area) = try RecordSession.usage("") { () throws(EntryError) in
        (
          try terms.day(text, field: "to"),
          try PeriodArea.entered(name, field: "area", terms)
        )
      }
      let desk = await session.office.state(of: DeskState.self)
      if desk.periods.lastClosed(ClinicID(envelope.clinic), area)?.to == day { remove("from") }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Invoice: the customer is called as the register calls them, unless it is said.
    mutating func nameCustomer() async throws {
      guard let terms, let text = text("customer.party"), self.text("customer.name") == nil,
        self.text("customer.person.name") == nil
      else { return }
      let patient: PatientID?
      do throws(EntryError) {
        patient = PatientID(try terms.number(text, of: PatientKind.self, field: "patient"))
      } catch {
        if error.kind == .ambiguous { throw ToolFailure.usage("customer: \(error)") }
        patient = nil
      }
      if let patient {
        let desk = await session.office.state(of: DeskState.self)
        put("\(desk.patients.patients[patient]?.person ?? 0)", at: "customer.person.person")
        put(name(of: patient), at: "customer.person.name")
      } else {
        let party = try RecordSession.usage("customer") { () throws(EntryError) in
          PartyID(try terms.number(text, of: PartyKind.self, field: "party"))
        }
        put(name(of: party), at: "customer.name")
      }
    }

    /// What the register calls somebody; empty for nobody.
    private func name<Kind: IdentifierKind>(of id: Identifier<Kind>) -> String {
      let stream = StreamID(StreamKind(Kind.number), id.number)
      return session.register.place(of: stream).map { session.register.names[$0].name } ?? ""
    }
  }
#endif
