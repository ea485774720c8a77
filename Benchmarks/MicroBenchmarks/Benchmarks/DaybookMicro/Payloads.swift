import Benchmark
import Daybook

/// Up to 64 events of a type from a clinic's life, with the time that they count from.
private struct Sample<P: EventPayload> {
  var values: [P] = []
  var bytes: [[UInt8]] = []
  var bases: [Instant] = []

  init() throws {
    let life = try Life.lived()
    for record in life.records where bytes.count < 64 {
      let header = record.header
      guard header.family == P.Tag.family, header.tag == P.tag.rawValue else { continue }
      bytes.append(Array(life.bytes[record.payload]))
      bases.append(header.effective.instant)
      values.append(try P(decoding: bytes[bytes.count - 1], base: header.effective.instant))
    }
    guard !bytes.isEmpty else { throw Failure(description: "no life has a \(P.typeName)") }
  }
}

final class Encoding<P: EventPayload>: Piece {
  private let sample = Result { try Sample<P>() }
  private var fields = Fields()
  private var output = ByteWriter(capacity: 4096)

  func run(_ turns: Range<Int>) throws {
    let sample = try sample.get()
    for turn in turns {
      let index = turn % sample.values.count
      output.removeAll()
      try fields.encode(sample.values[index], into: &output, base: sample.bases[index])
    }
    blackHole(output.count)
  }
}

final class Decoding<P: EventPayload>: Piece {
  private let sample = Result { try Sample<P>() }
  private var fields = Fields()

  func run(_ turns: Range<Int>) throws {
    let sample = try sample.get()
    for turn in turns {
      let index = turn % sample.bytes.count
      try withReader(of: sample.bytes[index]) { bytes in
        blackHole(try fields.decode(P.self, from: bytes, base: sample.bases[index]))
      }
    }
  }
}
