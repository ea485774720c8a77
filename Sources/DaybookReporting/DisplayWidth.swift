extension String {
  /// How many columns of a terminal the text takes: 0 for marks and formatting, 2 for East Asian wide
  /// characters and emoji, else 1, added up over Unicode scalars.
  var displayWidth: Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }

  /// The longest beginning that fits `width` columns together with an ellipsis; the whole when it fits.
  ///
  /// Cut between characters, never inside one.
  func truncated(to width: Int) -> String {
    if displayWidth <= width { return self }
    var kept = ""
    var used = 0
    for character in self {
      let wide = String(character).displayWidth
      if used + wide > width - 1 { break }
      used += wide
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return width < 1 ? "" : kept + "…"
  }

  /// The text in pieces of at most `width` columns each, cut between characters; one that is wider than
  /// that stands alone.
  func cut(to width: Int) -> [String] {
    if displayWidth <= width { return [self] }
    var pieces: [String] = []
    var piece = ""
    for character in self {
      if !piece.isEmpty, (piece + String(character)).displayWidth > width {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    return pieces + [piece]
  }

  /// The text on one line, without what would move a terminal's cursor or turn its writing around.
  ///
  /// White space becomes a space; other control characters, and the controls of writing direction,
  /// become U+FFFD, so that a name can neither clear the screen nor swap the digits beside it.
  public var printable: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    var clean = String.UnicodeScalarView()
    for scalar in unicodeScalars { clean.append(scalar.printable) }
    return String(clean)
  }
}

extension Unicode.Scalar {
  fileprivate var printable: Unicode.Scalar {
    switch value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: " "
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: self
    }
  }

  fileprivate var displayWidth: Int {
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return isWide ? 2 : 1
    }
  }

  // The blocks whose characters are all or nearly all wide or fullwidth (Unicode Standard Annex 11).
  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F,  // Hangul Jamo
      0x2E80...0x303E,  // CJK radicals and punctuation
      0x3041...0x33FF,  // kana, compatibility
      0x3400...0x4DBF,  // CJK extension A
      0x4E00...0x9FFF,  // CJK unified ideographs
      0xA000...0xA4CF,  // Yi
      0xA960...0xA97F,  // Hangul Jamo extended A
      0xAC00...0xD7A3,  // Hangul syllables
      0xF900...0xFAFF,  // CJK compatibility ideographs
      0xFE30...0xFE6F,  // CJK compatibility forms
      0xFF00...0xFF60,  // fullwidth forms
      0xFFE0...0xFFE6,
      0x1F300...0x1F64F,  // pictographs, emoticons
      0x1F680...0x1F6FF,  // transport
      0x1F900...0x1F9FF,  // supplemental pictographs
      0x20000...0x3FFFD:  // CJK extensions B and on
      true
    default: false
    }
  }
}
