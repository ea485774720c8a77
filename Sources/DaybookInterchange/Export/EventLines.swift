import DaybookBytes
import DaybookClinicEvents
public import DaybookEngine
public import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// Events as lines of JSON: one object an event, its header's fields in a fixed order, then the payload.
///
/// Amounts are printed with the decimals of the event's clinic, so records come in log order from the
/// first: what is not printed is shown by `note(_:)`; or the currencies are told.
///
/// | member | what |
/// |---|---|
/// | `position`, `version`, `cause` | numbers; `cause` null for none |
/// | `stream`, `type` | `payment/5`, `PaymentReceived` |
/// | `recordedAt`, `effectiveAt` | RFC 3339: in UTC; with the offset it was effective in |
/// | `clinic`, `correlation` | `L1`, `V88`; null for none |
/// | `actor`, `role` | `D3`, `system`, `import:synthea`; null for no role |
/// | `sourceRef` | on the first event of an action, when given; else null |
/// | `digest` | exported form only: the command's digest, 32 hexadecimal digits; null as `sourceRef` |
/// | `actionIndex`, `actionCount` | exported form only: from 0, and how many events the action has |
/// | `payload` | what the event says; null for an event that the catalogue does not know |
/// | `bytes` | only beside a null payload: its bytes in hexadecimal |
/// | `crc32c` | exported form only, last: of the line's bytes before it and of the stored payload |
public struct EventLines {
  /// What a line holds.
  public enum Form: Hashable, Sendable {
    /// The payload for people and programs: decimals, identifiers with their letter.
    case printed
    /// The payload's stored integers and texts, named as in the schema.
    case stored
    /// As printed, with what it takes to carry the event into another book: the boundaries of its
    /// action, and the digest of the command that the action was made from.
    case exported
  }

  private let catalogue: Catalogue
  private let decoder = EventDecoder()
  private let printer = PayloadPrinter()
  // Only asked for a clinic; never iterated.
  private var currencies: [UInt64: Currency] = [:]

  /// Lines of the events that `catalogue` describes.
  public init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// Learns a clinic's currency from a record that is not printed.
  ///
  /// - Throws: `ExportError.unreadable`.
  /// - Complexity: O(1); only definitions of clinics are decoded.
  public mutating func note(_ record: RecordView) throws(ExportError) {
    let header = record.header
    guard header.family == .administration,
      header.tag == AdministrationTag.clinicDefined.rawValue
    else { return }
    do {
      let clinic = try Event(record, decoder).payload(ClinicDefined.self)
      currencies[clinic.clinic.number] = clinic.currency
    } catch {
      throw unreadable(record, error)
    }
  }

  /// Learns a clinic's currency from who knows it, where the records before are not read.
  public mutating func note(currency: Currency, ofClinic clinic: UInt64) {
    currencies[clinic] = currency
  }

  /// Appends the record's line to `json`, line feed included.
  ///
  /// - Throws: `ExportError.unreadable` where the bytes are not the payload that the header names.
  public mutating func append(
    _ record: RecordView, as form: Form, to json: inout JSONText
  ) throws(ExportError) {
    try note(record)
    let payload = try payload(of: record, as: form == .stored ? .storedJSON : .json)
    if form == .exported {
      var line = JSONText()
      append(record, payload, as: form, to: &line)
      json.raw(Self.checked(line.drain(), record))
    } else {
      append(record, payload, as: form, to: &json)
    }
    json.endLine()
  }

  /// The object with its checksum as its last member.
  private static func checked(_ object: String, _ record: RecordView) -> String {
    let open = object.dropLast()
    var sum = CRC32C()
    sum.update(open.utf8.span)
    sum.update(record.payload)
    let digits = Hexadecimal.text(
      of: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum.value >> $0) })
    return open + ",\"crc32c\":\"\(digits)\"}"
  }

  private func append(
    _ record: RecordView, _ payload: String?, as form: Form, to json: inout JSONText
  ) {
    let header = record.header
    // Its own name here: that of a value being changed is copied at each use.
    let catalogue = catalogue
    json.object {
      $0.member("position", header.position.number)
      $0.member("stream", catalogue.name(of: header.stream))
      $0.member("version", header.version)
      $0.member("type", catalogue.name(of: header))
      $0.member("recordedAt", header.recorded.description)
      $0.member("effectiveAt", header.effective.description)
      $0.member("clinic", header.clinic == 0 ? nil : ClinicID(header.clinic).description)
      $0.member("actor", catalogue.name(of: header.actor))
      $0.member("role", header.role == .none ? nil : catalogue.name(of: header.role))
      $0.member(
        "correlation", header.correlation == 0 ? nil : VisitID(header.correlation).description)
      $0.member("cause", header.cause == .start ? nil : header.cause.number)
      $0.member("sourceRef", record.source?.reference.text())
      if form == .exported {
        $0.member("digest", record.source.map { Hexadecimal.text(of: $0.digest) })
        $0.member("actionIndex", header.actionIndex)
        $0.member("actionCount", header.actionCount)
      }
      $0.key("payload")
      if let payload {
        $0.raw(payload)
      } else {
        $0.null()
        $0.member("bytes", Hexadecimal.text(of: record.payload.copyRemaining()))
      }
    }
  }

  /// The currency of a clinic, as far as it was learnt.
  func currency(of clinic: UInt64) -> Currency { currencies[clinic] ?? .unspecified }

  /// The record's payload alone, printed in the clinic's currency.
  ///
  /// - Returns: Nil for an event that the catalogue does not know.
  /// - Throws: `ExportError.unreadable` where the bytes are not the payload that the header names.
  public func payload(
    of record: RecordView, as form: EventDescription.PrintedForm
  ) throws(ExportError) -> String? {
    let header = record.header
    guard let event = catalogue.event(header.family, header.tag) else { return nil }
    let currency = currencies[header.clinic] ?? .unspecified
    do {
      return try event.text(of: record, currency: currency, as: form, by: printer)
    } catch  where !currency.isUnspecified {
      // Written before the clinic's currency was known, as its own definition is: then the event
      // names it itself, which no later one may.
      do {
        return try event.text(of: record, currency: .unspecified, as: form, by: printer)
      } catch {
        throw unreadable(record, error)
      }
    } catch {
      throw unreadable(record, error)
    }
  }

  private func unreadable(_ record: RecordView, _ error: WireError) -> ExportError {
    .unreadable(
      event: catalogue.name(of: record.header), at: record.header.position, error)
  }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
  /// The bytes of `text`; nil where it is not made of pairs of such digits.
  static func bytes(of text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }

  /// The digest of sixteen bytes, as `text(of:)` writes it.
  static func digest(of text: String) -> CommandDigest? {
    guard let bytes = bytes(of: text), bytes.count == 16 else { return nil }
    func half(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    return CommandDigest(low: half(bytes[..<8]), high: half(bytes[8...]))
  }

  static func text(of bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes { text += [digit(byte >> 4), digit(byte & 15)] }
    return String(decoding: text, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x61 - 10 + value
  }

  /// The digest's sixteen bytes in the order in which they were hashed.
  static func text(of digest: CommandDigest) -> String {
    let halves = [digest.low, digest.high]
    return text(
      of: halves.flatMap { half in
        (0..<8).map { UInt8(truncatingIfNeeded: half >> ($0 * 8)) }
      })
  }
}
