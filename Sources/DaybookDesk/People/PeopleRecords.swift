package import DaybookClinicEvents
package import DaybookClinicRules
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a member of staff beside name and roles.
package struct MemberRecord: Sendable {
  package var engagement = Engagement.blank
  /// The human being's number.
  package var person: UInt64 = 0
  package var credentials: Few<CredentialRecord> = []
  /// Entries of time that were not ended, the newest last.
  package var openEntries: Few<TimeEntryID> = []
  package var commissionRules: Few<CommissionRuleID> = []

  /// Whether the person works at the clinic on that day.
  package func works(at clinic: ClinicID, on day: Day) -> Bool {
    engagement.covers(day) && engagement.terms(on: day).clinics.contains(clinic)
  }

  /// Whether a credential that a service asks for by name or type is valid on that day.
  package func holds(_ kind: String, on day: Day) -> Bool {
    credentials.contains {
      ($0.name == kind || "\($0.type)" == kind) && $0.isValid(on: day)
    }
  }

  /// A licence or insurance that was recorded once and is not valid on that day, nor any other of
  /// its type; nil where there is none.
  package func lapsed(on day: Day) -> CredentialType? {
    for type in [CredentialType.licence, .insurance] {
      let recorded = credentials.filter { $0.type == type }
      if !recorded.isEmpty, !recorded.contains(where: { $0.isValid(on: day) }) { return type }
    }
    return nil
  }
}

/// What the Desk knows of a credential.
package struct CredentialRecord: Sendable {
  package var type = CredentialType.unspecified
  package var name = ""
  package var from = Day()
  package var to: Day?

  func isValid(on day: Day) -> Bool { from <= day && to.map { day <= $0 } ?? true }
}

/// What the Desk knows of a shift.
package struct ShiftRecord: Sendable {
  package var staff = StaffID()
  package var start = Instant()
}

/// What the Desk knows of an entry of time.
package struct TimeEntryRecord: Sendable {
  package var staff = StaffID()
  package var clinic = ClinicID()
  package var start = Moment()
  /// When it ended; nil while it is open.
  package var end: Instant?
}

/// What the Desk knows of an absence.
package struct AbsenceRecord: Sendable {
  package var staff = StaffID()
  package var type = AbsenceType.unspecified
  package var from = Day()
  package var to = Day()
  package var seconds: UInt32 = 0
  /// What was decided; unspecified while it waits.
  package var outcome = AbsenceOutcome.unspecified

  /// Whether it takes the days, decided or not.
  package var stands: Bool { outcome == .unspecified || outcome == .approved }

  package var span: AbsenceSpan { AbsenceSpan(type, from: from, to: to, seconds: seconds) }
}

/// What the Desk knows of a payroll run.
package struct PayrollRunRecord: Sendable {
  package var clinic = ClinicID()
  package var from = Day()
  package var to = Day()
  /// Whether it was not reversed.
  package var stands = true
}

/// What the Desk knows of a rule of commission.
package struct CommissionRuleRecord: Sendable {
  package var staff = StaffID()
  package var services: Few<ServiceID> = []
  package var payer: PartyID?
  package var basis = CommissionBasis.unspecified
  package var share: Rate?
  package var fixed: Int64 = 0
  package var deductMaterials = false
  package var from = Day()
  package var to: Day?

  init() {}

  init(_ event: CommissionRuleSet) {
    staff = event.staff
    services = event.services
    payer = event.payer
    basis = event.basis
    switch event.yield {
    case .share(let rate): share = rate
    case .fixed(let amount): fixed = amount.minorUnits
    }
    deductMaterials = event.deductMaterials
    from = event.from
    to = event.to
  }

  /// The rule as it was set, for what rules compare.
  var event: CommissionRuleSet {
    .with {
      $0.staff = staff
      $0.services = services
      $0.payer = payer
      $0.basis = basis
      $0.yield = yield
      $0.deductMaterials = deductMaterials
      $0.from = from
      $0.to = to
    }
  }

  var yield: CommissionYield { share.map { .share($0) } ?? .fixed(Amount(minorUnits: fixed)) }
}

// How checkpoints keep them.

extension MemberRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&engagement)
    try fields.visit(&person)
    try fields.visit(&credentials)
    try fields.visit(&openEntries)
    try fields.visit(&commissionRules)
  }
}

extension CredentialRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&type)
    try fields.visit(&name)
    try fields.visit(&from)
    try fields.visit(&to)
  }
}

extension ShiftRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&staff)
    try fields.visit(&start)
  }
}

extension TimeEntryRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&staff)
    try fields.visit(&clinic)
    try fields.visit(&start)
    try fields.visit(&end)
  }
}

extension AbsenceRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&staff)
    try fields.visit(&type)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&seconds)
    try fields.visit(&outcome)
  }
}

extension PayrollRunRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&stands)
  }
}

extension CommissionRuleRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&staff)
    try fields.visit(&services)
    try fields.visit(&payer)
    try fields.visit(&basis)
    try fields.visit(&share)
    try fields.visit(&fixed)
    try fields.visit(&deductMaterials)
    try fields.visit(&from)
    try fields.visit(&to)
  }
}
