import DaybookBytes
import DaybookEvents
import DaybookValues

/// Walks over the records of one frame, in order, over its raw bytes.
///
/// Every step is checked: hostile bytes whose checksums fit give an error, never a trap. Source:
/// Format, section "Record".
struct FrameRecords {
  private var reader: ByteReader
  private var base: RecordBase
  private var recordsLeft: Int
  private var position: UInt64
  private var actionCount: UInt32 = 1
  private var actionRecordsLeft: UInt32 = 0
  private var isFirst = true

  /// - Parameters:
  ///   - raw: The frame's raw bytes.
  ///   - base: What its first record is compared with.
  ///   - first: The position of its first record.
  init(_ raw: ByteReader, base: RecordBase, first: UInt64, count: Int) {
    reader = raw
    self.base = base
    recordsLeft = count
    position = first &- 1
  }

  /// Whether all records were read.
  var isAtEnd: Bool { recordsLeft == 0 }

  /// What the frame's other records, and the first of the next frame, are compared with; known when
  /// the first record was read.
  var firstRecord: RecordBase { base }

  /// Checks that the frame ends where its last record does, and not inside an action.
  func finish() throws(WireError) {
    guard recordsLeft == 0, actionRecordsLeft == 0, reader.isAtEnd else {
      throw WireError(.notCanonical, at: reader.offset, field: "frame")
    }
  }

  /// Reads the next record into `view`: in place, since to copy a header costs as much as to read it.
  mutating func next(into view: inout RecordView) throws(WireError) {
    let length = try reader.readSmallVarint()
    guard _fastPath(recordsLeft > 0 && length <= UInt64(truncatingIfNeeded: reader.remaining))
    else {
      throw WireError(.truncated, at: reader.offset, field: "record")
    }
    var record = try reader.readBytes(Int(truncatingIfNeeded: length))
    recordsLeft -= 1
    position &+= 1
    view.header.position = Position(position)
    view.source = try readHeader(&record, into: &view.header)
    if _slowPath(isFirst) { begin(at: view.header) }
    guard _fastPath(record.remaining <= LogLimits.payloadBytesMax) else {
      throw WireError(
        .tooLarge(count: record.remaining, limit: LogLimits.payloadBytesMax), at: record.offset,
        field: "payload")
    }
    view.payload = record
  }

  // Apart, and from memory: what the base is made of would else be kept at hand for every record.
  @inline(never)
  private mutating func begin(at header: borrowing RecordHeader) {
    base = RecordBase(header)
    isFirst = false
  }

  // In line, with its parts: so the cursor of the record stays in a register. And what a code means is
  // chosen, not jumped to: an indirect jump is foretold worst of all.
  @inline(always)
  private mutating func readHeader(
    _ record: inout ByteReader, into header: inout RecordHeader
  ) throws(WireError) -> SourceView? {
    let shape = try record.readByte()
    let changes = try record.readByte()
    let last = try record.readByte()

    let tagBits = last >> RecordFlags.tagShift
    header.tag =
      tagBits == RecordFlags.tagFollows ? try FrameRecords.small(&record, "tag") : UInt16(tagBits)
    let family =
      changes & RecordFlags.family != 0 ? try FrameRecords.small(&record, "family") : base.family
    header.family = FamilyNumber(family)
    header.stream = try FrameRecords.stream(
      shape, family, baseKind: base.kind, baseNumber: base.number, &record)

    if shape & RecordFlags.earlier != 0 {
      header.version = try record.readSmallVarint()
      header.previous = try FrameRecords.earlier(than: position, &record, "previous")
      if _slowPath(header.version < 2) { throw FrameRecords.wrong(record, "version") }
    } else {
      header.version = 1
      header.previous = .start
    }
    try readAction(shape, &record)
    header.actionCount = actionCount
    header.actionIndex = actionCount &- 1 &- actionRecordsLeft

    header.clinic = changes & RecordFlags.clinic != 0 ? try record.readVarint() : base.clinic
    var recorded = base.recorded
    if changes & RecordFlags.recorded != 0 {
      let difference = try record.readVarint()
      guard let step = Int64(exactly: difference) else {
        throw FrameRecords.wrong(record, "recorded")
      }
      recorded = try FrameRecords.sum(recorded, step, record, "recorded")
      if _slowPath(recorded > Instant.max.milliseconds) {
        throw FrameRecords.wrong(record, "recorded")
      }
    }
    header.recorded = Instant(milliseconds: recorded)
    let effective = try FrameRecords.effective(
      last & RecordFlags.effectiveMask, base.effective, recorded, &record)
    var offset = base.offsetSeconds
    if changes & RecordFlags.offset != 0 {
      guard let seconds = Int32(exactly: try record.readZigzag()),
        UTCOffset(seconds: seconds).isInRange
      else { throw FrameRecords.wrong(record, "offset") }
      offset = seconds
    }
    header.effective = Moment(Instant(milliseconds: effective), UTCOffset(seconds: offset))
    header.actor = Actor(
      rawValue: changes & RecordFlags.actor != 0 ? try record.readSmallVarint() : base.actor)
    header.role = Role(
      changes & RecordFlags.role != 0 ? try FrameRecords.small(&record, "role") : base.role)
    let correlation = changes >> RecordFlags.correlationShift
    guard _fastPath(correlation <= RecordFlags.correlationFollows) else {
      throw FrameRecords.wrong(record, "correlation")
    }
    header.correlation = correlation == RecordFlags.correlationNone ? 0 : base.correlation
    if correlation == RecordFlags.correlationFollows {
      header.correlation &+= UInt64(bitPattern: try record.readZigzag())
    }
    header.cause =
      shape & RecordFlags.cause != 0
      ? try FrameRecords.earlier(than: position, &record, "cause") : .start
    return shape & (RecordFlags.reference | RecordFlags.digest) != 0
      ? try FrameRecords.readSource(shape, &record) : nil
  }

  // The parts of a header are static: a method would copy all of `self` for each call.
  @inline(always)
  private static func stream(
    _ shape: UInt8, _ family: UInt16, baseKind: UInt16, baseNumber: UInt64,
    _ record: inout ByteReader
  ) throws(WireError) -> StreamID {
    let code = shape >> RecordFlags.kindShift
    guard _fastPath(code <= RecordFlags.kindFollows) else {
      throw FrameRecords.wrong(record, "kind")
    }
    var kind = code == RecordFlags.kindOfFamily ? family : baseKind
    if code == RecordFlags.kindFollows { kind = try FrameRecords.small(&record, "kind") }
    let number =
      kind == baseKind
      ? baseNumber &+ UInt64(bitPattern: try record.readZigzag()) : try record.readVarint()
    return StreamID(StreamKind(kind), number)
  }

  @inline(always)
  private mutating func readAction(_ shape: UInt8, _ record: inout ByteReader) throws(WireError) {
    if shape & RecordFlags.begins != 0 {
      var count: UInt32 = 1
      if shape & RecordFlags.several != 0 {
        let several = try record.readSmallVarint()
        guard several >= 2, several <= UInt64(recordsLeft) + 1, let whole = UInt32(exactly: several)
        else { throw FrameRecords.wrong(record, "records of the action") }
        count = whole
      }
      guard _fastPath(actionRecordsLeft == 0) else { throw FrameRecords.wrong(record, "action") }
      actionCount = count
      actionRecordsLeft = count - 1
    } else {
      let onlyAtBeginning = RecordFlags.several | RecordFlags.reference | RecordFlags.digest
      guard _fastPath(actionRecordsLeft > 0 && shape & onlyAtBeginning == 0) else {
        throw FrameRecords.wrong(record, "action")
      }
      actionRecordsLeft -= 1
    }
  }

  @inline(always)
  private static func effective(
    _ code: UInt8, _ base: Int64, _ recorded: Int64, _ record: inout ByteReader
  ) throws(WireError) -> Int64 {
    guard _fastPath(code <= EffectiveCode.recordedMilliseconds) else {
      throw FrameRecords.wrong(record, "effective")
    }
    let isFromRecorded =
      code == EffectiveCode.recorded || code == EffectiveCode.recordedMilliseconds
    let from = isFromRecorded ? recorded : base
    if code <= EffectiveCode.recorded { return from }
    let unit: Int64 =
      code == EffectiveCode.baseSeconds
      ? 1000 : code == EffectiveCode.baseMinutes ? 60_000 : 1
    let (step, isTooLarge) = try record.readVariedZigzag().multipliedReportingOverflow(by: unit)
    if _slowPath(isTooLarge) { throw FrameRecords.wrong(record, "effective") }
    let effective = try FrameRecords.sum(from, step, record, "effective")
    guard _fastPath(Instant(milliseconds: effective).isInRange) else {
      throw FrameRecords.wrong(record, "effective")
    }
    return effective
  }

  @inline(always)
  private static func readSource(
    _ shape: UInt8, _ record: inout ByteReader
  ) throws(WireError) -> SourceView {
    guard shape & RecordFlags.digest != 0 else { throw FrameRecords.wrong(record, "source") }
    var count: UInt64 = 0
    if shape & RecordFlags.reference != 0 {
      count = try record.readSmallVarint()
      guard count >= 1, count <= UInt64(LogLimits.sourceReferenceBytesMax) else {
        throw FrameRecords.wrong(record, "source reference")
      }
    }
    let reference = try record.readBytes(Int(count))
    let low = try record.readLittleEndian(UInt64.self)
    let high = try record.readLittleEndian(UInt64.self)
    return SourceView(reference: reference, digest: CommandDigest(low: low, high: high))
  }

  @inline(always)
  private static func small(
    _ record: inout ByteReader, _ field: String
  ) throws(WireError) -> UInt16 {
    guard let value = UInt16(exactly: try record.readSmallVarint()) else {
      throw wrong(record, field)
    }
    return value
  }

  @inline(always)
  private static func earlier(
    than position: UInt64, _ record: inout ByteReader, _ field: String
  ) throws(WireError) -> Position {
    let distance = try record.readVarint()
    guard _fastPath(distance >= 1 && distance < position) else { throw wrong(record, field) }
    return Position(position - distance)
  }

  @inline(always)
  private static func sum(
    _ a: Int64, _ b: Int64, _ record: ByteReader, _ field: String
  ) throws(WireError) -> Int64 {
    let (sum, isTooLarge) = a.addingReportingOverflow(b)
    if _slowPath(isTooLarge) { throw wrong(record, field) }
    return sum
  }

  @inline(never)
  private static func wrong(_ record: ByteReader, _ field: String) -> WireError {
    WireError(.outOfRange, at: record.offset, field: field)
  }
}
