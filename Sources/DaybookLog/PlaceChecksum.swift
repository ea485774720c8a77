import DaybookBytes

/// Where in which log a checksum stands: what every checksum behind a segment's header goes on from.
///
/// Stale bytes, and bytes of another log, segment or place, fail by it. Source: Format, section
/// "Checksums know their place".
struct PlaceChecksum: Sendable {
  private let segment: CRC32C

  init(checksumSeed: UInt32, segmentNumber: UInt64) {
    var seed = ByteWriter(capacity: 4)
    seed.appendLittleEndian(checksumSeed)
    var sum = seed.withReader { CRC32C(seed: CRC32C.checksum($0)) }
    sum.update(littleEndian: segmentNumber)
    segment = sum
  }

  /// The checksum to go on from at `offset` bytes from the start of the segment.
  func at(_ offset: UInt64) -> CRC32C {
    var sum = segment
    sum.update(littleEndian: offset)
    return sum
  }
}

extension CRC32C {
  /// Half as wide, for places where two bytes must do.
  var folded: UInt16 { UInt16(truncatingIfNeeded: value ^ (value >> 16)) }
}
