import Benchmark
import Daybook

@testable import DaybookEngine

/// A payment with a card that settles nothing, again and again: decided, numbered, queued for the
/// log and taken into the decision state; what is queued is written, but not synced, 64 at a time.
final class Deciding: Piece {
  private let engine: Engine
  private let payment: ReceivePayment
  private let envelope: Envelope

  init() throws {
    let life = try Life.lived()
    engine = try Engine(
      life.book, catalogue: .clinic, world: .live, options: LogOptions(durability: .none),
      driver: .caller)
    var payment = ReceivePayment()
    payment.from = .party(.patient(PatientID(1)))
    payment.amount = try Amount(parsing: "60.00", in: .usd)
    payment.method = .card(.with { $0.terminal = "T1" })
    self.payment = payment
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = Importer.synthea.actor
    envelope.role = Role(UInt16(ClinicRole.import.rawValue))
    self.envelope = envelope
  }

  func run(_ turns: Range<Int>) throws {
    for turn in turns {
      blackHole(try engine.submit(payment, envelope).result.get())
      if turn & 63 == 63 { engine.log.step() }
    }
  }

  deinit { engine.close() }
}

/// The events of the life, one after the other, into an accounting that begins anew behind the last.
final class Applying: Piece {
  private let life: Life
  private var model = AccountingModel()
  private let decoder = EventDecoder()
  private var next = 0

  init() throws { life = try Life.lived() }

  func run(_ turns: Range<Int>) throws {
    try withReader(of: life.bytes) { bytes in
      for _ in turns {
        if next == life.records.count {
          model = AccountingModel()
          next = 0
        }
        let record = life.records[next]
        var reader = bytes
        try reader.skip(record.payload.lowerBound)
        let payload = try reader.readBytes(record.payload.count)
        let reference = try reader.readBytes(record.reference.count)
        let source = record.source.map { SourceView(reference: reference, digest: $0.digest) }
        try model.apply(
          Event(RecordView(header: record.header, payload: payload, source: source), decoder))
        next += 1
      }
    }
  }
}

/// A row of 24 bytes.
private struct Row: HistoryRow {
  var position: Position
  var account: UInt64
  var amount: Int64

  static var blank: Row { Row(position: .start, account: 0, amount: 0) }

  init(position: Position, account: UInt64, amount: Int64) {
    self.position = position
    self.account = account
    self.amount = amount
  }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = Position(try reader.readLittleEndian(UInt64.self))
    account = try reader.readLittleEndian(UInt64.self)
    amount = try reader.readLittleEndian(Int64.self)
  }

  func append(to writer: inout ByteWriter) {
    writer.appendLittleEndian(position.number)
    writer.appendLittleEndian(account)
    writer.appendLittleEndian(amount)
  }
}

/// Rows for good, the digests of their blocks included; a million, then a history anew.
final class Appending: Piece {
  private var history = History<Row>()

  func run(_ turns: Range<Int>) {
    if history.count >= 1_000_000 { history = History() }
    for turn in turns {
      history.append(
        Row(position: Position(UInt64(history.count) + 1), account: 1200, amount: Int64(turn)))
    }
  }
}

/// References of actions that stand in the book, most of them in its files.
final class FindingKnown: Piece {
  private let engine: Engine
  private var known: [(clinic: UInt64, reference: String)] = []

  init() throws {
    let life = try Life.lived()
    engine = try Engine(life.book, catalogue: .clinic, world: .live, driver: .caller)
    for record in life.records {
      if let source = record.source { known.append((record.header.clinic, source.reference)) }
    }
  }

  func run(_ turns: Range<Int>) throws {
    for turn in turns {
      let (clinic, reference) = known[turn * 7919 % known.count]
      let found = try engine.sources.candidates(clinic: clinic, reference)
      guard !found.isEmpty else { throw Failure(description: "\(reference) was not found") }
    }
  }

  deinit { engine.close() }
}

/// References of actions that are new.
final class FindingNew: Piece {
  private let engine: Engine
  private let references = (0..<1024).map { "micro:new-\($0)" }

  init() throws {
    engine = try Engine(
      try Life.lived().book, catalogue: .clinic, world: .live, driver: .caller)
  }

  func run(_ turns: Range<Int>) throws {
    for turn in turns {
      blackHole(try engine.sources.candidates(clinic: 1, references[turn & 1023]).count)
    }
  }

  deinit { engine.close() }
}
