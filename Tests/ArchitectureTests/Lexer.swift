/// One word of a Swift source: enough of the language to tell code from comments and strings.
struct Token: Equatable {
  /// What a token is; rules look at words and marks, the manifest also at strings.
  enum Kind {
    case word
    case mark
    case string
    case comment
  }

  var kind: Kind
  var text: String
  /// The line it begins on, from 1.
  var line: Int
  /// UTF-8 offsets of its first byte and of the byte after its last.
  var start: Int
  var end: Int
}

/// Splits Swift source into tokens; code inside an interpolation counts as code.
///
/// Regular expression literals are not known to it. A quote inside one hides at most the rest of
/// its line, since a string on one line ends with that line.
struct Lexer {
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var tokens: [Token] = []

  private init(_ source: String) {
    bytes = Array(source.utf8)
  }

  static func tokens(of source: String) -> [Token] {
    var lexer = Lexer(source)
    lexer.code(insideInterpolation: false)
    return lexer.tokens
  }

  private func peek(_ ahead: Int = 0) -> UInt8 {
    at + ahead < bytes.count ? bytes[at + ahead] : 0
  }

  private func starts(with text: StaticString) -> Bool {
    text.description.utf8.enumerated().allSatisfy { peek($0.offset) == $0.element }
  }

  private mutating func add(_ kind: Token.Kind, from start: Int, to end: Int, line: Int) {
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    tokens.append(Token(kind: kind, text: text, line: line, start: start, end: end))
  }

  private mutating func code(insideInterpolation: Bool) {
    var depth = 1
    while at < bytes.count {
      let byte = peek()
      if byte == UInt8(ascii: "\n") {
        line += 1
        at += 1
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        at += 1
      } else if starts(with: "//") {
        lineComment()
      } else if starts(with: "/*") {
        blockComment()
      } else if byte == UInt8(ascii: "\"") {
        string(hashes: 0)
      } else if byte == UInt8(ascii: "#"), let hashes = rawStringHashes() {
        at += hashes
        string(hashes: hashes)
      } else if byte == UInt8(ascii: "`") {
        quotedName()
      } else if Lexer.isWord(byte) {
        let start = at
        while Lexer.isWord(peek()) { at += 1 }
        add(.word, from: start, to: at, line: line)
      } else {
        if insideInterpolation, byte == UInt8(ascii: "(") { depth += 1 }
        if insideInterpolation, byte == UInt8(ascii: ")") {
          depth -= 1
          if depth == 0 {
            at += 1
            return
          }
        }
        add(.mark, from: at, to: at + 1, line: line)
        at += 1
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xff:
      true
    default: false
    }
  }

  private mutating func lineComment() {
    let start = at
    while at < bytes.count, peek() != UInt8(ascii: "\n") { at += 1 }
    add(.comment, from: start, to: at, line: line)
  }

  private mutating func blockComment() {
    let start = at
    let first = line
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        at += 2
      } else if starts(with: "*/") {
        depth -= 1
        at += 2
      } else {
        if peek() == UInt8(ascii: "\n") { line += 1 }
        at += 1
      }
    } while depth > 0 && at < bytes.count
    add(.comment, from: start, to: min(at, bytes.count), line: first)
  }

  /// A name in backticks is one word, whatever it holds; the backticks stay, so that it is no keyword.
  private mutating func quotedName() {
    let start = at
    at += 1
    while at < bytes.count, peek() != UInt8(ascii: "`"), peek() != UInt8(ascii: "\n") { at += 1 }
    if peek() == UInt8(ascii: "`") { at += 1 }
    add(.word, from: start, to: at, line: line)
  }

  private func rawStringHashes() -> Int? {
    var count = 0
    while peek(count) == UInt8(ascii: "#") { count += 1 }
    return peek(count) == UInt8(ascii: "\"") ? count : nil
  }

  private func areHashes(_ count: Int, ahead: Int) -> Bool {
    (0..<count).allSatisfy { peek(ahead + $0) == UInt8(ascii: "#") }
  }

  private mutating func string(hashes: Int) {
    let first = line
    let quotes = starts(with: "\"\"\"") ? 3 : 1
    at += quotes
    let start = at
    while at < bytes.count {
      if peek() == UInt8(ascii: "\\"), areHashes(hashes, ahead: 1) {
        at += 1 + hashes
        if peek() == UInt8(ascii: "(") {
          at += 1
          code(insideInterpolation: true)
        } else {
          if peek() == UInt8(ascii: "\n") { line += 1 }
          at += 1
        }
      } else if isQuote(quotes), areHashes(hashes, ahead: quotes) {
        add(.string, from: start, to: at, line: first)
        at += quotes + hashes
        return
      } else {
        if peek() == UInt8(ascii: "\n") {
          if quotes == 1 { break }
          line += 1
        }
        at += 1
      }
    }
    add(.string, from: start, to: min(at, bytes.count), line: first)
  }

  private func isQuote(_ quotes: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") }
  }
}
