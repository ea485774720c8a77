import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// A desk and the books side by side: what a command decides, the books take in.
struct DecidedBooks {
  private(set) var spec = DeciderSpec(DeskState.self)
    .at((try? Moment(parsing: "2026-03-02T09:00:00Z")) ?? Moment())
    .by(.system, .system)
  private(set) var books = Books()
  /// What the books have taken in, in order.
  private(set) var taken: [DecidedEvent] = []

  /// One clinic in euros, an admin who is everything, a patient, a payer and a supplier.
  ///
  /// - Parameter pack: The country's chart, rules and tax codes; nil for none.
  init(
    proRata: Int64 = 0, rounding: TaxRounding = .unspecified, pack: AdoptPack? = nil
  ) throws {
    try perform(
      DefineClinic.with {
        $0.name = "North"
        $0.timeZone = "UTC"
        $0.transitions = [ZoneTransition()]
        $0.currency = .eur
        $0.fiscalYearStartMonth = 1
        $0.proRata = Rate(basisPoints: proRata)
        $0.taxRounding = rounding
      })
    if let pack {
      spec = spec.at(clinic: 1)
      try perform(pack)
    }
    try perform(
      HireStaff.with {
        $0.person.name = "Ada"
        $0.clinics = [ClinicID(1)]
        $0.contract = .owner
        $0.start = Day(daysSince1970: 18_262)
      })
    try perform(
      SetRoles.with {
        $0.staff = StaffID(1)
        $0.clinic = ClinicID(1)
        $0.roles = [.admin, .reception, .practitioner, .cashier, .buyer, .accountant]
      })
    spec = spec.at(clinic: 1)
    try perform(as: .reception, RegisterPatient.with { $0.person.familyName = "Young" })
    for (name, type) in [("Insurer", PartyType.payer), ("Supplier", .supplier)] {
      try perform(
        as: .admin,
        RegisterParty.with {
          $0.name = name
          $0.type = type
        })
    }
    try perform(
      as: .admin,
      DefineService.with {
        $0.name = "Treatment"
        $0.type = .treatment
        $0.durationSeconds = 1800
      })
  }

  /// Goes on with what happens on `day`, and is recorded then or on a later one.
  mutating func on(_ day: String, recorded: String? = nil) throws {
    spec = spec.at(
      try Moment(parsing: "\(day)T09:00:00Z"),
      recorded: try recorded.map { try Moment(parsing: "\($0)T09:00:00Z").instant })
  }

  /// Decides and posts.
  ///
  /// - Returns: The postings of the command's events, as `Books.lines` prints them.
  @discardableResult
  mutating func perform<C: Command>(
    as role: ClinicRole? = nil, _ command: C,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] where C.State == DeskState {
    if let role { spec = spec.by(.staff(1), role.role) }
    spec = spec.given(command, sourceLocation: sourceLocation)
    var lines: [String] = []
    for event in spec.events {
      let position = try books.take(event)
      taken.append(event)
      lines += books.lines(at: position)
    }
    return lines
  }

  /// Decides, and posts unless it is refused.
  ///
  /// - Returns: Whether it was not.
  @discardableResult
  mutating func attempt<C: Command>(
    as role: ClinicRole, _ command: C
  ) throws -> Bool where C.State == DeskState {
    spec = spec.by(.staff(1), role.role).when(command)
    guard case .success = spec.result else { return false }
    for event in spec.events {
      try books.take(event)
      taken.append(event)
    }
    return true
  }

  /// Closes the months through `to`, with what the books come to.
  mutating func close(through to: String) throws {
    let day = try Day(parsing: to)
    let totals = totals(through: day)
    try perform(
      as: .accountant,
      ClosePeriod.with {
        $0.area = .accounting
        $0.to = day
        $0.totals = totals
      })
  }

  /// What closing a period or a year states.
  func totals(through day: Day) -> Statement {
    books.model.totals(ofClinic: 1, through: day, at: Position(books.position))
  }

  /// The trial balance on a day, turnover from another: account, opening, debit, credit, balance.
  func trialBalance(from: String? = nil, on: String) throws -> [String] {
    let query = AccountingQuery(
      on: try Day(parsing: on), from: try from.map { try Day(parsing: $0) })
    return AccountingReports.trialBalance(books.view, query)
      .texts("account", "opening", "debit", "credit", "balance")
  }

  /// The patient is in an encounter.
  mutating func see() throws {
    try perform(as: .reception, CheckInPatient.with { $0.patient = PatientID(1) })
    try perform(
      as: .practitioner,
      StartEncounter.with {
        $0.visit = VisitID(1)
        $0.practitioner = StaffID(1)
      })
  }

  /// A treatment of that price.
  @discardableResult
  mutating func treat(
    _ price: Int64, _ change: (inout PerformTreatment) -> Void = { _ in }
  ) throws -> [String] {
    try perform(
      as: .practitioner,
      PerformTreatment.with {
        $0.encounter = EncounterID(1)
        $0.service = ServiceID(1)
        $0.listPrice = money(price)
        $0.priceReason = .agreed
        change(&$0)
      })
  }

  /// The patient pays for a charge.
  @discardableResult
  mutating func pay(
    _ charge: UInt64, _ amount: Int64, _ method: PaymentMethod = .card(CardTender())
  ) throws -> [String] {
    try perform(
      as: .cashier,
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(amount)
        $0.method = method
        $0.settling = [ChargeID(charge)]
      })
  }

  /// The balance of an account.
  func balance(_ code: String) -> Int64 {
    var sum: Int64 = 0
    books.model.forEachPosting { posting in
      if posting.account.code == code { sum += posting.amount.minorUnits }
    }
    return sum
  }

  /// What the proofs find wrong.
  var faults: [String] {
    AccountingChecks.run(books.model).compactMap { check in
      check.passed ? nil : "\(check.name): \(check.detail)"
    }
  }
}
