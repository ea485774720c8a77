public import DaybookEvents

/// What a log can hold at most; larger things are refused before anything is written.
public enum LogLimits {
  /// A payload, in bytes.
  public static let payloadBytesMax = 1_048_576
  /// The raw bytes of a frame, and so of an action.
  public static let frameBytesMax = 16_777_216
  /// A source reference, in bytes of UTF-8.
  public static let sourceReferenceBytesMax = 200
  /// The last position that a log can give.
  public static let positionMax: UInt64 = (1 << 48) - 1

  /// The raw bytes of a chain, unless one frame alone has more.
  static let chainBytesMax = 65_536

  /// More than a record takes besides its payload and its source reference.
  static let recordOverheadMax = 160

  /// Whether the log takes the action: its frame stays below the limit, and so does each payload.
  ///
  /// To be asked before a decision is applied.
  public static func admits(_ action: EncodedAction) -> Bool {
    guard rawBytesBound(action) <= frameBytesMax else { return false }
    var start = 0
    for end in action.payloadEnds {
      if end - start > payloadBytesMax { return false }
      start = end
    }
    return true
  }

  /// No encoding of the action has more raw bytes.
  static func rawBytesBound(_ action: EncodedAction) -> Int {
    action.payloads.count + action.headers.count * recordOverheadMax + sourceReferenceBytesMax
  }
}
