import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Plans and packages.
  static let packages: [Maker] = [
    { near, state, _ in near.plannedOffByOne(state) },
    { near, state, _ in near.usedTooOften(state) },
    { near, state, now in near.usedTooLate(state, now) },
    { near, state, _ in near.priceWithoutReason(state) },
    { near, state, _ in near.gaveBackTooMuch(state) },
    { near, state, _ in near.gaveBackWhatIsInvoiced(state) },
    { near, state, _ in near.otherSessionsLeft(state) },
  ]

  private mutating func plannedOffByOne(_ state: DeskState) -> Nearly? {
    guard let patient = legal.livePatient(state) else { return nil }
    let plan = AcceptTreatmentPlan.with {
      $0.patient = patient
      $0.lines = [PlannedService(LegalClinic.consultation, legal.dollars(500))]
      $0.total = legal.dollars(501)
    }
    return (LegalCommand(plan, .practitioner), .unbalanced)
  }

  private mutating func session(
    _ state: DeskState, units: (PackageRecord) -> UInt32,
    _ isFit: (PackageRecord) -> Bool
  ) -> LegalCommand? {
    guard let (encounter, record) = open(state),
      let (id, package) = legal.find(in: state.packages.packages, isFit)
    else { return nil }
    let treat = PerformTreatment.with {
      $0.encounter = encounter
      $0.service = LegalClinic.consultation
      $0.units = units(package)
      $0.package = id
    }
    return LegalCommand(treat, .practitioner, at: record.clinic)
  }

  private mutating func usedTooOften(_ state: DeskState) -> Nearly? {
    session(state, units: { $0.sessionsLeft + 1 }, { $0.isLive }).map { ($0, .packageExhausted) }
  }

  private mutating func usedTooLate(_ state: DeskState, _ now: Instant) -> Nearly? {
    // A day before the earlier of the two clinics' days.
    let yesterday = Moment(now).day.advanced(by: -1)
    return session(
      state, units: { _ in 1 },
      { $0.isLive && $0.sessionsLeft > 0 && $0.expires.map { $0 < yesterday } == true }
    ).map { ($0, .packageExpired) }
  }

  private mutating func priceWithoutReason(_ state: DeskState) -> Nearly? {
    guard let patient = legal.livePatient(state) else { return nil }
    let sell = SellPackage.with {
      $0.patient = patient
      $0.service = LegalClinic.sessions
      $0.sessions = 3
      // No list goes so far.
      $0.price = legal.dollars(99_999_999)
    }
    return (LegalCommand(sell, .cashier), .reasonRequired)
  }

  private mutating func gaveBackTooMuch(_ state: DeskState) -> Nearly? {
    guard
      let (id, package) = legal.find(
        in: state.packages.packages,
        {
          $0.isLive && $0.sessionsLeft > 0
            && $0.charge.flatMap { state.billing.charges[$0] }?.isInvoiced != true
        })
    else { return nil }
    let cancel = CancelPackage.with {
      $0.package = id
      $0.refundDue = legal.dollars(package.rest + 1)
      $0.reason = .patient
    }
    return (LegalCommand(cancel, .accountant, at: package.clinic), .overAllocated)
  }

  private mutating func gaveBackWhatIsInvoiced(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.packages.packages) {
      $0.isLive && $0.rest > 0
        && $0.charge.flatMap { state.billing.charges[$0] }?.isInvoiced == true
    }
    guard let (id, package) = found else { return nil }
    let cancel = CancelPackage.with {
      $0.package = id
      $0.refundDue = legal.dollars(1)
      $0.reason = .patient
    }
    return (LegalCommand(cancel, .accountant, at: package.clinic), .invalidState)
  }

  private mutating func otherSessionsLeft(_ state: DeskState) -> Nearly? {
    guard
      let (id, package) = legal.find(
        in: state.packages.packages, { $0.isLive && $0.sessionsLeft > 0 })
    else { return nil }
    let cancel = CancelPackage.with {
      $0.package = id
      $0.sessionsLeft = package.sessionsLeft + 1
      $0.reason = .clinic
    }
    return (LegalCommand(cancel, .accountant, at: package.clinic), .invalidState)
  }
}
