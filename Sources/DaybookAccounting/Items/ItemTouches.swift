import DaybookEvents
import DaybookValues

/// Counts entries that concern accounts of items: those of receivables and credits together, and those
/// of payables.
struct ItemTouches {
  private var position = Position.start
  private var seen: [UInt32] = []

  /// Calls `note` for each count that a posting adds one to: over all clinics, and at its own.
  mutating func take(_ row: Posting, _ ledger: ItemLedger, _ note: (UInt16) -> Void) {
    if row.position != position {
      seen.removeAll(keepingCapacity: true)
      position = row.position
    }
    let all = Self.count(ledger, ofClinic: false)
    if !seen.contains(UInt32(all) << 16) {
      seen.append(UInt32(all) << 16)
      note(all)
    }
    let one = UInt32(all + 1) << 16 | UInt32(truncatingIfNeeded: row.clinic)
    if !seen.contains(one) {
      seen.append(one)
      note(all + 1)
    }
  }

  /// Takes the postings of an entry that begins before the one with that index.
  mutating func takeBefore(
    _ index: Int, _ postings: History<Posting>, _ accounts: ItemAccounts
  ) {
    guard index > 0, index < postings.count else { return }
    let position = postings[index].position
    var before = index
    while before > 0, postings[before - 1].position == position { before -= 1 }
    for row in postings[before..<index] {
      if let ledger = accounts[row.account] { take(row, ledger) { _ in } }
    }
  }

  /// The number of a count, which stands for an account in sums.
  static func count(_ ledger: ItemLedger, ofClinic: Bool) -> UInt16 {
    (ledger == .payable ? 2 : 0) + (ofClinic ? 1 : 0)
  }

  /// The counts of a full chunk by clinic and day; an entry counts where it begins.
  static func sums(
    ofChunk chunk: Int, _ postings: History<Posting>, _ accounts: ItemAccounts
  ) -> ChunkTurnover {
    var touches = ItemTouches()
    touches.takeBefore(chunk * postings.chunkRows, postings, accounts)
    var counts: [Posting] = []
    for row in postings.chunk(chunk) {
      guard let ledger = accounts[row.account] else { continue }
      touches.take(row, ledger) { count in
        var one = Posting()
        (one.account, one.amount, one.day) = (count, 1, row.day)
        if count % 2 == 1 { one.clinic = row.clinic }
        counts.append(one)
      }
    }
    return ChunkTurnover(counts)
  }
}

extension ItemIndex {
  /// How many entries up to `day`, known at `position`, concern the accounts of `ledger`.
  ///
  /// - Parameter clinic: The index of the only clinic; nil for all.
  /// - Complexity: One search a full chunk, and a scan of one chunk at most.
  func entryCount(
    _ ledger: ItemLedger, through day: Int32, at position: Position, clinic: Int?,
    _ books: AccountingModel
  ) -> Int {
    let postings = books.ledger.postings
    let rows = postings.count(through: position)
    let full = min(rows / postings.chunkRows, touches.count)
    let wanted = ItemTouches.count(ledger, ofClinic: clinic != nil)
    var total = 0
    for index in 0..<full {
      touches[index].forEach(through: day) { count, its, turnover in
        if count == wanted, clinic == nil || clinic == Int(its) { total += Int(turnover.debit) }
      }
    }
    let accounts = ItemAccounts(books)
    var scan = ItemTouches()
    scan.takeBefore(full * postings.chunkRows, postings, accounts)
    var left = full * postings.chunkRows
    while left < rows {
      let chunk = left / postings.chunkRows
      let its = postings.chunk(chunk).prefix(rows - chunk * postings.chunkRows)
      for row in its {
        guard let of = accounts[row.account] else { continue }
        scan.take(row, of) { count in
          if count == wanted, row.day <= day, clinic == nil || clinic == Int(row.clinic) {
            total += 1
          }
        }
      }
      left += its.count
    }
    return total
  }
}
