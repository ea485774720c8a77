import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  static func accounting() throws -> [EventSample] {
    [
      try EventSample(
        full: ChargePosted.with {
          $0.charge = ChargeID(311)
          $0.patient = PatientID(17)
          $0.encounterLine = EncounterLine(EncounterID(88), line: 1)
          $0.service = ServiceID(12)
          $0.units = 1
          $0.practitioner = StaffID(3)
          $0.list = dollars(8_000)
          $0.discount = dollars(1_000)
          $0.net = dollars(7_000)
          $0.taxCode = TaxCodeID(2)
          $0.tax = dollars(1_470)
          $0.responsible = .payer(PartyID(4), .tertiary)
          $0.package = PackageID(4)
          $0.recognised = dollars(700)
          $0.listTax = dollars(1_680)
          $0.sale = SaleID(412)
        },
        minimal: ChargePosted.with {
          $0.charge = ChargeID(311)
          $0.patient = PatientID(17)
          $0.service = ServiceID(12)
          $0.units = 1
          $0.list = euros(7_749)
          $0.discount = euros(0)
          $0.net = euros(7_749)
          $0.tax = euros(0)
          $0.responsible = .patient(PatientID(17))
        }),
      try EventSample(
        full: ResponsibilityTransferred.with {
          $0.charge = ChargeID(311)
          $0.from = .payer(PartyID(4), .primary)
          $0.to = .payer(PartyID(5), .secondary)
          $0.amount = dollars(7_749)
          $0.reason = .nextPayer
        },
        minimal: ResponsibilityTransferred.with {
          $0.charge = ChargeID(311)
          $0.from = .payer(PartyID(4), .primary)
          $0.to = .patient(PatientID(17))
          $0.amount = euros(7_749)
          $0.reason = .imported
        }),
      try EventSample(
        full: AdjustmentPosted.with {
          $0.charge = ChargeID(311)
          $0.debtor = .payer(PartyID(4), .primary)
          $0.type = .contractual
          $0.amount = dollars(250)
          $0.reasonCode = "CO-45"
          $0.approver = StaffID(1)
          $0.provided = dollars(50)
          $0.tax = dollars(40)
        },
        minimal: AdjustmentPosted.with {
          $0.charge = ChargeID(311)
          $0.debtor = .patient(PatientID(17))
          $0.type = .writeOff
          $0.amount = euros(2)
          $0.provided = euros(0)
          $0.tax = euros(0)
        }),
      try EventSample(
        full: PaymentReceived.with {
          $0.payment = PaymentID(500)
          $0.from = .other(PartyID(2))
          $0.amount = dollars(10_000)
          $0.allocations = [
            Allocation(ChargeID(311), owedBy: .patient(PatientID(17)), dollars(2_000)),
            Allocation(ChargeID(312), owedBy: .payer(PartyID(4), .primary), dollars(3_000)),
            Allocation(ChargeID(313), owedBy: .payer(PartyID(5), .secondary), dollars(1_000)),
            Allocation(ChargeID(314), owedBy: .payer(PartyID(6), .tertiary), dollars(1_000)),
          ]
          $0.method = .cash(
            CashTender.with {
              $0.tendered = dollars(10_500)
              $0.change = dollars(301)
              $0.rounding = dollars(-1)
            })
          $0.deposit = Deposit.with {
            $0.purpose = .package(PackageID(4))
            $0.taxCode = TaxCodeID(2)
            $0.tax = dollars(521)
          }
          $0.tillSession = TillSessionID(9)
          $0.tip = dollars(200)
          $0.remittance = "RA-1"
        },
        minimal: PaymentReceived.with {
          $0.payment = PaymentID(500)
          $0.from = .patient(PatientID(17))
          $0.amount = euros(7_749)
          $0.allocations = [
            Allocation(ChargeID(311), owedBy: .patient(PatientID(17)), euros(7_749))
          ]
          $0.method = .card(CardTender())
        }),
      try EventSample(
        full: PaymentAllocated.with {
          $0.payment = PaymentID(500)
          $0.from = .payer(PartyID(4))
          $0.allocation = Allocation(
            ChargeID(311), owedBy: .patient(PatientID(17)), dollars(100))
          $0.ofDeposit = true
          $0.tax = dollars(17)
        },
        minimal: PaymentAllocated.with {
          $0.payment = PaymentID(500)
          $0.from = .walkIn
          $0.allocation = Allocation(ChargeID(311), owedBy: .patient(PatientID(17)), euros(100))
          $0.tax = euros(0)
        }),
    ]
  }

  static func accountingClaims() throws -> [EventSample] {
    [
      try EventSample(
        full: ClaimSubmitted.with {
          $0.claim = ClaimID(40)
          $0.payer = PartyID(4)
          $0.priority = .primary
          $0.patient = PatientID(17)
          $0.charges = [
            ClaimedCharge(ChargeID(311), dollars(7_749)), ClaimedCharge(ChargeID(312), dollars(0)),
          ]
          $0.total = dollars(7_749)
          $0.replaces = ClaimID(39)
        },
        minimal: ClaimSubmitted.with {
          $0.claim = ClaimID(40)
          $0.payer = PartyID(4)
          $0.priority = .primary
          $0.patient = PatientID(17)
          $0.charges = [ClaimedCharge(ChargeID(311), euros(7_749))]
          $0.total = euros(7_749)
        }),
      try EventSample(
        full: ClaimAdjudicated.with {
          $0.claim = ClaimID(40)
          $0.outcome = .adjudicated
          $0.lines = [
            AdjudicatedLine.with {
              $0.charge = ChargeID(311)
              $0.billed = dollars(7_749)
              $0.paid = dollars(5_000)
              $0.contractual = dollars(1_000)
              $0.patientDue = dollars(1_750)
              $0.other = dollars(-1)
              $0.codes = ["CO-45", "PR-1", "PR-2", "OA-23"]
            }
          ]
          $0.remittance = "RA-1"
        },
        minimal: ClaimAdjudicated.with {
          $0.claim = ClaimID(40)
          $0.outcome = .rejected
        }),
    ]
  }
}
