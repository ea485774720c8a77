public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about treatment plans and packages.
public enum PackageRefusal: RefusalCase, Hashable {
  /// The stated total is not the sum of the lines.
  case planTotal(stated: Amount, sum: Amount)
  /// The plan is another patient's.
  case otherPlan(PlanID, PatientID)
  /// The plan has no such line.
  case noSuchPlanLine(PlanLine)
  /// The line of the plan is for another service.
  case otherPlannedService(PlanLine, ServiceID)
  /// The plan's prices do not hold any more.
  case planExpired(PlanID, Day)
  /// More units than the plan has left.
  case planFulfilled(PlanLine, left: UInt32)
  /// The service does not sell sessions.
  case notAPackage(ServiceID)
  /// Fewer sessions are left than are used.
  case exhausted(PackageID, left: UInt32)
  /// The package's last day has passed.
  case expired(PackageID, Day)
  /// The package was cancelled.
  case cancelled(PackageID)
  /// The package serves other patients.
  case otherPackage(PackageID, PatientID)
  /// The package is for other services.
  case notCovered(PackageID, ServiceID)
  /// What uses a session has no price of its own.
  case pricedSession
  /// Another number of sessions is left.
  case sessionsLeft(PackageID, left: UInt32)
  /// More is to be given back than is left.
  case aboveRest(PackageID, rest: Amount)
  /// A package that has expired gives nothing back.
  case expiredRefund
  /// The package has not expired.
  case notExpired(PackageID)
  /// The package is in books of another currency.
  case otherBooks(PackageID, clinic: ClinicID)
  /// An invoice asks for what is to be given back.
  case invoiced(PackageID, ChargeID)
  /// Why it is cancelled must be said.
  case reason

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .planTotal: .unbalanced
    case .otherPlan, .otherPlannedService, .planExpired, .notAPackage, .cancelled, .otherPackage,
      .notCovered, .pricedSession, .sessionsLeft, .expiredRefund, .notExpired, .invoiced:
      .invalidState
    case .noSuchPlanLine: .unknownReference
    case .planFulfilled: .quantityExceeded
    case .exhausted: .packageExhausted
    case .expired: .packageExpired
    case .aboveRest: .overAllocated
    case .otherBooks: .currencyMismatch
    case .reason: .reasonRequired
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .planTotal(let stated, let sum):
      "the lines add up to \(sum), not \(stated); correct either"
    case .otherPlan(let plan, let patient): "\(plan) is of \(patient); name the patient's own plan"
    case .noSuchPlanLine(let line): "\(line.plan) has no line \(line.line); name one of its lines"
    case .otherPlannedService(let line, let service):
      "line \(line.line) of \(line.plan) is for \(service); name the line of this service"
    case .planExpired(let plan, let day):
      "the prices of \(plan) held until \(day); accept a new plan, or leave it out"
    case .planFulfilled(let line, let left):
      "line \(line.line) of \(line.plan) has \(left) units left; treat the others without it"
    case .notAPackage(let service):
      "\(service) sells no sessions; define a service of type package"
    case .exhausted(let package, let left):
      "\(package) has \(left) sessions left; charge the treatment, or sell another package"
    case .expired(let package, let day):
      "\(package) could be used until \(day); charge the treatment, or sell another package"
    case .cancelled(let package): "\(package) is cancelled; sell another package"
    case .otherPackage(let package, let patient):
      "\(package) is of \(patient) and not shared with this patient; charge the treatment"
    case .notCovered(let package, let service):
      "\(package) is not for \(service); charge the treatment"
    case .pricedSession: "a session of a package is paid already; leave price and discount out"
    case .sessionsLeft(let package, let left):
      "\(package) has \(left) sessions left; count again"
    case .aboveRest(let package, let rest):
      "\(package) has \(rest) that can be given back; give back at most that"
    case .expiredRefund: "a package that has expired gives nothing back; leave the refund out"
    case .notExpired(let package): "\(package) has not expired; say who cancels it"
    case .otherBooks(let package, let clinic):
      "\(package) is in the books of \(clinic), which have another currency; use it there"
    case .invoiced(let package, let charge):
      "\(charge) of \(package) is invoiced; rectify the invoice by what is given back, "
        + "then cancel with a refund of nothing"
    case .reason: "say why the package ends"
    }
  }
}
