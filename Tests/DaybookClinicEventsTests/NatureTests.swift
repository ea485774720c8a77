import DaybookClinicEvents
import DaybookEvents
import Testing

@Suite struct `Nature of a header` {
  @Test func `is that of its event`() {
    for event in ClinicEvents.families.flatMap(\.events) {
      var header = RecordHeader()
      header.family = event.family
      header.tag = event.tag
      #expect(ClinicEvents.isFact(header) == (event.nature == .fact), "\(event.name)")
    }
  }

  @Test(arguments: [(0, 0), (2, 999), (999, 1), (65_535, 65_535)] as [(UInt16, UInt16)])
  func `that nobody knows is no fact`(family: UInt16, tag: UInt16) {
    var header = RecordHeader()
    header.family = FamilyNumber(family)
    header.tag = tag
    #expect(!ClinicEvents.isFact(header))
  }
}
