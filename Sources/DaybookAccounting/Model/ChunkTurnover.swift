import DaybookEvents
import DaybookValues

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

/// How many entries touch an account at a clinic.
struct EntryTally: Hashable, Sendable {
  /// The entries with a line of the account there.
  var here: Int64 = 0
  /// Those of them that have no earlier line of the account: over all clinics each counts once.
  var first: Int64 = 0

  mutating func add(_ other: EntryTally) {
    here += other.here
    first += other.first
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
  private var tallies: [EntryTally] = []

  /// The sums of a chunk's rows.
  ///
  /// - Parameter before: The rows of the chunk's first entry that stand in the chunk before it.
  init(_ rows: [Posting], behind before: [Posting] = []) {
    self.init(cells: Self.cells(rows, behind: before))
  }

  /// The same sums by a plain sort of all rows: for tests.
  init(sorting rows: [Posting], behind before: [Posting] = []) {
    var cells: [Cell] = []
    var entry = before
    for row in rows {
      if row.position != entry.last?.position { entry = [] }
      let same = entry.filter { $0.account == row.account }
      var cell = Cell(account: row.account, clinic: row.clinic, day: row.day)
      cell.turnover.add(row.amount)
      if same.isEmpty { cell.tally.first = 1 }
      if !same.contains(where: { $0.clinic == row.clinic }) { cell.tally.here = 1 }
      cells.append(cell)
      entry.append(row)
      if row.line == 1 {
        cell.account = Self.entryCount
        cell.turnover = Turnover(debit: 1, credit: 0)
        cell.tally = EntryTally()
        cells.append(cell)
      }
    }
    self.init(cells: cells.sorted(by: <))
  }

  private init(cells: [Cell]) {
    for cell in cells {
      if let last = series.last, last.account == cell.account, last.clinic == cell.clinic {
        var sum = running[running.count - 1]
        var tally = tallies[tallies.count - 1]
        sum.add(cell.turnover)
        tally.add(cell.tally)
        if days[days.count - 1] == cell.day {
          running[running.count - 1] = sum
          tallies[tallies.count - 1] = tally
        } else {
          days.append(cell.day)
          running.append(sum)
          tallies.append(tally)
        }
      } else {
        series.append(
          Series(account: cell.account, clinic: cell.clinic, start: days.count, end: days.count))
        days.append(cell.day)
        running.append(cell.turnover)
        tallies.append(cell.tally)
      }
      series[series.count - 1].end = days.count
    }
  }

  /// Whether these are the sums of `rows`: each row is added up at its place, and nothing is sorted.
  ///
  /// - Parameter before: The rows of the first entry that stand in the chunk before it.
  /// - Complexity: O(rows x log of the days of an account).
  func isSum(of rows: [Posting], behind before: [Posting] = []) -> Bool {
    let accounts =
      series.map(\.account).filter { $0 != Self.entryCount }.max().map { Int($0) } ?? -1
    let width = (series.map { Int($0.clinic) }.max() ?? -1) + 1
    // The last row of places is that of entries.
    var places = [Int](repeating: -1, count: (accounts + 2) * width)
    for (index, one) in series.enumerated() {
      let account = one.account == Self.entryCount ? accounts + 1 : Int(one.account)
      places[account * width + Int(one.clinic)] = index
    }
    var cells = [Turnover](repeating: Turnover(), count: days.count)
    var counts = [EntryTally](repeating: EntryTally(), count: days.count)
    // The entries that touched an account last, and an account at a clinic.
    var touched = [Position](repeating: .start, count: accounts + 2)
    var here = [Position](repeating: .start, count: places.count)
    for row in before where Int(row.account) <= accounts {
      touched[Int(row.account)] = row.position
      if Int(row.clinic) < width {
        here[Int(row.account) * width + Int(row.clinic)] = row.position
      }
    }
    for row in rows {
      let (account, clinic) = (Int(row.account), Int(row.clinic))
      guard account <= accounts, clinic < width,
        let cell = cell(of: places[account * width + clinic], on: row.day)
      else { return false }
      cells[cell].add(row.amount)
      if touched[account] != row.position { counts[cell].first += 1 }
      if here[account * width + clinic] != row.position { counts[cell].here += 1 }
      touched[account] = row.position
      here[account * width + clinic] = row.position
      guard row.line == 1 else { continue }
      guard let entry = self.cell(of: places[(accounts + 1) * width + clinic], on: row.day)
      else { return false }
      cells[entry].debit += 1
    }
    return series.allSatisfy { one in
      var (sum, count) = (Turnover(), EntryTally())
      for index in one.start..<one.end {
        if cells[index] == Turnover() { return false }
        sum.add(cells[index])
        count.add(counts[index])
        if sum != running[index] || count != tallies[index] { return false }
      }
      return true
    }
  }

  /// The place of a day in a series; nil where it has none, or there is no such series.
  private func cell(of index: Int, on day: Int32) -> Int? {
    guard index >= 0 else { return nil }
    var (low, high) = (series[index].start, series[index].end)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low < series[index].end && days[low] == day ? low : nil
  }

  /// Calls `body` with what each account had at each clinic up to `day`, inclusive.
  func forEach(through day: Int32, _ body: (UInt16, UInt16, Turnover) -> Void) {
    for one in series {
      let end = end(of: one, through: day)
      if end > one.start { body(one.account, one.clinic, running[end - 1]) }
    }
  }

  /// Whether anything was posted on a day of the range.
  func touches(_ range: ClosedRange<Int32>) -> Bool {
    series.contains { one in
      one.start < one.end && days[one.start] <= range.upperBound
        && days[one.end - 1] >= range.lowerBound
    }
  }

  /// The earliest day of any posting.
  var firstDay: Int32 {
    series.reduce(.max) { $1.start < $1.end ? min($0, days[$1.start]) : $0 }
  }

  /// How many entries begin in the chunk.
  var entryTotal: Int {
    series.reduce(0) { sum, one in
      one.account == Self.entryCount && one.start < one.end
        ? sum + Int(running[one.end - 1].debit) : sum
    }
  }

  /// Calls `body` with what one account had at each clinic up to `day`, inclusive.
  ///
  /// - Complexity: O(log series), and one search a clinic.
  func forEach(
    of account: UInt16, through day: Int32, _ body: (UInt16, Turnover, EntryTally) -> Void
  ) {
    var low = 0
    var high = series.count
    while low < high {
      let middle = (low + high) / 2
      if series[middle].account < account { low = middle + 1 } else { high = middle }
    }
    while low < series.count, series[low].account == account {
      let end = end(of: series[low], through: day)
      if end > series[low].start { body(series[low].clinic, running[end - 1], tallies[end - 1]) }
      low += 1
    }
  }

  /// Behind the last of a series' days up to `day`.
  private func end(of one: Series, through day: Int32) -> Int {
    var low = one.start
    var high = one.end
    while low < high {
      let middle = (low + high) / 2
      if days[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Sums by account, clinic and day, sorted.
  private static func cells(_ rows: [Posting], behind before: [Posting]) -> [Cell] {
    var table = CellTable()
    // The entry that touched each account last.
    var latest: [Position] = []
    for row in before { Self.note(row, in: &latest) }
    let continued = before.last?.position ?? .start
    for row in rows {
      var turnover = Turnover()
      turnover.add(row.amount)
      var tally = EntryTally(here: 1, first: Self.note(row, in: &latest) ? 1 : 0)
      if row.position == continued,
        before.contains(where: { $0.account == row.account && $0.clinic == row.clinic })
      {
        tally.here = 0
      }
      table.add(
        Cell(
          account: row.account, clinic: row.clinic, day: row.day, turnover: turnover,
          tally: tally, position: row.position))
      if row.line == 1 {
        table.add(
          Cell(
            account: entryCount, clinic: row.clinic, day: row.day,
            turnover: Turnover(debit: 1, credit: 0)))
      }
    }
    return table.cells.sorted(by: <)
  }

  /// Notes that an entry touches an account; false if an earlier line of it did.
  @discardableResult
  private static func note(_ row: Posting, in latest: inout [Position]) -> Bool {
    let account = Int(row.account)
    while latest.count <= account { latest.append(.start) }
    if latest[account] == row.position { return false }
    latest[account] = row.position
    return true
  }
}

extension Turnover: StoredRecord {
  static var blank: Turnover { Turnover() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&debit)
    try fields.visit(&credit)
  }
}

extension EntryTally: StoredRecord {
  static var blank: EntryTally { EntryTally() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&here)
    try fields.visit(&first)
  }
}

extension ChunkTurnover: StoredRecord {
  static var blank: ChunkTurnover { ChunkTurnover([]) }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&days)
    try fields.visit(&running)
    try fields.visit(&tallies)
    try fields.visit(&series)
  }

  /// Each series is a range of the days.
  var isSound: Bool {
    days.count == running.count && days.count == tallies.count
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
  var tally = EntryTally()
  /// The entry that it had a line of last.
  var position = Position.start

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
        if cells[known].position == cell.position { return }
        cells[known].tally.add(cell.tally)
        cells[known].position = cell.position
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
