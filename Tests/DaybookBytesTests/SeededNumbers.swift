/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Bytes without any pattern.
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// Bytes that repeat themselves as records do.
  mutating func recordBytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 16)
    while bytes.count < count {
      bytes += [0x81, 0x02, 0x10, UInt8.random(in: 0..<14, using: &self), 0x22, 0x08, 0x01, 0x12]
      bytes += [UInt8.random(in: 0...255, using: &self), UInt8.random(in: 0...9, using: &self)]
      bytes += [0x1a, 0x04, 0x08, 0x02, 0x10, 0x00]
    }
    return Array(bytes.prefix(count))
  }
}
