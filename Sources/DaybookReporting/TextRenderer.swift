/// Lays a report out as an aligned table for a terminal.
struct TextRenderer {
  private static let gap = 2
  // Below this a truncated text says nothing any more.
  private static let narrowestText = 8
  // What is left to a text beside figures that can stand elsewhere.
  private static let comfortableText = 20

  private let report: Report
  private let width: Int?
  private let headings: [String]
  private let rows: [[String]]
  private let totals: [String]
  private let widths: [Int]
  /// The columns of each part of the table, which stand one below the other.
  private let parts: [[Int]]
  /// The columns of each line of a row that does not fit on one; nothing where all do.
  private let folds: [[Int]]
  // How far what follows of a row stands behind its beginning.
  private static let foldIndent = 4

  init(_ report: Report, width: Int?) {
    let withCurrency = report.currencies.count > 1
    self.report = report
    self.width = width
    headings = report.columns.map(\.title.printable)
    rows = report.rows.map { $0.map { $0.printed(withCurrency: withCurrency) } }
    totals = report.printedTotals(withCurrency: withCurrency)
    let visible = Array(report.columns.indices.dropFirst(report.headingColumns))
    var widths = headings.map(\.displayWidth)
    let sums = report.sections.map { report.printedTotals(of: $0, withCurrency: withCurrency) }
    for row in rows + sums + [totals] {
      for (index, text) in row.enumerated() {
        widths[index] = max(widths[index], text.displayWidth)
      }
    }
    if let width {
      parts = Self.parts(visible, widths, to: width, repeating: report)
      let whole = widths
      for part in parts { Self.fit(&widths, report.columns, part, to: width) }
      if parts.count == 1, Self.used(parts[0], widths) > width {
        // Nothing is gained by cutting what does not fit anyway.
        widths = whole
        folds = Self.folds(&widths, report.columns, parts[0], to: width)
      } else {
        folds = []
      }
    } else {
      parts = [visible]
      folds = []
    }
    self.widths = widths
  }

  func render() -> String {
    var lines = (report.letterhead?.linesAboveTitle ?? []).flatMap(wrapped)
    lines += wrapped(report.title.printable)
    if !report.subtitle.isEmpty { lines += wrapped(report.subtitle) }
    if let facts = report.letterhead?.factLines, !facts.isEmpty { lines += [""] + facts }
    lines.append("")
    if rows.isEmpty {
      lines.append(Report.emptyText)
    } else {
      for (index, part) in parts.enumerated() {
        if index > 0 { lines.append("") }
        lines += table(part)
      }
    }
    lines.append("")
    if !report.notes.isEmpty {
      for note in report.notes { lines += wrapped(note.printable) }
      lines.append("")
    }
    for text in report.footerLines { lines += wrapped(text) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ part: [Int]) -> [String] {
    let rule = rule(part)
    var lines = self.lines(headings, part) + [rule]
    var start = 0
    for (index, section) in report.sections.enumerated() {
      if index > 0, !section.title.isEmpty { lines.append("") }
      if !section.title.isEmpty { lines += wrapped(section.title.printable) }
      for row in rows[start..<section.end] { lines += self.lines(row, part) }
      start = section.end
      guard !section.totals.isEmpty else { continue }
      let withCurrency = report.currencies.count > 1
      lines += self.lines(report.printedTotals(of: section, withCurrency: withCurrency), part)
    }
    for row in rows[start...] { lines += self.lines(row, part) }
    if !totals.isEmpty { lines += [rule] + self.lines(totals, part) }
    return lines
  }

  /// What stands between the headings, the rows and the sums.
  private func rule(_ part: [Int]) -> String {
    guard !folds.isEmpty, let width else {
      return line(widths.map { String(repeating: "-", count: $0) }, part)
    }
    let used = folds.map { Self.used($0, widths) }
    let widest = zip(used, folds.indices).map { $0 + ($1 == 0 ? 0 : Self.foldIndent) }.max() ?? 0
    return String(repeating: "-", count: min(widest, width))
  }

  /// A row on one line, or on as many as its columns take, without those at its end that say nothing.
  private func lines(_ cells: [String], _ part: [Int]) -> [String] {
    guard !folds.isEmpty else { return whole(cells, part) }
    var lines = [line(cells, folds[0])]
    for fold in folds.dropFirst() {
      let text = line(cells, fold)
      lines.append(
        text.isEmpty ? "" : String(repeating: " ", count: Self.foldIndent) + text)
    }
    while lines.count > 1, lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The headings and the rows alone.
  func table() -> [String] {
    let all = Array(report.columns.indices)
    return lines(headings, all) + rows.flatMap { lines($0, all) }
  }

  /// A table whose figures do not fit beside each other is printed in parts, each behind the columns
  /// that say what a row is.
  private static func parts(
    _ visible: [Int], _ widths: [Int], to width: Int, repeating report: Report
  ) -> [[Int]] {
    let repeated = visible.filter { $0 < report.repeatedColumns }
    let figures = visible.filter { $0 >= report.repeatedColumns }
    // As narrow as `fit` may make the words.
    func narrowest(_ index: Int) -> Int {
      report.columns[index].kind == .text ? min(widths[index], comfortableText) : widths[index]
    }
    let start = repeated.reduce(0) { $0 + narrowest($1) + gap }
    guard !repeated.isEmpty else { return [visible] }
    var parts: [[Int]] = []
    var used = 0
    for index in figures {
      let more = widths[index] + gap
      if parts.isEmpty || start + used + more - gap > width {
        parts.append(repeated)
        used = 0
      }
      parts[parts.count - 1].append(index)
      used += more
    }
    return parts.isEmpty ? [visible] : parts
  }

  private static func used(_ part: [Int], _ widths: [Int]) -> Int {
    part.reduce(0) { $0 + widths[$1] } + gap * max(0, part.count - 1)
  }

  /// The columns of each line of a row: as many as fit, and one at least. A text that is wider than
  /// a line is cut.
  private static func folds(
    _ widths: inout [Int], _ columns: [Column], _ part: [Int], to width: Int
  ) -> [[Int]] {
    var folds: [[Int]] = [[]]
    var room = width
    for index in part {
      let indent = folds.count == 1 ? 0 : foldIndent
      if columns[index].kind == .text {
        widths[index] = min(widths[index], max(narrowestText, width - foldIndent))
      }
      if !folds[folds.count - 1].isEmpty, widths[index] > room {
        folds.append([])
        room = width - foldIndent
      } else if folds[folds.count - 1].isEmpty {
        room = width - indent
      }
      folds[folds.count - 1].append(index)
      room -= widths[index] + gap
    }
    return folds
  }

  /// A row of a document, whose words go on below where they are too long; of any other, one line.
  private func whole(_ cells: [String], _ part: [Int]) -> [String] {
    guard report.letterhead != nil else { return [line(cells, part)] }
    var lines: [[String]] = []
    for index in part {
      let isText = report.columns[index].kind == .text
      let pieces =
        isText
        ? wrapped(cells[index], to: widths[index]).flatMap { $0.cut(to: widths[index]) }
        : [cells[index]]
      for (number, piece) in pieces.enumerated() {
        if number == lines.count { lines.append(Array(repeating: "", count: cells.count)) }
        lines[number][index] = piece
      }
    }
    return lines.map { line($0, part) }
  }

  private func line(_ cells: [String], _ part: [Int]) -> String {
    var line = ""
    // Spaces are owed until something follows them, so that no line ends in any.
    var owed = 0
    for index in part {
      let cell = cells[index]
      let isNumeric = report.columns[index].kind.isNumeric
      let text = isNumeric ? cell : cell.truncated(to: widths[index])
      let padding = max(0, widths[index] - text.displayWidth)
      if isNumeric { owed += padding }
      if !text.isEmpty {
        line.append(String(repeating: " ", count: owed))
        line.append(text)
        owed = 0
      }
      if !isNumeric { owed += padding }
      owed += Self.gap
    }
    // A cell may end in spaces of its own.
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Narrows the widest text columns, one column at a time, until the table fits or no text can give.
  /// Figures, days and identifiers are never cut: the rows of a table that still does not fit fold.
  private static func fit(
    _ widths: inout [Int], _ columns: [Column], _ part: [Int], to width: Int
  ) {
    var excess = used(part, widths) - width
    while excess > 0 {
      let texts = part.filter {
        columns[$0].kind == .text && widths[$0] > narrowestText
      }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return }
      let others = texts.filter { $0 != widest }.map { widths[$0] }
      let next = others.max() ?? narrowestText
      // Down to the next widest at once, and by one column where several are equally wide.
      let cut = min(excess, max(1, widths[widest] - max(next, narrowestText)))
      widths[widest] -= cut
      excess -= cut
    }
  }

  /// The text in lines of at most `width`, broken between words; a longer word stands alone, whole.
  private func wrapped(_ text: String) -> [String] { wrapped(text, to: width) }

  private func wrapped(_ text: String, to width: Int?) -> [String] {
    guard let width, text.displayWidth > width else { return [text] }
    var lines: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      if let last = lines.last, last.displayWidth + 1 + word.displayWidth <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(word)
      }
    }
    return lines
  }
}
