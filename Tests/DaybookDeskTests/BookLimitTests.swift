import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// The books name clinics, accounts, tax codes and who recorded something by sixteen bits: the Desk
/// says no to one more than they can name.
@Suite struct `A full book` {
  /// What `spec` holds, and as many of a thing as there may be.
  private func fill<E: EventPayload>(
    _ spec: Spec, through count: Int, _ event: (UInt64) -> E
  ) throws -> DecidedHistory<DeskState> {
    var history = spec.history
    for number in 1...UInt64(count) { try history.take(event(number), on: number, spec.context) }
    return history
  }

  /// The command is refused for that reason, and for no other.
  private func expect<C: Command>(
    _ command: C, in history: DecidedHistory<DeskState>, _ context: DecisionContext,
    refused reason: DeskRefusal, field: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws where C.State == DeskState {
    var history = history
    let refusal = #expect(throws: Refusal.self, sourceLocation: sourceLocation) {
      try history.perform(command, context)
    }
    let violation = try #require(refusal?.violations.first)
    #expect(violation.reason as? DeskRefusal == reason, sourceLocation: sourceLocation)
    #expect(violation.field == field, sourceLocation: sourceLocation)
    #expect(refusal?.violations.count == 1, sourceLocation: sourceLocation)
  }

  @Test func `takes no clinic beyond the 65,535th`() throws {
    let spec = Clinic.empty
    let one = Clinic.defineClinic
    let made = try spec.when(one).events[0].decoded(as: ClinicDefined.self)
    var history = try fill(spec, through: BookLimits.clinics - 1) { number in
      var next = made
      next.clinic = ClinicID(number)
      return next
    }
    _ = try history.perform(one, spec.context)
    #expect(history.state.administration.clinics.count == 65_535)
    let reason = DeskRefusal.tooMany(
      "clinics in one book", max: 65_535, instead: "begin another book for the next")
    try expect(one, in: history, spec.context, refused: reason, field: "clinic")
    #expect(
      reason.message
        == "there are no more than 65535 clinics in one book; begin another book for the next")
    var known = one
    known.clinic = ClinicID(65_535)
    #expect(try history.perform(known, spec.context).count == 1)
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `takes no member of staff beyond the 65,000th`() throws {
    let spec = Clinic.begun
    let one = Clinic.hire("Ada")
    let made = try spec.when(one).events[0].decoded(as: StaffHired.self)
    var history = try fill(spec, through: BookLimits.staff - 1) { number in
      var next = made
      next.staff = StaffID(number)
      return next
    }
    _ = try history.perform(one, spec.context)
    try expect(
      one, in: history, spec.context,
      refused: .tooMany(
        "members of staff in one book", max: 65_000, instead: "begin another book for the next"),
      field: "person")
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `takes no tax code beyond the 65,535th, and another rate of one`() throws {
    let spec = Clinic.open.by(.staff(4), .accountant)
    var one = SetTaxCode()
    one.code = "S21"
    one.rate = Rate(basisPoints: 2_100)
    one.taxClass = .standard
    var history = try fill(spec, through: BookLimits.taxCodes) { number in
      TaxCodeSet.with {
        $0.taxCode = TaxCodeID(number)
        $0.code = "T\(number)"
        $0.taxClass = .exempt
      }
    }
    try expect(
      one, in: history, spec.context,
      refused: .tooMany(
        "tax codes in one book", max: 65_535,
        instead: "give one that there is another rate from a day on"), field: "code")
    one.taxCode = TaxCodeID(65_535)
    #expect(try history.perform(one, spec.context).count == 1)
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `takes no account beyond the 60,000th of its own, and another name of one`() throws {
    let spec = Clinic.open.by(.staff(4), .accountant)
    var one = DefineAccount()
    one.code = "6999"
    one.name = "Flowers"
    one.type = .expense
    var history = try fill(spec, through: BookLimits.ownAccounts) { number in
      AccountDefined.with {
        $0.account = LedgerAccountID(number)
        $0.code = "X\(number)"
        $0.name = "Other"
        $0.type = .expense
      }
    }
    try expect(
      one, in: history, spec.context,
      refused: .tooMany(
        "accounts of its own in one book", max: 60_000, instead: "use one that there is"),
      field: "code")
    one.account = LedgerAccountID(60_000)
    one.code = "X60000"
    #expect(try history.perform(one, spec.context).count == 1)
  }

  @Test func `has tickets and payrolls of no more than 8,000 lines`() {
    let reason = DeskRefusal.tooMany("lines of one document", max: 8_000, instead: "split it")
    func isRefused(_ result: Result<[DecidedEvent], Refusal>) -> Bool {
      guard case .failure(let refusal) = result else { return false }
      return refusal.violations.contains {
        $0.field == "lines" && $0.reason as? DeskRefusal == reason
      }
    }
    let spec = Clinic.open.by(.staff(4), .accountant)
    for (count, isTooLong) in [(8_000, false), (8_001, true)] {
      let sale = CompleteSale.with {
        $0.lines = Few([TicketItem](repeating: TicketItem(), count: count - 1))
        $0.tenders = [TicketTender(.transfer(BankTender()))]
      }
      #expect(isRefused(spec.when(sale).result) == isTooLong)
      let back = ReturnSale.with {
        $0.lines = Few([ReturnedItem](repeating: ReturnedItem(), count: count))
      }
      #expect(isRefused(spec.when(back).result) == isTooLong)
      let payroll = ApprovePayroll.with {
        $0.lines = Few([PayrollLine](repeating: PayrollLine(), count: count))
      }
      #expect(isRefused(spec.when(payroll).result) == isTooLong)
    }
  }
}
