import DaybookBytes
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookReporting
import DaybookValues

/// An event as a line of an export tells of it: what stood in the log, byte for byte.
struct ExportedEvent {
  var header: RecordHeader
  var payload: [UInt8]
  var source: ActionSource?
}

/// Makes events again of the lines of an export.
///
/// A line is taken only if printing the event that it was taken for gives the same line, byte for byte,
/// checksum included: so that nothing in it was overlooked, taken for something else, or damaged.
struct EventLineParser {
  private let catalogue: Catalogue
  private var lines: EventLines
  private var events: [String: EventDescription] = [:]
  private var kinds: [String: StreamKind] = [:]
  private var importers: [String: UInt64] = [:]
  private var roles: [String: UInt16] = [:]

  /// Lines of events that `catalogue` describes.
  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    lines = EventLines(catalogue)
    for family in catalogue.families {
      for event in family.events { events[event.name] = event }
    }
    for kind in catalogue.streamKinds { kinds[kind.name] = kind.kind }
    for (number, name) in catalogue.importers { importers[name] = number }
    for (number, name) in catalogue.roles { roles[name] = number }
  }

  /// The event that a line tells of.
  ///
  /// - Throws: `LineFault`, whose line is left to the caller.
  mutating func event(_ line: [UInt8]) throws(LineFault) -> ExportedEvent {
    guard let text = String(validating: line, as: UTF8.self) else {
      throw fault("the text is not UTF-8, perhaps Latin-1; save the file as UTF-8", "invalidText")
    }
    let members: EnteredValue
    do throws(EntryError) {
      members = try EnteredValue(json: text)
    } catch {
      throw fault("\(error.reason); import what `export jsonl` wrote")
    }
    var event = ExportedEvent(header: try header(members), payload: [], source: nil)
    event.source = try source(members)
    for currency in currencies(of: event.header) {
      event.payload = try payload(members, event.header, currency)
      if try isPrinted(event, as: line) { return event }
    }
    throw fault(
      "what it says does not fit its checksum: it was changed or damaged, or another version "
        + "wrote it; export the book again", "damaged")
  }

  /// The clinic's, and none: for what was written before the clinic's was known.
  private func currencies(of header: RecordHeader) -> [Currency] {
    let known = lines.currency(of: header.clinic)
    return known.isUnspecified ? [known] : [known, .unspecified]
  }

  private mutating func isPrinted(
    _ event: ExportedEvent, as line: [UInt8]
  ) throws(LineFault) -> Bool {
    var json = JSONText()
    do throws(ExportError) {
      try event.withRecord { (record) throws(ExportError) in
        try lines.append(record, as: .exported, to: &json)
      }
    } catch {
      throw fault("\(error)")
    }
    return json.text.utf8.dropLast().elementsEqual(line)
  }

  // MARK: - Members

  private func header(_ members: EnteredValue) throws(LineFault) -> RecordHeader {
    var header = RecordHeader()
    header.position = Position(try number(members, "position"))
    header.version = try number(members, "version")
    header.actionIndex = try small(members, "actionIndex")
    header.actionCount = try small(members, "actionCount")
    header.cause = Position(try optionalNumber(members, "cause") ?? 0)
    header.clinic = try identifier(members, "clinic", prefix: "L")
    header.correlation = try identifier(members, "correlation", prefix: "V")
    (header.family, header.tag) = try type(members)
    header.stream = try stream(members)
    header.actor = try actor(members)
    header.role = try role(members)
    header.recorded = try value(members, "recordedAt") { (text) throws(ValueError) in
      try Instant(parsing: text)
    }
    header.effective = try value(members, "effectiveAt") { (text) throws(ValueError) in
      try Moment(parsing: text)
    }
    return header
  }

  private func type(_ members: EnteredValue) throws(LineFault) -> (FamilyNumber, UInt16) {
    let name = try text(members, "type")
    if let event = events[name] { return (event.family, event.tag) }
    switch name {
    case NameDeclared.typeName: return (NameDeclared.family, NameDeclared.tag)
    case PositionLost.typeName: return (PositionLost.family, PositionLost.tag)
    default:
      throw fault(
        "this program does not know the event \(CSVError.shortened(name)); import it with the one "
          + "that wrote it", "unknownReference")
    }
  }

  private func stream(_ members: EnteredValue) throws(LineFault) -> StreamID {
    let name = try text(members, "stream")
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = UInt64(parts[1]) else {
      throw fault("stream: \(name.debugDescription) is not a kind, a slash and a number")
    }
    if let kind = kinds[String(parts[0])] { return StreamID(kind, number) }
    guard parts[0].hasPrefix("kind-"), let kind = UInt16(parts[0].dropFirst(5)) else {
      throw fault(
        "this program knows no streams of the kind \(CSVError.shortened(String(parts[0])))",
        "unknownReference")
    }
    return StreamID(StreamKind(kind), number)
  }

  private func actor(_ members: EnteredValue) throws(LineFault) -> Actor {
    let name = try text(members, "actor")
    if name == "system" { return .system }
    if name.hasPrefix("import:") {
      let importer = String(name.dropFirst("import:".count))
      if let number = importers[importer] ?? UInt64(importer) { return .importer(number) }
    }
    if name.hasPrefix("D"), let number = UInt64(name.dropFirst()), number > 0,
      number <= UInt64.max >> 1
    {
      return .staff(number)
    }
    throw fault("actor: nobody is called \(name.debugDescription)", "unknownReference")
  }

  private func role(_ members: EnteredValue) throws(LineFault) -> Role {
    guard let name = try optionalText(members, "role") else { return .none }
    if let number = roles[name] { return Role(number) }
    if name.hasPrefix("role-"), let number = UInt16(name.dropFirst(5)) { return Role(number) }
    throw fault("role: there is no role \(name.debugDescription)", "unknownReference")
  }

  private func source(_ members: EnteredValue) throws(LineFault) -> ActionSource? {
    guard let reference = try optionalText(members, "sourceRef") else { return nil }
    guard let digest = Hexadecimal.digest(of: try text(members, "digest")) else {
      throw fault("digest: 32 hexadecimal digits belong there")
    }
    return ActionSource(reference: reference, digest: digest)
  }

  private func payload(
    _ members: EnteredValue, _ header: RecordHeader, _ currency: Currency
  ) throws(LineFault) -> [UInt8] {
    switch members["payload"] {
    case .object:
      guard let event = catalogue.event(header.family, header.tag),
        let fields = members["payload"]
      else { throw fault("payload: the event is known by its bytes alone") }
      do throws(EntryError) {
        return try event.bytes(
          of: fields, base: header.effective.instant, currency: currency,
          PlainTerms(currency: currency))
      } catch {
        throw fault("payload.\(error)")
      }
    case .nothing:
      guard let bytes = Hexadecimal.bytes(of: try text(members, "bytes")) else {
        throw fault("bytes: they are not hexadecimal")
      }
      return bytes
    default: throw fault("payload: an object belongs there")
    }
  }

  // MARK: - Values

  private func optionalText(
    _ members: EnteredValue, _ name: String
  ) throws(LineFault) -> String? {
    switch members[name] {
    case .text(let text): return text
    case .nothing: return nil
    case nil: throw fault("the member \(name) is missing; import what `export jsonl` wrote")
    default: throw fault("\(name): a text or a number belongs there")
    }
  }

  private func text(_ members: EnteredValue, _ name: String) throws(LineFault) -> String {
    guard let text = try optionalText(members, name) else {
      throw fault("\(name): nothing is given")
    }
    return text
  }

  private func optionalNumber(
    _ members: EnteredValue, _ name: String
  ) throws(LineFault) -> UInt64? {
    guard let text = try optionalText(members, name) else { return nil }
    guard let number = UInt64(text) else {
      throw fault("\(name): \(CSVError.shortened(text).debugDescription) is no whole number from 0")
    }
    return number
  }

  private func number(_ members: EnteredValue, _ name: String) throws(LineFault) -> UInt64 {
    guard let number = try optionalNumber(members, name) else {
      throw fault("\(name): nothing is given")
    }
    return number
  }

  private func small(_ members: EnteredValue, _ name: String) throws(LineFault) -> UInt32 {
    let number = try number(members, name)
    guard let small = UInt32(exactly: number) else {
      throw fault("\(name): \(number) is too large")
    }
    return small
  }

  private func identifier(
    _ members: EnteredValue, _ name: String, prefix: String
  ) throws(LineFault) -> UInt64 {
    guard let text = try optionalText(members, name) else { return 0 }
    guard text.hasPrefix(prefix), let number = UInt64(text.dropFirst(prefix.count)) else {
      throw fault("\(name): \(CSVError.shortened(text).debugDescription) is not such as \(prefix)1")
    }
    return number
  }

  private func value<Value>(
    _ members: EnteredValue, _ name: String, _ parse: (String) throws(ValueError) -> Value
  ) throws(LineFault) -> Value {
    let text = try text(members, name)
    do throws(ValueError) {
      return try parse(text)
    } catch {
      throw fault("\(name): \(error)")
    }
  }

  private func fault(_ reason: String, _ code: String = "badValue") -> LineFault {
    LineFault(line: 0, code: code, reason: reason)
  }
}

extension ExportedEvent {
  /// Lends the event as a record.
  func withRecord<Result, Failure: Error>(
    _ body: (RecordView) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withReader(of: payload) { (payload) throws(Failure) in
      guard let source else { return try body(RecordView(header: header, payload: payload)) }
      return try withReader(of: Array(source.reference.utf8)) { (reference) throws(Failure) in
        try body(
          RecordView(
            header: header, payload: payload,
            source: SourceView(reference: reference, digest: source.digest)))
      }
    }
  }
}
