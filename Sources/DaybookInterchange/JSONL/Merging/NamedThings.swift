import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Collects what events name, in order, and leaves their content without it: two events that say the
/// same of things which have other numbers have the same content.
final class NamedThings: Renumbering {
  /// What was named.
  private(set) var things: [ThingNumbers.Thing] = []

  func removeAll() { things.removeAll(keepingCapacity: true) }

  func note(_ kind: StreamKind, _ number: UInt64) {
    things.append(ThingNumbers.Thing(kind, number))
  }

  func number(_ number: UInt64, ofKind kind: StreamKind) -> UInt64? {
    note(kind, number)
    return 0
  }

  func person(_ number: UInt64) -> UInt64? {
    if number > 0 { note(StreamKind(PersonKind.number), number) }
    return 0
  }

  func position(_ position: Position) -> Position? { .start }
}

/// Writes the payloads of events with other numbers, also those that a reversal carries.
struct EventRenumberer {
  private let catalogue: Catalogue
  private let renumberer = PayloadRenumberer()

  /// For the events of `catalogue`.
  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// The payload with other numbers.
  ///
  /// - Throws: `WireError` with the field that names something without a number, or is no payload of
  ///   that event.
  func payload(
    _ header: RecordHeader, _ bytes: ArraySlice<UInt8>, by numbers: any Renumbering
  ) throws(WireError) -> [UInt8] {
    guard header.family == .corrections else {
      return try payload(
        header.family, header.tag, Array(bytes), header.effective.instant, by: numbers)
    }
    var reversed = try Reversed(decoding: Array(bytes), base: header.effective.instant)
    reversed.payload = try payload(
      reversed.originalFamily, UInt16(truncatingIfNeeded: reversed.tag), reversed.payload,
      reversed.originalAt, by: numbers)
    return try renumberer.bytes(of: reversed, base: header.effective.instant, by: numbers)
  }

  private func payload(
    _ family: FamilyNumber, _ tag: UInt16, _ bytes: [UInt8], _ base: Instant,
    by numbers: any Renumbering
  ) throws(WireError) -> [UInt8] {
    guard let event = catalogue.event(family, tag) else {
      throw WireError(.unknownCase(UInt64(tag)), at: 0, field: "type")
    }
    return try withReader(of: bytes) { (reader) throws(WireError) in
      try event.renumbered(reader, base: base, by: numbers, renumberer)
    }
  }
}
