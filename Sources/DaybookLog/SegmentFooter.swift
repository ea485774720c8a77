import DaybookBytes
import DaybookEvents
import DaybookValues

/// What seals a segment: its index, its counts and its hash.
///
/// Source: Format, section "Footer".
struct SegmentFooter: Hashable, Sendable {
  var tally: SegmentTally
  /// Of the segment from its first byte to the hash.
  var hash: SHA256Hash
  /// Where the footer begins.
  var offset: UInt64
  var byteCount: Int

  var end: UInt64 { offset + UInt64(byteCount) }

  // "DBFOOTER"
  private static let magic: UInt64 = 0x5245_544f_4f46_4244
  // "DBSEALED"
  private static let seal: UInt64 = 0x4445_4c41_4553_4244
  private static let summaryCount = 80
  /// Bytes of a chain's entry.
  static let chainCount = 40
  /// Bytes of a type's entry.
  static let typeCount = 16
  /// Hash, offset, sum and seal.
  private static let closingCount = SHA256Hash.byteCount + sealCount
  static let sealCount = 20

  static let firstByte = UInt8(ascii: "D")

  /// What a footer of that content takes.
  static func byteCount(_ tally: SegmentTally) -> Int {
    summaryCount + tally.chains.count * chainCount + tally.types.typeCount * typeCount
      + closingCount
  }

  /// The part before the hash, which the hash covers too.
  static func encodedIndex(_ tally: SegmentTally) -> ByteWriter {
    var index = ByteWriter(capacity: byteCount(tally))
    index.appendLittleEndian(magic)
    index.appendLittleEndian(tally.firstPosition)
    index.appendLittleEndian(tally.lastPosition)
    index.appendLittleEndian(tally.actionCount)
    index.appendLittleEndian(tally.frameCount)
    index.appendLittleEndian(tally.firstRecorded)
    index.appendLittleEndian(tally.lastRecorded)
    index.appendLittleEndian(tally.lowestEffective)
    index.appendLittleEndian(tally.highestEffective)
    index.appendLittleEndian(UInt32(tally.chains.count))
    index.appendLittleEndian(UInt32(tally.types.typeCount))
    for chain in tally.chains {
      index.appendLittleEndian(chain.firstPosition)
      index.appendLittleEndian(chain.offset)
      index.appendLittleEndian(chain.rawCount)
      index.appendLittleEndian(chain.frameCount)
      index.appendLittleEndian(chain.firstRecorded)
      index.appendLittleEndian(chain.lastRecorded)
    }
    for type in tally.types.entries {
      index.appendLittleEndian(type.family.rawValue)
      index.appendLittleEndian(type.tag)
      index.appendLittleEndian(UInt32(0))
      index.appendLittleEndian(type.count)
    }
    return index
  }

  /// Completes the footer that begins at `offset` with the hash and the seal.
  static func close(
    _ index: inout ByteWriter, hash: SHA256Hash, at offset: UInt64, place: PlaceChecksum
  ) {
    hash.append(to: &index)
    index.appendLittleEndian(offset)
    var sum = place.at(offset)
    index.withReader { sum.update($0) }
    index.appendLittleEndian(sum.value)
    index.appendLittleEndian(seal)
  }

  /// Why bytes are no footer: half a sentence.
  struct Fault: Error, Hashable, Sendable {
    var detail: String
  }

  /// Whether `bytes` begin like a footer.
  static func begins(_ bytes: ByteReader) -> Bool {
    var reader = bytes
    return (try? reader.readLittleEndian(UInt64.self)) == magic
  }

  /// How many bytes the footer at the start of `bytes` takes by its own counts; nil when it is none.
  static func claimedByteCount(_ bytes: ByteReader) -> Int? {
    var reader = bytes
    guard let found = try? reader.readLittleEndian(UInt64.self), found == magic,
      (try? reader.skip(64)) != nil,
      let chains = try? reader.readLittleEndian(UInt32.self),
      let types = try? reader.readLittleEndian(UInt32.self)
    else { return nil }
    return summaryCount + Int(chains) * chainCount + Int(types) * typeCount + closingCount
  }

  /// Where the footer begins, by the seal that ends `bytes`; nil when there is none.
  static func offset(fromSeal bytes: ByteReader) -> UInt64? {
    var reader = bytes
    guard (try? reader.skip(reader.remaining - sealCount)) != nil,
      let offset = try? reader.readLittleEndian(UInt64.self), (try? reader.skip(4)) != nil,
      let found = try? reader.readLittleEndian(UInt64.self), found == seal
    else { return nil }
    return offset
  }

  /// Reads the footer that `bytes` begin with and that stands at `offset`; bytes may follow it.
  init(
    reading bytes: ByteReader, at offset: UInt64, of header: SegmentHeader
  ) throws(Fault) {
    guard let count = SegmentFooter.claimedByteCount(bytes) else {
      throw Fault(detail: "it has no footer")
    }
    guard count <= bytes.remaining else { throw Fault(detail: "its footer is cut short") }
    self.offset = offset
    byteCount = count
    do throws(WireError) {
      var covered = bytes
      let summed = try covered.readBytes(count - 12)
      var sum = header.place.at(offset)
      sum.update(summed)
      var closing = covered
      let stored = try closing.readLittleEndian(UInt32.self)
      guard stored == sum.value else {
        throw WireError(.notCanonical, at: count - 12, field: "the footer's checksum")
      }
      guard try closing.readLittleEndian(UInt64.self) == SegmentFooter.seal else {
        throw WireError(.notCanonical, at: count - 8, field: "the footer's seal")
      }
      var reader = summed
      tally = try SegmentFooter.readTally(&reader)
      hash = try SHA256Hash(reading: &reader)
      guard try reader.readLittleEndian(UInt64.self) == offset else {
        throw WireError(.notCanonical, at: count - 20, field: "the footer's offset")
      }
    } catch {
      throw Fault(detail: "\(error.field.isEmpty ? "its footer" : error.field) is wrong")
    }
    if let detail = contradiction(with: header) { throw Fault(detail: detail) }
  }

  private static func readTally(_ reader: inout ByteReader) throws(WireError) -> SegmentTally {
    try reader.skip(8)
    let first = try reader.readLittleEndian(UInt64.self)
    guard first > 0 else { throw WireError(.outOfRange, at: 8, field: "first position") }
    var tally = SegmentTally(firstPosition: first)
    tally.lastPosition = try reader.readLittleEndian(UInt64.self)
    tally.actionCount = try reader.readLittleEndian(UInt64.self)
    tally.frameCount = try reader.readLittleEndian(UInt64.self)
    tally.firstRecorded = try reader.readLittleEndian(Int64.self)
    tally.lastRecorded = try reader.readLittleEndian(Int64.self)
    tally.lowestEffective = try reader.readLittleEndian(Int64.self)
    tally.highestEffective = try reader.readLittleEndian(Int64.self)
    let chains = try reader.readLittleEndian(UInt32.self)
    let types = try reader.readLittleEndian(UInt32.self)
    tally.chains.reserveCapacity(Int(chains))
    for _ in 0..<chains {
      tally.chains.append(
        ChainEntry(
          firstPosition: try reader.readLittleEndian(UInt64.self),
          offset: try reader.readLittleEndian(UInt64.self),
          rawCount: try reader.readLittleEndian(UInt32.self),
          frameCount: try reader.readLittleEndian(UInt32.self),
          firstRecorded: try reader.readLittleEndian(Int64.self),
          lastRecorded: try reader.readLittleEndian(Int64.self)))
    }
    var lastKey: UInt64 = 0
    for _ in 0..<types {
      let family = try reader.readLittleEndian(UInt16.self)
      let tag = try reader.readLittleEndian(UInt16.self)
      let key = UInt64(family) << 16 + UInt64(tag) + 1
      guard try reader.readLittleEndian(UInt32.self) == 0, key > lastKey else {
        throw WireError(.wrongOrder, at: reader.offset, field: "the footer's types")
      }
      lastKey = key
      tally.types.add(FamilyNumber(family), tag, try reader.readLittleEndian(UInt64.self))
    }
    return tally
  }

  /// What of the footer cannot be, whatever the frames are; nil when nothing.
  private func contradiction(with header: SegmentHeader) -> String? {
    if tally.firstPosition != header.firstPosition.number
      || tally.lastPosition < tally.firstPosition || tally.lastPosition > LogLimits.positionMax
    {
      return "its footer's positions are not the segment's"
    }
    if tally.lastRecorded < tally.firstRecorded || tally.highestEffective < tally.lowestEffective {
      return "its footer's times do not ascend"
    }
    var frames: UInt64 = 0
    var lowest = UInt64(SegmentHeader.byteCount)
    var position = tally.firstPosition
    for (index, chain) in tally.chains.enumerated() {
      let isFirst = index == 0
      guard isFirst ? chain.offset == lowest : chain.offset > lowest,
        isFirst ? chain.firstPosition == position : chain.firstPosition > position,
        chain.offset < offset, chain.firstPosition <= tally.lastPosition, chain.rawCount > 0,
        chain.frameCount > 0
      else { return "its footer's chains do not ascend" }
      lowest = chain.offset
      position = chain.firstPosition
      frames += UInt64(chain.frameCount)
    }
    if tally.chains.isEmpty || frames != tally.frameCount {
      return "its footer's frames do not add up"
    }
    var records: UInt64 = 0
    for type in tally.types.entries {
      let (sum, isTooLarge) = records.addingReportingOverflow(type.count)
      if isTooLarge || type.count == 0 { return "its footer's counts do not add up" }
      records = sum
    }
    return records == tally.recordCount ? nil : "its footer's counts do not add up"
  }
}
