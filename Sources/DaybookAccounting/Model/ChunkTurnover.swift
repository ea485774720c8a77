import DaybookEvents

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
  fileprivate struct Series: Equatable, Sendable {
    var account: UInt16 = 0
    var clinic: UInt16 = 0
    var start: Int = 0
    var end: Int = 0
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
  func forEach(through day: Int32, _ body: (UInt16, UInt16, Turnover) -> Void) {
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

  /// Whether anything was posted on a day of the range.
  func touches(_ range: ClosedRange<Int32>) -> Bool {
    series.contains { one in
      one.start < one.end && days[one.start] <= range.upperBound
        && days[one.end - 1] >= range.lowerBound
    }
  }

  /// How many entries begin in the chunk.
  var entryTotal: Int {
    series.reduce(0) { sum, one in
      one.account == Self.entryCount && one.start < one.end
        ? sum + Int(running[one.end - 1].debit) : sum
    }
  }

  /// Sums by account, clinic and day, sorted.
  private static func cells(_ rows: [Posting]) -> [Cell] {
    var table = CellTable()
    for row in rows {
      var turnover = Turnover()
      turnover.add(row.amount)
      table.add(Cell(account: row.account, clinic: row.clinic, day: row.day, turnover: turnover))
      if row.line == 1 {
        table.add(
          Cell(
            account: entryCount, clinic: row.clinic, day: row.day,
            turnover: Turnover(debit: 1, credit: 0)))
      }
    }
    return table.cells.sorted(by: <)
  }
}

extension Turnover: StoredRecord {
  static var blank: Turnover { Turnover() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&debit)
    try fields.visit(&credit)
  }
}

extension ChunkTurnover: StoredRecord {
  static var blank: ChunkTurnover { ChunkTurnover([]) }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&days)
    try fields.visit(&running)
    try fields.visit(&series)
  }

  /// Each series is a range of the days.
  var isSound: Bool {
    days.count == running.count
      && series.allSatisfy { 0 <= $0.start && $0.start <= $0.end && $0.end <= days.count }
  }
}

extension ChunkTurnover.Series: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&account)
    try fields.visit(&clinic)
    try fields.visit(&start)
    try fields.visit(&end)
  }
}

/// What went to one account of one clinic on one day.
private struct Cell {
  var account: UInt16
  var clinic: UInt16
  var day: Int32
  var turnover = Turnover()

  static func < (left: Cell, right: Cell) -> Bool { left.key < right.key }

  private var key: UInt128 {
    UInt128(account) << 64 | UInt128(clinic) << 32
      | UInt128(UInt32(bitPattern: day) ^ 0x8000_0000)
  }

  func hasPlace(of other: Cell) -> Bool {
    account == other.account && clinic == other.clinic && day == other.day
  }

  var hash: Int {
    let mixed =
      (UInt64(account) << 32 | UInt64(clinic)) &* 0x9e37_79b9_7f4a_7c15
      ^ UInt64(UInt32(bitPattern: day)) &* 0xc2b2_ae3d_27d4_eb4f
    return Int(truncatingIfNeeded: mixed >> 24)
  }
}

/// Cells by account, clinic and day, each once: far fewer than rows, so that only they are sorted.
///
/// Open addressing with steps of one; the standard dictionary takes several times as long.
private struct CellTable {
  private(set) var cells: [Cell] = []
  private var places = [Int32](repeating: -1, count: 4096)

  mutating func add(_ cell: Cell) {
    let mask = places.count - 1
    var place = cell.hash & mask
    while places[place] >= 0 {
      let known = Int(places[place])
      if cells[known].hasPlace(of: cell) {
        cells[known].turnover.add(cell.turnover)
        return
      }
      place = (place + 1) & mask
    }
    places[place] = Int32(cells.count)
    cells.append(cell)
    if cells.count * 2 > places.count { grow() }
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    let mask = places.count - 1
    for (index, cell) in cells.enumerated() {
      var place = cell.hash & mask
      while places[place] >= 0 { place = (place + 1) & mask }
      places[place] = Int32(index)
    }
  }
}
