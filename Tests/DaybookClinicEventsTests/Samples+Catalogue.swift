import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  /// Accounts, rules, prices, tax codes and resources.
  static func catalogue() throws -> [EventSample] {
    [
      try EventSample(
        full: AccountDefined.with {
          $0.account = LedgerAccountID(3)
          $0.code = "6150"
          $0.name = "Cleaning"
          $0.type = .expense
          $0.group = "Premises"
          $0.standsFor = "6100"
        },
        minimal: AccountDefined.with {
          $0.account = LedgerAccountID(3)
          $0.code = "6150"
        }),
      try EventSample(
        full: PostingRuleSet.with {
          $0.rule = PostingRuleID(1)
          $0.eventType = "ChargePosted"
          $0.variant = "consult"
          $0.slots = [
            PostingSlot("exemptIncome", account: "4005"), PostingSlot("discount", account: "4091"),
          ]
          $0.from = Day(daysSince1970: 20_454)
        },
        minimal: PostingRuleSet.with {
          $0.rule = PostingRuleID(1)
          $0.eventType = "ChargePosted"
        }),
      try EventSample(
        full: PriceSet.with {
          $0.price = PriceID(40)
          $0.priced = .service(ServiceID(12))
          $0.payer = PartyID(4)
          $0.unitPrice = UnitPrice(tenThousandths: 800_000)
          $0.from = Day(daysSince1970: 20_454)
          $0.allowance = true
        },
        minimal: PriceSet.with {
          $0.price = PriceID(40)
          $0.priced = .item(ItemID(7))
        }),
      try EventSample(
        full: TaxCodeSet.with {
          $0.taxCode = TaxCodeID(2)
          $0.code = "S21"
          $0.rate = Rate(basisPoints: 2_100)
          $0.taxClass = .standard
          $0.reason = "Art. 20.Uno.3"
          $0.deductible = true
          $0.returnBox = "07"
          $0.from = Day(daysSince1970: 20_454)
        },
        minimal: TaxCodeSet.with {
          $0.taxCode = TaxCodeID(2)
          $0.code = "E"
        }),
      try EventSample(
        full: ResourceDefined.with {
          $0.resource = ResourceID(2)
          $0.type = .steriliser
          $0.name = "Autoclave"
          $0.serial = "SN-1"
          $0.openHours = [OpenHours(.tuesday, from: 32_400, to: 64_800)]
          $0.retired = true
        },
        minimal: ResourceDefined.with {
          $0.resource = ResourceID(2)
          $0.name = "Room 1"
        }),
    ]
  }

  /// Patients amended and merged, appointments asked for, moved, called off and missed.
  static func scheduling() throws -> [EventSample] {
    [
      try EventSample(
        full: PatientAmended.with {
          $0.patient = PatientID(17)
          $0.person.personID = PersonID(18)
          $0.person.sealed = [7]
          $0.person.givenName = "José Eduardo"
          $0.person.familyName = "Gómez"
          $0.person.birthDate = Day(daysSince1970: -3_650)
          $0.person.phone = "555-0100"
          $0.person.email = "jose@example.org"
          $0.person.address = "12 Elm Street, Boston"
          $0.person.note = "Prefers mornings"
          $0.birthYear = 1960
          $0.sex = .male
          $0.reason = .changed
        },
        minimal: PatientAmended.with {
          $0.patient = PatientID(17)
          $0.person.personID = PersonID(18)
        }),
      try EventSample(
        full: PatientsMerged.with {
          $0.from = PatientID(19)
          $0.into = PatientID(17)
          $0.reason = .duplicate
        },
        minimal: PatientsMerged.with {
          $0.from = PatientID(19)
          $0.into = PatientID(17)
        }),
      try EventSample(
        full: AppointmentRequested.with {
          $0.request = RequestID(31)
          $0.patient = PatientID(17)
          $0.services = [ServiceID(1)]
          $0.practitioner = StaffID(3)
          $0.from = Day(daysSince1970: 20_520)
          $0.to = Day(daysSince1970: 20_540)
          $0.weekdays = [.monday, .friday]
          $0.priority = .urgent
        },
        minimal: AppointmentRequested.with {
          $0.request = RequestID(31)
          $0.patient = PatientID(17)
        }),
      try EventSample(
        full: AppointmentMoved.with {
          $0.appointment = AppointmentID(300)
          $0.practitioner = StaffID(3)
          $0.resource = ResourceID(2)
          $0.start = after(seconds: 90_000)
          $0.durationSeconds = 1_800
          $0.overbook = true
        },
        minimal: AppointmentMoved.with {
          $0.appointment = AppointmentID(300)
          $0.practitioner = StaffID(3)
          $0.start = after(seconds: 0)
          $0.durationSeconds = 900
        }),
      try EventSample(
        full: AppointmentCancelled.with {
          $0.appointment = AppointmentID(300)
          $0.by = .patient
          $0.noticeSeconds = 7_200
          $0.reason = .otherCommitment
          $0.feeService = ServiceID(9)
          $0.request = RequestID(31)
        },
        minimal: AppointmentCancelled.with {
          $0.appointment = AppointmentID(300)
          $0.by = .clinic
        }),
      try EventSample(
        full: AppointmentMissed.with {
          $0.appointment = AppointmentID(300)
          $0.type = .noShow
          $0.feeService = ServiceID(9)
        },
        minimal: AppointmentMissed.with {
          $0.appointment = AppointmentID(300)
          $0.type = .leftUnseen
        }),
    ]
  }
}
