/// Numbers drawn from a seed: the same on every machine. Source: Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", 2014 (SplitMix64).
public struct Dice: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// The numbers of `seed`.
  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number from 0 to below `bound`, which is at least 1.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// A number of `range`.
  public mutating func from(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// True `percent` times in a hundred.
  public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// A text in the form of a UUID, as exports name their rows: 122 random bits.
  public mutating func reference() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    var word = next()
    for place in 0..<32 {
      if place == 16 { word = next() }
      if [8, 12, 16, 20].contains(place) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(word & 15)])
      word >>= 4
    }
    return String(decoding: text, as: UTF8.self)
  }
}
