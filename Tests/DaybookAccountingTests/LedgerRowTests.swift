import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

/// Rows of Books, section 2, that no worked example goes through.
@Suite struct `A posting row of the ledger` {
  var books = Books()

  init() throws {
    try books.clinic()
    try books.clinic(2)
  }

  @Test mutating func `of a package from before the books is against capital`() throws {
    let at = try books.take(
      PackageSold.with {
        $0.package = PackageID(1)
        $0.patient = PatientID(1)
        $0.sessions = 3
        $0.price = money(300)
        $0.opening = true
      }, on: 1)
    #expect(books.lines(at: at) == ["3000 P1 PK1 3.00", "2110 P1 PK1 -3.00"])
  }

  @Test mutating func `of a package that is taxed and discounted defers the net alone`() throws {
    try books.take(
      ServiceDefined.with {
        $0.service = ServiceID(9)
        $0.type = .package
      }, on: 9)
    let at = try books.charge(
      1, to: patient(1), 1_000, discount: 100, tax: 189, taxCode: 1, service: 9)
    // 10.00 less 1.00, 21 %: 9.00 is deferred, 1.89 is tax at once.
    #expect(
      books.lines(at: at) == [
        "1200 P1 C1 11.89", "2110 P1 C1 1.00", "2110 P1 C1 -10.00", "2200 P1 C1 -1.89",
        "1200 P1 C1 -1.00",
      ])
  }

  @Test mutating func `of a session at another clinic goes through the account between them`()
    throws
  {
    try books.take(
      PackageSold.with {
        $0.package = PackageID(1)
        $0.patient = PatientID(1)
        $0.sessions = 2
        $0.price = money(300)
      }, on: 1, clinic: 2)
    var used = ChargePosted()
    used.charge = ChargeID(1)
    used.patient = PatientID(1)
    used.service = ServiceID(1)
    used.units = 1
    used.responsible = patient(1)
    used.package = PackageID(1)
    used.recognised = money(150)
    let at = try books.take(used, on: 1)
    #expect(
      books.lines(at: at) == [
        "2110 P1 C1 1.50", "4000 P1 C1 -1.50", "1990 - C1 -1.50", "1990 - C1 1.50",
      ])
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
  }

  @Test mutating func `of a remittance has interest, fees and a balance of their own`() throws {
    try books.charge(1, to: payer(1), 10_000)
    let at = try books.take(
      RemittanceReceived.with {
        $0.payment = PaymentID(1)
        $0.payer = PartyID(1)
        $0.lines = [
          .with {
            $0.charge = ChargeID(1)
            $0.priority = .primary
            $0.paid = money(8_000)
          }
        ]
        $0.providerAdjustments = [
          ProviderAdjustment(.interest, "L6", money(50)),
          ProviderAdjustment(.fee, "B2", money(-30)),
          ProviderAdjustment(.balance, "FB", money(500)),
        ]
        $0.total = money(8_520)
      }, on: 1)
    #expect(
      books.lines(at: at) == [
        "1100 Y1 M1 85.20", "1210 Y1 M1 -80.00", "4100 Y1 M1 -0.50", "6210 Y1 M1 0.30",
        "2150 Y1 M1 -5.00",
      ])
  }

  private func invoice(
    _ total: Int64, _ lines: SupplierInvoiceLine...
  ) -> SupplierInvoiceRecorded {
    .with {
      $0.invoice = SupplierInvoiceID(1)
      $0.supplier = PartyID(2)
      $0.lines = Few(lines)
      $0.total = money(total)
    }
  }

  // 21 % of 100.00 is owed by the clinic itself; 15 % of it can be deducted.
  @Test mutating func `of a reverse charge owes the tax and deducts its share`() throws {
    let at = try books.take(
      invoice(
        10_000,
        .with {
          $0.account = "6140"
          $0.net = money(10_000)
          $0.tax = money(2_100)
          $0.deductible = money(315)
          $0.reverseCharge = true
        }), on: 1)
    #expect(
      books.lines(at: at) == [
        "6140 Y2 SI1 100.00", "1450 Y2 SI1 3.15", "6450 Y2 SI1 17.85", "2200 Y2 SI1 -21.00",
        "2000 Y2 SI1 -100.00",
      ])
  }

  // 411.00 of commission, of which 120.00 in an event that says not whose.
  @Test mutating func `of commission invoiced is that of the person, who is owed it no more`()
    throws
  {
    let named = SupplierInvoiceLine.with {
      $0.account = "2330"
      $0.net = money(29_100)
      $0.staff = StaffID(3)
      $0.run = PayrollRunID(1)
    }
    let unnamed = SupplierInvoiceLine.with {
      $0.account = "2330"
      $0.net = money(12_000)
    }
    let at = try books.take(invoice(41_100, named, unnamed), on: 1)
    #expect(
      books.lines(at: at) == ["2330 D3 SI1 291.00", "2330 Y2 SI1 120.00", "2000 Y2 SI1 -411.00"])
  }

  // Goods of 50.00 go back at 48.00 with 10.08 of tax: every amount stands on the other side.
  @Test mutating func `of a credit note is the mirror of an invoice`() throws {
    let at = try books.take(
      invoice(
        -5_808,
        .with {
          $0.received = .with {
            $0.receipt = ReceiptID(1)
            $0.line = 1
            $0.quantity = Quantity(thousandths: -1000)
            $0.value = money(-5_000)
          }
          $0.net = money(-4_800)
          $0.tax = money(-1_008)
          $0.deductible = money(-1_008)
        }), on: 1)
    #expect(
      books.lines(at: at) == [
        "2010 Y2 SI1 -50.00", "5030 Y2 SI1 2.00", "1450 Y2 SI1 -10.08", "2000 Y2 SI1 58.08",
      ])
  }

  @Test(
    arguments: [
      (PaymentMethod.cash(CashTender()), UInt64(3), "1010"), (.cash(CashTender()), 0, "1020"),
      (.transfer(BankTender()), 0, "1100"), (.card(CardTender()), 0, "1100"),
    ])
  mutating func `of a payment made leaves the till, the safe or the bank`(
    _ method: PaymentMethod, _ session: UInt64, _ account: String
  ) throws {
    let at = try books.take(
      PaymentMade.with {
        $0.payment = PaymentID(1)
        $0.to = .staff(StaffID(3))
        $0.amount = money(100)
        $0.method = method
        if session > 0 { $0.tillSession = TillSessionID(session) }
        $0.settles = [
          PaidItem(.payrollLine(PayrollItem(PayrollRunID(1), StaffID(3))), money(90)),
          PaidItem(.account("1240"), money(10)),
        ]
      }, on: 1)
    #expect(
      books.lines(at: at) == ["2300 D3 M1 0.90", "1240 D3 M1 0.10", "\(account) D3 M1 -1.00"])
  }

  // 20.03 are owed: 20.00 or 20.05 leave the till, and the cents are gained or given away.
  @Test(
    arguments: [
      (Int64(-3), UInt64(3), ["1010 Y2 M1 0.03", "6910 Y2 M1 -0.03"]),
      (2, 3, ["1010 Y2 M1 -0.02", "6910 Y2 M1 0.02"]),
      (-3, 0, ["1020 Y2 M1 0.03", "6910 Y2 M1 -0.03"]),
    ])
  mutating func `of a payment made that the coins round has the cents, by a rule of its own`(
    _ rounding: Int64, _ session: UInt64, _ cents: [String]
  ) throws {
    var made = PaymentMade.with {
      $0.payment = PaymentID(1)
      $0.to = .party(PartyID(2))
      $0.amount = money(2_003)
      $0.method = .cash(CashTender.with { $0.rounding = money(rounding) })
      if session > 0 { $0.tillSession = TillSessionID(session) }
      $0.settles = [PaidItem(.account("6120"), money(2_003))]
    }
    let at = try books.take(made, on: 1)
    let whole = ["6120 Y2 M1 20.03", "\(session > 0 ? "1010" : "1020") Y2 M1 -20.03"]
    #expect(books.lines(at: at) == whole + cents)
    #expect(rules(at: at) == [36])
    made.method = .cash(CashTender())
    let plain = try books.take(made, on: 1)
    #expect(books.lines(at: plain) == whole)
    #expect(rules(at: plain) == [12])
  }

  private func rules(at position: UInt64) -> Set<UInt16> {
    var rules: Set<UInt16> = []
    books.model.forEachPosting { if $0.position.number == position { rules.insert($0.entry.rule) } }
    return rules
  }

  @Test mutating func `of cash that reached the bank clears what was on its way`() throws {
    let at = try books.take(
      BankLineReconciled.with {
        $0.bankAccount = BankAccountID(1)
        $0.amount = money(900)
        $0.matches = [
          BankMatch(.cashInTransit(Position(7)), money(1_000)),
          BankMatch(.booked(Position(8)), money(-100)),
        ]
      }, on: 1)
    #expect(books.lines(at: at) == ["1100 - BA1 10.00", "1030 - BA1 -10.00"])
  }

  @Test mutating func `of a bank line is one line of the bank, as on its statement`() throws {
    let at = try books.take(
      BankLineReconciled.with {
        $0.bankAccount = BankAccountID(1)
        $0.amount = money(9_600)
        $0.matches = [
          BankMatch(.cardClearing(Position(7)), money(10_000)),
          BankMatch(.booked(Position(8)), money(-100)),
          BankMatch(.account("6200"), money(-300)),
        ]
        $0.unbooked = money(9_700)
      }, on: 1)
    #expect(
      books.lines(at: at) == ["1100 - BA1 97.00", "1150 - BA1 -100.00", "6200 - BA1 3.00"])
  }

  @Test mutating func `of an entry by hand stands at the clinics that it names`() throws {
    let at = try books.take(
      JournalPosted.with {
        $0.lines = [
          .with {
            $0.account = "6100"
            $0.debit = money(500)
            $0.clinic = ClinicID(2)
          },
          .with {
            $0.account = "2050"
            $0.credit = money(500)
            $0.clinic = ClinicID(2)
          },
        ]
      }, on: 1)
    #expect(books.lines(at: at) == ["6100 - J1 5.00", "2050 - J1 -5.00"])
    let here = AccountingReports.trialBalance(books.view, AccountingQuery(clinic: 1))
    #expect(here.rows.isEmpty)
  }

  @Test mutating func `is refused of accounts that no chart has`() throws {
    #expect(throws: PostingError.self) {
      try books.take(
        JournalPosted.with {
          $0.lines = [
            .with {
              $0.account = "nowhere"
              $0.debit = money(1)
            }
          ]
        }, on: 1)
    }
    #expect(books.lines().isEmpty)
  }
}
