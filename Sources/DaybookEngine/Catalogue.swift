public import DaybookEvents
import DaybookLog

/// What a book is about: its families, its kinds of streams, its decision states and read models.
///
/// The engine knows no clinic: everything it hosts comes in here, the clinic's own and what a
/// third party adds in the same way.
public struct Catalogue: Sendable {
  /// The families of events.
  public private(set) var families: [FamilyDescription] = []
  /// The kinds of streams.
  public private(set) var streamKinds: [StreamKindDescription] = []
  /// Names of importers by their number, as printed behind `import:`.
  public private(set) var importers: [UInt64: String] = [:]
  /// Names of roles by their number.
  public private(set) var roles: [UInt16: String] = [:]

  var states: [@Sendable () -> any HostedState] = []
  var models: [@Sendable () -> any HostedModel] = []
  private var events: [EventKey: EventDescription] = [:]

  private struct EventKey: Hashable, Sendable {
    var family: FamilyNumber
    var tag: UInt16
  }

  /// A catalogue of nothing.
  public init() {}

  /// Adds a family and all its events.
  public mutating func add(_ family: FamilyDescription) {
    families.append(family)
    for event in family.events {
      events[EventKey(family: event.family, tag: event.tag)] = event
    }
  }

  /// Adds kinds of streams.
  public mutating func add(_ kinds: [StreamKindDescription]) { streamKinds += kinds }

  /// Adds a decision state, which commands name as theirs.
  public mutating func add<S: DecisionState>(state: S.Type) {
    states.append { StateBox<S>() }
  }

  /// Adds a read model.
  public mutating func add<M: ReadModel>(model: M.Type) {
    models.append { ModelBox<M>() }
  }

  /// Names importers.
  public mutating func add(importers names: [UInt64: String]) {
    importers.merge(names) { _, new in new }
  }

  /// Names roles.
  public mutating func add(roles names: [UInt16: String]) { roles.merge(names) { _, new in new } }

  /// The description of an event; nil for one that the catalogue does not know.
  public func event(_ family: FamilyNumber, _ tag: UInt16) -> EventDescription? {
    events[EventKey(family: family, tag: tag)]
  }

  /// The kind of stream of a number; nil for one that the catalogue does not know.
  public func streamKind(_ kind: StreamKind) -> StreamKindDescription? {
    streamKinds.first { $0.kind == kind }
  }

  /// A stream as it is printed: `appointment/123`.
  public func name(of stream: StreamID) -> String {
    "\(streamKind(stream.kind)?.name ?? "kind-\(stream.kind.number)")/\(stream.number)"
  }

  /// An event as it is printed: `PaymentReceived`.
  public func name(of header: RecordHeader) -> String {
    event(header.family, header.tag)?.name ?? logsOwnName(header.family, header.tag)
      ?? "family-\(header.family.rawValue)/\(header.tag)"
  }

  /// An actor as it is printed: `D3`, `system`, `import:synthea`.
  public func name(of actor: Actor) -> String {
    if let staff = actor.staffNumber { return "D\(staff)" }
    if let importer = actor.importerNumber {
      return "import:\(importers[importer] ?? "\(importer)")"
    }
    return "system"
  }

  /// A role as it is printed; empty for none.
  public func name(of role: Role) -> String {
    role == .none ? "" : roles[role.rawValue] ?? "role-\(role.rawValue)"
  }

  /// The published schema of every event.
  public func schema() throws -> String {
    var schema = Schema()
    for family in families {
      for event in family.events { try event.add(to: &schema) }
    }
    return schema.text()
  }
}
