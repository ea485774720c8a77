import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

typealias Spec = DeciderSpec<DeskState>

/// A small clinic to begin tests with: one site, four people, two payers, a few services and items.
enum Clinic {
  static let here: UInt64 = 1
  static let id = ClinicID(1)
  static let admin = StaffID(1)
  static let doctor = StaffID(2)
  static let cashier = StaffID(3)
  static let accountant = StaffID(4)
  static let patient = PatientID(1)
  static let other = PatientID(2)
  static let insurer = PartyID(1)
  static let second = PartyID(2)
  static let supplier = PartyID(3)
  static let consult = ServiceID(1)
  static let implanting = ServiceID(2)
  static let gloves = ItemID(1)
  static let screw = ItemID(2)

  /// 2026-03-02, nine o'clock.
  static let nine = moment("2026-03-02T09:00:00Z")
  static let today = day("2026-03-02")

  static func moment(_ text: String) -> Moment {
    (try? Moment(parsing: text)) ?? Moment()
  }

  static func day(_ text: String) -> Day { (try? Day(parsing: text)) ?? Day() }

  /// The book before anything, at nine, with the system itself acting.
  static var empty: Spec { Spec().at(nine).by(.system, .system) }

  /// The clinic alone.
  static var begun: Spec { empty.given(defineClinic) }

  static var defineClinic: DefineClinic {
    .with {
      $0.name = "North"
      $0.timeZone = "UTC"
      $0.transitions = [ZoneTransition()]
      $0.currency = .usd
      $0.fiscalYearStartMonth = 1
    }
  }

  static func hire(_ name: String) -> HireStaff {
    .with {
      $0.person.name = name
      $0.clinics = [id]
      $0.contract = .employee
      $0.start = day("2020-01-01")
    }
  }

  static func roles(_ staff: StaffID, _ roles: Few<ClinicRole>) -> SetRoles {
    .with {
      $0.staff = staff
      $0.clinic = id
      $0.roles = roles
    }
  }

  /// With staff; the admin acts.
  static var staffed: Spec {
    begun
      .given(hire("Ada")).given(hire("Ben")).given(hire("Cleo")).given(hire("Dora"))
      .given(roles(admin, [.admin]))
      .by(.staff(1), .admin).at(clinic: here)
      .given(roles(doctor, [.practitioner, .reception]))
      .given(roles(cashier, [.cashier, .buyer]))
      .given(roles(accountant, [.accountant]))
  }

  static func party(_ name: String, _ type: PartyType) -> RegisterParty {
    .with {
      $0.name = name
      $0.type = type
    }
  }

  static func patient(_ name: String) -> RegisterPatient {
    .with { $0.person.familyName = name }
  }

  static func service(_ name: String, _ recipe: Few<RecipeLine> = []) -> DefineService {
    .with {
      $0.name = name
      $0.type = .treatment
      $0.durationSeconds = 1800
      $0.recipe = recipe
    }
  }

  static var defineGloves: DefineItem {
    .with {
      $0.name = "Gloves"
      $0.baseUnit = "piece"
    }
  }

  static var defineScrew: DefineItem {
    .with {
      $0.name = "Screw"
      $0.baseUnit = "piece"
      $0.lotTracked = true
      $0.expiryTracked = true
      $0.implant = true
    }
  }

  /// With parties, patients, items and services; the admin acts.
  static var open: Spec {
    staffed
      .given(party("Insurer", .payer)).given(party("Second", .payer))
      .given(party("Supplier", .supplier))
      .by(.staff(2), .reception).given(patient("Young")).given(patient("Zeno"))
      .by(.staff(1), .admin).given(defineGloves).given(defineScrew)
      .given(service("Consultation", [RecipeLine(gloves, .one)]))
      .given(service("Implanting"))
  }

  static func coverage(
    _ payer: PartyID, _ priority: CoveragePriority = .primary, copay: Copay? = nil
  ) -> SetCoverage {
    .with {
      $0.patient = patient
      $0.payer = payer
      $0.priority = priority
      $0.from = day("2026-01-01")
      $0.to = day("2026-12-31")
      $0.copay = copay
    }
  }

  /// With the patient seen by the doctor in an open encounter; the doctor acts.
  static func seen(copay: Copay? = nil, insured: Bool = false) -> Spec {
    var spec = open.by(.staff(2), .reception)
    if insured { spec = spec.given(coverage(insurer, copay: copay)) }
    return
      spec
      .given(CheckInPatient.with { $0.patient = patient })
      .by(.staff(2), .practitioner)
      .given(
        StartEncounter.with {
          $0.visit = VisitID(1)
          $0.practitioner = doctor
        })
  }

  static func treat(_ price: Int64, _ change: (inout PerformTreatment) -> Void = { _ in })
    -> PerformTreatment
  {
    .with {
      $0.encounter = EncounterID(1)
      $0.service = implanting
      $0.listPrice = Amount(minorUnits: price)
      $0.priceReason = .agreed
      change(&$0)
    }
  }

  /// With one charge of that price; the accountant acts.
  static func charged(_ price: Int64, copay: Copay? = nil, insured: Bool = false) -> Spec {
    seen(copay: copay, insured: insured).given(treat(price)).by(.staff(4), .accountant)
  }

  static let charge = ChargeID(1)
}

/// So many cents.
func cents(_ minor: Int64) -> Amount { Amount(minorUnits: minor) }

extension DeciderSpec {
  /// From now on an import acts, in its role.
  var importing: Self { by(.importer(1), .import) }
}
