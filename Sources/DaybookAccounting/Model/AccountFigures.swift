import DaybookEvents
import DaybookValues

/// What went to one account up to a day, in a first part of all postings.
struct AccountFigures: Sendable {
  /// By the clinic's index.
  private(set) var turnovers: [Turnover]
  /// The entries with a line of the account: over all clinics, or at the only one asked for.
  private(set) var entries = 0

  fileprivate init(clinics: Int) { turnovers = Array(repeating: Turnover(), count: clinics) }

  fileprivate mutating func add(_ clinic: Int, _ turnover: Turnover, _ entries: Int64) {
    turnovers[clinic].add(turnover)
    self.entries += Int(entries)
  }

  fileprivate mutating func add(_ row: Posting, isNewEntry: Bool) {
    turnovers[Int(row.clinic)].add(row.amount)
    if isNewEntry { entries += 1 }
  }

  /// What came after `earlier`.
  func since(_ earlier: AccountFigures) -> AccountFigures {
    var rest = self
    for clinic in turnovers.indices { rest.turnovers[clinic].subtract(earlier.turnovers[clinic]) }
    rest.entries -= earlier.entries
    return rest
  }
}

extension AccountingModel {
  /// What went to `account` up to `day`, inclusive, in the first `count` postings.
  ///
  /// - Parameter clinic: The index of the only clinic; nil for all.
  /// - Complexity: One search a full chunk and clinic, and a scan of one chunk at most.
  func figures(
    of account: UInt16, clinic: UInt16?, through day: Int32, in count: Int
  ) -> AccountFigures {
    var figures = AccountFigures(clinics: slots.count)
    let postings = ledger.postings
    let full = count / postings.chunkRows
    for index in 0..<full {
      ledger.turnovers(ofChunk: index).forEach(of: account, through: day) {
        guard clinic == nil || clinic == $0 else { return }
        figures.add(Int($0), $1, clinic == nil ? $2.first : $2.here)
      }
    }
    let rest = count - full * postings.chunkRows
    guard rest > 0 else { return figures }
    func counts(_ row: Posting) -> Bool {
      row.account == account && row.day <= day && (clinic == nil || clinic == row.clinic)
    }
    // An entry that began in the chunk before was counted there.
    var last = ledger.rowsBefore(chunk: full).last(where: counts)?.position ?? .start
    for row in postings.chunk(full).prefix(rest) where counts(row) {
      figures.add(row, isNewEntry: row.position != last)
      last = row.position
    }
    return figures
  }

  /// Whether a full chunk has anything of `account` up to `day` at the clinic asked for.
  func hasPostings(
    inChunk index: Int, of account: UInt16, clinic: UInt16?, through day: Int32
  ) -> Bool {
    guard index < ledger.postings.fullChunkCount else { return true }
    var found = false
    ledger.turnovers(ofChunk: index).forEach(of: account, through: day) { place, turnover, _ in
      if turnover != Turnover(), clinic == nil || clinic == place { found = true }
    }
    return found
  }
}
