package import DaybookBytes
package import DaybookClinicEvents
import DaybookClinicRules
package import DaybookEvents
import DaybookValues

/// What the Desk knows of the commission of one charge.
package struct ChargeCommission: Sendable {
  package var rule = CommissionRuleID()
  package var staff = StaffID()
  package var clinic = ClinicID()
  package var basis = CommissionBasis.unspecified
  package var deductsMaterials = false
  package var units: UInt32 = 0
  /// The net price, less the materials where they are deducted.
  package var base: Int64 = 0
  /// The whole commission.
  package var whole: Int64 = 0
  /// The charge with its tax.
  package var total: Int64 = 0
  /// How much of the total stands, or is collected; a charge of nothing counts one.
  package var done: Int64 = 0
  /// What was accrued so far, and on what.
  package var accruedBase: Int64 = 0
  package var accrued: Int64 = 0

  /// What is to be accrued beyond what was.
  var due: (base: Int64, amount: Int64) {
    (
      CommissionRules.part(of: base, done: done, total: total) - accruedBase,
      CommissionRules.part(of: whole, done: done, total: total) - accrued
    )
  }
}

/// Commission of a person at a clinic.
struct CommissionAccount: Sendable {
  /// What was accrued, a tree in order of time.
  var accruals: Int32 = TimeForest<Accrual>.empty
  /// What payroll runs have settled.
  var settled: Int64 = 0
  /// What commission payable owes the person: what was open when the books began and what was accrued,
  /// less what was paid with wages, invoiced, or paid as an open item.
  var owed: Int64 = 0
  /// What suppliers' invoices have asked for of it.
  var invoiced: Int64 = 0
}

/// An amount accrued on a day.
struct Accrual: TimedElement {
  /// Days since 1970.
  var time: Int64 = 0
  var amount: Int64 = 0

  static func summary(_ before: Int64?, _ accrual: Accrual, _ after: Int64?) throws(WireError)
    -> Int64
  {
    var sum = before ?? 0
    try sum.increase(by: accrual.amount, "commission")
    try sum.increase(by: after ?? 0, "commission")
    return sum
  }
}

/// Commission of charges, and what is not settled of it.
package struct CommissionState: Sendable {
  private var charges = PagedArray<ChargeCommission>(pageCount: 256)
  private var places = DenseIndex()
  /// The charge of the treatment that was charged last, whose materials may follow.
  private(set) var lastLine = EncounterLine()
  private(set) var lastCharge = ChargeID()
  private var accruals = TimeForest<Accrual>()
  // As few as there are pairs of staff and clinic.
  private var accounts: [Pair: CommissionAccount] = [:]

  fileprivate struct Pair: Hashable {
    var staff = StaffID()
    var clinic = ClinicID()
  }

  /// The commission of a charge; nil where no rule holds for it.
  package subscript(charge: ChargeID) -> ChargeCommission? {
    places[charge.number].map { charges[$0] }
  }

  /// What was accrued on days before that of number `time`, and not settled, in minor units.
  ///
  /// - Complexity: O(log n).
  package func unsettled(of staff: StaffID, at clinic: ClinicID, before time: Int64) -> Int64 {
    guard let account = accounts[Pair(staff: staff, clinic: clinic)] else { return 0 }
    var sum: Int64 = 0
    var place = accruals[account.accruals]
    while let node = place {
      if node.element.time < time {
        sum &+= (accruals[node.before]?.summary ?? 0) &+ node.element.amount
        place = accruals[node.after]
      } else {
        place = accruals[node.before]
      }
    }
    return sum &- account.settled
  }

  /// What commission payable owes a person at a clinic, and what was invoiced of it, in minor units.
  package func owed(to staff: StaffID, at clinic: ClinicID) -> (owed: Int64, invoiced: Int64) {
    let account = accounts[Pair(staff: staff, clinic: clinic)]
    return (account?.owed ?? 0, account?.invoiced ?? 0)
  }

  // MARK: - Events

  mutating func begin(_ commission: ChargeCommission, _ event: ChargePosted) {
    places[event.charge.number] = charges.count
    charges.append(commission)
    note(event)
  }

  /// Materials that follow are those of this charge.
  mutating func note(_ event: ChargePosted) {
    lastLine = event.encounterLine ?? EncounterLine()
    lastCharge = event.charge
  }

  /// No materials follow any more.
  mutating func endLine() {
    lastLine = EncounterLine()
    lastCharge = ChargeID()
  }

  mutating func update(_ charge: ChargeID, _ change: (inout ChargeCommission) -> Void) {
    guard let place = places[charge.number] else { return }
    change(&charges[place])
  }

  mutating func accrue(_ event: CommissionAccrued, _ header: RecordHeader) throws(WireError) {
    let pair = Pair(staff: event.staff, clinic: ClinicID(header.clinic))
    var account = accounts[pair] ?? CommissionAccount()
    try accruals.insert(
      Accrual(
        time: Int64(header.effective.day.daysSince1970), amount: event.amount.minorUnits),
      into: &account.accruals)
    try account.owed.increase(by: event.amount.minorUnits, "commission")
    accounts[pair] = account
    update(event.charge) {
      $0.accruedBase &+= event.basis.minorUnits
      $0.accrued &+= event.amount.minorUnits
    }
  }

  mutating func settle(
    _ amount: Int64, of staff: StaffID, at clinic: ClinicID
  ) throws(WireError) {
    guard amount != 0 else { return }
    let pair = Pair(staff: staff, clinic: clinic)
    var account = accounts[pair] ?? CommissionAccount()
    try account.settled.increase(by: amount, "commission")
    accounts[pair] = account
  }

  /// Raises what commission payable owes a person; below zero, less is owed.
  mutating func owe(
    _ amount: Int64, to staff: StaffID, at clinic: ClinicID, invoiced: Int64 = 0
  ) throws(WireError) {
    let pair = Pair(staff: staff, clinic: clinic)
    var account = accounts[pair] ?? CommissionAccount()
    try account.owed.increase(by: amount, "commission")
    try account.invoiced.increase(by: invoiced, "commission")
    accounts[pair] = account
  }
}

extension CommissionState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("charges", &charges)
    try parts.visit("places", &places)
    try parts.visit("lastLine", &lastLine)
    try parts.visit("lastCharge", &lastCharge)
    try parts.visit("accruals", &accruals)
    try parts.visit("accounts", &accounts)
  }
}

extension ChargeCommission: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&rule)
    try fields.visit(&staff)
    try fields.visit(&clinic)
    try fields.visit(&basis)
    try fields.visit(&deductsMaterials)
    try fields.visit(&units)
    try fields.visit(&base)
    try fields.visit(&whole)
    try fields.visit(&total)
    try fields.visit(&done)
    try fields.visit(&accruedBase)
    try fields.visit(&accrued)
  }
}

extension CommissionAccount: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&accruals)
    try fields.visit(&settled)
    try fields.visit(&owed)
    try fields.visit(&invoiced)
  }
}

extension Accrual: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&time)
    try fields.visit(&amount)
  }
}

extension CommissionState.Pair: Comparable, StoredRecord {
  static var blank: Self { Self() }

  static func < (a: Self, b: Self) -> Bool { (a.staff, a.clinic) < (b.staff, b.clinic) }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&staff)
    try fields.visit(&clinic)
  }
}
