import DaybookClinicEvents
import DaybookEvents
import DaybookTesting
import Testing

/// Every event with its number, stream and nature, as a table made from the descriptions.
@Suite struct `The table of events` {
  private static func row(_ event: EventDescription, _ family: String) -> String {
    let stream =
      ClinicEvents.streamKinds.first { $0.kind == event.streamKind }
      .map { "\($0.name) (\(event.streamKind.number))" } ?? "its target's"
    let areas: [(Areas, String)] = [
      (.accounting, "A"), (.humanResources, "H"), (.logistics, "L"), (.tax, "V"),
    ]
    let feeds = areas.filter { event.areas.contains($0.0) }.map(\.1).joined()
    let nature = event.nature == .fact ? "fact" : "plan"
    return [
      "\(event.family.rawValue).\(event.tag)", event.name, family, stream, nature, feeds,
    ].joined(separator: " | ")
  }

  @Test func `is as it was looked at`() throws {
    var lines = ["number | event | family | stream | nature | feeds"]
    for family in ClinicEvents.families {
      lines += family.events.map { Self.row($0, family.name) }
    }
    #expect(lines.count > 75)
    try Golden.expect(lines.joined(separator: "\n") + "\n", is: "events/catalogue.txt")
  }
}
