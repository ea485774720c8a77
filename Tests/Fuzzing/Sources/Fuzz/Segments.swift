import DaybookBytes
import DaybookTesting
import DaybookValues
import DaybookWorld

@testable import DaybookLog

private let header = SegmentHeader(
  logID: LogID(low: 1, high: 2), number: 1, firstPosition: Position(1),
  created: Instant(milliseconds: 1_800_000_000_000), checksumSeed: 3)

private var facts: SegmentFacts {
  SegmentFacts(
    name: SegmentName(Position(1)), header: header, size: 1 << 20, footer: nil)
}

/// Reads the bytes as a last segment: whole frames with right checksums, footers and plain bytes, as
/// the bytes ask for them.
func fuzzFrame(_ bytes: ByteReader) {
  var bytes = bytes
  var segment = ByteWriter()
  segment.append(header.encoded())
  while let kind = try? bytes.readByte(), segment.count < 1 << 18 {
    if (try? append(kind, &bytes, to: &segment)) == nil { break }
  }
  let file = MemoryFile(segment.bytes)
  for watermark in [Position.start, Position(3)] {
    guard let found = try? LastSegment.scan(facts, file, watermark: watermark) else { continue }
    claim(found.end <= UInt64(segment.count), "the log ends at \(found.end), behind its file")
    claim(found.tally.lastPosition >= watermark.number, "what was acknowledged was given up")
  }
  _ = try? SegmentTally.count(facts, file, through: Position(5))
}

private func append(
  _ kind: UInt8, _ bytes: inout ByteReader, to segment: inout ByteWriter
) throws(WireError) {
  let place = header.place.at(UInt64(segment.count))
  switch kind & 7 {
  case 0: segment.append(try bytes.readBytes(Int(try bytes.readByte())))
  case 1: segment.append([UInt8](repeating: 0, count: Int(try bytes.readByte())))
  default:
    let isCompressed = kind & 8 != 0
    let raw = isCompressed ? Int(try bytes.readLittleEndian(UInt16.self)) : nil
    let records = Int(try bytes.readByte())
    let first = kind & 16 != 0 ? UInt64(try bytes.readByte()) : nil
    let lag = kind & 64 != 0 ? UInt64(try bytes.readLittleEndian(UInt32.self)) : nil
    let stored = Int(try bytes.readByte())
    FrameHeader.append(
      body: try bytes.readBytes(stored), rawCount: raw, recordCount: records, firstPosition: first,
      opening: kind & 32 != 0 ? 7 : nil, lag: lag, place: place,
      to: &segment)
  }
}

/// Reads the bytes as a footer of up to three chains and types whose checksum is right.
func fuzzFooter(_ bytes: ByteReader) {
  let offset: UInt64 = 8192
  var bytes = bytes
  guard let counts = try? bytes.readByte(), let summary = try? bytes.readBytes(64) else { return }
  var index = ByteWriter()
  index.append(utf8: "DBFOOTER")
  index.append(summary)
  index.appendLittleEndian(UInt32(counts & 3))
  index.appendLittleEndian(UInt32(counts >> 2 & 3))
  index.append(bytes)
  SegmentFooter.close(&index, hash: SHA256().finalize(), at: offset, place: header.place)
  index.withReader { footer in
    guard let read = try? SegmentFooter(reading: footer, at: offset, of: header) else { return }
    let again = SegmentFooter.encodedIndex(read.tally)
    again.withReader { again in
      var first = footer
      guard let same = try? first.readBytes(again.remaining) else { return }
      claim(again.hasSameBytes(as: same), "a footer was written again otherwise")
    }
  }
}
