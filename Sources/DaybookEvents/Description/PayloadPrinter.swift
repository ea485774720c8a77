public import DaybookBytes
public import DaybookValues

/// Prints payloads one after the other, and keeps its room and the names that it has made.
///
/// One printer for a whole log is far faster than one for each event. It serves one loop and is not
/// for sharing between threads.
public final class PayloadPrinter {
  private let fields = Owned(Fields())
  private let json = JSONTrace(stored: false)
  private let storedJSON = JSONTrace(stored: true)
  private let storedText = TextTrace()

  /// Creates a printer that knows no names yet.
  public init() {}

  /// The payload, printed.
  ///
  /// - Parameters:
  ///   - form: How.
  ///   - base: The record's effective time, which stored instants count from.
  ///   - currency: The clinic's currency.
  public func text<P: Payload>(
    of payload: P, as form: EventDescription.PrintedForm, base: Instant = Instant(),
    currency: Currency = .unspecified
  ) throws(WireError) -> String {
    try fields.withValue { (fields) throws(WireError) in
      let trace: FieldTrace =
        switch form {
        case .json: json
        case .storedJSON: storedJSON
        case .storedText: storedText
        }
      fields.beginTracing(trace, base, currency)
      var payload = payload
      try trace.whole(&payload, &fields)
      return fields.writer.withReader { $0.text() } ?? ""
    }
  }

  /// The record's payload of `type`, printed.
  func text<P: Payload>(
    of record: RecordView, _ type: P.Type, as form: EventDescription.PrintedForm,
    currency: Currency
  ) throws(WireError) -> String {
    let base = record.header.effective.instant
    let payload = try fields.withValue { (fields) throws(WireError) in
      try fields.decode(type, from: record.payload, base: base, currency: currency)
    }
    return try text(of: payload, as: form, base: base, currency: currency)
  }
}

extension Fields {
  /// Begins to print a payload into the writer.
  mutating func beginTracing(
    _ trace: FieldTrace, _ base: Instant, _ currency: Currency
  ) {
    mode = .tracing
    self.trace = trace
    self.base = base
    clinicCurrency = currency
    amounts = currency
    depth = 0
    writer.removeAll()
  }
}

extension Payload {
  /// The payload as one line of JSON, in the order of its description.
  ///
  /// Amounts, prices and quantities are decimal strings, days `YYYY-MM-DD`, instants RFC 3339,
  /// identifiers as printed (`P17`), enumerations by name. Defaults are shown; what is optional and
  /// absent is not.
  ///
  /// - Parameters:
  ///   - base: The record's effective time, which stored instants count from.
  ///   - currency: The clinic's currency.
  public func json(
    base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) -> String {
    try PayloadPrinter().text(of: self, as: .json, base: base, currency: currency)
  }

  /// The payload as one line of JSON with its stored integers and texts, named as in the schema.
  public func storedJSON(
    base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) -> String {
    try PayloadPrinter().text(of: self, as: .storedJSON, base: base, currency: currency)
  }

  /// The stored integers and texts in the text form of Protocol Buffers, a field a line.
  ///
  /// It is what `protoc --decode` shows of the payload's bytes with the published schema, byte for
  /// byte. Source: Protocol Buffers, "Text Format Language Specification".
  public func storedText(
    base: Instant = Instant(), currency: Currency = .unspecified
  ) throws(WireError) -> String {
    try PayloadPrinter().text(of: self, as: .storedText, base: base, currency: currency)
  }
}
