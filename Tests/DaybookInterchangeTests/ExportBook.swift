import Daybook
import DaybookBytes
import DaybookTesting

/// A hand-made history, written as a log of its own: each event an action, unless `together` holds several.
struct ExportBook {
  let folder: TemporaryDirectory
  let path: String
  private var actions: [EncodedAction] = []
  private var open: EncodedAction?
  private var position: UInt64 = 0
  private var heads: [StreamID: (version: UInt64, last: Position)] = [:]
  private var currencies: [UInt64: Currency] = [:]
  /// When the next events are recorded; it tells that no export of the books says so.
  var recorded = Instant(milliseconds: 1_772_443_800_000)

  init() throws {
    folder = try TemporaryDirectory()
    path = folder.file("book")
  }

  /// Takes an event in, effective at nine in the morning of `day`, an hour ahead of UTC.
  mutating func take<E: EventPayload>(
    _ event: E, on number: UInt64, day: String = "2026-03-02", clinic: UInt64 = 1,
    reference: String? = nil, change: (inout RecordHeader) -> Void = { _ in }
  ) throws {
    if let clinic = event as? ClinicDefined {
      currencies[clinic.clinic.number] = clinic.currency
    }
    position += 1
    let stream = StreamID(E.streamKind, number)
    let head = heads[stream] ?? (0, .start)
    var header = RecordHeader()
    header.position = Position(position)
    header.stream = stream
    header.version = head.version + 1
    header.previous = head.last
    header.family = E.Tag.family
    header.tag = E.tag.rawValue
    header.clinic = clinic
    header.recorded = recorded
    header.effective = try Moment(parsing: "\(day)T09:00:00+01:00")
    change(&header)
    heads[stream] = (header.version, header.position)
    let payload = try event.encoded(
      base: header.effective.instant, currency: currencies[clinic] ?? .unspecified)
    try append(
      header, payload,
      try reference.map { ActionSource(reference: $0, digest: try CommandDigest(of: Said())) })
  }

  private mutating func append(
    _ header: RecordHeader, _ payload: [UInt8], _ source: ActionSource?
  ) throws {
    var action = open ?? EncodedAction(headers: [], payloads: [], payloadEnds: [], source: source)
    action.headers.append(header)
    action.payloads += payload
    action.payloadEnds.append(action.payloads.count)
    if open == nil { actions.append(action) } else { open = action }
  }

  /// Makes one action of all that `body` takes in.
  mutating func together(
    reference: String, _ body: (inout ExportBook) throws -> Void
  ) throws {
    open = EncodedAction(
      headers: [], payloads: [], payloadEnds: [],
      source: ActionSource(reference: reference, digest: try CommandDigest(of: Said())))
    try body(&self)
    guard var action = open else { return }
    open = nil
    for index in action.headers.indices {
      action.headers[index].actionIndex = UInt32(index)
      action.headers[index].actionCount = UInt32(action.headers.count)
    }
    actions.append(action)
  }

  /// Writes the log and opens it.
  func archive() throws -> Archive {
    var writer = try LogWriter.open(
      path, in: .live, options: LogOptions(durability: .synced, creation: .ifMissing))
    for action in actions { writer.submit(action) }
    try writer.step()
    writer.close()
    return try Archive(path, catalogue: .clinic, world: .live)
  }

  /// The books of the log.
  func view() throws -> Snapshot<AccountingModel> {
    var archive = try archive()
    return try archive.snapshot(of: AccountingModel.self)
  }
}

/// A command without content, for a digest that is always the same: a private type has no name.
struct Said: Command {
  typealias State = DeskState

  mutating func describe(_ fields: inout Fields) throws(WireError) {}

  func decide(
    given state: DeskState, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {}
}

extension ExportBook {
  mutating func clinic(_ number: UInt64, _ currency: Currency, name: String) throws {
    var clinic = ClinicDefined()
    clinic.clinic = ClinicID(number)
    clinic.name = name
    clinic.currency = currency
    clinic.limits.writeOff = Amount(minorUnits: 500)
    try take(clinic, on: number, day: "2026-01-01", clinic: number, reference: "L/\(number)")
  }

  mutating func service(_ number: UInt64, _ type: ServiceType) throws {
    var service = ServiceDefined()
    service.service = ServiceID(number)
    service.type = type
    try take(service, on: number, day: "2026-01-01", clinic: 0)
  }

  mutating func charge(
    _ number: UInt64, to debtor: Debtor, _ cents: Int64, discount: Int64 = 0, tax: Int64 = 0,
    service: UInt64 = 1, day: String = "2026-03-02", clinic: UInt64 = 1
  ) throws {
    var event = ChargePosted()
    event.charge = ChargeID(number)
    event.patient = PatientID(1)
    event.service = ServiceID(service)
    event.units = 1
    event.list = Amount(minorUnits: cents)
    event.discount = Amount(minorUnits: discount)
    event.net = Amount(minorUnits: cents - discount)
    event.tax = Amount(minorUnits: tax)
    event.responsible = debtor
    try take(event, on: number, day: day, clinic: clinic)
  }

  mutating func transfer(_ charge: UInt64, from: Debtor, to: Debtor, _ cents: Int64) throws {
    var event = ResponsibilityTransferred()
    event.charge = ChargeID(charge)
    event.from = from
    event.to = to
    event.amount = Amount(minorUnits: cents)
    try take(event, on: charge)
  }

  mutating func adjust(
    _ charge: UInt64, of debtor: Debtor, _ type: AdjustmentType, _ cents: Int64
  ) throws {
    var event = AdjustmentPosted()
    event.charge = ChargeID(charge)
    event.debtor = debtor
    event.type = type
    event.amount = Amount(minorUnits: cents)
    try take(event, on: charge, day: "2026-03-05")
  }

  mutating func pay(
    _ number: UInt64, from party: Party, _ cents: Int64, by method: PaymentMethod,
    _ allocations: [Allocation] = [], clinic: UInt64 = 1,
    change: (inout PaymentReceived) -> Void = { _ in }
  ) throws {
    var event = PaymentReceived()
    event.payment = PaymentID(number)
    event.from = party
    event.amount = Amount(minorUnits: cents)
    event.method = method
    for allocation in allocations { event.allocations.append(allocation) }
    change(&event)
    try take(event, on: number, day: "2026-03-04", clinic: clinic, reference: "M/\(number)")
  }
}

func allocation(_ charge: UInt64, _ debtor: Debtor, _ cents: Int64) -> Allocation {
  Allocation(ChargeID(charge), owedBy: debtor, Amount(minorUnits: cents))
}
