import DaybookEvents
import DaybookValues

/// What a record's header is compared with, so that what stays the same costs a bit.
///
/// For the records behind the first of a frame it is the frame's first record; for a frame's first
/// record, that of the frame before it in the chain; at the start of a chain, all zeros.
struct RecordBase: Hashable, Sendable {
  var kind: UInt16 = 0
  var family: UInt16 = 0
  var role: UInt16 = 0
  var offsetSeconds: Int32 = 0
  var number: UInt64 = 0
  var clinic: UInt64 = 0
  var recorded: Int64 = 0
  var effective: Int64 = 0
  var actor: UInt64 = 0
  var correlation: UInt64 = 0

  init() {}

  init(_ header: borrowing RecordHeader) {
    kind = header.stream.kind.number
    family = header.family.rawValue
    role = header.role.rawValue
    offsetSeconds = header.effective.offset.seconds
    number = header.stream.number
    clinic = header.clinic
    recorded = header.recorded.milliseconds
    effective = header.effective.instant.milliseconds
    actor = header.actor.rawValue
    correlation = header.correlation
  }
}

/// The bits of a record's three flag bytes. Source: Format, section "Record".
enum RecordFlags {
  static let begins: UInt8 = 0x01
  static let several: UInt8 = 0x02
  static let reference: UInt8 = 0x04
  static let digest: UInt8 = 0x08
  static let earlier: UInt8 = 0x10
  static let cause: UInt8 = 0x20
  static let kindShift: UInt8 = 6
  static let kindOfFamily: UInt8 = 1
  static let kindFollows: UInt8 = 2

  static let family: UInt8 = 0x01
  static let clinic: UInt8 = 0x02
  static let recorded: UInt8 = 0x04
  static let offset: UInt8 = 0x08
  static let actor: UInt8 = 0x10
  static let role: UInt8 = 0x20
  static let correlationShift: UInt8 = 6
  static let correlationNone: UInt8 = 1
  static let correlationFollows: UInt8 = 2

  static let effectiveMask: UInt8 = 0x07
  static let tagShift: UInt8 = 3
  static let tagFollows: UInt8 = 31
}

/// How a record says when it took effect.
enum EffectiveCode {
  static let base: UInt8 = 0
  static let recorded: UInt8 = 1
  static let baseMilliseconds: UInt8 = 2
  static let baseSeconds: UInt8 = 3
  static let baseMinutes: UInt8 = 4
  static let recordedMilliseconds: UInt8 = 5
}
