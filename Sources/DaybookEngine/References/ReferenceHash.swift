import DaybookBytes
import DaybookLog

/// Makes the fingerprints of source references: 48 bits, other ones in every log.
///
/// Two references may have the same fingerprint; what it finds is confirmed by the record itself.
struct ReferenceHash: Hashable, Sendable {
  /// The identity of the log, which is the key.
  let logID: LogID
  /// How many of the 48 bits are used; fewer only where a test wants collisions.
  let bits: Int
  private let hash: SipHash
  private let mask: UInt64

  static let bitsMax = 48

  init(_ logID: LogID, bits: Int = ReferenceHash.bitsMax) {
    precondition(bits > 0 && bits <= ReferenceHash.bitsMax, "\(bits) bits of a fingerprint")
    self.logID = logID
    self.bits = bits
    hash = SipHash(low: logID.low, high: logID.high)
    mask = UInt64.max << UInt64(ReferenceHash.bitsMax - bits)
  }

  func fingerprint(_ clinic: UInt64, _ reference: ByteReader) -> UInt64 {
    hash.hash(clinic, reference) >> 16 & mask
  }

  func fingerprint(_ clinic: UInt64, _ reference: String) -> UInt64 {
    withReader(of: reference.utf8.span) { fingerprint(clinic, $0) }
  }
}
