import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Plans that are accepted, and sessions that are paid in advance.
  static let packages: Makers = [
    (.plan, { clinic, state, now in clinic.plan(state, now) }),
    (.packageSale, { clinic, state, now in clinic.package(state, now) }),
    (.packageEnd, { clinic, state, now in clinic.packageEnd(state, now) }),
  ]

  private mutating func plan(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let patient = livePatient(state) else { return nil }
    var plan = AcceptTreatmentPlan()
    plan.patient = patient
    for _ in 0..<dice.from(1...3) {
      let service = dice.chance(50) ? Self.consultation : Self.implanting
      plan.lines.append(
        PlannedService(service, units: UInt32(dice.from(1...4)), cents(0...40_000)))
    }
    if dice.chance(50) { plan.validTo = day(now, state).advanced(by: dice.from(5...200)) }
    return LegalCommand(plan, .practitioner)
  }

  private mutating func package(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let patient = livePatient(state) else { return nil }
    var sell = SellPackage()
    sell.patient = patient
    sell.service = Self.sessions
    sell.sessions = UInt32(dice.from(1...6))
    if dice.chance(30) { sell.covers = [Self.consultation] }
    if let sharer = livePatient(state), sharer != patient, dice.chance(20) {
      sell.sharers = [sharer]
    }
    if dice.chance(50) { sell.expires = day(now, state).advanced(by: dice.from(1...120)) }
    if dice.chance(8) {
      // Sold before the books began.
      sell.opening = true
      sell.price = cents(1_000...20_000)
      return LegalCommand(sell, .accountant)
    }
    if dice.chance(50) {
      sell.price = cents(0...50_000)
      sell.priceReason = .promotion
    }
    if let price = sell.price, dice.chance(30) {
      sell.discount = dollars(price.minorUnits / 7)
      sell.approver = other
    }
    return LegalCommand(sell, .cashier)
  }

  private mutating func packageEnd(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let found = find(in: state.packages.packages) { $0.isLive && $0.sessionsLeft > 0 }
    guard let (id, package) = found else { return nil }
    let today = day(now, state, at: package.clinic)
    let cancel = CancelPackage.with {
      $0.package = id
      $0.sessionsLeft = dice.chance(50) ? package.sessionsLeft : nil
      if let last = package.expires, last < today {
        $0.reason = .expired
      } else {
        $0.reason = dice.chance(70) ? .patient : .clinic
        // What is invoiced is rectified first.
        let isInvoiced = package.charge.flatMap { state.billing.charges[$0] }?.isInvoiced ?? false
        $0.refundDue = dollars(package.rest > 0 && !isInvoiced ? part(of: package.rest) : 0)
      }
    }
    return LegalCommand(cancel, .accountant, at: package.clinic)
  }

  /// A package of which the patient may use a session, and for what.
  mutating func session(
    of patient: PatientID, _ state: DeskState, at: Instant, _ clinic: ClinicID
  ) -> (package: PackageID, service: ServiceID)? {
    let today = day(at, state, at: clinic)
    let found = find(in: state.packages.packages) { package in
      let served = [package.patient] + package.sharers
      return package.isLive && package.sessionsLeft > 0
        && package.expires.map({ $0 >= today }) ?? true
        && served.contains { state.patients.current($0) == patient }
    }
    // What it earns it earns where it was sold, too.
    guard let (id, package) = found,
      isOpen(day(at, state, at: package.clinic), state, at: package.clinic)
    else { return nil }
    return (id, package.covers.first ?? Self.implanting)
  }

  /// A line of a plan of the patient that is not fulfilled.
  mutating func planned(
    for patient: PatientID, _ state: DeskState, at: Instant, _ clinic: ClinicID
  ) -> (planLine: PlanLine, service: ServiceID)? {
    let today = day(at, state, at: clinic)
    let found = find(in: state.packages.plans) { plan in
      state.patients.current(plan.patient) == patient
        && plan.validTo.map({ $0 >= today }) ?? true
        && plan.lines.contains { $0.unitsLeft > 0 }
    }
    guard let (id, plan) = found, let index = plan.lines.firstIndex(where: { $0.unitsLeft > 0 })
    else { return nil }
    return (PlanLine(id, line: UInt32(index) + 1), plan.lines[index].service)
  }
}
