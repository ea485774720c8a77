import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  private static func taxes(_ net: Int64, _ tax: Int64) -> TaxSum {
    TaxSum.with {
      $0.taxCode = TaxCodeID(2)
      $0.rate = Rate(basisPoints: 2_100)
      $0.net = dollars(net)
      $0.tax = dollars(tax)
    }
  }

  private static func due(_ day: Int32, _ amount: Int64) -> DueDate {
    DueDate.with {
      $0.date = Day(daysSince1970: day)
      $0.amount = dollars(amount)
    }
  }

  static func accountingInvoices() throws -> [EventSample] {
    [
      try EventSample(
        full: InvoiceIssued.with {
          $0.invoice = InvoiceID(5)
          $0.series = "A"
          $0.number = 5
          $0.date = Day(daysSince1970: 20_000)
          $0.customer = InvoiceCustomer.with {
            $0.party = .payer(PartyID(4))
            $0.name = "Insurer"
            $0.taxID = "B1"
            $0.address.city = "Madrid"
            $0.person = InvoicePerson.with {
              $0.personID = PersonID(18)
              $0.sealed = [4]
              $0.name = "José Gómez"
              $0.taxID = "1Z"
              $0.address = "Calle Mayor 1"
            }
          }
          $0.issuer = InvoiceIssuer.with {
            $0.legalName = "Clínica Sol, S. L."
            $0.taxID = "B12345678"
            $0.address.city = "Madrid"
          }
          $0.lines = [
            InvoiceLine.with {
              $0.charge = ChargeID(311)
              $0.owedBy = .payer(PartyID(4), .primary)
              $0.net = dollars(7_000)
              $0.taxCode = TaxCodeID(2)
              $0.rate = Rate(basisPoints: 2_100)
              $0.tax = dollars(1_471)
              $0.rounding = dollars(1)
            },
            InvoiceLine.with {
              $0.deposit = PaymentID(500)
              $0.net = dollars(100)
              $0.tax = dollars(0)
              $0.rounding = dollars(0)
            },
            InvoiceLine.with {
              $0.sale = SaleID(412)
              $0.net = dollars(100)
              $0.tax = dollars(0)
              $0.rounding = dollars(0)
            },
          ]
          $0.deductions = [
            DepositDeduction.with {
              $0.payment = PaymentID(499)
              $0.net = dollars(1_000)
              $0.taxCode = TaxCodeID(2)
              $0.rate = Rate(basisPoints: 2_100)
              $0.tax = dollars(210)
            }
          ]
          $0.taxes = [taxes(6_000, 1_260), taxes(200, 0)]
          $0.total = dollars(7_460)
          $0.due = [due(20_030, 7_000), due(20_060, 460)]
          $0.released = [released(210)]
        },
        minimal: InvoiceIssued.with {
          $0.invoice = InvoiceID(5)
          $0.series = "A"
          $0.number = 5
          $0.date = Day(daysSince1970: 20_000)
          $0.total = euros(0)
        }),
      try EventSample(
        full: InvoiceRectified.with {
          $0.invoice = InvoiceID(6)
          $0.series = "AR"
          $0.number = 1
          $0.date = Day(daysSince1970: 20_001)
          $0.original = InvoiceID(5)
          $0.lines = [
            RectifiedLine.with {
              $0.line = 1
              $0.charge = ChargeID(311)
              $0.owedBy = .payer(PartyID(4), .primary)
              $0.net = dollars(1_000)
              $0.taxCode = TaxCodeID(2)
              $0.rate = Rate(basisPoints: 2_100)
              $0.tax = dollars(210)
              $0.deposit = PaymentID(500)
            }
          ]
          $0.taxes = [taxes(1_000, 210)]
          $0.total = dollars(1_210)
          $0.released = [released(210)]
          $0.reason = "agreed less"
          $0.approver = StaffID(1)
        },
        minimal: InvoiceRectified.with {
          $0.invoice = InvoiceID(6)
          $0.series = "A"
          $0.number = 1
          $0.date = Day(daysSince1970: 20_001)
          $0.original = InvoiceID(5)
          $0.total = euros(0)
        }),
    ]
  }

  private static func released(_ amount: Int64) -> ReleasedPart {
    ReleasedPart.with {
      $0.payment = PaymentID(500)
      $0.from = .payer(PartyID(4))
      $0.allocation = Allocation(
        ChargeID(311), owedBy: .payer(PartyID(4), .primary), dollars(amount))
      $0.ofDeposit = true
      $0.tax = dollars(36)
      $0.clinic = ClinicID(2)
      $0.credit = PaymentID(501)
    }
  }

  static func accountingReturns() throws -> [EventSample] {
    [
      try EventSample(
        full: AllocationReleased.with {
          $0.part = released(210)
          $0.reason = "meant for another charge"
        },
        minimal: AllocationReleased.with {
          $0.part = ReleasedPart.with {
            $0.payment = PaymentID(500)
            $0.from = .patient(PatientID(17))
            $0.allocation = Allocation(
              ChargeID(311), owedBy: .patient(PatientID(17)), euros(210))
            $0.tax = euros(0)
          }
        }),
      try EventSample(
        full: PaymentReturned.with {
          $0.payment = PaymentID(500)
          $0.from = .patient(PatientID(17))
          $0.amount = dollars(5_000)
          $0.method = .card
          $0.reason = .chargeback
          $0.fee = dollars(150)
          $0.reopened = [
            Allocation(ChargeID(311), owedBy: .patient(PatientID(17)), dollars(4_000))
          ]
          $0.ofDeposit = true
          $0.tax = dollars(174)
        },
        minimal: PaymentReturned.with {
          $0.payment = PaymentID(500)
          $0.from = .patient(PatientID(17))
          $0.amount = euros(5_000)
          $0.method = .cheque
          $0.reason = .cheque
          $0.tax = euros(0)
        }),
      try EventSample(
        full: RefundPaid.with {
          $0.refund = PaymentID(501)
          $0.to = .patient(PatientID(17))
          $0.amount = dollars(5_000)
          $0.method = .transfer(BankTender.with { $0.reference = "T1" })
          $0.tillSession = TillSessionID(9)
          $0.parts = [RefundedPart(PaymentID(500), dollars(5_000), tax: dollars(868))]
          $0.ofDeposit = true
          $0.reason = "moved away"
          $0.approver = StaffID(1)
        },
        minimal: RefundPaid.with {
          $0.refund = PaymentID(501)
          $0.to = .patient(PatientID(17))
          $0.amount = euros(5_000)
          $0.method = .cash(CashTender())
          $0.parts = [
            RefundedPart.with {
              $0.payment = PaymentID(500)
              $0.amount = euros(5_000)
              $0.tax = euros(0)
            }
          ]
        }),
    ]
  }
}
