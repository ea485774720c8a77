import DaybookBytes
import DaybookValues

extension Decision {
  /// Lends the events decided so far, one after the other, as they would be read from the log, but
  /// without positions and versions.
  ///
  /// - Parameter body: Takes an event and its index in the decision.
  /// - Complexity: O(bytes of the decision).
  public borrowing func forEachEvent<Failure: Error>(
    _ body: (borrowing Event, Int) throws(Failure) -> Void
  ) throws(Failure) {
    let decoder = EventDecoder(listeners: 1)
    try withReader(of: payloadBytes) { (whole) throws(Failure) in
      var reader = whole
      var start = 0
      for (index, proposal) in proposals.enumerated() {
        var header = RecordHeader()
        header.actionCount = UInt32(truncatingIfNeeded: proposals.count)
        header.actionIndex = UInt32(truncatingIfNeeded: index)
        header.stream = proposal.stream
        header.family = proposal.family
        header.tag = proposal.tag
        header.clinic = proposal.clinic
        header.effective = proposal.effective
        header.correlation = correlation
        guard let payload = try? reader.readBytes(proposal.payloadEnd - start) else { return }
        start = proposal.payloadEnd
        try body(Event(RecordView(header: header, payload: payload), decoder), index)
      }
    }
  }
}
