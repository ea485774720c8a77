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
    // Without a branch: sides come in no order that a processor could guess.
    debit += max(amount, 0)
    credit -= min(amount, 0)
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
    var cells: [TurnoverCell] = []
    var entry = before
    for row in rows {
      if row.position != entry.last?.position { entry = [] }
      let same = entry.filter { $0.account == row.account }
      var cell = TurnoverCell(row.account, row.clinic, row.day)
      cell.turnover.add(row.amount)
      if same.isEmpty { cell.tally.first = 1 }
      if !same.contains(where: { $0.clinic == row.clinic }) { cell.tally.here = 1 }
      cells.append(cell)
      entry.append(row)
      if row.line == 1 {
        var count = TurnoverCell(Self.entryCount, row.clinic, row.day)
        count.turnover.debit = 1
        cells.append(count)
      }
    }
    self.init(cells: cells.sorted { $0.key < $1.key })
  }

  private init(cells: [TurnoverCell]) {
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
  private static func cells(_ rows: [Posting], behind before: [Posting]) -> [TurnoverCell] {
    var table = TurnoverCells()
    // The entry that touched each account last.
    var latest: [Position] = []
    for row in before { Self.note(row, in: &latest) }
    let continued = before.last?.position ?? .start
    for row in rows {
      let isFirst = Self.note(row, in: &latest)
      let isContinued =
        row.position == continued
        && before.contains { $0.account == row.account && $0.clinic == row.clinic }
      let tally = EntryTally(here: isContinued ? 0 : 1, first: isFirst ? 1 : 0)
      let place = table.place(of: TurnoverCell.key(row.account, row.clinic, row.day))
      table.cells[place].add(row.amount, tally, of: row.position)
      if row.line == 1 {
        let count = table.place(of: TurnoverCell.key(entryCount, row.clinic, row.day))
        table.cells[count].turnover.debit += 1
      }
    }
    return table.sorted
  }

  /// Notes that an entry touches an account; false if an earlier line of it did.
  @discardableResult @inline(always)
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
