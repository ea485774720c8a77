import DaybookValues

/// Counts events, each once however many parts of a report are its: a bit for each position.
struct EventTally {
  private var bits: [UInt64]
  private(set) var count = 0

  /// None yet, of those up to a position.
  init(through position: Position) {
    bits = Array(repeating: 0, count: Int(position.number / 64) + 1)
  }

  /// Counts the event at `position`, which is not behind the last.
  mutating func note(_ position: Position) {
    let bit = UInt64(1) << (position.number % 64)
    let word = Int(position.number / 64)
    if bits[word] & bit == 0 { count += 1 }
    bits[word] |= bit
  }
}
