#if Tool
  import Daybook

  /// What is registered and can be listed.
  enum RegisterKind: String, CaseIterable {
    case patients, payers, suppliers, parties, staff, items, services, rooms, clinics, taxes

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
      case .taxes: "tax code"
      }
    }

    static var clinic: RegisterKind { .clinics }
  }

  extension RegisterKind {
    /// The number in checkpoints: never reused.
    var number: UInt8 {
      switch self {
      case .patients: 1
      case .payers: 2
      case .suppliers: 3
      case .parties: 4
      case .staff: 5
      case .items: 6
      case .services: 7
      case .rooms: 8
      case .clinics: 9
      case .taxes: 10
      }
    }

    init?(number: UInt8) {
      guard let kind = Self.allCases.first(where: { $0.number == number }) else { return nil }
      self = kind
    }
  }

  /// One version of something registered.
  struct RegisterEntry: Sendable {
    var row = RegisteredName()
    var more = RegisteredDetails()

    var kind: RegisterKind { row.kind }
    /// The printed identifier: `P17`.
    var id: String { more.id }
    var name: String { row.name }
    /// The code that it is known by; empty where it has none.
    var code: String { row.code }
    /// What a list says beside the name, in the order of `columns`.
    var details: [Cell] { more.details.map(\.cell) }
    var stream: StreamID { row.stream }
    var position: Position { row.position }
    /// The effective day of this version, and of the first one.
    var day: Day { row.day }
    var since: Day { row.since }

    init(_ row: RegisteredName, _ more: RegisteredDetails) {
      self.row = row
      self.more = more
    }

    private init(_ kind: RegisterKind, _ id: String, _ name: String) {
      row.kind = kind
      row.name = name
      more.id = id
    }

    /// Whether a list for one clinic has it: what is not of a clinic is everybody's.
    func belongs(to clinic: UInt64) -> Bool {
      switch kind {
      case .clinics: stream.number == clinic
      case .staff: more.clinics.isEmpty || more.clinics.contains { $0.number == clinic }
      default: true
      }
    }

    init(_ patient: PatientRegistered) {
      self.init(.patients, "\(patient.patient)", patient.person.name)
      more.details = [
        patient.birthYear.map { .text("\($0)") } ?? .empty,
        patient.sex == .unspecified ? .empty : .text("\(patient.sex)"),
      ]
    }

    init(_ patient: PatientAmended) {
      self.init(.patients, "\(patient.patient)", patient.person.name)
      more.details = [
        patient.birthYear.map { .text("\($0)") } ?? .empty,
        patient.sex == .unspecified ? .empty : .text("\(patient.sex)"),
      ]
    }

    init(_ resource: ResourceDefined) {
      self.init(.rooms, "\(resource.resource)", resource.name)
      row.isLive = !resource.retired
      more.details = [.text("\(resource.type)"), .text(resource.serial)]
    }

    init(_ tax: TaxCodeSet) {
      self.init(.taxes, "\(tax.taxCode)", tax.code)
      row.code = tax.code
      more.details = [.text("\(tax.taxClass)"), .text("\(tax.rate)"), .day(tax.from)]
    }

    init(_ party: PartyRegistered) {
      let kind: RegisterKind =
        switch party.type {
        case .payer: .payers
        case .supplier: .suppliers
        case .other, .unspecified: .parties
        }
      self.init(kind, "\(party.party)", party.person?.name ?? party.name)
      more.details = [.count(Int64(party.termsDays))]
    }

    /// What a member of staff does.
    var positions: [String] {
      guard case .text(let text)? = details.first else { return [] }
      return text.split(separator: ", ").map(String.init)
    }

    init(_ staff: StaffHired) {
      self.init(.staff, "\(staff.staff)", staff.person.name)
      more.clinics = staff.clinics
      more.details = [
        .text(staff.positions.joined(separator: ", ")),
        .text(staff.clinics.map(\.description).joined(separator: " ")),
        .text("\(staff.contract)"), .day(staff.start),
      ]
    }

    /// The member of staff on new terms.
    func amended(by amended: ContractAmended) -> RegisterEntry {
      var entry = self
      entry.more.clinics = amended.clinics
      entry.more.details = [
        .text(amended.positions.joined(separator: ", ")),
        .text(amended.clinics.map(\.description).joined(separator: " ")),
        .text("\(amended.contract)"), more.details.last ?? .empty,
      ]
      return entry
    }

    init(_ item: ItemDefined) {
      self.init(.items, "\(item.item)", item.name)
      row.code = item.code
      more.baseUnit = item.baseUnit
      more.packs = item.packs.map { ItemPack($0) }
      more.details = [
        .identifier(item.code), .text(item.baseUnit), .text(item.lotTracked ? "by lot" : ""),
      ]
    }

    init(_ service: ServiceDefined) {
      self.init(.services, "\(service.service)", service.name)
      row.code = service.code
      more.details = [
        .identifier(service.code), .text("\(service.type)"),
        .text(service.active ? "active" : "inactive"),
      ]
    }

    init(_ clinic: ClinicDefined) {
      self.init(.clinics, "\(clinic.clinic)", clinic.name)
      more.details = [.text(clinic.currency.code), .text(clinic.timeZone)]
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
      case .rooms: [Column("kind", .text), Column("serial", .text)]
      case .taxes: [Column("class", .text), Column("rate", .text), Column("from", .day)]
      case .clinics: [Column("currency", .text), Column("timeZone", .text)]
      }
    }
  }
#endif
