/// Which parties the postings of a full chunk may concern.
///
/// What a party owes is asked of books in which it has a few postings, in a few chunks: those that it
/// cannot be in are passed over unread. One bit a value of a hash, four for each row: of a thousand
/// parties that a chunk does not have, at most some two hundred are looked for in vain. Source: B. Bloom,
/// Space/time trade-offs in hash coding with allowable errors, CACM 13 (1970), with one hash.
struct PartySieve: Sendable {
  private var words: [UInt64]
  private let shift: Int

  /// The sieve of a chunk's rows: half a byte a row.
  ///
  /// - Complexity: O(rows).
  init(_ rows: [Posting]) {
    let width = max(6, Int.bitWidth - (rows.count * 4 - 1).leadingZeroBitCount)
    shift = UInt64.bitWidth - width
    words = Array(repeating: 0, count: 1 << (width - 6))
    for row in rows {
      let bit = place(row.party)
      words[bit >> 6] |= 1 << UInt64(bit & 63)
    }
  }

  /// False only where no row is of that party.
  func mayHold(_ party: UInt32) -> Bool {
    let bit = place(party)
    return words[bit >> 6] & 1 << UInt64(bit & 63) != 0
  }

  private func place(_ party: UInt32) -> Int {
    Int((UInt64(party) &* 0x9e37_79b9_7f4a_7c15) >> UInt64(shift))
  }
}
