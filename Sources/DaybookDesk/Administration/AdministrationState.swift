package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a clinic.
package struct ClinicRecord: Sendable {
  package var timeZone = ""
  package var transitions: Few<ZoneTransition> = []
  package var currency: Currency = .blank
  package var limits = ClinicLimits()
  /// The provisional share of input tax that is deductible.
  package var proRata = Rate()
  /// None where nothing is said of them.
  package var openHours: Few<OpenHours> = []
  /// How invoices name it.
  package var issuer = InvoiceIssuer()
  /// The month that begins its fiscal year.
  package var fiscalYearStartMonth: UInt32 = 0
  /// Where the tax of its invoices is rounded.
  package var taxRounding = TaxRounding.unspecified
  /// Whose the tax in its bad debts is.
  package var badDebtTax = BadDebtTax.unspecified
  /// Whether currency and zone are fixed.
  package var hasPostings = false

  /// `instant` on the clinic's own clock.
  package func moment(_ instant: Instant) -> Moment {
    var low = 0
    var high = transitions.count
    // The last transition that is not after the instant; the first one has always been.
    while high - low > 1 {
      let middle = (low + high) / 2
      if let at = transitions[middle].at, at > instant { high = middle } else { low = middle }
    }
    return Moment(instant, high == 0 ? .utc : transitions[low].offset)
  }
}

/// What the Desk knows of a member of staff.
package struct StaffRecord: Sendable {
  package var clinics: Few<ClinicID> = []
  package var start = Day()
}

/// What the Desk knows of an outside party.
package struct PartyRecord: Sendable {
  package var type: PartyType = .blank
  /// Days from an invoice to its due date.
  package var termsDays: UInt32 = 0
}

/// What the Desk knows of a service.
package struct ServiceRecord: Sendable {
  package var type: ServiceType = .unspecified
  package var commissionable = false
  package var active = false
  package var taxCode: TaxCodeID?
  package var credentialKinds: Few<String> = []
  package var durationSeconds: UInt32 = 0
  package var recipe: Few<RecipeLine> = []
}

/// Clinics, staff, roles, parties and services.
package struct AdministrationState: Sendable {
  package private(set) var clinics = Dense<ClinicKind, ClinicRecord>()
  package private(set) var staff = Dense<StaffKind, StaffRecord>()
  package private(set) var parties = Dense<PartyKind, PartyRecord>()
  package private(set) var services = Dense<ServiceKind, Versions<ServiceRecord>>()
  private var pairs: [Pair: StaffRoleID] = [:]
  private var roles = Dense<StaffRoleKind, Few<ClinicRole>>()
  private var taxIDs: [TaxKey: PartyID] = [:]
  /// At how many clinics a member of staff holds a role.
  private var held: [Held: Int] = [:]
  /// How many hold a role at a clinic.
  private var holders: [RoleHeld: Int] = [:]
  /// How many admins a clinic has.
  private var admins: [ClinicID: Int] = [:]
  private var adminCount = 0
  /// Every currency that a clinic was ever defined with, which are few.
  private var currencies: [Currency] = []

  fileprivate struct Pair: Hashable {
    var staff = StaffID()
    var clinic = ClinicID()
  }

  fileprivate struct RoleHeld: Hashable {
    var clinic = ClinicID()
    var role = ClinicRole.unspecified
  }

  fileprivate struct Held: Hashable {
    var staff = StaffID()
    var role: ClinicRole = .blank
  }

  fileprivate struct TaxKey: Hashable {
    var type: PartyType = .blank
    var taxID = ""
  }

  // MARK: - Questions

  /// Whether anybody is admin anywhere.
  package var hasAdmin: Bool { adminCount > 0 }

  /// Whether the clinics keep their books in several currencies.
  package var hasSeveralCurrencies: Bool { currencies.count > 1 }

  /// Whether nobody but `staff` is admin, anywhere, and only at `clinic`.
  package func isLastAdmin(_ staff: StaffID, at clinic: ClinicID) -> Bool {
    adminCount == 1 && has(.admin, staff, clinic)
  }

  /// The number of the pair; nil where nobody has set its roles.
  package func pair(of staff: StaffID, at clinic: ClinicID) -> StaffRoleID? {
    pairs[Pair(staff: staff, clinic: clinic)]
  }

  /// Whether `member` holds `role` at `clinic`; for the whole book, at any of their clinics.
  ///
  /// An admin of another clinic is admin where there is none, so that a new clinic can begin.
  package func holds(_ role: ClinicRole, _ member: StaffID, at clinic: ClinicID) -> Bool {
    if !clinic.isNone {
      if has(role, member, clinic) { return true }
      guard role == .admin, admins[clinic] ?? 0 == 0 else { return false }
    }
    return held[Held(staff: member, role: role)] ?? 0 > 0
  }

  /// Whether anybody but `member` holds one of `roles` at `clinic`.
  package func othersHold(
    _ roles: [ClinicRole], than member: StaffID?, at clinic: ClinicID
  ) -> Bool {
    roles.contains { role in
      let count = holders[RoleHeld(clinic: clinic, role: role)] ?? 0
      return count > (member.map { has(role, $0, clinic) } ?? false ? 1 : 0)
    }
  }

  private func has(_ role: ClinicRole, _ member: StaffID, _ clinic: ClinicID) -> Bool {
    pair(of: member, at: clinic).flatMap { roles[$0]?.contains(role) } ?? false
  }

  /// The party of that type which has the tax number; nil for no number.
  package func party(taxedUnder taxID: String, _ type: PartyType) -> PartyID? {
    let taxID = taxID.trimmed
    return taxID.isEmpty ? nil : taxIDs[TaxKey(type: type, taxID: taxID)]
  }

  // MARK: - Events

  mutating func define(_ event: ClinicDefined) throws(WireError) {
    var record = ClinicRecord(
      timeZone: event.timeZone, transitions: event.transitions, currency: event.currency,
      limits: event.limits, proRata: event.proRata, openHours: event.openHours,
      fiscalYearStartMonth: event.fiscalYearStartMonth, taxRounding: event.taxRounding,
      badDebtTax: event.badDebtTax)
    if !currencies.contains(event.currency) { currencies.append(event.currency) }
    record.issuer.legalName = event.legalName.trimmed.isEmpty ? event.name : event.legalName
    record.issuer.taxID = event.taxID
    record.issuer.address = event.address
    guard let known = clinics[event.clinic] else {
      try clinics.append(record, as: event.clinic)
      return
    }
    record.hasPostings = known.hasPostings
    try clinics.update(event.clinic) { $0 = record }
  }

  /// Fixes currency and zone of a clinic; the book as a whole has neither.
  mutating func notePosting(_ clinic: ClinicID) throws(WireError) {
    guard clinics[clinic]?.hasPostings == false else { return }
    try clinics.update(clinic) { $0.hasPostings = true }
  }

  mutating func set(_ event: RolesSet, _ header: RecordHeader) throws(WireError) {
    let pair = Pair(staff: event.staff, clinic: event.clinic)
    let id = StaffRoleID(header.stream.number)
    let before = pairs[pair].flatMap { roles[$0] } ?? []
    if pairs[pair] == nil {
      try roles.append(event.roles, as: id)
      pairs[pair] = id
    } else {
      try roles.update(id) { $0 = event.roles }
    }
    for role in before { count(role, pair, -1) }
    for role in event.roles { count(role, pair, 1) }
  }

  private mutating func count(_ role: ClinicRole, _ pair: Pair, _ step: Int) {
    holders[RoleHeld(clinic: pair.clinic, role: role), default: 0] += step
    held[Held(staff: pair.staff, role: role), default: 0] += step
    guard role == .admin else { return }
    admins[pair.clinic, default: 0] += step
    adminCount += step
  }

  mutating func hire(_ event: StaffHired) throws(WireError) {
    let record = StaffRecord(clinics: event.clinics, start: event.start)
    try staff.append(record, as: event.staff)
  }

  mutating func register(_ event: PartyRegistered) throws(WireError) {
    try parties.append(PartyRecord(type: event.type, termsDays: event.termsDays), as: event.party)
    let taxID = event.taxID.trimmed
    if !taxID.isEmpty { taxIDs[TaxKey(type: event.type, taxID: taxID)] = event.party }
  }

  mutating func define(_ event: ServiceDefined, _ header: RecordHeader) throws(WireError) {
    let from = header.effective.instant
    let record = ServiceRecord(
      type: event.type, commissionable: event.commissionable, active: event.active,
      taxCode: event.taxCode, credentialKinds: event.credentialKinds,
      durationSeconds: event.durationSeconds, recipe: event.recipe)
    if services.contains(event.service) {
      try services.update(event.service) { $0.add(record, from: from) }
    } else {
      try services.append(Versions(record, from: from), as: event.service)
    }
  }
}

extension AdministrationState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("clinics", &clinics)
    try parts.visit("staff", &staff)
    try parts.visit("parties", &parties)
    try parts.visit("services", &services)
    try parts.visit("pairs", &pairs)
    try parts.visit("roles", &roles)
    try parts.visit("taxIDs", &taxIDs)
    try parts.visit("held", &held)
    try parts.visit("holders", &holders)
    try parts.visit("admins", &admins)
    try parts.visit("adminCount", &adminCount)
    try parts.visit("currencies", &currencies)
  }
}

extension AdministrationState.Pair: Comparable {
  static func < (a: Self, b: Self) -> Bool { (a.staff, a.clinic) < (b.staff, b.clinic) }
}

extension AdministrationState.Pair: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&staff)
    try fields.visit(&clinic)
  }
}

extension AdministrationState.Held: Comparable {
  static func < (a: Self, b: Self) -> Bool {
    (a.staff, a.role.rawValue) < (b.staff, b.role.rawValue)
  }
}

extension AdministrationState.Held: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&staff)
    try fields.visit(&role)
  }
}

extension AdministrationState.TaxKey: Comparable {
  static func < (a: Self, b: Self) -> Bool {
    (a.type.rawValue, a.taxID) < (b.type.rawValue, b.taxID)
  }
}

extension AdministrationState.TaxKey: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&type)
    try fields.visit(&taxID)
  }
}

extension AdministrationState.RoleHeld: Comparable {
  static func < (a: Self, b: Self) -> Bool {
    (a.clinic, a.role.rawValue) < (b.clinic, b.role.rawValue)
  }
}

extension AdministrationState.RoleHeld: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&clinic)
    try fields.visit(&role)
  }
}
