import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues

/// Of the book that an export is merged into: which actions have a reference that the export has too,
/// and what else the merge must know of it.
struct StandingActions {
  /// An action of the book.
  struct Action {
    var clinic: UInt64
    var source: CommandDigest
    var first: Position
    /// Of each event.
    var clinics: [UInt64]
    var content: ActionContent
  }

  /// By reference; several where clinics have the same.
  private var actions: [CommandDigest: [Action]] = [:]
  /// How many events stand at a clinic.
  private(set) var events: [UInt64: Int] = [:]
  /// The highest number of each kind that has no streams.
  private(set) var streamless: [StreamKind: UInt64] = [:]
  /// Supplier and number of all supplier invoices.
  private(set) var supplierInvoices: Set<String> = []
  private(set) var definitions = BookDefinitions()
  private(set) var lastRecorded = Instant()

  private let wanted: Set<CommandDigest>
  private let kinds: Set<StreamKind>
  private let maker: ActionContent.Maker
  private let decoder = EventDecoder()

  /// - Parameter wanted: The references of the export.
  init(wanted: Set<CommandDigest>, _ catalogue: Catalogue) {
    self.wanted = wanted
    kinds = catalogue.kindsOfStreams
    maker = ActionContent.Maker(catalogue)
  }

  /// Takes an action of the book in.
  mutating func note(_ action: EncodedAction) throws {
    let content = try maker.content(of: action)
    for thing in content.things where !kinds.contains(thing.kind) {
      streamless[thing.kind] = max(streamless[thing.kind] ?? 0, thing.number)
    }
    try action.forEachEvent { record in
      let header = record.header
      events[header.clinic, default: 0] += 1
      lastRecorded = max(lastRecorded, header.recorded)
      try definitions.note(record)
      guard header.family == .accounting, header.tag == SupplierInvoiceRecorded.tag.rawValue else {
        return
      }
      decoder.reset()
      let invoice = try Event(record, decoder).payload(SupplierInvoiceRecorded.self)
      supplierInvoices.insert(Self.key(invoice))
    }
    guard let source = action.source, let first = action.headers.first else { return }
    let key = Self.key(source.reference)
    guard wanted.contains(key) else { return }
    actions[key, default: []].append(
      Action(
        clinic: first.clinic, source: source.digest, first: first.position,
        clinics: action.headers.map(\.clinic), content: content))
  }

  /// The action that has the reference at a clinic.
  func action(_ reference: String, clinic: UInt64) -> Action? {
    actions[Self.key(reference)]?.first { $0.clinic == clinic }
  }

  static func key(_ reference: String) -> CommandDigest {
    MergePlan.short(SHA256.hash(Array(reference.utf8)))
  }

  static func key(_ invoice: SupplierInvoiceRecorded) -> String {
    "\(invoice.supplier.number)/\(invoice.number)"
  }
}

extension Catalogue {
  /// The kinds of things that have a stream of their own; the others are named by events alone.
  var kindsOfStreams: Set<StreamKind> {
    Set(families.flatMap { $0.events.map(\.streamKind) }).subtracting([.ofTarget])
  }
}
