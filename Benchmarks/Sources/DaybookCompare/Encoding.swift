import Daybook
import DaybookBytes

/// One event with the ways to write and read it, as code that knows its type has them.
private struct Sample {
  var write: (inout Fields, inout ByteWriter) throws -> Void
  var read: (inout Fields, ByteReader) throws -> Void
  var bytes: [UInt8]

  init?(_ record: RecordView) throws {
    let bytes = record.payload.copyRemaining()
    let base = record.header.effective.instant
    func sample<P: EventPayload>(_ type: P.Type) throws -> Sample? {
      guard P.Tag.family == record.header.family, P.tag.rawValue == record.header.tag else {
        return nil
      }
      let payload = try P(decoding: bytes, base: base)
      return Sample(
        write: { fields, output in try fields.encode(payload, into: &output, base: base) },
        read: { fields, reader in keep(try fields.decode(P.self, from: reader, base: base)) },
        bytes: bytes)
    }
    let samples = try [
      sample(AppointmentBooked.self), sample(PatientCheckedIn.self), sample(EncounterStarted.self),
      sample(TreatmentPerformed.self), sample(EncounterCompleted.self), sample(ChargePosted.self),
      sample(PaymentReceived.self), sample(ResponsibilityTransferred.self),
      sample(ClaimSubmitted.self), sample(ClaimAdjudicated.self), sample(CoverageSet.self),
      sample(PatientRegistered.self), sample(StockIssued.self), sample(GoodsReceived.self),
      sample(PaymentAllocated.self), sample(AdjustmentPosted.self),
    ]
    guard let found = samples.compactMap({ $0 }).first else { return nil }
    self = found
  }

  private init(
    write: @escaping (inout Fields, inout ByteWriter) throws -> Void,
    read: @escaping (inout Fields, ByteReader) throws -> Void, bytes: [UInt8]
  ) {
    self.write = write
    self.read = read
    self.bytes = bytes
  }
}

/// Writing and reading payloads through their descriptions: nanoseconds and allocations an event,
/// over consecutive events from the middle of the history.
func compareEncoding(_ logs: Logs, rounds: Int, into results: inout Results) throws {
  var samples: [Sample] = []
  var log = try LogReader(logs.book(.actions), in: logs.world)
  let middle = Position(log.durable.number / 2)
  try log.scan(from: middle, through: Position(middle.number + 4095)) { record in
    if let sample = try Sample(record) { samples.append(sample) }
  }
  let turns = 50
  let count = Double(samples.count)
  var fields = Fields()
  var output = ByteWriter(capacity: 4096)

  func writeAll() throws {
    for sample in samples {
      output.removeAll()
      try sample.write(&fields, &output)
    }
  }
  func readAll() throws {
    for sample in samples {
      try withReader(of: sample.bytes) { try sample.read(&fields, $0) }
    }
  }
  let times = try interleaved(
    rounds,
    [
      { try processorTime { for _ in 0..<turns { try writeAll() } } / count / Double(turns) },
      { try processorTime { for _ in 0..<turns { try readAll() } } / count / Double(turns) },
    ])
  try results.add(Figure(name: "encode", values: times[0], unit: "ns/event"))
  try results.add(Figure(name: "decode", values: times[1], unit: "ns/event"))
  for (name, body) in [("encode", writeAll), ("decode", readAll)] {
    guard let made = try allocations(body) else { continue }
    try results.add(
      Figure(
        name: "\(name).allocations", values: [Double(made) / count], unit: "allocations/event"))
  }
  let bytes = samples.reduce(0) { $0 + $1.bytes.count }
  try results.add(
    Figure(name: "size.payload", values: [Double(bytes) / count], unit: "bytes/event"))
}
