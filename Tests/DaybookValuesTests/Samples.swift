import DaybookValues
import Testing

/// A small seeded generator (SplitMix64), so that a failing property can be run again.
struct Samples: RandomNumberGenerator {
  /// The seeds every property runs with; a seed that once failed is added here.
  static let seeds: [UInt64] = [1, 2, 20_260_302]

  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Any integer, every magnitude equally likely; the boundaries often.
  mutating func int64() -> Int64 {
    switch next() % 16 {
    case 0: [.min, .min + 1, -1, 0, 1, .max - 1, .max].randomElement(using: &self) ?? 0
    default: Int64(bitPattern: next()) >> Int64(next() % 64)
    }
  }

  mutating func below(_ bound: UInt64) -> UInt64 {
    next() % bound
  }

  /// A day in the years 0001 to 9999.
  mutating func day() -> Day {
    Day(daysSince1970: Int32.random(in: -719_162...2_932_896, using: &self))
  }

  /// An instant in the years 0001 to 9999, half of them on a whole second.
  mutating func instant() -> Instant {
    let any = Int64.random(
      in: Instant.min.milliseconds...Instant.max.milliseconds, using: &self)
    return Instant(milliseconds: below(2) == 0 ? any : any / 1000 * 1000)
  }

  mutating func currency() -> Currency {
    Currency.known.randomElement(using: &self) ?? .eur
  }
}

/// The error of `body`, or nil if it succeeds.
func error(_ body: () throws(ValueError) -> Void) -> ValueError? {
  do throws(ValueError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// A bad text, and what must be said about it.
struct Fault: Sendable, CustomTestStringConvertible {
  var text: String
  var kind: ValueError.Kind
  var offset: Int

  init(_ text: String, _ kind: ValueError.Kind, at offset: Int) {
    self.text = text
    self.kind = kind
    self.offset = offset
  }

  var testDescription: String { text.debugDescription }

  func describes(_ error: ValueError?) -> Bool {
    error?.kind == kind && error?.offset == offset && error?.text == text
  }
}
