/// SipHash-2-4: a keyed hash of 64 bits, whose collisions nobody can make who lacks the key.
///
/// The same key and bytes give the same hash on every machine, so that it may stand in files.
///
/// Source: J.-P. Aumasson and D. J. Bernstein, SipHash: a fast short-input PRF, 2012, appendix A.
@frozen
public struct SipHash: Hashable, Sendable {
  @usableFromInline let low: UInt64
  @usableFromInline let high: UInt64

  /// A hash under the key of those 16 bytes: 0 to 7 and 8 to 15, each lowest byte first.
  @inlinable
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The hash of the eight bytes of `word`, lowest first, and then what `bytes` has left.
  public func hash(_ word: UInt64, _ bytes: ByteReader) -> UInt64 {
    var state = State(self)
    state.take(word)
    return state.finish(bytes, countBefore: 8)
  }

  /// The hash of what `bytes` has left.
  public func hash(_ bytes: ByteReader) -> UInt64 {
    var state = State(self)
    return state.finish(bytes, countBefore: 0)
  }

  private struct State {
    var v0: UInt64
    var v1: UInt64
    var v2: UInt64
    var v3: UInt64

    init(_ key: SipHash) {
      v0 = key.low ^ 0x736f_6d65_7073_6575
      v1 = key.high ^ 0x646f_7261_6e64_6f6d
      v2 = key.low ^ 0x6c79_6765_6e65_7261
      v3 = key.high ^ 0x7465_6462_7974_6573
    }

    mutating func take(_ word: UInt64) {
      v3 ^= word
      mix()
      mix()
      v0 ^= word
    }

    private mutating func mix() {
      v0 &+= v1
      v1 = v1 << 13 | v1 >> 51
      v1 ^= v0
      v0 = v0 << 32 | v0 >> 32
      v2 &+= v3
      v3 = v3 << 16 | v3 >> 48
      v3 ^= v2
      v0 &+= v3
      v3 = v3 << 21 | v3 >> 43
      v3 ^= v0
      v2 &+= v1
      v1 = v1 << 17 | v1 >> 47
      v1 ^= v2
      v2 = v2 << 32 | v2 >> 32
    }

    mutating func finish(_ bytes: ByteReader, countBefore: Int) -> UInt64 {
      var rest = bytes
      while rest.remaining >= 8, let word = try? rest.readLittleEndian(UInt64.self) { take(word) }
      var last = UInt64(truncatingIfNeeded: countBefore + bytes.remaining) << 56
      var shift: UInt64 = 0
      while let byte = try? rest.readByte() {
        last |= UInt64(byte) << shift
        shift += 8
      }
      take(last)
      v2 ^= 0xff
      mix()
      mix()
      mix()
      mix()
      return v0 ^ v1 ^ v2 ^ v3
    }
  }
}
