public import DaybookEvents

/// A reader of other programs' files, which acts under a name of its own: `import:synthea`.
///
/// The numbers stand in the header's actor of every imported record: never reused.
public enum Importer: UInt64, CaseIterable, Hashable, Sendable {
  /// Clinic histories in the layout of the Synthea generator.
  case synthea = 1
  /// Appointments with their outcomes.
  case appointments = 2
  /// Billing cases of a hospital.
  case billing = 3
  /// Treatments of a hospital, with corrections.
  case treatments = 4
  /// Invoices of a shop.
  case retail = 5
  /// Tickets of a counter.
  case tickets = 6
  /// Deliveries of goods.
  case deliveries = 7
  /// Absences of staff.
  case absences = 8
  /// Totals of hours by day and role.
  case hours = 9
  /// Entries of another set of books.
  case journal = 10
  /// Our own export, one event a line.
  case jsonl = 11

  /// The name as the tool takes and prints it.
  public var name: String {
    switch self {
    case .synthea: "synthea"
    case .appointments: "appointments"
    case .billing: "billing"
    case .treatments: "treatments"
    case .retail: "retail"
    case .tickets: "tickets"
    case .deliveries: "deliveries"
    case .absences: "absences"
    case .hours: "hours"
    case .journal: "journal"
    case .jsonl: "jsonl"
    }
  }

  /// The importer of this name; nil when there is none.
  public init?(named name: some StringProtocol) {
    guard let found = Importer.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The actor that the records of this importer name.
  public var actor: Actor { .importer(rawValue) }
}
