#if Tool
  import Daybook

  /// Finds what a person means: `P17`, `ref:TEXT`, or a part of a name that only one has.
  extension OpenBook {
    /// The one thing of `kinds` that `text` means.
    ///
    /// - Throws: usage, where nothing or more than one is meant; several are listed.
    func find(_ text: String, among kinds: RegisterKind...) throws -> RegisterEntry {
      let register = try register()
      let entries = kinds.flatMap { register.entries($0, knownAt: last) }
      let what = kinds.map(\.singular).joined(separator: " or ")
      if let exact = entries.first(where: { $0.id.lowercased() == text.lowercased() }) {
        return exact
      }
      if let reference = text.suffix(afterPrefix: "ref:") {
        let found = entries.first { register.reference($0.stream, knownAt: last) == reference }
        if let found { return found }
        throw ToolFailure.usage("no \(what) has the source reference \(reference)")
      }
      if let same = entries.first(where: { !$0.code.isEmpty && $0.code == text }) { return same }
      let wanted = text.lowercased()
      let named = entries.filter { $0.name.lowercased() == wanted }
      let found =
        named.isEmpty ? entries.filter { $0.name.lowercased().contains(wanted) } : named
      if let only = found.first, found.count == 1, !wanted.isEmpty { return only }
      if found.isEmpty || wanted.isEmpty {
        throw ToolFailure.usage(
          "no \(what) is called \"\(text)\"; give an identifier, ref:REFERENCE or a part of the name "
            + "(`daybook list \(kinds[0].rawValue)`)")
      }
      let shown = found.prefix(20).map { "  \($0.id)  \($0.name.printable)" }
      let more = found.count > shown.count ? ["  and \(found.count - shown.count) more"] : []
      throw ToolFailure.usage(
        (["\(found.count) are called \"\(text)\"; say which:"] + shown + more)
          .joined(separator: "\n"))
    }

    /// The stream that `text` means: `charge/311`, `C311`, or that of a thing registered.
    func stream(_ text: String) throws -> StreamID {
      let kinds = ToolContext.current.catalogue.streamKinds
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count == 2, let number = UInt64(parts[1]),
        let kind = kinds.first(where: { $0.name == parts[0] })
      {
        return StreamID(kind.kind, number)
      }
      let letters = text.prefix { $0.isLetter }
      if let number = UInt64(text.dropFirst(letters.count)),
        let kind = kinds.first(where: { !$0.prefix.isEmpty && $0.prefix == letters.uppercased() })
      {
        return StreamID(kind.kind, number)
      }
      return try find(
        text, among: .patients, .staff, .payers, .suppliers, .parties, .items, .services, .clinics
      ).stream
    }

    /// The number of the clinic that `text` means; nil for nil.
    func clinic(_ text: String?) throws -> UInt64? {
      try text.map { try find($0, among: .clinics).stream.number }
    }
  }

  extension String {
    /// What follows `prefix`; nil where the text does not begin with it.
    func suffix(afterPrefix prefix: String) -> String? {
      hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
  }
#endif
