import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// What a treatment uses of a package, checked and not yet written.
struct PackageUse {
  /// What the sessions earn of the price.
  var recognised: Int64
  /// The rule of the package's tax, which was due when it was sold.
  var taxCode: TaxCodeID?
  /// The clinic that sold it, whose deferred income it lowers.
  var clinic: ClinicID
}

extension Review {
  /// Sessions of a package that may be used for a service on a patient; nil, and a violation,
  /// where they may not.
  mutating func use(
    _ package: PackageID, sessions: UInt32, of service: ServiceID, on patient: PatientID?,
    _ state: DeskState, _ field: String
  ) -> PackageUse? {
    guard let known = known(package, in: state.packages.packages, field) else { return nil }
    let currency = state.administration.clinics[known.clinic]?.currency
    if let currency, let here = clinic?.currency, currency != here {
      refuse(PackageRefusal.otherBooks(package, clinic: known.clinic), field)
    }
    if !known.isLive {
      refuse(PackageRefusal.cancelled(package), field)
    } else if sessions > known.sessionsLeft {
      refuse(PackageRefusal.exhausted(package, left: known.sessionsLeft), field)
    }
    if let last = known.expires, last < effective.day {
      question(PackageRefusal.expired(package, last), field)
    }
    // Who was merged goes on with what they had.
    let served = [known.patient] + known.sharers
    if let patient, !served.contains(where: { state.patients.current($0) == patient }) {
      refuse(PackageRefusal.otherPackage(package, known.patient), field)
    }
    if !known.covers.isEmpty, !known.covers.contains(service) {
      refuse(PackageRefusal.notCovered(package, service), field)
    }
    guard known.isLive, sessions <= known.sessionsLeft, known.sessions > 0 else { return nil }
    do {
      let total = try PackageShare.earned(
        of: known.price, used: known.used + sessions, of: known.sessions)
      return PackageUse(
        recognised: total &- known.earned, taxCode: known.taxCode, clinic: known.clinic)
    } catch {
      refuse(DeskRefusal.tooLarge("the package's price"), field)
      return nil
    }
  }

  /// The line of a plan that a treatment fulfils: the patient's, of that service, with units left.
  mutating func requirePlanned(
    _ line: PlanLine, _ service: ServiceID, units: UInt32, for patient: PatientID?,
    _ state: DeskState, _ field: String
  ) {
    guard let plan = known(line.plan, in: state.packages.plans, field) else { return }
    if let patient, state.patients.current(plan.patient) != patient {
      refuse(PackageRefusal.otherPlan(line.plan, plan.patient), field)
    }
    if let last = plan.validTo, last < effective.day {
      question(PackageRefusal.planExpired(line.plan, last), field)
    }
    guard line.line > 0, Int(line.line) <= plan.lines.count else {
      refuse(PackageRefusal.noSuchPlanLine(line), field)
      return
    }
    let planned = plan.lines[Int(line.line) - 1]
    if planned.service != service {
      refuse(PackageRefusal.otherPlannedService(line, planned.service), field)
    }
    if units > planned.unitsLeft {
      refuse(PackageRefusal.planFulfilled(line, left: planned.unitsLeft), field)
    }
  }
}
