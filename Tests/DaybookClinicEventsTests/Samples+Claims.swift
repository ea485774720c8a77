import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  static func packages() throws -> [EventSample] {
    [
      try EventSample(
        full: TreatmentPlanAccepted.with {
          $0.plan = PlanID(3)
          $0.patient = PatientID(17)
          $0.lines = [PlannedService(ServiceID(12), units: 2, dollars(16_000))]
          $0.total = dollars(16_000)
          $0.validTo = Day(daysSince1970: 20_700)
        },
        minimal: TreatmentPlanAccepted.with {
          $0.plan = PlanID(3)
          $0.patient = PatientID(17)
          $0.lines = [PlannedService(ServiceID(12), euros(8_000))]
          $0.total = euros(8_000)
        }),
      try EventSample(
        full: PackageSold.with {
          $0.package = PackageID(4)
          $0.patient = PatientID(17)
          $0.sharers = [PatientID(18)]
          $0.service = ServiceID(30)
          $0.covers = [ServiceID(12)]
          $0.sessions = 10
          $0.price = dollars(50_000)
          $0.expires = Day(daysSince1970: 20_900)
          $0.opening = true
          $0.priceReason = .promotion
          $0.approver = StaffID(1)
        },
        minimal: PackageSold.with {
          $0.package = PackageID(4)
          $0.patient = PatientID(17)
          $0.service = ServiceID(30)
          $0.sessions = 10
          $0.price = euros(50_000)
        }),
      try EventSample(
        full: PackageCancelled.with {
          $0.package = PackageID(4)
          $0.patient = PatientID(17)
          $0.sessionsLeft = 8
          $0.rest = dollars(40_000)
          $0.refundDue = dollars(30_000)
          $0.released = [
            Allocation(ChargeID(311), owedBy: .patient(PatientID(17)), dollars(10_000))
          ]
          $0.reason = .patient
          $0.credit = PaymentID(510)
          $0.tax = dollars(6_300)
        },
        minimal: PackageCancelled.with {
          $0.package = PackageID(4)
          $0.patient = PatientID(17)
          $0.rest = euros(0)
          $0.refundDue = euros(0)
          $0.reason = .expired
          $0.tax = euros(0)
        }),
    ]
  }

  static func purchases() throws -> [EventSample] {
    [
      try EventSample(
        full: SupplierInvoiceRecorded.with {
          $0.invoice = SupplierInvoiceID(5)
          $0.supplier = PartyID(9)
          $0.number = "2026/117"
          $0.date = Day(daysSince1970: 20_510)
          $0.due = Day(daysSince1970: 20_540)
          $0.lines = [
            SupplierInvoiceLine.with {
              $0.received = ReceiptMatch.with {
                $0.receipt = ReceiptID(4)
                $0.line = 1
                $0.quantity = .one
                $0.value = dollars(9_500)
                $0.returned = true
              }
              $0.account = "6120"
              $0.net = dollars(10_000)
              $0.taxCode = TaxCodeID(2)
              $0.tax = dollars(2_100)
              $0.deductible = dollars(315)
              $0.reverseCharge = true
              $0.staff = StaffID(3)
              $0.run = PayrollRunID(2)
            }
          ]
          $0.withheld = Withholding(dollars(1_500), "IRPF")
          $0.total = dollars(10_000)
          $0.approver = StaffID(1)
        },
        minimal: SupplierInvoiceRecorded.with {
          $0.invoice = SupplierInvoiceID(5)
          $0.supplier = PartyID(9)
          $0.number = "117"
          $0.lines = [
            SupplierInvoiceLine.with {
              $0.account = "6100"
              $0.net = euros(10_000)
              $0.tax = euros(0)
              $0.deductible = euros(0)
            }
          ]
          $0.total = euros(10_000)
        }),
      try EventSample(
        full: PaymentMade.with {
          $0.payment = PaymentID(501)
          $0.to = .party(PartyID(9))
          $0.amount = dollars(8_000)
          $0.method = .transfer(BankTender.with { $0.reference = "SEPA-9" })
          $0.tillSession = TillSessionID(3)
          $0.settles = [
            PaidItem(.invoice(SupplierInvoiceID(5)), dollars(8_500)),
            PaidItem(
              .opening(
                OpeningItem.with {
                  $0.entry = JournalID(1)
                  $0.line = 2
                  $0.account = "2000"
                }), dollars(100)),
            PaidItem(.account("5030"), dollars(-600)),
            PaidItem(.payrollLine(PayrollItem(PayrollRunID(2), StaffID(3))), dollars(50)),
          ]
          $0.approver = StaffID(1)
        },
        minimal: PaymentMade.with {
          $0.payment = PaymentID(501)
          $0.to = .staff(StaffID(3))
          $0.amount = euros(8_000)
          $0.method = .transfer(BankTender())
          $0.settles = [PaidItem(.account("1240"), euros(8_000))]
        }),
    ]
  }

  static func bankAndJournal() throws -> [EventSample] {
    [
      try EventSample(
        full: RemittanceReceived.with {
          $0.payment = PaymentID(502)
          $0.payer = PartyID(4)
          $0.reference = "RA-7"
          $0.date = Day(daysSince1970: 20_520)
          $0.lines = [
            RemittanceLine.with {
              $0.claim = ClaimID(40)
              $0.charge = ChargeID(311)
              $0.priority = .primary
              $0.paid = dollars(5_000)
            },
            RemittanceLine.with {
              $0.claim = ClaimID(39)
              $0.charge = ChargeID(310)
              $0.priority = .tertiary
              $0.paid = dollars(-1_000)
            },
          ]
          $0.providerAdjustments = [
            ProviderAdjustment.with {
              $0.type = .interest
              $0.code = "L6"
              $0.amount = dollars(12)
              $0.claim = ClaimID(40)
            }
          ]
          $0.total = dollars(4_012)
        },
        minimal: RemittanceReceived.with {
          $0.payment = PaymentID(502)
          $0.payer = PartyID(4)
          $0.lines = [
            RemittanceLine.with {
              $0.charge = ChargeID(311)
              $0.priority = .primary
              $0.paid = euros(5_000)
            }
          ]
          $0.total = euros(5_000)
        }),
      try EventSample(
        full: BankLineReconciled.with {
          $0.bankAccount = BankAccountID(1)
          $0.line = "2026-03/17"
          $0.date = Day(daysSince1970: 20_520)
          $0.amount = dollars(11_900)
          $0.matches = [
            BankMatch(.booked(Position(7)), dollars(2_000)),
            BankMatch(.cardClearing(Position(8)), dollars(9_000)),
            BankMatch(.cashInTransit(Position(9)), dollars(1_000)),
            BankMatch(.account("6200"), dollars(-100)),
          ]
          $0.unbooked = dollars(9_900)
        },
        minimal: BankLineReconciled.with {
          $0.bankAccount = BankAccountID(1)
          $0.line = "17"
          $0.amount = euros(-100)
          $0.matches = [BankMatch(.account("6210"), euros(-100))]
        }),
      try EventSample(
        full: JournalPosted.with {
          $0.entry = JournalID(2)
          $0.lines = [
            JournalLine.with {
              $0.account = "1210"
              $0.debit = dollars(5_000)
              $0.credit = dollars(1)
              $0.clinic = ClinicID(2)
              $0.party = .party(PartyID(4))
              $0.document = "old claim 7"
              $0.due = Day(daysSince1970: 20_530)
              $0.taxCode = TaxCodeID(2)
              $0.charge = ChargeID(400)
              $0.payment = PaymentID(600)
              $0.patient = PatientID(17)
            },
            JournalLine.with {
              $0.account = "2150"
              $0.debit = dollars(0)
              $0.credit = dollars(5_000)
              $0.party = .patient(PatientID(17))
            },
          ]
          $0.memo = "opening balances"
          $0.opening = true
        },
        minimal: JournalPosted.with {
          $0.entry = JournalID(2)
          $0.lines = [
            JournalLine.with {
              $0.account = "6100"
              $0.debit = euros(1)
              $0.credit = euros(0)
            },
            JournalLine.with {
              $0.account = "2050"
              $0.debit = euros(0)
              $0.credit = euros(1)
            },
          ]
        }),
    ]
  }
}
