import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What a charge has earned somebody never falls below nothing, follows what is left of the charge at
/// the rate at which it was earned, and is nothing for a charge that was undone; no run of the payroll
/// settles more than was earned.
struct CommissionHistory: HistoryRule {
  private struct Charge {
    var total: Int64
    var standing: Int64
    var collected: Int64 = 0
    var accrued: Int64 = 0
    /// All that the charge earns where it is earned at once; nil where it is when collected.
    var whole: Int64?
    var isReversed = false
    var isWhole: Bool { standing >= total }
  }

  private struct Account: Hashable {
    var staff: StaffID
    var clinic: UInt64
  }

  private var charges: [ChargeID: Charge] = [:]
  private var accounts: [Account: Int64] = [:]
  private var packages: [PackageID: ChargeID] = [:]
  /// The charges that an action has touched.
  private var touched: Set<ChargeID> = []

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let header = event.header
    if header.beginsAction { touched = [] }
    switch header.family {
    case .humanResources:
      switch HumanResourcesTag(rawValue: header.tag) {
      case .commissionAccrued: accrue(try event.payload(), header, &faults)
      case .payrollApproved: settle(try event.payload(), -1, &faults)
      default: break
      }
    case .frontOffice where header.tag == FrontOfficeTag.packageCancelled.rawValue:
      let cancelled = try event.payload(PackageCancelled.self)
      if let charge = packages[cancelled.package] {
        move(charge, -cancelled.refundDue.minorUnits - cancelled.tax.minorUnits)
      }
    case .accounting: try takeAccounting(event)
    default: break
    }
    if header.endsAction { requireSums(&faults) }
  }

  private mutating func takeAccounting(_ event: borrowing Event) throws {
    switch AccountingTag(rawValue: event.header.tag) {
    case .chargePosted:
      let posted = try event.payload(ChargePosted.self)
      let total = posted.net.minorUnits + posted.tax.minorUnits
      charges[posted.charge] = Charge(total: total, standing: total)
      if let package = posted.package, posted.recognised == nil {
        packages[package] = posted.charge
      }
    case .adjustmentPosted:
      let adjusted = try event.payload(AdjustmentPosted.self)
      let amount = adjusted.amount.minorUnits
      move(adjusted.charge, adjusted.type == .recovery ? amount : -amount)
    case .invoiceRectified:
      for line in try event.payload(InvoiceRectified.self).lines {
        guard let charge = line.charge else { continue }
        move(charge, -line.net.minorUnits - line.tax.minorUnits)
      }
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if header.beginsAction { touched = [] }
    if reversed.isOf(ChargePosted.self) {
      let charge = try reversed.original(ChargePosted.self).charge
      charges[charge]?.isReversed = true
      touched.insert(charge)
    } else if reversed.isOf(AdjustmentPosted.self) {
      let adjusted = try reversed.original(AdjustmentPosted.self)
      let amount = adjusted.amount.minorUnits
      move(adjusted.charge, adjusted.type == .recovery ? -amount : amount)
    } else if reversed.isOf(PayrollApproved.self) {
      settle(try reversed.original(), 1, &faults)
    }
    if header.endsAction { requireSums(&faults) }
  }

  private mutating func move(_ charge: ChargeID, _ amount: Int64) {
    charges[charge]?.standing += amount
    touched.insert(charge)
  }

  private mutating func accrue(
    _ event: CommissionAccrued, _ header: RecordHeader, _ faults: inout Faults
  ) {
    let amount = event.amount.minorUnits
    accounts[Account(staff: event.staff, clinic: header.clinic), default: 0] += amount
    charges[event.charge]?.accrued += amount
    if event.cause == .charge, charges[event.charge]?.isWhole == true {
      charges[event.charge]?.whole = amount
    }
    touched.insert(event.charge)
    faults.require(charges[event.charge] != nil, "commission of no charge")
  }

  /// What was earned at once follows what is left of the charge, half a cent away from zero.
  private func requireSums(_ faults: inout Faults) {
    for id in touched {
      guard let charge = charges[id] else { continue }
      faults.require(charge.accrued >= 0, "\(id) earns \(charge.accrued)")
      if charge.isReversed {
        faults.require(charge.accrued == 0, "\(id) was undone, and earns \(charge.accrued)")
      } else if let whole = charge.whole, charge.total > 0 {
        let left = max(0, min(charge.standing, charge.total))
        let exact = (2 * whole * left + charge.total) / (2 * charge.total)
        faults.require(charge.accrued == exact, "\(id) earns \(charge.accrued), not \(exact)")
      }
    }
  }

  private mutating func settle(
    _ event: PayrollApproved, _ sign: Int64, _ faults: inout Faults
  ) {
    for line in event.lines {
      accounts[Account(staff: line.staff, clinic: event.clinic.number), default: 0] +=
        sign * line.commission.minorUnits
      faults.require(line.commission.minorUnits >= 0, "a commission of \(line.commission)")
    }
  }
}
