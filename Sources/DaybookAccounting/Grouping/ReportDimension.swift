import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues

/// What rows of reports are grouped by, crossed with and narrowed to: one name in all reports.
///
/// Which report has which of them is said by `GroupedReport`.
public enum ReportDimension: String, CaseIterable, Hashable, Sendable {
  /// The clinic where it happened, in whose books it stands.
  case clinic
  /// Who did what was charged.
  case practitioner
  /// What was done or charged.
  case service
  /// The payer whom it concerns, or who owed the charge at first.
  case payer
  /// Whom it concerns: a patient, payer, supplier or other party.
  case party
  /// Who delivered it.
  case supplier
  /// What was delivered.
  case item
  /// The account of the books.
  case account
  /// The calendar month of the effective day.
  case month
  /// How many days it is due, or waits, in five steps.
  case age
  /// How it stands.
  case status
  /// What sort of thing it is.
  case kind
  /// The series of its number, at its clinic.
  case series
  /// The tax code.
  case taxCode = "tax-code"
  /// Who recorded it.
  case user
  /// The event that made it.
  case type
  /// The journal that its entry is of.
  case journal
}

/// The group of a row under one dimension; groups are printed in this order, what is of none last.
enum GroupKey: Hashable, Comparable, Sendable {
  /// The number of a clinic, service and so on, or the raw value of a `PartyKey` or an `Actor`.
  case number(UInt64)
  /// Months since January 1970.
  case month(Int32)
  /// Words, in the order of a number before that of the words.
  case words(Int, String)
  /// It is of none.
  case none

  /// The thing of that number; none for 0.
  init(_ number: some BinaryInteger) {
    self = number == 0 ? .none : .number(UInt64(clamping: number))
  }

  /// The month of a day, which is counted since 1970.
  init(monthOf day: Int32) { self = .month(Day(daysSince1970: day).monthOf.monthsSince1970) }

  /// How old something is.
  init(_ age: AgeBucket) { self = .words(age.rawValue, age.words) }

  /// A case among others, in the words that are printed.
  init<Case: CaseIterable & Equatable>(_ value: Case, _ words: String) {
    let place = Array(Case.allCases).firstIndex(of: value)
    self = .words(place ?? 0, words)
  }
}

/// What knows the names of groups as of one position.
protocol GroupNames {
  /// The source reference of a thing; empty where it has none.
  func reference(of stream: StreamID) -> String
  /// The code and the name of a service; nil where it is not known.
  func service(_ number: UInt64) -> (code: String, name: String)?
  /// The name of an account; nil where the chart has none of that code.
  func accountName(_ code: String) -> String?
  /// Who a party, a `PartyKey`, is by then.
  func current(_ party: UInt32) -> UInt32
}

extension GroupNames {
  func service(_ number: UInt64) -> (code: String, name: String)? { nil }
  func accountName(_ code: String) -> String? { nil }

  /// The identifier and the reference of an actor, for two columns: a member of staff, or
  /// `import:journal`, or `system`.
  func cells(_ actor: Actor) -> [Cell] {
    if let number = actor.staffNumber {
      let staff = StaffID(number)
      return [.identifier(staff.description), .text(reference(of: staff.stream))]
    }
    guard let number = actor.importerNumber else { return [.identifier("system"), .empty] }
    return [.identifier("import:" + (Importer(rawValue: number)?.name ?? "\(number)")), .empty]
  }
}

extension ReportDimension {
  /// What it is called in a heading.
  var words: String { self == .taxCode ? "tax code" : rawValue }

  /// The first columns of a report in sums by it.
  var columns: [Column] {
    switch self {
    case .clinic, .practitioner, .payer, .party, .supplier, .item, .user:
      [Column(rawValue, .identifier), Column("ref", .text)]
    case .taxCode: [Column("taxCode", .identifier), Column("ref", .text)]
    case .service:
      [Column("service", .identifier), Column("code", .text), Column("name", .text)]
    case .account: [Column("account", .identifier), Column("name", .text)]
    case .month: [Column("month", .month)]
    case .series: [Column("series", .identifier)]
    case .type: [Column("event", .text)]
    case .age, .status, .kind, .journal: [Column(rawValue, .text)]
    }
  }

  /// The first cells of a row in sums by it.
  func cells(_ key: GroupKey, _ names: some GroupNames) -> [Cell] {
    switch key {
    case .none: return Array(repeating: .empty, count: columns.count)
    case .month(let month): return [.month(Month(monthsSince1970: month))]
    case .words(_, let words):
      guard self == .account else { return [.text(words)] }
      return [.identifier(words), .text(names.accountName(words))]
    case .number(let number):
      if self == .user { return names.cells(Actor(rawValue: number)) }
      let (id, stream) = named(number)
      if self == .service {
        let known = names.service(number)
        return [.identifier(id), .text(known?.code), .text(known?.name)]
      }
      return [.identifier(id), .text(stream.map { names.reference(of: $0) })]
    }
  }

  /// What the column of a group is called.
  func name(_ key: GroupKey, _ names: some GroupNames) -> String {
    switch cells(key, names)[0] {
    case .identifier(let name), .text(let name): name
    case .month(let month): month.description
    default: "none"
    }
  }

  private func named(_ number: UInt64) -> (id: String, stream: StreamID?) {
    func both<Kind>(_ id: Identifier<Kind>, _ stream: StreamID) -> (String, StreamID?) {
      (id.description, stream)
    }
    switch self {
    case .clinic: return both(ClinicID(number), ClinicID(number).stream)
    case .practitioner: return both(StaffID(number), StaffID(number).stream)
    case .service: return both(ServiceID(number), ServiceID(number).stream)
    case .payer, .supplier: return both(PartyID(number), PartyID(number).stream)
    case .item: return both(ItemID(number), ItemID(number).stream)
    case .taxCode: return both(TaxCodeID(number), TaxCodeID(number).stream)
    case .party:
      let party = PartyKey(rawValue: UInt32(clamping: number))
      return (party.description, party.stream)
    case .account, .month, .age, .status, .kind, .series, .user, .type, .journal:
      preconditionFailure("a group by \(rawValue) has no number")
    }
  }
}
