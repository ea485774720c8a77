#if Tool
  import Daybook
  import DaybookBytes

  /// Finds what a person means: `P17`, `ref:TEXT`, or a part of a name that only one has.
  extension OpenBook {
    /// The one thing of `kinds` that `text` means.
    ///
    /// - Throws: usage, where nothing or more than one is meant; several are listed.
    func find(_ text: String, among kinds: RegisterKind...) throws -> RegisterEntry {
      if let found = try found(text, among: kinds) { return found }
      let what = ListText.or(kinds.map(\.singular))
      if let reference = text.suffix(afterPrefix: "ref:") {
        throw ToolFailure.usage("no \(what) has the source reference \(reference.quoted)")
      }
      throw ToolFailure.usage(
        "no \(what) is called \(text.quoted); give an identifier, ref:REFERENCE or a part of the name "
          + "(`daybook list \(kinds[0].rawValue)`)")
    }

    /// The one thing of `kinds` that `text` means; nil where nothing is meant.
    ///
    /// - Throws: usage, where more than one is meant; they are listed.
    private func found(_ text: String, among kinds: [RegisterKind]) throws -> RegisterEntry? {
      try finder().find(text, among: kinds).only(text)
    }

    /// The stream that `text` means: `charge/311`, `C311`, that of a thing registered, or the one
    /// that a source reference began.
    ///
    /// - Parameter forms: What else could have been given, for the message.
    func stream(_ text: String, orElse forms: String) throws -> StreamID {
      let kinds = ToolContext.current.catalogue.streamKinds
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 2, let number = UInt64(parts[1]),
        let kind = kinds.first(where: { $0.name == parts[0] })
      {
        return StreamID(kind.kind, number)
      }
      // What is printed of a kind that the catalogue does not know.
      if parts.count == 2, let number = UInt64(parts[1]),
        let kind = String(parts[0]).suffix(afterPrefix: "kind-").flatMap({ UInt16($0) })
      {
        return StreamID(StreamKind(kind), number)
      }
      let letters = text.prefix { $0.isLetter }
      if let number = UInt64(text.dropFirst(letters.count)),
        let kind = kinds.first(where: { !$0.prefix.isEmpty && $0.prefix == letters.uppercased() })
      {
        return StreamID(kind.kind, number)
      }
      let registered = try found(
        text,
        among: [
          .patients, .staff, .payers, .suppliers, .parties, .items, .services, .clinics,
        ])
      if let registered { return registered.stream }
      if let reference = text.suffix(afterPrefix: "ref:") {
        if let begun = try stream(begunBy: reference) { return begun }
        throw ToolFailure.usage("nothing here has the source reference \(reference.quoted)")
      }
      throw ToolFailure.usage(
        "nothing here is called \(text.quoted); give \(forms)")
    }

    /// The stream of the first event that has this source reference; nil where none has.
    private func stream(begunBy reference: String) throws -> StreamID? {
      struct Found: Error {}
      var found: StreamID?
      do {
        try withLog { log in
          try log.scan(from: Position(1)) { record in
            guard record.source?.reference.text() == reference else { return }
            found = record.header.stream
            throw Found()
          }
        }
      } catch is Found {}
      return found
    }

    /// The number of the clinic that `text` means; nil for nil.
    func clinic(_ text: String?) throws -> UInt64? {
      try text.map { try find($0, among: .clinics).stream.number }
    }
  }

  /// Words in a row, as a sentence has them.
  enum ListText {
    /// `a, b or c`.
    static func or(_ words: [String]) -> String {
      guard let last = words.last, words.count > 1 else { return words.first ?? "" }
      return words.dropLast().joined(separator: ", ") + " or " + last
    }
  }

  extension String {
    /// The text in quotation marks, with nothing in it that could move a terminal's cursor.
    var quoted: String { "\"\(printable)\"" }

    /// What follows `prefix`; nil where the text does not begin with it.
    func suffix(afterPrefix prefix: String) -> String? {
      hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
  }
#endif
