import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `The Desk's state in a checkpoint` {
  /// Takes in what was decided, as an engine does with the tail of its log.
  private func take(
    _ event: DecidedEvent, at position: Int, into state: inout DeskState
  ) throws {
    var header = RecordHeader()
    header.position = Position(UInt64(position))
    header.stream = event.stream
    header.family = event.family
    header.tag = event.tag
    header.clinic = event.clinic
    header.effective = event.effective
    header.correlation = event.correlation
    try withReader(of: event.payload) { (payload) throws(WireError) in
      try state.evolve(Event(RecordView(header: header, payload: payload), EventDecoder()))
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `comes back and goes on as if it had never been away`(_ seed: UInt64) throws {
    var life = Life(seed)
    for _ in 0..<3 {
      for _ in 0..<40 { try life.step() }
      let before = try life.spec.state.storedBytes()
      var (state, pages) = try life.spec.state.reloaded()
      #expect(pages.readCount == 0)
      #expect(try state.storedBytes() == before, "seed \(seed)")
      let count = life.made.count
      let offset = Int(life.spec.history.lastPosition.number) - count
      // From here on both take in the same; what is touched is read, and changed in memory.
      (state, pages) = try life.spec.state.reloaded()
      for _ in 0..<40 { try life.step() }
      for (index, event) in life.made.enumerated().dropFirst(count) {
        try take(event, at: offset + index + 1, into: &state)
      }
      #expect(try state.storedBytes() == life.spec.state.storedBytes(), "seed \(seed)")
      life.sums.check(state, "seed \(seed), with a state from a checkpoint")
    }
  }

  @Test func `reads only the pages that are asked for`() throws {
    var life = Life(1)
    while life.spec.state.billing.charges.count < 2 { try life.step() }
    let (state, pages) = try life.spec.state.reloaded()
    #expect(state.billing.charges[ChargeID(1)] != nil)
    #expect(state.billing.charges[ChargeID(2)] != nil)
    #expect(pages.readCount == 1)
    #expect(pages.pageCount > 5)
  }

  @Test func `is refused where its parts are not a state's`() throws {
    var life = Life(2)
    for _ in 0..<30 { try life.step() }
    var copy = life.spec.state
    let draft = try #require(try CheckpointDraft(of: &copy))
    let pages = MemoryPages(draft)
    for count in stride(from: 0, to: draft.bytes.count, by: 3) {
      var state = DeskState()
      let cut = Array(draft.bytes.prefix(count))
      #expect(throws: WireError.self) {
        try withReader(of: cut) { (reader) throws(WireError) in
          _ = try CheckpointDraft.restore(&state, from: reader, pages: pages)
        }
      }
    }
  }
}
