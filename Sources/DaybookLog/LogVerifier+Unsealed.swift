import DaybookEvents
import DaybookValues
import DaybookWorld

// A segment that must be sealed, whose footer cannot be read: its frames are checked all the same,
// and only what cannot be read of them is lost.
extension LogVerifier {
  /// Checks the frames up to `end`, and says what is the matter with the footer and what it costs.
  mutating func checkWithoutFooter(
    _ facts: SegmentFacts, _ fault: SegmentFacts.FooterFault, end: Position
  ) throws(LogError) {
    let name = "\(facts.name)"
    let file = try open(facts)
    defer { file.close() }
    var scanner = FrameScanner(file, facts.header, name: name)
    var tally = SegmentTally(firstPosition: facts.firstPosition)
    var isWhole = true
    var cost = ""
    while let damage = try findDamage(&scanner, &tally, through: end) {
      isWhole = false
      let next = try nextChain(behind: damage, facts, file, through: end)
      let lost = lose(damage.first, through: next.map { Position($0.first - 1) } ?? end)
      let found = "; intact up to position \(damage.first.previous)\(lost)"
      guard let next else {
        // All that follows is lost: one row says so, and what is the matter with the footer.
        cost = "; at byte \(damage.offset): \(damage.detail)" + found
        break
      }
      try fail("frames", name, damage.offset, damage.detail + found)
      scanner = FrameScanner(
        file, facts.header, name: name, offset: next.offset, position: next.first)
    }
    if scanner.lastPosition > end {
      try fail(
        "frames", name, scanner.frameOffset,
        "it goes on to position \(scanner.lastPosition), behind where the next segment begins")
    } else if isWhole {
      pass("frames", name, LogVerifier.extent(of: tally))
    }
    try fail("header", name, fault.offset, fault.detail + cost)
  }

  private struct Damage {
    var offset: UInt64
    /// The first position that cannot be read.
    var first: Position
    var detail: String
  }

  /// Checks frames up to `end`; what stands where one should, or is wrong with one.
  private mutating func findDamage(
    _ scanner: inout FrameScanner, _ tally: inout SegmentTally, through end: Position
  ) throws(LogError) -> Damage? {
    while scanner.lastPosition < end {
      var damage = Damage(
        offset: scanner.offset, first: scanner.lastPosition.next, detail: "no frame stands there")
      switch try scanner.step() {
      case .frame:
        do throws(LogError) {
          try records.check(&scanner, &tally)
          continue
        } catch {
          guard error.kind == .damaged else { throw error }
          damage.detail = error.detail
        }
      case .damage(let detail): damage.detail = detail
      case .zero, .endOfFile, .footer: break
      }
      return damage
    }
    return nil
  }

  private func nextChain(
    behind damage: Damage, _ facts: SegmentFacts, _ file: any File, through end: Position
  ) throws(LogError) -> (first: UInt64, offset: UInt64)? {
    do throws(FileError) {
      return try FrameSearch.nextChain(
        in: file, of: facts.header, behind: damage.offset,
        positions: damage.first.number...end.number)
    } catch {
      throw LogError(error, segment: "\(facts.name)")
    }
  }
}
