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

  /// One clinic in euros, an admin who is everything, a patient, a payer and a supplier.
  init(proRata: Int64 = 0) throws {
    try perform(
      DefineClinic.with {
        $0.name = "North"
        $0.timeZone = "UTC"
        $0.transitions = [ZoneTransition()]
        $0.currency = .eur
        $0.fiscalYearStartMonth = 1
        $0.proRata = Rate(basisPoints: proRata)
      })
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

  /// Goes on as `role` on `day`.
  mutating func on(_ day: String) throws {
    spec = spec.at(try Moment(parsing: "\(day)T09:00:00Z"))
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
    for event in spec.events { try books.take(event) }
    return true
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
