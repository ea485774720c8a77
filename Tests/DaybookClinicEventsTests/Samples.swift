import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// A full and a minimal sample of every event.
enum Samples {
  static func all() throws -> [EventSample] {
    try administration() + catalogue() + frontOffice() + scheduling() + accounting()
      + accountingClaims() + accountingTill() + accountingSales() + accountingInvoices()
      + accountingReturns() + packages() + purchases() + bankAndJournal()
      + humanResourcesAndLogistics() + people() + logisticsStock() + periods()
      + corrections()
  }

  static func euros(_ cents: Int64) -> Amount { Amount(minorUnits: cents, .eur) }
  static func dollars(_ cents: Int64) -> Amount { Amount(minorUnits: cents, .usd) }
  static func after(seconds: Int64) -> Instant {
    Instant(milliseconds: EventSample.base.milliseconds + 1000 * seconds)
  }

  static func administration() throws -> [EventSample] {
    [
      try EventSample(
        full: ClinicDefined.with {
          $0.clinic = ClinicID(1)
          $0.name = "Clínica Sol"
          $0.legalName = "Clínica Sol, S. L."
          $0.taxID = "B12345678"
          $0.address.street = "Calle Mayor 1"
          $0.address.city = "Madrid"
          $0.address.region = "Madrid"
          $0.address.postalCode = "28013"
          $0.address.country = "ES"
          $0.timeZone = "Europe/Madrid"
          $0.transitions = [
            ZoneTransition(offset: UTCOffset(seconds: 3600)),
            ZoneTransition(at: after(seconds: 2_331_000), offset: UTCOffset(seconds: 7200)),
            ZoneTransition(at: after(seconds: 20_475_000), offset: UTCOffset(seconds: 3600)),
            ZoneTransition(at: after(seconds: 33_780_600), offset: UTCOffset(seconds: 7200)),
          ]
          $0.currency = .eur
          $0.fiscalYearStartMonth = 1
          $0.proRata = Rate(basisPoints: 1_500)
          $0.limits.refund = euros(10_000)
          $0.limits.writeOff = euros(100)
          $0.limits.discount = euros(5_000)
          $0.limits.reversal = euros(0)
          $0.limits.payment = euros(300_000)
          $0.openHours = [
            OpenHours(.monday, from: 32_400, to: 50_400), OpenHours(.sunday, from: 0, to: 86_400),
          ]
          $0.taxRounding = .perDocument
          $0.badDebtTax = .relieved
        },
        minimal: ClinicDefined.with {
          $0.clinic = ClinicID(1)
          $0.name = "Sol"
          $0.timeZone = "UTC"
          $0.transitions = [ZoneTransition()]
          $0.currency = .usd
        }),
      try EventSample(
        full: RolesSet.with {
          $0.staff = StaffID(3)
          $0.clinic = ClinicID(1)
          $0.roles = [.admin, .reception, .practitioner, .cashier, .auditor]
        },
        minimal: RolesSet.with {
          $0.staff = StaffID(3)
          $0.clinic = ClinicID(1)
        }),
      try EventSample(
        full: ServiceDefined.with {
          $0.service = ServiceID(12)
          $0.code = "D2392"
          $0.name = "Filling, two surfaces"
          $0.type = .treatment
          $0.durationSeconds = 2_700
          $0.taxCode = TaxCodeID(1)
          $0.active = true
          $0.commissionable = true
          $0.credentialKinds = ["licence", "insurance"]
          $0.recipe = [
            RecipeLine(ItemID(1), Quantity(thousandths: 2_000)),
            RecipeLine(ItemID(2), Quantity(thousandths: 250)),
          ]
        },
        minimal: ServiceDefined.with {
          $0.service = ServiceID(12)
          $0.code = "185345009"
        }),
      try EventSample(
        full: PartyRegistered.with {
          $0.party = PartyID(2)
          $0.type = .other
          $0.name = "Guarantors Ltd"
          $0.taxID = "X1"
          $0.termsDays = 30
          $0.address.city = "Bath"
          $0.person = PartyPerson.with {
            $0.personID = PersonID(9)
            $0.sealed = [1, 2, 3]
            $0.name = "Mary Major"
            $0.phone = "+44 1"
            $0.email = "m@example.org"
            $0.address = "1 Low Road"
          }
        },
        minimal: PartyRegistered.with {
          $0.party = PartyID(1)
          $0.type = .payer
        }),
    ]
  }

  static func frontOffice() throws -> [EventSample] {
    [
      try EventSample(
        full: PatientRegistered.with {
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
        },
        minimal: PatientRegistered.with {
          $0.patient = PatientID(17)
          $0.person.personID = PersonID(18)
        }),
      try EventSample(
        full: CoverageSet.with {
          $0.patient = PatientID(17)
          $0.payer = PartyID(4)
          $0.priority = .secondary
          $0.from = Day(daysSince1970: 20_000)
          $0.to = Day(daysSince1970: 20_365)
          $0.copay = .fixed(euros(500))
          $0.person = CoveragePerson.with {
            $0.personID = PersonID(18)
            $0.sealed = [0]
            $0.policy = "M-1"
            $0.authorisation = "A-2"
          }
        },
        minimal: CoverageSet.with {
          $0.patient = PatientID(17)
          $0.payer = PartyID(4)
          $0.priority = .primary
          $0.from = Day(daysSince1970: 20_000)
        }),
      try EventSample(
        full: AppointmentBooked.with {
          $0.appointment = AppointmentID(300)
          $0.patient = PatientID(17)
          $0.practitioner = StaffID(3)
          $0.resource = ResourceID(2)
          $0.services = [ServiceID(1), ServiceID(2), ServiceID(200), ServiceID(4)]
          $0.start = after(seconds: 86_400)
          $0.durationSeconds = 1_800
          $0.overbook = true
          $0.channel = .phone
          $0.series = SeriesID(4)
          $0.request = RequestID(31)
        },
        minimal: AppointmentBooked.with {
          $0.appointment = AppointmentID(300)
          $0.patient = PatientID(17)
          $0.practitioner = StaffID(3)
          $0.start = after(seconds: 0)
          $0.durationSeconds = 900
        }),
      try EventSample(
        full: PatientCheckedIn.with {
          $0.visit = VisitID(88)
          $0.appointment = AppointmentID(300)
          $0.patient = PatientID(17)
          $0.arrivedAt = after(seconds: -120)
          $0.walkIn = true
          $0.coverage = [.payer(PartyID(4), .primary), .payer(PartyID(5), .secondary)]
        },
        minimal: PatientCheckedIn.with {
          $0.visit = VisitID(88)
          $0.patient = PatientID(17)
          $0.arrivedAt = after(seconds: 0)
        }),
      try EventSample(
        full: EncounterStarted.with {
          $0.encounter = EncounterID(88)
          $0.visit = VisitID(88)
          $0.patient = PatientID(17)
          $0.practitioner = StaffID(3)
          $0.resource = ResourceID(2)
          $0.start = after(seconds: 60)
        },
        minimal: EncounterStarted.with {
          $0.encounter = EncounterID(88)
          $0.visit = VisitID(88)
          $0.patient = PatientID(17)
          $0.practitioner = StaffID(3)
          $0.start = after(seconds: 0)
        }),
      try EventSample(
        full: TreatmentPerformed.with {
          $0.encounter = EncounterID(88)
          $0.line = 1
          $0.service = ServiceID(12)
          $0.units = 1
          $0.practitioner = StaffID(3)
          $0.bodySite = "36"
          $0.diagnoses = ["K02.1", "K02.9"]
          $0.listPrice = dollars(8_000)
          $0.discount = dollars(1_000)
          $0.priceReason = .courtesy
          $0.taxCode = TaxCodeID(2)
          $0.planLine = PlanLine(PlanID(3), line: 2)
          $0.package = PackageID(4)
          $0.devices = [
            Device.with {
              $0.item = ItemID(7)
              $0.lot = "8477791433724820"
              $0.serial = "488266988"
              $0.expiry = Day(daysSince1970: 17_181)
            }
          ]
          $0.approver = StaffID(1)
        },
        minimal: TreatmentPerformed.with {
          $0.encounter = EncounterID(88)
          $0.line = 1
          $0.service = ServiceID(12)
          $0.units = 1
          $0.practitioner = StaffID(3)
          $0.listPrice = euros(7_749)
          $0.discount = euros(0)
          $0.priceReason = .imported
        }),
      try EventSample(
        full: EncounterCompleted.with {
          $0.encounter = EncounterID(88)
          $0.end = after(seconds: 900)
          $0.outcome = .followUp
        },
        minimal: EncounterCompleted.with {
          $0.encounter = EncounterID(88)
          $0.end = after(seconds: 0)
        }),
    ]
  }

  static func humanResourcesAndLogistics() throws -> [EventSample] {
    [
      try EventSample(
        full: StaffHired.with {
          $0.staff = StaffID(3)
          $0.person.personID = PersonID(3)
          $0.person.sealed = [9]
          $0.person.name = "Víctor Noriega"
          $0.person.phone = "555-0101"
          $0.person.email = "victor@example.org"
          $0.person.address = "2 Elm Street"
          $0.positions = ["GENERAL PRACTICE", "SURGERY"]
          $0.clinics = [ClinicID(1), ClinicID(2)]
          $0.contract = .employee
          $0.weekSeconds = 144_000
          $0.payBasis = .hour
          $0.payRate = UnitPrice(tenThousandths: 351_250)
          $0.leaveDays = Quantity(thousandths: 22_500)
          $0.start = Day(daysSince1970: 20_000)
          $0.overtimePremium = Rate(basisPoints: 2_500)
        },
        minimal: StaffHired.with {
          $0.staff = StaffID(3)
          $0.person.personID = PersonID(3)
          $0.clinics = [ClinicID(1)]
          $0.contract = .contractor
        }),
      try EventSample(
        full: ItemDefined.with {
          $0.item = ItemID(7)
          $0.code = "705643001"
          $0.name = "Coronary artery stent"
          $0.gtin = "13465995954590"
          $0.baseUnit = "piece"
          $0.packs = [Pack("box", Quantity(thousandths: 10_000))]
          $0.lotTracked = true
          $0.expiryTracked = true
          $0.reorderPoint = Quantity(thousandths: 5_000)
          $0.reorderQuantity = Quantity(thousandths: 20_000)
          $0.leadDays = 14
          $0.sterilisable = true
          $0.implant = true
          $0.controlled = true
          $0.taxCode = TaxCodeID(2)
        },
        minimal: ItemDefined.with {
          $0.item = ItemID(7)
          $0.baseUnit = "piece"
        }),
      try EventSample(
        full: GoodsReceived.with {
          $0.receipt = ReceiptID(1)
          $0.order = OrderID(88)
          $0.supplier = PartyID(6)
          $0.clinic = ClinicID(1)
          $0.lines = [
            ReceiptLine.with {
              $0.item = ItemID(7)
              $0.lot = "L77"
              $0.expiry = Day(daysSince1970: 21_000)
              $0.quantity = Quantity(thousandths: 10_000)
              $0.unitCost = UnitPrice(tenThousandths: 42_000)
              $0.value = dollars(4_200)
            }
          ]
          $0.opening = true
          $0.due = Day(daysSince1970: 20_500)
        },
        minimal: GoodsReceived.with {
          $0.receipt = ReceiptID(1)
          $0.clinic = ClinicID(1)
          $0.lines = [
            ReceiptLine.with {
              $0.item = ItemID(7)
              $0.quantity = Quantity(thousandths: 10_000)
              $0.value = euros(0)
            }
          ]
          $0.opening = true
        }),
      try EventSample(
        full: StockIssued.with {
          $0.clinic = ClinicID(1)
          $0.item = ItemID(7)
          $0.lines = [
            IssueLine(lot: "L76", quantity: Quantity(thousandths: 1_000), value: dollars(420)),
            IssueLine(lot: "L77", quantity: Quantity(thousandths: 500), value: dollars(210)),
          ]
          $0.short = Quantity(thousandths: 500)
          $0.purpose = .treatment
          $0.encounterLine = EncounterLine(EncounterID(88), line: 1)
          $0.patient = PatientID(17)
          $0.lotOverride = LotOverride.with {
            $0.reason = "other box opened"
            $0.approver = StaffID(1)
          }
          $0.soldLine = SoldLine(SaleID(412), line: 2)
          $0.late = true
        },
        minimal: StockIssued.with {
          $0.clinic = ClinicID(1)
          $0.item = ItemID(7)
          $0.lines = [IssueLine(quantity: Quantity(thousandths: 24_000), value: euros(0))]
          $0.purpose = .treatment
        }),
    ]
  }
}
