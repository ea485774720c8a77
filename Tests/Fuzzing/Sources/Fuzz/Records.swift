import DaybookBytes
import DaybookEvents
import DaybookValues

@testable import DaybookLog

/// Reads the bytes as the records of a frame, behind two bytes that say how many and from where; what
/// can be read can be written, and read again, as the same.
func fuzzRecord(_ bytes: ByteReader) {
  var bytes = bytes
  guard let count = try? bytes.readByte(), let first = try? bytes.readByte() else { return }
  var records = FrameRecords(
    bytes.rebased, base: RecordBase(), first: UInt64(first) + 1, count: Int(count) + 1)
  var base = RecordBase()
  var record = RecordView(header: RecordHeader(), payload: bytes)
  while !records.isAtEnd, (try? records.next(into: &record)) != nil {
    checkAgain(record, base)
    base = records.firstRecord
  }
  try? records.finish()
}

private func checkAgain(_ record: RecordView, _ base: RecordBase) {
  let header = record.header
  var given: ActionSource?
  if let source = record.source {
    // The log keeps a reference as bytes; who writes gives it as text.
    guard let reference = source.reference.text() else { return }
    given = ActionSource(reference: reference, digest: source.digest)
  }
  // What stands inside an action cannot be read alone.
  guard header.actionIndex == 0, header.actionCount == 1,
    header.recorded.milliseconds >= base.recorded
  else { return }
  var writer = ByteWriter()
  RecordEncoder.append(header, source: given, payload: record.payload, base: base, to: &writer)
  writer.withReader { written in
    var again = FrameRecords(written, base: base, first: header.position.number, count: 1)
    var copy = record
    guard (try? again.next(into: &copy)) != nil else {
      fatalError("\(header) cannot be read again")
    }
    claim(copy.header == header, "\(header) was read again as \(copy.header)")
    claim(copy.payload.hasSameBytes(as: record.payload), "a payload of \(header) changed")
    claim((copy.source == nil) == (given == nil), "the source of \(header) changed")
  }
}
