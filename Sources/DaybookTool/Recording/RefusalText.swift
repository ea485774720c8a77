#if Tool
  import Daybook

  /// A refusal as a person reads it: identifiers with the names behind them, times on the clinic's
  /// clock. Programs get the messages as they are.
  struct RefusalText {
    let words: RecordWords

    init(_ register: Register, clinic: UInt64) {
      var header = RecordHeader()
      header.clinic = clinic
      words = RecordWords(register: register, header: header)
    }

    /// Every broken rule: code, field and what to do.
    func text(of refusal: Refusal) -> String {
      refusal.violations.map { violation in
        "\(violation.code.rawValue) (\(violation.field)): \(told(violation.reason.message))"
      }.joined(separator: "\n")
    }

    private func told(_ message: String) -> String {
      message.split(separator: " ", omittingEmptySubsequences: false).map { word in
        let opening = word.prefix { "([\"".contains($0) }
        let rest = word.dropFirst(opening.count)
        let kept = rest.reversed().drop { ",.;:)]\"".contains($0) }.count
        let core = String(rest.prefix(kept))
        return opening + (time(core) ?? name(core) ?? core) + rest.dropFirst(kept)
      }.joined(separator: " ")
    }

    /// A time as the clinic's clock shows it; nil for other words.
    private func time(_ word: String) -> String? {
      guard word.utf8.count >= 20, word.contains("T") else { return nil }
      if let instant = try? Instant(parsing: word) { return words.time(instant) }
      return (try? Moment(parsing: word)).map { words.time($0.instant) }
    }

    /// A printed identifier with the name of what it names; nil for other words.
    private func name(_ word: String) -> String? {
      for kind in RegisterKind.allCases where word.hasPrefix(kind.identifier.prefix) {
        guard let number = PlainTerms.printedNumber(word, of: kind.identifier) else { continue }
        let stream = StreamID(StreamKind(kind.identifier.number), number)
        guard let place = words.register.place(of: stream) else { continue }
        let row = words.register.names[place]
        let name = row.code.isEmpty ? row.name : row.code
        return name.isEmpty ? nil : "\(word) \(name.printable)"
      }
      return nil
    }
  }
#endif
