import DaybookBytes

/// The random identity of a log, the same in all its segments.
public struct LogID: Hashable, Sendable {
  /// Bytes 0 to 7, the first one lowest.
  public var low: UInt64
  /// Bytes 8 to 15, the first one lowest.
  public var high: UInt64

  package init(low: UInt64 = 0, high: UInt64 = 0) {
    self.low = low
    self.high = high
  }
}

extension LogID: CustomStringConvertible {
  /// Thirty-two hexadecimal digits, in the order of the bytes on disk.
  public var description: String {
    [low.byteSwapped, high.byteSwapped].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}
