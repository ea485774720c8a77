import DaybookBytes
import DaybookEvents
import DaybookValues

/// Writes records as a frame holds them. Source: Format, section "Record".
enum RecordEncoder {
  /// Appends a record: its length, its header as differences from `base`, its payload.
  static func append(
    _ header: RecordHeader, source: ActionSource?, payload: ByteReader, base: RecordBase,
    to output: inout ByteWriter
  ) {
    let mark = output.beginLength()
    appendFlags(header, source: source, base: base, to: &output)
    let effective = EffectiveForm(header, base: base)
    output.append(effective.code | tagBits(header.tag) << RecordFlags.tagShift)

    if tagBits(header.tag) == RecordFlags.tagFollows { output.appendVarint(UInt64(header.tag)) }
    let kind = header.stream.kind.number
    if header.family.rawValue != base.family {
      output.appendVarint(UInt64(header.family.rawValue))
    }
    if kind == base.kind {
      output.appendZigzag(Int64(bitPattern: header.stream.number &- base.number))
    } else {
      if kind != header.family.rawValue { output.appendVarint(UInt64(kind)) }
      output.appendVarint(header.stream.number)
    }
    if header.version > 1 {
      output.appendVarint(header.version)
      output.appendVarint(header.position.number - header.previous.number)
    }
    if header.beginsAction, header.actionCount > 1 {
      output.appendVarint(UInt64(header.actionCount))
    }
    if header.clinic != base.clinic { output.appendVarint(header.clinic) }
    if header.recorded.milliseconds != base.recorded {
      output.appendVarint(UInt64(header.recorded.milliseconds - base.recorded))
    }
    if effective.isWritten { output.appendZigzag(effective.difference) }
    if header.effective.offset.seconds != base.offsetSeconds {
      output.appendZigzag(Int64(header.effective.offset.seconds))
    }
    if header.actor.rawValue != base.actor { output.appendVarint(header.actor.rawValue) }
    if header.role.rawValue != base.role { output.appendVarint(UInt64(header.role.rawValue)) }
    if header.correlation != base.correlation, header.correlation != 0 {
      output.appendZigzag(Int64(bitPattern: header.correlation &- base.correlation))
    }
    if header.cause != .start {
      output.appendVarint(header.position.number - header.cause.number)
    }
    if let source {
      if !source.reference.isEmpty {
        output.appendVarint(UInt64(source.reference.utf8.count))
        output.append(utf8: source.reference)
      }
      output.appendLittleEndian(source.digest.low)
      output.appendLittleEndian(source.digest.high)
    }
    output.append(payload)
    output.endLength(mark)
  }

  private static func appendFlags(
    _ header: RecordHeader, source: ActionSource?, base: RecordBase, to output: inout ByteWriter
  ) {
    var shape: UInt8 = 0
    if header.beginsAction {
      shape |= RecordFlags.begins
      if header.actionCount > 1 { shape |= RecordFlags.several }
    }
    if let source {
      shape |= RecordFlags.digest
      if !source.reference.isEmpty { shape |= RecordFlags.reference }
    }
    if header.version > 1 { shape |= RecordFlags.earlier }
    if header.cause != .start { shape |= RecordFlags.cause }
    let kind = header.stream.kind.number
    if kind != base.kind {
      let code =
        kind == header.family.rawValue ? RecordFlags.kindOfFamily : RecordFlags.kindFollows
      shape |= code << RecordFlags.kindShift
    }
    output.append(shape)

    var changes: UInt8 = 0
    if header.family.rawValue != base.family { changes |= RecordFlags.family }
    if header.clinic != base.clinic { changes |= RecordFlags.clinic }
    if header.recorded.milliseconds != base.recorded { changes |= RecordFlags.recorded }
    if header.effective.offset.seconds != base.offsetSeconds { changes |= RecordFlags.offset }
    if header.actor.rawValue != base.actor { changes |= RecordFlags.actor }
    if header.role.rawValue != base.role { changes |= RecordFlags.role }
    if header.correlation != base.correlation {
      let code =
        header.correlation == 0 ? RecordFlags.correlationNone : RecordFlags.correlationFollows
      changes |= code << RecordFlags.correlationShift
    }
    output.append(changes)
  }

  private static func tagBits(_ tag: UInt16) -> UInt8 {
    tag < UInt16(RecordFlags.tagFollows) ? UInt8(tag) : RecordFlags.tagFollows
  }
}

/// The shortest way to say when a record took effect; of equals, the first in the order tried.
private struct EffectiveForm {
  var code: UInt8
  var difference: Int64 = 0

  var isWritten: Bool { code > EffectiveCode.recorded }

  init(_ header: RecordHeader, base: RecordBase) {
    let effective = header.effective.instant.milliseconds
    if effective == base.effective {
      code = EffectiveCode.base
      return
    }
    if effective == header.recorded.milliseconds {
      code = EffectiveCode.recorded
      return
    }
    // Instants are checked when they are submitted, so that no difference overflows.
    let fromBase = effective - base.effective
    code = EffectiveCode.baseMilliseconds
    difference = fromBase
    if fromBase % 60_000 == 0 {
      code = EffectiveCode.baseMinutes
      difference = fromBase / 60_000
    } else if fromBase % 1000 == 0 {
      code = EffectiveCode.baseSeconds
      difference = fromBase / 1000
    }
    let fromRecorded = effective - header.recorded.milliseconds
    if EffectiveForm.width(fromRecorded) < EffectiveForm.width(difference) {
      code = EffectiveCode.recordedMilliseconds
      difference = fromRecorded
    }
  }

  private static func width(_ value: Int64) -> Int {
    ByteWriter.varintWidth(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }
}
