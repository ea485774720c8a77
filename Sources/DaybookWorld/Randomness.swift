import CDaybookSystem

/// Where random bytes come from: for log identities only, never for a figure or an order.
public protocol Randomness: Sendable {
  /// `count` random bytes.
  func bytes(_ count: Int) -> [UInt8]
}

/// The random bytes of the operating system.
public struct LiveRandomness: Randomness {
  /// Creates the door to the system's random bytes; it has no state.
  public init() {}

  public func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0, "a negative count")
    if count == 0 { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      let code = unsafe daybook_random(start, count)
      // Two logs of one identity could be taken for each other: better to stop here.
      precondition(code == 0, "the system has no random bytes (error \(code))")
      filled = count
    }
  }
}
