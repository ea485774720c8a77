/// An encoding that importers do not read, as the first bytes of a file give it away.
public enum ForeignEncoding: String, Hashable, Sendable {
  /// Two bytes a character, as some spreadsheets save "Unicode text".
  case utf16 = "UTF-16"
  /// Four bytes a character.
  case utf32 = "UTF-32"

  /// How many bytes of a file tell.
  static let headBytes = 4

  /// What a file is that begins with `head`: by its byte order mark, or by the empty halves of its
  /// first characters. Nil for everything that may be UTF-8.
  init?(_ head: [UInt8]) {
    let isEmpty = head.map { $0 == 0 }
    switch head {
    case [0xff, 0xfe, 0, 0], [0, 0, 0xfe, 0xff]: self = .utf32
    case _ where isEmpty == [false, true, true, true] || isEmpty == [true, true, true, false]:
      self = .utf32
    case _ where head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff]):
      self = .utf16
    case _ where isEmpty == [false, true, false, true] || isEmpty == [true, false, true, false]:
      self = .utf16
    case _ where isEmpty == [false, true] || isEmpty == [true, false]: self = .utf16
    default: return nil
    }
  }
}
