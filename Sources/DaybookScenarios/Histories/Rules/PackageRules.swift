import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// No package is used more often than it has sessions, after its end or when it has expired; what its
/// sessions earn comes to its price.
struct PackageRules: HistoryRule {
  private struct Package {
    var sessions: UInt32
    var price: Int64
    var expires: Day?
    var used: UInt32 = 0
    var earned: Int64 = 0
    var isOver = false
  }

  private struct Plan {
    var left: [Int64]
  }

  private var packages: [PackageID: Package] = [:]
  private var plans: [PlanID: Plan] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let header = event.header
    switch header.family {
    case .frontOffice:
      switch FrontOfficeTag(rawValue: header.tag) {
      case .packageSold:
        let sold = try event.payload(PackageSold.self)
        packages[sold.package] = Package(
          sessions: sold.sessions, price: sold.price.minorUnits, expires: sold.expires)
      case .packageCancelled:
        let cancelled = try event.payload(PackageCancelled.self)
        guard let known = packages[cancelled.package] else { return }
        faults.require(!known.isOver, "\(cancelled.package) ends twice")
        faults.require(
          cancelled.sessionsLeft == known.sessions - known.used, "other sessions are left")
        faults.require(cancelled.rest.minorUnits == known.price - known.earned, "another rest")
        faults.require(cancelled.refundDue <= cancelled.rest, "more is given back than is left")
        packages[cancelled.package]?.isOver = true
      case .treatmentPlanAccepted:
        let accepted = try event.payload(TreatmentPlanAccepted.self)
        plans[accepted.plan] = Plan(left: accepted.lines.map { Int64($0.units) })
      case .treatmentPerformed:
        fulfil(try event.payload(), -1, &faults)
      default: break
      }
    case .accounting where header.tag == AccountingTag.chargePosted.rawValue:
      let posted = try event.payload(ChargePosted.self)
      guard let id = posted.package, let recognised = posted.recognised else { return }
      use(id, posted.units, recognised.minorUnits, header.effective.day, &faults)
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if reversed.isOf(PackageSold.self) {
      let id = try reversed.original(PackageSold.self).package
      faults.require(packages[id]?.used == 0, "\(id) is undone, and was used")
      faults.require(packages[id]?.isOver == false, "\(id) is undone, and is over")
      packages[id]?.isOver = true
    } else if reversed.isOf(TreatmentPerformed.self) {
      fulfil(try reversed.original(), 1, &faults)
    } else if reversed.isOf(ChargePosted.self) {
      let posted = try reversed.original(ChargePosted.self)
      guard let id = posted.package, let recognised = posted.recognised else { return }
      faults.require(packages[id]?.isOver == false, "a session of \(id) is undone, which is over")
      packages[id]?.used -= posted.units
      packages[id]?.earned -= recognised.minorUnits
    }
  }

  private mutating func use(
    _ id: PackageID, _ units: UInt32, _ recognised: Int64, _ day: Day, _ faults: inout Faults
  ) {
    guard var package = packages[id] else { return faults.add("no \(id)") }
    package.used += units
    package.earned += recognised
    faults.require(!package.isOver, "\(id) is used, and over")
    faults.require(package.used <= package.sessions, "\(id) is used \(package.used) times")
    faults.require(package.expires.map { day <= $0 } ?? true, "\(id) is used on \(day)")
    faults.require(package.earned <= package.price, "\(id) earns \(package.earned)")
    if package.used == package.sessions {
      faults.require(package.earned == package.price, "\(id) has earned \(package.earned)")
    }
    packages[id] = package
  }

  private mutating func fulfil(
    _ event: TreatmentPerformed, _ sign: Int64, _ faults: inout Faults
  ) {
    guard let line = event.planLine else { return }
    let left = (plans[line.plan]?.left[Int(line.line) - 1] ?? -1) + sign * Int64(event.units)
    faults.require(left >= 0, "more of \(line.plan) is done than was planned")
    plans[line.plan]?.left[Int(line.line) - 1] = left
  }

  func compare(with state: DeskState, _ faults: inout Faults) {
    for (id, package) in packages.sorted(by: { $0.key < $1.key }) {
      let known = state.packages.packages[id]
      faults.require(known?.used == package.used, "\(id) was used \(package.used) times")
      faults.require(known?.earned == package.earned, "\(id) has earned \(package.earned)")
    }
  }
}
