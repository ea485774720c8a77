import DaybookEvents
import DaybookValues

/// What every account had at every clinic up to a day, known at a position.
struct Turnovers: Sendable {
  private let clinicCount: Int
  private var cells: [Turnover]
  private var entries: [Int]

  init(accounts: Int, clinics: Int) {
    clinicCount = clinics
    cells = Array(repeating: Turnover(), count: accounts * clinics)
    entries = Array(repeating: 0, count: clinics)
  }

  subscript(account: Int, clinic: Int) -> Turnover { cells[account * clinicCount + clinic] }

  /// Entries that began at `clinic`.
  func entryCount(_ clinic: Int) -> Int { entries[clinic] }

  mutating func add(_ account: UInt16, _ clinic: UInt16, _ turnover: Turnover) {
    if account == ChunkTurnover.entryCount {
      entries[Int(clinic)] += Int(turnover.debit)
    } else {
      cells[Int(account) * clinicCount + Int(clinic)].add(turnover)
    }
  }

  mutating func add(_ row: Posting) {
    cells[Int(row.account) * clinicCount + Int(row.clinic)].add(row.amount)
    if row.line == 1 { entries[Int(row.clinic)] += 1 }
  }

  /// What came after `earlier`.
  func since(_ earlier: Turnovers) -> Turnovers {
    var rest = self
    for index in cells.indices { rest.cells[index].subtract(earlier.cells[index]) }
    for index in entries.indices { rest.entries[index] -= earlier.entries[index] }
    return rest
  }
}

extension AccountingModel {
  /// Debits and credits of every account up to `day`, inclusive, as known at `position`.
  ///
  /// - Complexity: One search an account, clinic and full chunk, and a scan of one chunk at most; the
  ///   first time of all, where there was no checkpoint, a scan of all rows.
  func turnovers(through day: Int32, at position: Position) -> Turnovers {
    var result = Turnovers(accounts: chart.accounts.count, clinics: slots.count)
    let postings = ledger.postings
    let count = postings.count(through: position)
    let full = count / postings.chunkRows
    for index in 0..<full {
      if let sums = ledger.turnovers(ofChunkAskedAgain: index) {
        sums.forEach(through: day) { result.add($0, $1, $2) }
      } else {
        for row in postings.chunk(index) where row.day <= day { result.add(row) }
      }
    }
    let rest = count - full * postings.chunkRows
    for row in postings.chunk(full).prefix(rest) where row.day <= day { result.add(row) }
    return result
  }
}
