import Daybook
import DaybookBytes

/// Writing and reading payloads through their descriptions: nanoseconds and allocations an event,
/// over consecutive events from the middle of the history.
func compareEncoding(_ logs: Logs, rounds: Int, into results: inout Results) throws {
  var mix = Mix()
  var log = try LogReader(logs.book(.actions), in: logs.world)
  let middle = Position(log.durable.number / 2)
  try log.scan(from: middle, through: Position(middle.number + 4095)) { try mix.add($0) }
  let turns = 50
  let count = Double(mix.count)
  var coder = Coder()
  let times = try interleaved(
    rounds,
    [
      { try processorTime { try coder.write(mix, turns) } / count / Double(turns) },
      { try processorTime { try coder.read(mix, turns) } / count / Double(turns) },
    ])
  try results.add(Figure(name: "encode", values: times[0], unit: "ns/event"))
  try results.add(Figure(name: "decode", values: times[1], unit: "ns/event"))
  let made = (
    try allocations { try coder.write(mix, 1) }, try allocations { try coder.read(mix, 1) }
  )
  for (name, made) in [("encode", made.0), ("decode", made.1)] {
    guard let made else { continue }
    try results.add(
      Figure(
        name: "\(name).allocations", values: [Double(made) / count], unit: "allocations/event"))
  }
  try results.add(
    Figure(
      name: "size.payload", values: [Double(mix.bytes.count) / count], unit: "bytes/event"))
}

/// Consecutive events: their stored bytes, and their payloads each in the array of its type, as
/// code that knows the type has them.
private struct Mix {
  /// Which array, which place in it, where the bytes end, and the effective time.
  struct Entry {
    var kind: Kind
    var place: Int
    var end: Int
    var base: Instant
  }

  var entries: [Entry] = []
  var bytes: [UInt8] = []
  var booked: [AppointmentBooked] = []
  var checkedIn: [PatientCheckedIn] = []
  var started: [EncounterStarted] = []
  var treated: [TreatmentPerformed] = []
  var completed: [EncounterCompleted] = []
  var charged: [ChargePosted] = []
  var paid: [PaymentReceived] = []
  var transferred: [ResponsibilityTransferred] = []
  var claimed: [ClaimSubmitted] = []
  var answered: [ClaimAdjudicated] = []
  var covered: [CoverageSet] = []
  var registered: [PatientRegistered] = []
  var issued: [StockIssued] = []

  enum Kind {
    case booked, checkedIn, started, treated, completed, charged, paid, transferred, claimed
    case answered, covered, registered, issued
  }

  var count: Int { entries.count }

  /// Adds the record's event; the few that a clinic's days do not bring are left out.
  mutating func add(_ record: RecordView) throws {
    let payload = record.payload.copyRemaining()
    let base = record.header.effective.instant
    let found: (kind: Kind, place: Int)?
    switch (record.header.family, record.header.tag) {
    case (.frontOffice, FrontOfficeTag.appointmentBooked.rawValue):
      found = (.booked, try booked.decode(payload, base))
    case (.frontOffice, FrontOfficeTag.patientCheckedIn.rawValue):
      found = (.checkedIn, try checkedIn.decode(payload, base))
    case (.frontOffice, FrontOfficeTag.encounterStarted.rawValue):
      found = (.started, try started.decode(payload, base))
    case (.frontOffice, FrontOfficeTag.treatmentPerformed.rawValue):
      found = (.treated, try treated.decode(payload, base))
    case (.frontOffice, FrontOfficeTag.encounterCompleted.rawValue):
      found = (.completed, try completed.decode(payload, base))
    case (.frontOffice, FrontOfficeTag.coverageSet.rawValue):
      found = (.covered, try covered.decode(payload, base))
    case (.frontOffice, FrontOfficeTag.patientRegistered.rawValue):
      found = (.registered, try registered.decode(payload, base))
    case (.accounting, AccountingTag.chargePosted.rawValue):
      found = (.charged, try charged.decode(payload, base))
    case (.accounting, AccountingTag.paymentReceived.rawValue):
      found = (.paid, try paid.decode(payload, base))
    case (.accounting, AccountingTag.responsibilityTransferred.rawValue):
      found = (.transferred, try transferred.decode(payload, base))
    case (.accounting, AccountingTag.claimSubmitted.rawValue):
      found = (.claimed, try claimed.decode(payload, base))
    case (.accounting, AccountingTag.claimAdjudicated.rawValue):
      found = (.answered, try answered.decode(payload, base))
    case (.logistics, LogisticsTag.stockIssued.rawValue):
      found = (.issued, try issued.decode(payload, base))
    default: found = nil
    }
    guard let found else { return }
    bytes += payload
    entries.append(Entry(kind: found.kind, place: found.place, end: bytes.count, base: base))
  }
}

extension Array where Element: EventPayload {
  /// Appends the decoded payload and tells its place.
  fileprivate mutating func decode(_ bytes: [UInt8], _ base: Instant) throws -> Int {
    append(try Element(decoding: bytes, base: base))
    return count - 1
  }
}

/// The loops that are timed: one switch an event, as a projector has it.
private struct Coder: ~Copyable {
  private var fields = Fields()
  private var output = ByteWriter(capacity: 4096)

  mutating func write(_ mix: borrowing Mix, _ turns: Int) throws {
    for _ in 0..<turns {
      for index in 0..<mix.entries.count {
        let entry = mix.entries[index]
        output.removeAll()
        switch entry.kind {
        case .booked: try write(mix.booked[entry.place], entry)
        case .checkedIn: try write(mix.checkedIn[entry.place], entry)
        case .started: try write(mix.started[entry.place], entry)
        case .treated: try write(mix.treated[entry.place], entry)
        case .completed: try write(mix.completed[entry.place], entry)
        case .charged: try write(mix.charged[entry.place], entry)
        case .paid: try write(mix.paid[entry.place], entry)
        case .transferred: try write(mix.transferred[entry.place], entry)
        case .claimed: try write(mix.claimed[entry.place], entry)
        case .answered: try write(mix.answered[entry.place], entry)
        case .covered: try write(mix.covered[entry.place], entry)
        case .registered: try write(mix.registered[entry.place], entry)
        case .issued: try write(mix.issued[entry.place], entry)
        }
      }
    }
  }

  private mutating func write(_ payload: some EventPayload, _ entry: Mix.Entry) throws {
    try fields.encode(payload, into: &output, base: entry.base)
  }

  mutating func read(_ mix: borrowing Mix, _ turns: Int) throws {
    for _ in 0..<turns {
      try withReader(of: mix.bytes) { bytes in
        var bytes = bytes
        for index in 0..<mix.entries.count {
          let entry = mix.entries[index]
          let payload = try bytes.readBytes(entry.end - bytes.offset)
          switch entry.kind {
          case .booked: try read(AppointmentBooked.self, payload, entry)
          case .checkedIn: try read(PatientCheckedIn.self, payload, entry)
          case .started: try read(EncounterStarted.self, payload, entry)
          case .treated: try read(TreatmentPerformed.self, payload, entry)
          case .completed: try read(EncounterCompleted.self, payload, entry)
          case .charged: try read(ChargePosted.self, payload, entry)
          case .paid: try read(PaymentReceived.self, payload, entry)
          case .transferred: try read(ResponsibilityTransferred.self, payload, entry)
          case .claimed: try read(ClaimSubmitted.self, payload, entry)
          case .answered: try read(ClaimAdjudicated.self, payload, entry)
          case .covered: try read(CoverageSet.self, payload, entry)
          case .registered: try read(PatientRegistered.self, payload, entry)
          case .issued: try read(StockIssued.self, payload, entry)
          }
        }
      }
    }
  }

  private mutating func read<P: EventPayload>(
    _ type: P.Type, _ bytes: ByteReader, _ entry: Mix.Entry
  ) throws {
    keep(try fields.decode(type, from: bytes, base: entry.base))
  }
}
