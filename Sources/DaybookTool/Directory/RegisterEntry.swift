#if Tool
  import Daybook

  /// What is registered and can be listed.
  enum RegisterKind: String, CaseIterable {
    case patients, payers, suppliers, parties, staff, items, services, rooms, clinics

    /// The heading of a list of them.
    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// What one of them is called in messages.
    var singular: String {
      switch self {
      case .patients: "patient"
      case .payers: "payer"
      case .suppliers: "supplier"
      case .parties: "other party"
      case .staff: "member of staff"
      case .items: "item"
      case .services: "service"
      case .rooms: "room"
      case .clinics: "clinic"
      }
    }

    static var clinic: RegisterKind { .clinics }
  }

  /// One version of something registered.
  struct RegisterEntry: Sendable {
    var kind: RegisterKind
    /// The printed identifier: `P17`.
    var id: String
    var name: String
    /// The code that it is known by; empty where it has none.
    var code = ""
    /// What a list says beside the name, in the order of `columns`.
    var details: [Cell] = []
    var stream = StreamID(StreamKind(0), 0)
    var position = Position.start
    /// The effective day of this version, and of the first one.
    var day = Day.min
    var since = Day.min
    /// Of a member of staff: the clinics worked at.
    var clinics: Few<ClinicID> = []
    /// Of a clinic: the currency of its books and its civil time.
    var currency = Currency.unspecified
    var transitions: Few<ZoneTransition> = []
    var fiscalYearStartMonth = 1

    private init(_ kind: RegisterKind, _ id: String, _ name: String) {
      self.kind = kind
      self.id = id
      self.name = name
    }

    /// Whether a list for one clinic has it: what is not of a clinic is everybody's.
    func belongs(to clinic: UInt64) -> Bool {
      switch kind {
      case .clinics: stream.number == clinic
      case .staff: clinics.isEmpty || clinics.contains { $0.number == clinic }
      default: true
      }
    }

    init(_ patient: PatientRegistered) {
      self.init(.patients, "\(patient.patient)", patient.person.name)
      details = [
        patient.birthYear.map { .text("\($0)") } ?? .empty,
        patient.sex == .unspecified ? .empty : .text("\(patient.sex)"),
      ]
    }

    init(_ party: PartyRegistered) {
      let kind: RegisterKind =
        switch party.type {
        case .payer: .payers
        case .supplier: .suppliers
        case .other, .unspecified: .parties
        }
      self.init(kind, "\(party.party)", party.person?.name ?? party.name)
      details = [.count(Int64(party.termsDays))]
    }

    init(_ staff: StaffHired) {
      self.init(.staff, "\(staff.staff)", staff.person.name)
      clinics = staff.clinics
      details = [
        .text(staff.positions.joined(separator: ", ")),
        .text(staff.clinics.map(\.description).joined(separator: " ")),
        .text("\(staff.contract)"), .day(staff.start),
      ]
    }

    init(_ item: ItemDefined) {
      self.init(.items, "\(item.item)", item.name)
      code = item.code
      details = [
        .identifier(item.code), .text(item.baseUnit), .text(item.lotTracked ? "by lot" : ""),
      ]
    }

    init(_ service: ServiceDefined) {
      self.init(.services, "\(service.service)", service.name)
      code = service.code
      details = [
        .identifier(service.code), .text("\(service.type)"),
        .text(service.active ? "active" : "inactive"),
      ]
    }

    init(_ clinic: ClinicDefined) {
      self.init(.clinics, "\(clinic.clinic)", clinic.name)
      details = [.text(clinic.currency.code), .text(clinic.timeZone)]
      currency = clinic.currency
      transitions = clinic.transitions
      fiscalYearStartMonth = Int(clinic.fiscalYearStartMonth)
    }
  }

  extension RegisterKind {
    /// The columns of `details`.
    var columns: [Column] {
      switch self {
      case .patients: [Column("birthYear", .text), Column("sex", .text)]
      case .payers, .suppliers, .parties: [Column("termsDays", .count)]
      case .staff:
        [
          Column("positions", .text), Column("clinics", .text), Column("contract", .text),
          Column("since", .day),
        ]
      case .items: [Column("code", .identifier), Column("unit", .text), Column("tracking", .text)]
      case .services: [Column("code", .identifier), Column("kind", .text), Column("state", .text)]
      case .rooms: []
      case .clinics: [Column("currency", .text), Column("timeZone", .text)]
      }
    }
  }
#endif
