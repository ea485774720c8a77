#if Tool
  public import ArgumentParser
  import Daybook

  extension LedgerDimension: ExpressibleByArgument {}

  /// Which postings a report is about: all options hold at once.
  struct PostingOptions: ParsableArguments {
    @Option(
      help: ArgumentHelp("Lines on this account alone; may be given again.", valueName: "code"))
    var account: [String] = []

    @Option(
      help: ArgumentHelp("Lines that concern this patient, payer or party.", valueName: "who"))
    var party: String?

    @Option(
      help: ArgumentHelp(
        "Entries of this event: PaymentReceived; Reversed for what undoes others.",
        valueName: "event"))
    var type: String?

    @Option(help: ArgumentHelp("Entries of this journal: receipts.", valueName: "journal"))
    var journal: String?

    @Option(
      help: ArgumentHelp("Lines of what this member of staff did.", valueName: "who"))
    var practitioner: String?

    @Option(help: ArgumentHelp("Lines of this service.", valueName: "service"))
    var service: String?

    @Option(
      help: ArgumentHelp(
        "Lines that concern this payer, or what it owed at first.", valueName: "payer"))
    var payer: String?

    @Option(
      help: ArgumentHelp("Bases of this tax code, and their tax.", valueName: "code"))
    var taxCode: String?

    @Option(
      help: ArgumentHelp(
        "Entries recorded by this member of staff, by system or import:NAME.", valueName: "who"))
    var user: String?

    /// The filter that the options come to.
    ///
    /// - Throws: usage, where something is not known or not unique.
    func filter(_ book: OpenBook) throws -> JournalFilter {
      var filter = JournalFilter()
      filter.accounts = account
      filter.party = try party.map { try book.partyKey($0) }
      filter.event = try type.map { try Self.one($0, of: JournalFilter.events, "--type") }
      filter.journal = try journal.map {
        try Self.one($0, of: JournalFilter.journals, "--journal")
      }
      let asked: [(LedgerDimension, String?, RegisterKind)] = [
        (.practitioner, practitioner, .staff), (.service, service, .services),
        (.payer, payer, .payers), (.taxCode, taxCode, .taxes),
      ]
      for (dimension, text, kind) in asked {
        guard let text else { continue }
        filter.dimensions[dimension] = try book.find(text, among: kind).stream.number
      }
      filter.actor = try user.map { try book.actor($0) }
      return filter
    }

    private static func one(
      _ text: String, of known: [String], _ option: String
    ) throws -> String {
      if let found = known.first(where: { $0.lowercased() == text.lowercased() }) {
        return found
      }
      throw ToolFailure.usage(
        "\(option) \(text.quoted) makes no entries; these do: "
          + known.joined(separator: ", "))
    }
  }

  extension OpenBook {
    /// Whom the postings of a patient, payer or other party concern.
    ///
    /// - Throws: usage, where nobody or several are meant.
    func partyKey(_ text: String) throws -> PartyKey {
      if text == PartyKey.walkIn.description { return .walkIn }
      let found = try find(text, among: .patients, .payers, .suppliers, .parties, .staff)
      guard let key = PartyKey(parsing: found.id) else {
        throw ToolFailure.usage("\(found.id) has no account")
      }
      return key
    }

    /// Who recorded something, as `--user` names them: staff, `system` or `import:synthea`.
    ///
    /// - Throws: usage, where nobody or several are meant.
    func actor(_ text: String) throws -> Actor {
      if text == "system" { return .system }
      if text.hasPrefix("import:") {
        guard let importer = Importer(named: text.dropFirst("import:".count)) else {
          throw ToolFailure.usage(
            "--user \(text.quoted) is no importer; there are "
              + Importer.allCases.map(\.name).joined(separator: ", "))
        }
        return importer.actor
      }
      return .staff(try find(text, among: .staff).stream.number)
    }
  }
#endif
