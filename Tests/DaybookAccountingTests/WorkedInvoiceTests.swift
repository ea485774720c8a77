import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

private let standard = TaxCodeID(1)

extension DecidedBooks {
  /// A tax code of 21 %, and an invoice's tax rounded where it is said.
  fileprivate mutating func tax(_ rounding: TaxRounding = .perLine) throws {
    try perform(
      as: .admin,
      SetTaxCode.with {
        $0.code = "S21"
        $0.rate = Rate(basisPoints: 2_100)
        $0.taxClass = .standard
      })
    try perform(
      DefineClinic.with {
        $0.clinic = ClinicID(1)
        $0.name = "North"
        $0.timeZone = "UTC"
        $0.transitions = [ZoneTransition()]
        $0.currency = .eur
        $0.fiscalYearStartMonth = 1
        $0.taxRounding = rounding
      })
  }

  /// An invoice for charges of the patient.
  @discardableResult
  fileprivate mutating func invoice(_ charges: ClosedRange<UInt64>) throws -> [String] {
    try perform(
      as: .accountant,
      IssueInvoice.with {
        $0.customer = InvoiceCustomer.with {
          $0.party = .patient(PatientID(1))
          $0.person = InvoicePerson.with { $0.name = "Young" }
        }
        $0.charges = Few(charges.map { InvoiceShare(ChargeID($0)) })
      })
  }

  fileprivate mutating func rectify(_ lines: Few<RectifiedShare> = []) throws -> [String] {
    try perform(
      as: .accountant,
      RectifyInvoice.with {
        $0.invoice = InvoiceID(1)
        $0.lines = lines
        $0.reason = "agreed less"
      })
  }

  fileprivate mutating func pay(_ charges: ClosedRange<UInt64>, _ cents: Int64) throws -> [String] {
    try perform(
      as: .cashier,
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(cents)
        $0.method = .card(CardTender())
        $0.settling = Few(charges.map { ChargeID($0) })
      })
  }
}

/// Worked by hand: an invoice that a deposit has paid asks for less.
@Suite struct `A rectified invoice that a deposit had paid` {
  // A treatment of 100.00 with 21.00 of tax; 121.00 in advance settle it. 24.20 less: V = 24.20 x 21 / 121
  // = 4.20, N = 20.00. The receivable is settled, so that all 24.20 are credit; the deposit is used up.
  @Test(arguments: [true, false]) func `posts the rest to credit, and no tax falls due again`(
    _ isTaxed: Bool
  ) throws {
    var desk = try DecidedBooks()
    try desk.tax()
    try desk.see()
    try desk.treat(10_000) { $0.taxCode = standard }
    let paid = try desk.perform(
      as: .cashier,
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(12_100)
        $0.method = .card(CardTender())
        $0.deposit = Deposit.with { if isTaxed { $0.taxCode = standard } }
      })
    #expect(
      paid
        == (isTaxed
          ? ["1150 P1 M1 121.00", "2100 P1 M1 -100.00", "2200 P1 M1 -21.00"]
          : ["1150 P1 M1 121.00", "2100 P1 M1 -121.00"]))
    try desk.perform(
      as: .cashier,
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.settling = [ChargeID(1)]
      })
    try desk.invoice(1...1)
    #expect(
      try desk.rectify([RectifiedShare(1, money(2_420))]) == [
        "4095 P1 IV2 20.00", "2200 P1 IV2 4.20", "2150 P1 IV2 -24.20",
      ])
    #expect(desk.faults == [])
    // The credit is an item of the money's own number, and is paid out as credit.
    #expect(
      try desk.perform(
        as: .accountant,
        PayRefund.with {
          $0.to = .patient(PatientID(1))
          $0.amount = money(2_420)
          $0.method = .transfer(BankTender())
          $0.reason = "agreed less"
        }) == ["2150 P1 M3 24.20", "1100 P1 M3 -24.20"])
    #expect(desk.faults == [])
    let view = desk.books.view
    let credits = AccountingReports.credits(view, AccountingQuery())
    #expect(credits.rows.isEmpty)
  }
}

/// Worked by hand: what an invoice posts where its tax is rounded as a whole.
@Suite struct `The tax of an invoice` {
  private func treated(_ rounding: TaxRounding, _ net: Int64) throws -> DecidedBooks {
    var desk = try DecidedBooks()
    try desk.tax(rounding)
    try desk.see()
    for _ in 0..<3 { try desk.treat(net) { $0.taxCode = standard } }
    return desk
  }

  // Three treatments of 10.01, each with 21 % of tax: 2.1021, so 2.10, together 6.30. The document is of
  // 30.03, and 21 % of that are 6.3063, so 6.31: a cent more, which goes to the first line, as no line
  // is larger. It is owed with that charge: 12.12, 12.11 and 12.11 come to 36.34.
  @Test func `that is more as a whole posts the cent on its largest line`() throws {
    var desk = try treated(.perDocument, 1_001)
    #expect(desk.balance("2200") == -630 && desk.balance("1200") == 3_633)
    #expect(try desk.invoice(1...3) == ["1200 P1 IV1 0.01", "2200 P1 IV1 -0.01"])
    let issued = try desk.spec.events[0].decoded(as: InvoiceIssued.self)
    #expect(issued.total == money(3_634))
    #expect(issued.taxes.map(\.net) == [money(3_003)] && issued.taxes.map(\.tax) == [money(631)])
    #expect(issued.lines.map(\.tax) == [money(211), money(210), money(210)])
    #expect(issued.lines.map(\.rounding) == [money(1), .zero, .zero])
    #expect(desk.balance("2200") == -631)
    #expect(
      try desk.pay(1...3, 3_634) == [
        "1150 P1 M1 36.34", "1200 P1 M1 -12.12", "1200 P1 M1 -12.11", "1200 P1 M1 -12.11",
      ])
    #expect(desk.balance("1200") == 0 && desk.balance("2150") == 0)
    // All of it taken back leaves nothing of the cent behind.
    #expect(
      try desk.rectify() == [
        "4095 P1 IV2 10.01", "2200 P1 IV2 2.11", "4095 P1 IV2 10.01", "2200 P1 IV2 2.10",
        "4095 P1 IV2 10.01", "2200 P1 IV2 2.10", "2150 P1 IV2 -12.12", "2150 P1 IV2 -12.11",
        "2150 P1 IV2 -12.11",
      ])
    #expect(desk.balance("2200") == 0 && desk.balance("2150") == -3_634)
    #expect(desk.faults.isEmpty)
  }

  // Three times 10.03: 2.1063, so 2.11 each and 6.33 together; of 30.09 they are 6.3189, so 6.32. All
  // is paid when the invoice is written: the cent that is asked for less is credit of who paid.
  @Test func `that is less as a whole never leaves a receivable below zero`() throws {
    var desk = try treated(.perDocument, 1_003)
    #expect(try desk.pay(1...3, 3_642).first == "1150 P1 M1 36.42")
    #expect(try desk.invoice(1...3) == ["2200 P1 IV1 0.01", "2150 P1 IV1 -0.01"])
    let issued = try desk.spec.events[0].decoded(as: InvoiceIssued.self)
    #expect(issued.total == money(3_641) && issued.lines[0].rounding == money(-1))
    #expect(desk.balance("2200") == -632 && desk.balance("1200") == 0)
    let payment = desk.spec.state.billing.payments[PaymentID(1)]
    #expect(payment?.unapplied == 1 && desk.balance("2150") == -1)
    // With something open it is that which falls.
    var open = try treated(.perDocument, 1_003)
    #expect(try open.invoice(1...3) == ["2200 P1 IV1 0.01", "1200 P1 IV1 -0.01"])
    #expect(open.balance("1200") == 3_641)
    #expect(desk.faults.isEmpty && open.faults.isEmpty)
  }

  @Test(arguments: [TaxRounding.unspecified, .perLine])
  func `is what its lines come to elsewhere, and posts nothing`(_ rounding: TaxRounding) throws {
    var desk = try treated(rounding, 1_001)
    #expect(try desk.invoice(1...3).isEmpty)
    let issued = try desk.spec.events[0].decoded(as: InvoiceIssued.self)
    #expect(issued.total == money(3_633) && issued.taxes.map(\.tax) == [money(630)])
    #expect(desk.faults.isEmpty)
  }

  // A treatment that is not taxed and one that is: each rate is rounded by itself, and one line alone
  // never differs.
  @Test func `is rounded rate by rate`() throws {
    var desk = try treated(.perDocument, 1_001)
    try desk.treat(99_999)
    #expect(try desk.invoice(1...4) == ["1200 P1 IV1 0.01", "2200 P1 IV1 -0.01"])
    var one = try treated(.perDocument, 1_001)
    #expect(try one.invoice(1...1).isEmpty)
  }
}

/// Worked by hand: a taxed package that ends before it is used up.
@Suite struct `A taxed package` {
  /// Six sessions for 600.00 and 126.00 of tax, paid by card; two of them are used.
  private func used() throws -> DecidedBooks {
    var desk = try DecidedBooks()
    try desk.tax()
    try desk.perform(
      as: .admin,
      DefineService.with {
        $0.name = "Six sessions"
        $0.type = .package
        $0.taxCode = standard
      })
    try desk.see()
    #expect(
      try desk.perform(
        as: .reception,
        SellPackage.with {
          $0.patient = PatientID(1)
          $0.service = ServiceID(2)
          $0.sessions = 6
          $0.price = money(60_000)
          $0.priceReason = .agreed
        }) == ["1200 P1 C1 726.00", "2110 P1 C1 -600.00", "2200 P1 C1 -126.00"])
    #expect(try desk.pay(1...1, 72_600) == ["1150 P1 M1 726.00", "1200 P1 M1 -726.00"])
    for charge in ["C2", "C3"] {
      let lines = try desk.treat(0) {
        $0.package = PackageID(1)
        $0.priceReason = .unspecified
      }
      #expect(lines == ["2110 P1 \(charge) 100.00", "4010 P1 \(charge) -100.00"])
    }
    return desk
  }

  private func cancel(_ refund: Int64) -> CancelPackage {
    .with {
      $0.package = PackageID(1)
      $0.refundDue = money(refund)
      $0.reason = .patient
    }
  }

  // 400.00 are not earned. 300.00 of them are given back, and with them 126.00 x 300/600 = 63.00 of
  // tax: 363.00. 100.00 stay with the clinic. Of the tax 63.00 stay due, 21 % of the 200.00 that were
  // used and the 100.00 that were kept. Of what is owed to the patient nothing remains.
  @Test func `gives the tax of what it refunds back with it`() throws {
    var desk = try used()
    #expect(
      try desk.perform(as: .cashier, cancel(30_000)) == [
        "2110 P1 PK1 400.00", "2200 P1 PK1 63.00", "2150 P1 PK1 -363.00", "4040 P1 PK1 -100.00",
      ])
    #expect(
      try desk.perform(
        PayRefund.with {
          $0.to = .patient(PatientID(1))
          $0.amount = money(36_300)
          $0.method = .transfer(BankTender())
          $0.reason = "package cancelled"
        }) == ["2150 P1 M3 363.00", "1100 P1 M3 -363.00"])
    #expect(desk.balance("2110") == 0 && desk.balance("2200") == -6_300)
    #expect(desk.balance("4010") == -20_000 && desk.balance("4040") == -10_000)
    #expect(desk.balance("2150") == 0 && desk.balance("1200") == 0)
    #expect(desk.faults.isEmpty)
  }

  // The same with an invoice: it has to be rectified, and does what the cancelling did. 4095 and 4040
  // come to the 100.00 that the clinic keeps.
  @Test func `that was invoiced has its invoice rectified first`() throws {
    var desk = try used()
    try desk.invoice(1...1)
    desk.spec.by(.staff(1), .cashier).when(cancel(30_000))
      .thenRefused(PackageRefusal.invoiced(PackageID(1), ChargeID(1)), field: "refundDue")
    #expect(
      try desk.rectify([RectifiedShare(1, money(36_300))]) == [
        "4095 P1 IV2 300.00", "2200 P1 IV2 63.00", "2150 P1 IV2 -363.00",
      ])
    #expect(
      try desk.perform(as: .cashier, cancel(0)) == [
        "2110 P1 PK1 400.00", "4040 P1 PK1 -400.00",
      ])
    #expect(desk.balance("2110") == 0 && desk.balance("2200") == -6_300)
    #expect(desk.balance("4040") + desk.balance("4095") == -10_000)
    #expect(desk.balance("2150") == -36_300 && desk.balance("1200") == 0)
    #expect(desk.faults.isEmpty)
  }
}
