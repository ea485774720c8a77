import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private func usd(_ minor: Int64) -> Amount { Amount(minorUnits: minor, .usd) }

@Suite struct `Accepting a treatment plan` {
  private func plan(
    _ lines: Few<PlannedService> = [PlannedService(Clinic.implanting, units: 2, cents(300))],
    _ change: (inout AcceptTreatmentPlan) -> Void = { _ in }
  ) -> AcceptTreatmentPlan {
    .with {
      $0.patient = Clinic.patient
      $0.lines = lines
      change(&$0)
    }
  }

  private func treat(_ units: UInt32, line: UInt32 = 1) -> PerformTreatment {
    Clinic.treat(150) {
      $0.units = units
      $0.priceReason = .unspecified
      $0.planLine = PlanLine(PlanID(1), line: line)
    }
  }

  @Test func `adds its lines up`() {
    let lines: Few<PlannedService> = [
      PlannedService(Clinic.implanting, units: 2, cents(300)),
      PlannedService(Clinic.consult, cents(50)),
    ]
    packageClinic.when(plan(lines) { $0.total = cents(350) }).then(
      TreatmentPlanAccepted.with {
        $0.plan = PlanID(1)
        $0.patient = Clinic.patient
        $0.lines = lines
        $0.total = cents(350)
      })
    packageClinic.when(plan(lines) { $0.total = cents(351) })
      .thenRefused(PackageRefusal.planTotal(stated: usd(351), sum: usd(350)), field: "total")
  }

  @Test func `names who, what and for how long`() {
    packageClinic.when(plan([])).thenRefused(.fieldRequired)
    packageClinic.when(plan([PlannedService(Clinic.consult, units: 0, cents(1))])).thenRefused(
      .outOfRange)
    packageClinic.when(plan([PlannedService(ServiceID(9), cents(1))])).thenRefused(
      .unknownReference)
    packageClinic.when(plan([PlannedService(Clinic.consult, cents(-1))])).thenRefused(
      .amountNegative)
    packageClinic.when(plan { $0.patient = PatientID(9) }).thenRefused(.unknownReference)
    let late = plan { $0.validTo = Clinic.day("2026-03-01") }
    packageClinic.when(late).thenRefused(.outOfRange)
    packageClinic.importing.when(late).thenFound(.outOfRange)
  }

  @Test func `is fulfilled by treatments, at the price that was agreed`() throws {
    let spec = packageClinic.given(plan()).treating.when(treat(1))
    spec.thenEvents(TreatmentPerformed.self, ChargePosted.self)
    #expect(try spec.events[0].decoded(as: TreatmentPerformed.self).priceReason == .agreed)
    spec.when(treat(2))
      .thenRefused(PackageRefusal.planFulfilled(PlanLine(PlanID(1), line: 1), left: 1))
    spec.when(treat(1)).thenEvents(TreatmentPerformed.self, ChargePosted.self)
  }

  @Test func `asks the plan's price where the treatment names none`() throws {
    var treatment = treat(1)
    treatment.listPrice = nil
    let odd = plan([PlannedService(Clinic.implanting, units: 2, cents(301))])
    var spec = packageClinic.given(odd).treating
    // 301 for two: 151 (150.5, half away), then 150.
    for price in [151, 150] as [Int64] {
      spec = spec.when(treatment)
      let charge = try spec.events[1].decoded(as: ChargePosted.self)
      #expect(charge.net == cents(price))
    }
  }

  @Test func `holds for its patient, its lines and its days`() {
    let spec = packageClinic.given(plan()).treating
    let line = PlanLine(PlanID(1), line: 2)
    spec.when(treat(1, line: 2)).thenRefused(PackageRefusal.noSuchPlanLine(line))
    packageClinic.treating.when(treat(1)).thenRefused(.unknownReference)
    packageClinic.given(plan { $0.patient = Clinic.other }).treating.when(treat(1))
      .thenRefused(PackageRefusal.otherPlan(PlanID(1), Clinic.other))
    packageClinic.given(plan([PlannedService(Clinic.consult, cents(1))])).treating.when(treat(1))
      .thenRefused(
        PackageRefusal.otherPlannedService(PlanLine(PlanID(1), line: 1), Clinic.consult))
    let late = packageClinic.given(plan { $0.validTo = Clinic.today }).treating
      .at(Clinic.moment("2026-03-03T09:00:00Z"))
    late.when(treat(1)).thenRefused(PackageRefusal.planExpired(PlanID(1), Clinic.today))
    late.importing.when(treat(1)).thenFound(.invalidState)
  }
}
