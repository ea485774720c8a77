import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

func service(_ resource: ResourceID, _ result: ServicingResult) -> ServiceEquipment {
  .with {
    $0.resource = resource
    $0.type = .service
    $0.result = result
  }
}

extension Clinic {
  /// Forceps that are used again.
  static var defineForceps: DefineItem {
    .with {
      $0.name = "Forceps"
      $0.baseUnit = "set"
      $0.sterilisable = true
    }
  }

  /// With a steriliser and a chair; the admin acts.
  static func equipped(_ spec: Spec = open) -> Spec {
    spec.by(.staff(1), .admin).given(
      DefineResource.with {
        $0.type = .steriliser
        $0.name = "Autoclave"
      }
    ).given(
      DefineResource.with {
        $0.type = .chair
        $0.name = "Chair"
      })
  }

  static let chair = ResourceID(2)
  static let forceps = ItemID(3)
  static let steriliser = ResourceID(1)

  static func cycle(_ result: SterilisationResult = .passed, failing: String? = nil)
    -> RecordSterilisation
  {
    .with {
      $0.steriliser = steriliser
      $0.programme = "134 B"
      $0.start = moment("2026-03-02T08:00:00Z").instant
      $0.end = moment("2026-03-02T08:40:00Z").instant
      $0.trays = Few(
        ["T1", "T2"].map { tray in
          .with {
            $0.item = forceps
            $0.tray = tray
            $0.failed = tray == failing
          }
        })
      $0.result = result
    }
  }
}

@Suite struct `Servicing equipment` {
  private var spec: Spec { Clinic.equipped().atTheStore }

  @Test func `is recorded with its cost and when it is due again`() {
    var repair = service(Clinic.steriliser, .fit)
    repair.type = .repair
    repair.cost = cents(120_00)
    repair.nextDue = Clinic.day("2026-09-02")
    repair.supplier = Clinic.supplier
    spec.when(repair).then(
      EquipmentServiced.with {
        $0.resource = Clinic.steriliser
        $0.type = .repair
        $0.result = .fit
        $0.cost = cents(120_00)
        $0.nextDue = Clinic.day("2026-09-02")
        $0.supplier = Clinic.supplier
      })
  }

  @Test func `tells from when on it may not be used`() {
    let later = Clinic.moment("2026-03-02T10:00:00Z")
    let unfit = spec.given(service(Clinic.steriliser, .unfit))
    let fit = unfit.at(later).given(service(Clinic.steriliser, .fit))
    let before = Clinic.moment("2026-03-02T08:00:00Z").instant
    for (state, isFit) in [(unfit.state, false), (fit.state, true)] {
      #expect(state.equipment.isFit(Clinic.steriliser, at: before))
      #expect(!state.equipment.isFit(Clinic.steriliser, at: Clinic.nine.instant))
      #expect(state.equipment.isFit(Clinic.steriliser, at: later.instant) == isFit)
      #expect(state.equipment.isFit(ResourceID(2), at: later.instant))
    }
  }

  @Test func `keeps what is unfit from being booked, until it is fit again`() {
    let booking = BookAppointment.with {
      $0.patient = Clinic.patient
      $0.practitioner = Clinic.doctor
      $0.resource = Clinic.chair
      $0.start = Clinic.moment("2026-03-02T11:00:00Z").instant
      $0.durationSeconds = 600
      $0.channel = .desk
    }
    let unfit = spec.given(service(Clinic.chair, .unfit))
    unfit.by(.staff(2), .reception).when(booking)
      .thenRefused(EquipmentRefusal.unfit(Clinic.chair))
    unfit.given(service(Clinic.chair, .fit)).by(.staff(2), .reception).when(booking)
      .thenEvents(AppointmentBooked.self)
    var other = booking
    other.resource = nil
    unfit.by(.staff(2), .reception).when(other).thenEvents(AppointmentBooked.self)
  }

  @Test func `is for what stands here`() {
    Clinic.two.when(service(ResourceID(9), .fit)).thenRefused(.unknownReference)
    Clinic.equipped(Clinic.two).at(clinic: 2).by(.staff(3), .buyer)
      .when(service(Clinic.chair, .fit)).thenRefused(.invalidState)
  }

  @Test func `names everything that is wrong at once`() {
    var wrong = ServiceEquipment()
    wrong.cost = cents(-1)
    wrong.nextDue = Clinic.day("2026-03-01")
    wrong.supplier = Clinic.insurer
    spec.when(wrong).thenRefused(
      .unknownReference, .fieldRequired, .fieldRequired, .amountNegative, .outOfRange,
      .invalidState)
  }
}

@Suite struct `Sterilisation` {
  private var spec: Spec {
    Clinic.equipped(Clinic.seen()).given(Clinic.defineForceps).by(.staff(2), .practitioner)
  }

  private func treat(_ tray: String) -> PerformTreatment {
    Clinic.treat(100) {
      $0.devices = [
        .with {
          $0.item = Clinic.forceps
          $0.lot = tray
        }
      ]
    }
  }

  @Test func `is numbered without a gap, for each steriliser`() {
    let first = spec.when(Clinic.cycle())
    first.then(
      SterilisationRecorded.with {
        $0.cycle = CycleID(1)
        $0.steriliser = Clinic.steriliser
        $0.number = 1
        $0.programme = "134 B"
        $0.start = Clinic.moment("2026-03-02T08:00:00Z").instant
        $0.end = Clinic.moment("2026-03-02T08:40:00Z").instant
        $0.trays = Clinic.cycle().trays
        $0.result = .passed
        $0.operatedBy = Clinic.doctor
      })
    var next = Clinic.cycle()
    next.number = 3
    first.when(next).thenRefused(EquipmentRefusal.cycleGap(Clinic.steriliser, next: 2))
    next.number = 2
    first.when(next).thenEvents(SterilisationRecorded.self)
    next.number = 1
    first.when(next).thenRefused(.numberGap)
  }

  @Test func `leaves trays that failed unusable, until a cycle succeeds with them`() {
    let one = spec.given(Clinic.cycle(failing: "T2"))
    one.when(treat("T1")).thenEvents(TreatmentPerformed.self, ChargePosted.self)
    one.when(treat("T2")).thenRefused(StockRefusal.notSterile("T2"))
    one.importing.when(treat("T2")).thenFound(.lotHeld)
    one.given(Clinic.cycle(.failed)).when(treat("T1")).thenRefused(.lotHeld)
    one.given(Clinic.cycle()).when(treat("T2"))
      .thenEvents(TreatmentPerformed.self, ChargePosted.self)
  }

  @Test func `runs in a steriliser`() {
    var wrong = Clinic.cycle()
    wrong.steriliser = Clinic.chair
    spec.when(wrong).thenRefused(EquipmentRefusal.notASteriliser(Clinic.chair))
  }

  @Test func `is refused in a steriliser that is unfit`() {
    let unfit = spec.at(Clinic.moment("2026-03-02T07:00:00Z"))
      .given(service(Clinic.steriliser, .unfit)).at(Clinic.nine)
    unfit.when(Clinic.cycle()).thenRefused(EquipmentRefusal.unfit(Clinic.steriliser))
    unfit.importing.when(
      RecordSterilisation.with {
        $0 = Clinic.cycle()
        $0.operatedBy = Clinic.doctor
      }
    ).thenFound(.invalidState)
  }

  @Test func `names everything that is wrong at once`() {
    var wrong = RecordSterilisation()
    wrong.start = Clinic.nine.instant
    wrong.operatedBy = StaffID(9)
    wrong.trays = [
      .with { $0.item = Clinic.gloves },
      .with { $0.item = ItemID(9) },
    ]
    spec.when(wrong).thenRefused(
      .unknownReference, .fieldRequired, .outOfRange, .fieldRequired, .unknownReference,
      .invalidState, .fieldRequired, .unknownReference, .fieldRequired)
    wrong.trays = []
    wrong.end = Clinic.moment("2026-03-03T09:00:00Z").instant
    spec.when(wrong).thenRefused(
      .futureNotAllowed, .unknownReference, .fieldRequired, .fieldRequired, .unknownReference,
      .fieldRequired)
  }
}
