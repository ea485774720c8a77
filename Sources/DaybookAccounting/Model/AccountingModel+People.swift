import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

// The entries of commission and payroll. Source: Books, section 2.
extension AccountingModel {
  mutating func applyHumanResources(
    _ event: borrowing Event
  ) throws {
    guard let tag = HumanResourcesTag(rawValue: event.header.tag) else { return }
    switch tag {
    case .staffHired: references.note(event)
    case .commissionAccrued:
      let accrued = try event.payload(CommissionAccrued.self)
      try entry(event) { (books) throws(PostingError) in try books.post(accrued) }
    case .payrollApproved:
      let approved = try event.payload(PayrollApproved.self)
      try entry(event) { (books) throws(PostingError) in try books.post(approved) }
    case .contractAmended, .staffLeft, .credentialRecorded, .shiftScheduled, .clockedIn,
      .clockedOut, .timeEntryCorrected, .absenceRecorded, .absenceDecided, .commissionRuleSet,
      .hoursRecorded:
      break
    }
  }

  /// Commission against what is owed of it; taken back, the other way round.
  private mutating func post(_ accrued: CommissionAccrued) throws(PostingError) {
    let staff = try key(accrued.staff)
    let amount = try minor(accrued.amount)
    try addSigned(accounts[.commission], amount, staff)
    try addSigned(accounts[.commissionPayable], try minus(amount), staff)
  }

  /// Line by line: earnings, an employee's commission and the employer's share against what is
  /// withheld and the net pay. Commission was an expense when it was accrued.
  private mutating func post(
    _ approved: PayrollApproved
  ) throws(PostingError) {
    for line in approved.lines {
      let staff = try key(line.staff)
      for component in line.components {
        let clinic = try clinic(ofCost: component.clinic)
        let amount = try minor(component.amount)
        switch component.type {
        case .unspecified: throw ledger.error(.unspecified)
        case .earning: try addSigned(accounts[.wages], amount, staff, 0, clinic)
        case .employerShare:
          try addSigned(accounts[.employerShare], amount, staff, 0, clinic)
          try addSigned(accounts[.socialSecurity], try minus(amount), staff, 0, clinic)
        case .taxWithheld:
          try addSigned(accounts[.withheldTax], try minus(amount), staff, 0, clinic)
        case .employeeShare:
          try addSigned(accounts[.socialSecurity], try minus(amount), staff, 0, clinic)
        case .advanceRepaid:
          try addSigned(accounts[.staffAdvances], try minus(amount), staff, 0, clinic)
        }
      }
      // A contractor's is owed until it is invoiced.
      if line.contract != .contractor {
        try addSigned(accounts[.commissionPayable], try minor(line.commission), staff)
      }
      try addSigned(accounts[.wagesPayable], try minus(try minor(line.net)), staff)
    }
    try requireBalance()
  }

  /// The clinic that bears a cost, which keeps its books in the currency of the entry.
  private mutating func clinic(
    ofCost id: ClinicID
  ) throws(PostingError) -> UInt16 {
    let clinic = try slots.index(of: id.number, at: ledger.position)
    guard
      clinic == entryClinic || slots.currencies[Int(clinic)] == slots.currencies[Int(entryClinic)]
    else { throw ledger.error(.currencyMismatch) }
    return clinic
  }

  private mutating func key(_ staff: StaffID) throws(PostingError) -> PartyKey {
    guard let key = PartyKey(staff) else { throw ledger.error(.identifierTooLarge) }
    return key
  }
}
