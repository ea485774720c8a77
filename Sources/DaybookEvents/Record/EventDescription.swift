public import DaybookBytes
public import DaybookValues

/// What is known of a kind of event without its Swift type: names, and ways to print it.
public struct EventDescription: Sendable {
  /// The name: `PaymentReceived`.
  public let name: String
  /// The family it belongs to.
  public let family: FamilyNumber
  /// Its tag in the family.
  public let tag: UInt16
  /// Whether it says what happened or what is meant to.
  public let nature: Nature
  /// The kind of stream that it lives in; `.ofTarget` where that is another event's.
  public let streamKind: StreamKind
  /// The areas that it feeds.
  public let areas: Areas

  private let addToSchema: @Sendable (inout Schema) throws(WireError) -> Void
  private let enter:
    @Sendable (EnteredValue, Instant, Currency, any EntryTerms) throws(EntryError) -> [UInt8]
  private let print:
    @Sendable (RecordView, Currency, PrintedForm, PayloadPrinter) throws(WireError) -> String

  private let renumber:
    @Sendable (ByteReader, Instant, any Renumbering, PayloadRenumberer) throws(WireError) -> [UInt8]

  /// A way to print a payload.
  public enum PrintedForm: Sendable {
    /// JSON for people and programs: amounts with their decimals, identifiers with their letter.
    case json
    /// JSON of the stored integers and texts, named as in the schema.
    case storedJSON
    /// The text form of Protocol Buffers, as `protoc --decode` shows the bytes.
    case storedText
  }

  /// Describes the event `type`.
  public init<E: EventPayload>(_ type: E.Type) {
    name = E.typeName
    family = E.Tag.family
    tag = E.tag.rawValue
    nature = E.nature
    streamKind = E.streamKind
    areas = E.areas
    addToSchema = { (schema) throws(WireError) in
      try schema.add(
        E.self,
        remark:
          "\(E.nature == .fact ? "Fact" : "Plan"), family \(E.Tag.family.rawValue), tag \(E.tag.rawValue)."
      )
    }
    enter = { (value, base, currency, terms) throws(EntryError) in
      let payload = try E(entered: value, terms)
      do throws(WireError) {
        return try payload.encoded(base: base, currency: currency)
      } catch {
        throw EntryError(.malformed, "\(error)", field: error.field)
      }
    }
    print = { (record, currency, form, printer) throws(WireError) in
      try printer.text(of: record, E.self, as: form, currency: currency)
    }
    renumber = { (payload, base, numbers, renumberer) throws(WireError) in
      try renumberer.bytes(of: payload, E.self, base: base, by: numbers)
    }
  }

  /// Adds the event's message to `schema`.
  public func add(to schema: inout Schema) throws(WireError) { try addToSchema(&schema) }

  /// The record's payload, printed.
  ///
  /// - Parameters:
  ///   - record: A record of this event.
  ///   - currency: The clinic's currency, for the decimals of amounts.
  ///   - form: How.
  ///   - printer: Who prints; for many records make one and give it each time.
  public func text(
    of record: RecordView, currency: Currency = .unspecified, as form: PrintedForm,
    by printer: PayloadPrinter = PayloadPrinter()
  ) throws(WireError) -> String {
    try print(record, currency, form, printer)
  }
}

extension EventDescription {
  /// The bytes of a payload of this event that is given in its fields, as they are stored.
  ///
  /// - Parameters:
  ///   - value: The fields, as `text(of:currency:as:by:)` prints them as JSON.
  ///   - base: The record's effective time, which stored instants count from.
  ///   - currency: The clinic's currency, which is not stored.
  ///   - terms: What names and times in it mean.
  /// - Throws: `EntryError` with the field that is not what it holds.
  public func bytes(
    of value: EnteredValue, base: Instant, currency: Currency, _ terms: any EntryTerms
  ) throws(EntryError) -> [UInt8] {
    try enter(value, base, currency, terms)
  }
}

extension EventDescription {
  /// The bytes of a payload of this event in a book whose things have other numbers.
  ///
  /// - Parameters:
  ///   - payload: The payload as it is stored.
  ///   - base: The record's effective time, which is the same in both.
  ///   - numbers: The other numbers.
  ///   - renumberer: Who writes it; for many events make one and give it each time.
  /// - Throws: `WireError` where the bytes are not the event's payload; `.outOfRange` with the field
  ///   that names something which has no number there.
  public func renumbered(
    _ payload: ByteReader, base: Instant, by numbers: any Renumbering,
    _ renumberer: PayloadRenumberer
  ) throws(WireError) -> [UInt8] {
    try renumber(payload, base, numbers, renumberer)
  }
}

/// A family with all its events.
public struct FamilyDescription: Sendable {
  /// The name: `accounting`.
  public let name: String
  /// The number on disk.
  public let number: FamilyNumber
  /// Its events in the order of their tags.
  public let events: [EventDescription]

  /// Describes a family.
  public init(_ name: String, _ number: FamilyNumber, events: [EventDescription]) {
    self.name = name
    self.number = number
    self.events = events
  }
}

/// A kind of stream with its name: `appointment`.
public struct StreamKindDescription: Sendable {
  /// The name, as it is printed before the slash.
  public let name: String
  /// The number on disk.
  public let kind: StreamKind
  /// The letter before the number where one thing is meant: `P` for `P17`; empty for none.
  public let prefix: String

  /// Describes a kind of stream.
  public init(_ name: String, _ kind: StreamKind, prefix: String = "") {
    self.name = name
    self.kind = kind
    self.prefix = prefix
  }
}
