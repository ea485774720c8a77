public import DaybookBytes
public import DaybookEvents
import DaybookValues

/// A record in the one form that depends on nothing around it: all fields, no differences.
///
/// Digests, comparison of backups and salvage cover it. Source: Format, section "Canonical record".
public enum CanonicalRecord {
  private static let form: UInt64 = 1

  /// Appends the canonical form of `record` to `output`.
  public static func append(_ record: RecordView, to output: inout ByteWriter) {
    let header = record.header
    output.appendVarint(form)
    output.appendVarint(header.position.number)
    output.appendVarint(UInt64(header.actionIndex))
    output.appendVarint(UInt64(header.actionCount))
    output.appendVarint(UInt64(header.stream.kind.number))
    output.appendVarint(header.stream.number)
    output.appendVarint(header.version)
    output.appendVarint(header.previous.number)
    output.appendVarint(UInt64(header.family.rawValue))
    output.appendVarint(UInt64(header.tag))
    output.appendVarint(header.clinic)
    output.appendZigzag(header.recorded.milliseconds)
    output.appendZigzag(header.effective.instant.milliseconds)
    output.appendZigzag(Int64(header.effective.offset.seconds))
    output.appendVarint(header.actor.rawValue)
    output.appendVarint(UInt64(header.role.rawValue))
    output.appendVarint(header.correlation)
    output.appendVarint(header.cause.number)
    if let source = record.source {
      output.appendVarint(UInt64(source.reference.remaining))
      output.append(source.reference)
      output.append(1)
      output.appendLittleEndian(source.digest.low)
      output.appendLittleEndian(source.digest.high)
    } else {
      output.appendVarint(0)
      output.append(0)
    }
    output.appendVarint(UInt64(record.payload.remaining))
    output.append(record.payload)
  }
}

/// The digest of a run of records: the SHA-256 of their canonical forms, one after the other.
///
/// Equal for two logs exactly when they hold the same records, however these are framed, compressed
/// and spread over segments.
public struct LogDigest: ~Copyable {
  private var hash = SHA256()
  private var buffer = ByteWriter(capacity: 64 << 10)

  /// The digest of no records.
  public init() {}

  /// Adds a record.
  public mutating func add(_ record: RecordView) {
    CanonicalRecord.append(record, to: &buffer)
    if buffer.count > 32 << 10 { flush() }
  }

  private mutating func flush() {
    LogDigest.add(buffer, to: &hash)
    buffer.removeAll()
  }

  private static func add(_ bytes: borrowing ByteWriter, to hash: inout SHA256) {
    bytes.withReader { hash.update($0) }
  }

  /// The digest of all records added so far.
  public mutating func value() -> SHA256Hash {
    flush()
    return hash.finalize()
  }
}
