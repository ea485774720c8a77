#if Tool
  import Daybook

  /// What an event means to who recorded it: `S412  total 5.31  change 14.69`.
  struct RecordMeaning: Sendable {
    let family: FamilyNumber
    let tag: UInt16
    fileprivate let say: @Sendable (RecordView, RecordWords) throws -> [String]

    /// What events of `type` mean: parts of one line; none where the event goes without saying.
    init<E: EventPayload>(
      _ type: E.Type, _ say: @escaping @Sendable (E, RecordWords) throws -> [String]
    ) {
      family = E.Tag.family
      tag = E.tag.rawValue
      self.say = { record, words in
        try say(try Event(record, EventDecoder()).payload(E.self), words)
      }
    }
  }

  /// Names and figures of one event, as they are told.
  struct RecordWords {
    let register: Register
    let header: RecordHeader

    /// An amount with the decimals of the clinic's currency, without its name.
    func money(_ amount: Amount) -> String {
      amount.currency.isUnspecified
        ? Amount(minorUnits: amount.minorUnits, register.currency(ofClinic: header.clinic)).decimal
        : "\(amount)"
    }

    /// An identifier with the name of what it names: `P17 Ana García`.
    func name<Kind: IdentifierKind>(_ id: Identifier<Kind>) -> String {
      let stream = StreamID(StreamKind(Kind.number), id.number)
      guard let place = register.place(of: stream) else { return "\(id)" }
      let row = register.names[place]
      let name = row.code.isEmpty ? row.name : row.code
      return name.isEmpty ? "\(id)" : "\(id) \(name.printable)"
    }

    func name(_ party: Party) -> String {
      switch party {
      case .patient(let patient): name(patient)
      case .payer(let party), .other(let party): name(party)
      case .walkIn: "a walk-in"
      }
    }

    func name(_ party: Counterparty) -> String {
      switch party {
      case .patient(let patient): name(patient)
      case .party(let party): name(party)
      case .staff(let staff): name(staff)
      }
    }

    func name(_ debtor: Debtor) -> String {
      switch debtor {
      case .patient(let patient): name(patient)
      case .payer(let payer, _): name(payer)
      }
    }

    /// A time on the clinic's clock: `2026-03-02 09:30`.
    func time(_ instant: Instant) -> String {
      let moment = register.moment(instant, clinic: header.clinic)
      let minutes = moment.secondOfDay / 60
      return "\(moment.day) \(Self.two(minutes / 60)):\(Self.two(minutes % 60))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Seconds as hours and minutes: `30m`, `6h`, `1h30m`.
    func minutes(_ seconds: UInt32) -> String {
      let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60)
      if hours == 0 { return "\(minutes)m" }
      return minutes == 0 ? "\(hours)h" : "\(hours)h\(minutes)m"
    }

    /// A price of one, with the decimals that it needs and the currency has: `60.00`, `0.1234`.
    func price(_ price: UnitPrice) -> String {
      let digits = Int(register.currency(ofClinic: header.clinic).exponent)
      var text = "\(price)"
      guard let point = text.firstIndex(of: ".") else { return text }
      while text.hasSuffix("0"), text.distance(from: point, to: text.endIndex) - 1 > digits {
        text.removeLast()
      }
      return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// So much of an item, in its unit: `3kg I2 pears`, `200 I4 GLOVES-M` where pieces are counted.
    func quantity(_ quantity: Quantity, _ item: ItemID) -> String {
      let stream = StreamID(StreamKind(ItemKind.number), item.number)
      let unit = register.place(of: stream).map { register.entry(at: $0).more.baseUnit } ?? ""
      let isPiece = unit.isEmpty || unit.hasPrefix("piece")
      return isPiece ? "\(quantity) x \(name(item))" : "\(quantity)\(unit) \(name(item))"
    }

    func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }
  }

  enum RecordMeanings {
    /// What an action made and meant, a line an event; events that go without saying have none.
    static func text(of receipt: ActionReceipt, _ session: RecordSession) async throws -> String {
      let catalogue = ToolContext.current.catalogue
      var lines = receipt.isRepeat ? ["recorded before; nothing was appended"] : []
      try await session.read(receipt) { record in
        lines +=
          try line(of: record, session.register)
          ?? [
            "\(catalogue.shortName(of: record.header.stream))  \(catalogue.name(of: record.header))"
          ]
      }
      for finding in receipt.findings {
        lines.append("found: \(finding.code.rawValue) (\(finding.field)): \(finding.message)")
      }
      if receipt.events.isEmpty { lines.append("nothing had to happen") }
      return lines.map { $0 + "\n" }.joined()
    }

    /// What an event means, in a line; none where it goes without saying, nil where nobody knows.
    static func line(of record: RecordView, _ register: Register) throws -> [String]? {
      let header = record.header
      let known = clinic.first { $0.family == header.family && $0.tag == header.tag }
      guard let known else { return nil }
      let parts = try known.say(record, RecordWords(register: register, header: header))
      return parts.isEmpty ? [] : [parts.joined(separator: "  ")]
    }

    /// What the clinic's events mean.
    static let clinic: [RecordMeaning] =
      [
        administration, frontOffice, packages, billing, payables, corrections, people, time,
        logistics, purchasing, tills, invoices, periods,
      ].flatMap { $0 }
  }
#endif
