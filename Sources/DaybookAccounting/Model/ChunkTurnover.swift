/// What went to either side of an account: minor units, neither below zero.
struct Turnover: Hashable, Sendable {
  var debit: Int64 = 0
  var credit: Int64 = 0

  /// Debits less credits.
  var balance: Int64 { debit - credit }

  // No sum of postings overflows: the ledger refuses an entry that takes all debits beyond 64 bits.
  mutating func add(_ amount: Int64) {
    if amount >= 0 { debit += amount } else { credit -= amount }
  }

  mutating func add(_ other: Turnover) {
    debit += other.debit
    credit += other.credit
  }

  mutating func subtract(_ other: Turnover) {
    debit -= other.debit
    credit -= other.credit
  }
}

/// The running sums of a full chunk by account, clinic and effective day.
///
/// A balance on D is one search for each account and clinic, whatever the number of postings.
struct ChunkTurnover: Equatable, Sendable {
  /// The days of one account at one clinic: a range of `days` and `running`.
  private struct Series: Equatable, Sendable {
    var account: UInt16
    var clinic: UInt32
    var start: Int
    var end: Int
  }

  /// Stands for no account: its debits count entries.
  static let entryCount = UInt16.max

  private var series: [Series] = []
  private var days: [Int32] = []
  private var running: [Turnover] = []

  init(_ rows: [Posting]) { self.init(cells: Self.cells(rows)) }

  /// The same sums by a plain sort of all rows: for checks.
  init(sorting rows: [Posting]) {
    var cells: [Cell] = []
    for row in rows {
      var cell = Cell(account: row.account, clinic: row.clinic, day: row.day)
      cell.turnover.add(row.amount)
      cells.append(cell)
      if row.line == 1 {
        cell.account = Self.entryCount
        cell.turnover = Turnover(debit: 1, credit: 0)
        cells.append(cell)
      }
    }
    self.init(cells: cells.sorted(by: <))
  }

  private init(cells: [Cell]) {
    for cell in cells {
      if let last = series.last, last.account == cell.account, last.clinic == cell.clinic {
        var sum = running[running.count - 1]
        sum.add(cell.turnover)
        if days[days.count - 1] == cell.day {
          running[running.count - 1] = sum
        } else {
          days.append(cell.day)
          running.append(sum)
        }
      } else {
        series.append(
          Series(account: cell.account, clinic: cell.clinic, start: days.count, end: days.count))
        days.append(cell.day)
        running.append(cell.turnover)
      }
      series[series.count - 1].end = days.count
    }
  }

  /// Calls `body` with what each account had at each clinic up to `day`, inclusive.
  func forEach(through day: Int32, _ body: (UInt16, UInt32, Turnover) -> Void) {
    for one in series {
      var low = one.start
      var high = one.end
      while low < high {
        let middle = (low + high) / 2
        if days[middle] <= day { low = middle + 1 } else { high = middle }
      }
      if low > one.start { body(one.account, one.clinic, running[low - 1]) }
    }
  }

  private struct Cell {
    var account: UInt16
    var clinic: UInt32
    var day: Int32
    var turnover = Turnover()

    static func < (left: Cell, right: Cell) -> Bool {
      (left.account, left.clinic, left.day) < (right.account, right.clinic, right.day)
    }
  }

  /// Sums by account, clinic and day, sorted; a few may stand twice.
  private static func cells(_ rows: [Posting]) -> [Cell] {
    var cells: [Cell] = []
    // Neighbours in the log share days and accounts: a small cache of places saves sorting every row.
    var places = [Int32](repeating: -1, count: 1024)
    func add(_ account: UInt16, _ row: Posting, _ turnover: Turnover) {
      let mixed =
        (UInt32(account) &* 0x9e37_79b1) ^ (row.clinic &* 0x85eb_ca6b)
        ^ (UInt32(bitPattern: row.day) &* 0xc2b2_ae35)
      let place = Int((mixed ^ mixed >> 15) & 1023)
      let known = Int(places[place])
      if known >= 0, cells[known].account == account, cells[known].clinic == row.clinic,
        cells[known].day == row.day
      {
        cells[known].turnover.add(turnover)
      } else {
        places[place] = Int32(cells.count)
        cells.append(
          Cell(account: account, clinic: row.clinic, day: row.day, turnover: turnover))
      }
    }
    for row in rows {
      var turnover = Turnover()
      turnover.add(row.amount)
      add(row.account, row, turnover)
      if row.line == 1 { add(entryCount, row, Turnover(debit: 1, credit: 0)) }
    }
    cells.sort(by: <)
    return cells
  }
}
