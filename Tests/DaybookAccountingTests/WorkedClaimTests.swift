import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Worked by hand: command by command, with the entries that they make.
@Suite struct `Worked by hand` {
  // A treatment of 100.00. The insurer covers the patient with a co-pay of 20.00: it owes 80.00.
  // The patient pays the 20.00 by card. The claim asks for the whole 100.00; the insurer allows
  // 85.00 and leaves 20.00 to the patient, who has paid them: 15.00 are taken off, 65.00 are to
  // come. Of a second treatment of 50.00 the insurer takes the co-pay over.
  // The first remittance pays 65.00. The second takes 25.00 of them back and pays the 50.00:
  // 25.00 come in, and the insurer owes 25.00 again.
  @Test func `an insured treatment, its co-pay, and a remittance with a take-back`() throws {
    var desk = try DecidedBooks()
    try desk.perform(
      as: .reception,
      SetCoverage.with {
        $0.patient = PatientID(1)
        $0.payer = PartyID(1)
        $0.priority = .primary
        $0.from = Day(daysSince1970: 20_454)
        $0.copay = .fixed(money(2_000))
      })
    try desk.see()
    #expect(
      try desk.treat(10_000) == [
        "1210 Y1 C1 100.00", "4000 P1 C1 -100.00",
        "1200 P1 C1 20.00", "1210 Y1 C1 -20.00",
      ])
    #expect(try desk.pay(1, 2_000) == ["1150 P1 M1 20.00", "1200 P1 M1 -20.00"])
    #expect(
      try desk.treat(5_000) { $0.responsible = .payer(PartyID(1), .primary) } == [
        "1210 Y1 C2 50.00", "4000 P1 C2 -50.00",
        "1200 P1 C2 20.00", "1210 Y1 C2 -20.00",
      ])
    #expect(
      try desk.perform(
        as: .accountant,
        TransferResponsibility.with {
          $0.charge = ChargeID(2)
          $0.from = .patient(PatientID(1))
          $0.to = .payer(PartyID(1), .primary)
          $0.amount = money(2_000)
          $0.reason = .covered
        }) == ["1210 Y1 C2 20.00", "1200 P1 C2 -20.00"])

    try desk.on("2026-03-10")
    for (charge, amount) in [(1, 10_000), (2, 5_000)] as [(UInt64, Int64)] {
      #expect(
        try desk.perform(
          as: .accountant,
          SubmitClaim.with {
            $0.payer = PartyID(1)
            $0.charges = [ClaimRequest(ChargeID(charge), money(amount))]
          }
        ).isEmpty)
    }
    #expect(
      try desk.perform(
        as: .accountant,
        AdjudicateClaim.with {
          $0.claim = ClaimID(1)
          $0.outcome = .adjudicated
          $0.lines = [
            .with {
              $0.charge = ChargeID(1)
              $0.billed = money(10_000)
              $0.paid = money(6_500)
              $0.contractual = money(1_500)
              $0.patientDue = money(2_000)
              $0.codes = ["CO-45", "PR-3"]
            }
          ]
        }) == ["4096 Y1 C1 15.00", "1210 Y1 C1 -15.00"])

    try desk.on("2026-03-20")
    #expect(
      try desk.perform(
        as: .accountant,
        ReceiveRemittance.with {
          $0.payer = PartyID(1)
          $0.reference = "RA-1"
          $0.lines = [RemittedCharge(ClaimID(1), ChargeID(1), money(6_500))]
        }) == ["1100 Y1 M2 65.00", "1210 Y1 M2 -65.00"])
    try desk.on("2026-04-20")
    #expect(
      try desk.perform(
        as: .accountant,
        ReceiveRemittance.with {
          $0.payer = PartyID(1)
          $0.reference = "RA-2"
          $0.lines = [
            RemittedCharge(ClaimID(2), ChargeID(2), money(5_000)),
            RemittedCharge(ClaimID(1), ChargeID(1), money(-2_500)),
          ]
          $0.total = money(2_500)
        }) == ["1100 Y1 M3 25.00", "1210 Y1 M3 25.00", "1210 Y1 M3 -50.00"])
    #expect(desk.balance("1200") == 0 && desk.balance("1210") == 2_500)
    #expect(desk.balance("1100") == 9_000)
    #expect(desk.faults.isEmpty)
  }

  // Six sessions for 1,000.00, of which 700.00 are paid. Each earns 1,000.00 / 6, by running
  // totals: 166.67, then 333.33 less 166.67 = 166.66. After two of them 666.67 are not earned. The
  // clinic gives 500.00 back: the 300.00 that are still owed, and 200.00 of what was paid, which is
  // the patient's credit until it is paid out by transfer. 166.67 stay with the clinic: with the 333.33
  // that were earned, the 500.00 that it has kept of the 700.00.
  @Test func `a package sold, used twice, and refunded in part`() throws {
    var desk = try DecidedBooks()
    try desk.perform(
      as: .admin,
      DefineService.with {
        $0.name = "Six sessions"
        $0.type = .package
      })
    try desk.see()
    #expect(
      try desk.perform(
        as: .reception,
        SellPackage.with {
          $0.patient = PatientID(1)
          $0.service = ServiceID(2)
          $0.sessions = 6
          $0.price = money(100_000)
          $0.priceReason = .agreed
        }) == ["1200 P1 C1 1000.00", "2110 P1 C1 -1000.00"])
    #expect(try desk.pay(1, 70_000) == ["1150 P1 M1 700.00", "1200 P1 M1 -700.00"])
    for (charge, earned) in [("C2", "166.67"), ("C3", "166.66")] {
      let lines = try desk.treat(0) {
        $0.package = PackageID(1)
        $0.priceReason = .unspecified
      }
      #expect(lines == ["2110 P1 \(charge) \(earned)", "4000 P1 \(charge) -\(earned)"])
    }
    #expect(
      try desk.perform(
        as: .cashier,
        CancelPackage.with {
          $0.package = PackageID(1)
          $0.sessionsLeft = 4
          $0.refundDue = money(50_000)
          $0.reason = .patient
        }) == [
          "2110 P1 PK1 666.67", "1200 P1 PK1 -300.00", "2150 P1 PK1 -200.00",
          "4040 P1 PK1 -166.67",
        ])
    #expect(desk.balance("2150") == -20_000)
    #expect(
      try desk.perform(
        PayRefund.with {
          $0.to = .patient(PatientID(1))
          $0.amount = money(20_000)
          $0.method = .transfer(BankTender())
          $0.reason = "package cancelled"
        }) == ["2150 P1 M3 200.00", "1100 P1 M3 -200.00"])
    let refund = try desk.spec.events[0].decoded(as: RefundPaid.self)
    #expect(refund.parts == [RefundedPart(PaymentID(2), money(20_000))])
    #expect(desk.balance("2110") == 0 && desk.balance("1200") == 0 && desk.balance("2150") == 0)
    #expect(desk.balance("4000") == -33_333 && desk.balance("4040") == -16_667)
    #expect(desk.balance("1150") == 70_000 && desk.balance("1100") == -20_000)
    #expect(desk.faults.isEmpty)
  }

  // Goods came in at 100.00. The invoice asks 104.00 for them and 50.00 for the laboratory, each
  // with 21 % tax: 21.84 and 10.50. 15 % of input tax can be deducted: 3.28 of 21.84 (3.276), 1.58
  // of 10.50 (1.575, half away); 18.56 and 8.92 are cost. 15 % of the laboratory's 50.00 are
  // withheld. Of the 186.34 the supplier gets 178.84, the tax office 7.50; 4.00 is the price
  // difference.
  @Test func `a supplier's invoice with price difference, pro-rata and withholding`() throws {
    var desk = try DecidedBooks(proRata: 1_500)
    try desk.perform(
      as: .admin,
      DefineItem.with {
        $0.name = "Gloves"
        $0.baseUnit = "piece"
      })
    #expect(
      try desk.perform(
        as: .buyer,
        ReceiveGoods.with {
          $0.supplier = PartyID(2)
          $0.lines = [
            .with {
              $0.item = ItemID(1)
              $0.quantity = .one
              $0.value = money(10_000)
            }
          ]
        }) == ["1400 Y2 R1 100.00", "2010 Y2 R1 -100.00"])
    #expect(
      try desk.perform(
        as: .accountant,
        RecordSupplierInvoice.with {
          $0.supplier = PartyID(2)
          $0.number = "2026/117"
          $0.date = Day(daysSince1970: 20_514)
          $0.lines = [
            .with {
              $0.receipt = ReceiptID(1)
              $0.net = money(10_400)
              $0.tax = money(2_184)
            },
            .with {
              $0.account = "6130"
              $0.net = money(5_000)
              $0.tax = money(1_050)
            },
          ]
          $0.withheld = Withholding(money(750), "15%")
          $0.total = money(18_634)
        }) == [
          "2010 Y2 SI1 100.00", "5030 Y2 SI1 4.00", "1450 Y2 SI1 3.28", "6450 Y2 SI1 18.56",
          "6130 Y2 SI1 50.00", "1450 Y2 SI1 1.58", "6450 Y2 SI1 8.92",
          "2000 Y2 SI1 -178.84", "2310 Y2 SI1 -7.50",
        ])
    #expect(
      try desk.perform(
        MakePayment.with {
          $0.to = .party(PartyID(2))
          $0.amount = money(17_884)
          $0.settles = [PaidItem(.invoice(SupplierInvoiceID(1)), money(17_884))]
        }) == ["2000 Y2 M1 178.84", "1100 Y2 M1 -178.84"])
    // The bank shows the payment: it stands on the bank already, and only the fee is new.
    #expect(
      try desk.perform(
        ReconcileBankLine.with {
          $0.line = "1"
          $0.amount = money(-17_984)
          $0.matches = [
            StatementMatch(.payment(PaymentID(1))), StatementMatch(.account("6210"), money(-100)),
          ]
        }) == ["1100 - BA1 -1.00", "6210 - BA1 1.00"])
    #expect(desk.balance("2010") == 0 && desk.balance("2000") == 0)
    #expect(desk.faults.isEmpty)
  }

  // The patient owes 100.00 and is not to be found: all of it is lost. A year later 40.00 are to
  // be had after all, and come in.
  @Test func `a bad debt and its recovery`() throws {
    var desk = try DecidedBooks()
    try desk.see()
    try desk.treat(10_000)
    func adjust(_ type: AdjustmentType, _ amount: Int64) -> PostAdjustment {
      .with {
        $0.charge = ChargeID(1)
        $0.type = type
        $0.amount = money(amount)
      }
    }
    #expect(
      try desk.perform(as: .accountant, adjust(.badDebt, 10_000))
        == ["6300 P1 C1 100.00", "1200 P1 C1 -100.00"])
    try desk.on("2027-03-02")
    #expect(
      try desk.perform(adjust(.recovery, 4_000)) == ["1200 P1 C1 40.00", "6300 P1 C1 -40.00"])
    #expect(
      try desk.pay(1, 4_000, .transfer(BankTender()))
        == ["1100 P1 M1 40.00", "1200 P1 M1 -40.00"])
    #expect(desk.balance("6300") == 6_000 && desk.balance("1200") == 0)
    #expect(desk.faults.isEmpty)
  }

  // 100.00 and 21.00 of tax are lost, and the law gives the tax back. Half of it is to be had after all:
  // 10.50 of tax are owed again.
  @Test func `a bad debt whose tax comes back, and what of it is recovered`() throws {
    var desk = try DecidedBooks()
    try desk.perform(
      as: .admin,
      SetTaxCode.with {
        $0.code = "S"
        $0.rate = Rate(basisPoints: 2_100)
        $0.taxClass = .standard
      })
    try desk.see()
    try desk.treat(10_000) { $0.taxCode = TaxCodeID(1) }
    func adjust(_ type: AdjustmentType, _ amount: Int64) -> PostAdjustment {
      .with {
        $0.charge = ChargeID(1)
        $0.type = type
        $0.amount = money(amount)
        if type == .badDebt { $0.badDebtTax = .relieved }
      }
    }
    func lines() throws -> [String] {
      try AccountingReports.tax(desk.books.view, AccountingQuery())
        .texts("side", "kind", "base", "tax")
    }
    #expect(
      try desk.perform(as: .accountant, adjust(.badDebt, 12_100))
        == ["6300 P1 C1 100.00", "2200 P1 C1 21.00", "1200 P1 C1 -121.00"])
    #expect(
      try lines() == [
        "output supplies 100.00 21.00", "output credit notes and returns -100.00 -21.00",
      ])
    #expect(
      try desk.perform(adjust(.recovery, 6_050))
        == ["1200 P1 C1 60.50", "6300 P1 C1 -50.00", "2200 P1 C1 -10.50"])
    #expect(
      try lines() == [
        "output supplies 100.00 21.00", "output credit notes and returns -50.00 -10.50",
      ])
    #expect(desk.balance("6300") == 5_000 && desk.balance("2200") == -1_050)
    #expect(desk.faults.isEmpty)
  }

  // Everybody pays 100.00, the insurer 80.00 by contract, of which the patient pays a fifth: 16.00. The
  // claim asks for the whole 100.00, and the insurer takes 24.00 off: 20.00 were taken off with the
  // treatment, so 4.00 are left to post.
  @Test func `a contract allowed for with the treatment, and the rest with the answer`() throws {
    var desk = try DecidedBooks()
    for (payer, price) in [(nil, 100), (PartyID(1), 80)] as [(PartyID?, Int64)] {
      try desk.perform(
        as: .admin,
        SetPrice.with {
          $0.priced = .service(ServiceID(1))
          $0.payer = payer
          $0.unitPrice = UnitPrice(tenThousandths: price * 10_000)
          $0.allowance = payer != nil
        })
    }
    try desk.perform(
      as: .reception,
      SetCoverage.with {
        $0.patient = PatientID(1)
        $0.payer = PartyID(1)
        $0.priority = .primary
        $0.from = Day(daysSince1970: 20_454)
        $0.copay = .share(Rate(basisPoints: 2_000))
      })
    try desk.see()
    #expect(
      try desk.perform(
        as: .practitioner,
        PerformTreatment.with {
          $0.encounter = EncounterID(1)
          $0.service = ServiceID(1)
        }) == [
          "1210 Y1 C1 100.00", "4000 P1 C1 -100.00", "4096 Y1 C1 20.00", "1210 Y1 C1 -20.00",
          "1200 P1 C1 16.00", "1210 Y1 C1 -16.00",
        ])
    try desk.perform(
      as: .accountant,
      SubmitClaim.with {
        $0.payer = PartyID(1)
        $0.charges = [ClaimRequest(ChargeID(1), money(10_000))]
      })
    #expect(
      try desk.perform(
        as: .accountant,
        AdjudicateClaim.with {
          $0.claim = ClaimID(1)
          $0.outcome = .adjudicated
          $0.lines = [
            .with {
              $0.charge = ChargeID(1)
              $0.billed = money(10_000)
              $0.paid = money(6_000)
              $0.contractual = money(2_400)
              $0.patientDue = money(1_600)
            }
          ]
          $0.payment = .transfer(BankTender())
        }) == [
          "4096 Y1 C1 4.00", "1210 Y1 C1 -4.00", "1100 Y1 M1 60.00", "1210 Y1 M1 -60.00",
        ])
    #expect(desk.balance("1210") == 0 && desk.balance("4096") == 2_400)
    #expect(desk.faults.isEmpty)
  }
}

/// Complaints about other programs, each as what does not happen here.
@Suite struct `Money that moves` {
  // LESSONS 3: reconciling elsewhere changes the vouchers that it reconciles.
  @Test func `is reconciled without changing what was recorded`() throws {
    var desk = try DecidedBooks()
    try desk.see()
    try desk.treat(10_000)
    try desk.pay(1, 10_000)
    let payment = desk.spec.state.billing.payments[PaymentID(1)]
    let charge = desk.spec.state.billing.charges[ChargeID(1)]
    #expect(
      try desk.perform(
        as: .accountant,
        ReconcileBankLine.with {
          $0.line = "1"
          $0.amount = money(9_850)
          $0.matches = [
            StatementMatch(.payment(PaymentID(1))), StatementMatch(.account("6200"), money(-150)),
          ]
        }) == [
          "1100 - BA1 98.50", "1150 - BA1 -100.00", "6200 - BA1 1.50",
        ])
    #expect(desk.spec.events.count == 1)
    #expect(desk.spec.state.billing.payments[PaymentID(1)]?.unapplied == payment?.unapplied)
    #expect(desk.spec.state.billing.charges[ChargeID(1)]?.shares == charge?.shares)
    #expect(desk.balance("1150") == 0)
  }

  // LESSONS 15: what patient and insurer pay too much is reported wrong elsewhere.
  @Test func `in excess is credit of whoever paid it, beside what they owe`() throws {
    var desk = try DecidedBooks()
    try desk.perform(
      as: .reception,
      SetCoverage.with {
        $0.patient = PatientID(1)
        $0.payer = PartyID(1)
        $0.priority = .primary
        $0.from = Day(daysSince1970: 20_454)
        $0.copay = .fixed(money(2_000))
      })
    try desk.see()
    try desk.treat(10_000)
    #expect(
      try desk.pay(1, 3_000)
        == ["1150 P1 M1 30.00", "1200 P1 M1 -20.00", "1210 Y1 M1 -10.00"])
    #expect(
      try desk.perform(
        as: .cashier,
        ReceivePayment.with {
          $0.from = .party(.payer(PartyID(1)))
          $0.amount = money(8_000)
          $0.method = .transfer(BankTender())
          $0.settling = [ChargeID(1)]
        }) == ["1100 Y1 M2 80.00", "1210 Y1 M2 -70.00", "2150 Y1 M2 -10.00"])
    #expect(desk.balance("2150") == -1_000 && desk.balance("1210") == 0)
    #expect(desk.faults.isEmpty)
  }

  // LESSONS 16: posting an invoice elsewhere made entries that do not balance.
  @Test func `always balances, or nothing is recorded`() throws {
    var desk = try DecidedBooks()
    let before = desk.spec.history.lastPosition
    let spec = desk.spec.by(.staff(1), .accountant).when(
      PostJournal.with {
        $0.memo = "one cent off"
        $0.lines = [
          .with {
            $0.account = "6100"
            $0.debit = money(10_000)
          },
          .with {
            $0.account = "1100"
            $0.credit = money(9_999)
          },
        ]
      })
    spec.thenRefused(.unbalanced)
    #expect(spec.history.lastPosition == before)
    // Whoever writes such an event past the Desk gets no entry of it.
    #expect(throws: PostingError.self) {
      try desk.takeUnbalanced()
    }
  }
}

extension DecidedBooks {
  fileprivate mutating func takeUnbalanced() throws {
    var copy = books
    try copy.take(
      JournalPosted.with {
        $0.lines = [
          .with {
            $0.account = "6100"
            $0.debit = money(1)
          }
        ]
      }, on: 1)
  }
}
