import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Every posting known at a position, added up once in ways that no report uses.
struct PostingScan {
  let model: AccountingModel
  let position: Position
  /// Debits less credits by account and clinic: `account * clinics + clinic`.
  private(set) var balances: [Int128]
  /// What was posted for charges of income, discount and tax, by clinic; a credit is positive.
  private(set) var charged: [Int128]
  /// What was posted on the account of tills that no till knows of, by clinic.
  private(set) var besideTills: [Int128]
  private(set) var entryCount = 0
  private(set) var postingCount = 0
  /// The last day on which anything was posted.
  private(set) var lastPosting = Int32.min
  /// The first posting of a day that was closed before it.
  private(set) var closedDay: Posting?
  private(set) var months = MonthSums()
  private(set) var rules: RuleScan
  private var unbalanced: String?

  init(_ model: AccountingModel, at position: Position) {
    self.model = model
    self.position = position
    let clinics = model.slots.count
    balances = Array(repeating: 0, count: model.chart.accounts.count * clinics)
    charged = Array(repeating: 0, count: clinics)
    besideTills = charged
    rules = RuleScan(model)
    let isOfCharges = Self.accountsOfCharges(model)
    let isOfYears = PostingRule.builtIn.map { $0.isOf(YearClosed.self) }
    let isCharge = PostingRule.builtIn.indices.map {
      PostingRule.Index.charges.contains(UInt16($0))
    }
    let till = model.accounts[.till]
    let namesAccounts = PostingRule.builtIn.map(\.namesAccounts)
    var closed = ClosedDays(model)
    var open = OpenEntry()
    model.ledger.postings.forEachSlice(model.postingCount(at: position)) { slice in
      for row in slice {
        if row.position != open.position {
          close(&open, at: row.position)
          closed.advance(to: row.position)
          rules.begin(row)
        }
        let (clinic, rule) = (Int(row.clinic), Int(row.rule))
        open.add(row)
        postingCount += 1
        let cell = Int(row.account) * clinics + clinic
        balances[cell] += Int128(row.amount)
        months.add(row, cell, cells: balances.count)
        rules.add(row)
        if isCharge[rule], isOfCharges[Int(row.account)] { charged[clinic] -= Int128(row.amount) }
        if row.account == till, namesAccounts[rule], !model.tills.knows(row.position) {
          besideTills[clinic] += Int128(row.amount)
        }
        if row.day > lastPosting { lastPosting = row.day }
        if row.day <= closed.through[clinic], !isOfYears[rule], closedDay == nil {
          closedDay = row
        }
      }
    }
    close(&open, at: .start)
  }

  /// Income, discount and tax: a rule may give the first two other accounts, and only such of income
  /// and expenses.
  private static func accountsOfCharges(_ model: AccountingModel) -> [Bool] {
    let standing = [model.accounts[.outputTax], model.accounts[.packageIncome]]
    return model.chart.accounts.indices.map { index in
      let kind = model.chart.accounts[index].kind
      return kind == .income || kind == .expense || standing.contains(UInt16(index))
    }
  }

  private mutating func close(_ open: inout OpenEntry, at next: Position) {
    if open.position != .start {
      entryCount += 1
      if unbalanced == nil { unbalanced = open.fault(model) }
    }
    open.begin(at: next)
  }

  /// The lines of one entry, summed up by clinic.
  private struct OpenEntry {
    var position = Position.start
    private var clinic = 0
    private var sum: Int128 = 0
    // Of the few entries that cross clinics.
    private var others: [(clinic: Int, sum: Int128)] = []
    private var count = 0
    private var isNumbered = true

    mutating func begin(at next: Position) {
      position = next
      sum = 0
      count = 0
      isNumbered = true
      if !others.isEmpty { others = [] }
    }

    mutating func add(_ row: Posting) {
      let place = Int(row.clinic)
      if count == 0 { clinic = place }
      count += 1
      if Int(row.line) != count { isNumbered = false }
      if place == clinic {
        sum += Int128(row.amount)
      } else if let other = others.firstIndex(where: { $0.clinic == place }) {
        others[other].sum += Int128(row.amount)
      } else {
        others.append((place, Int128(row.amount)))
      }
    }

    func fault(_ model: AccountingModel) -> String? {
      let sums = [(clinic: clinic, sum: sum)] + others
      if let off = sums.first(where: { $0.sum != 0 }) {
        let name = ClinicID(model.slots.rows[off.clinic].number)
        return "the entry of position \(position) is \(off.sum) minor units off at clinic \(name)"
      }
      return isNumbered ? nil : "the lines of position \(position) are not numbered 1 to \(count)"
    }
  }
}

/// Through which day the books of each clinic are closed, as the log goes on.
private struct ClosedDays {
  private(set) var through: [Int32]
  private let rows: [PeriodRow]
  private let clinics: [Int]
  private var next = 0
  private var closed: [[Int32]]
  private var hard: [Int32]

  init(_ model: AccountingModel) {
    rows = model.periods.rows.rows(through: .end).filter {
      $0.area == .accounting && !$0.isOfAYear && model.slots.find($0.clinic) != nil
    }
    clinics = rows.map { Int(model.slots.find($0.clinic) ?? 0) }
    through = Array(repeating: .min, count: model.slots.count)
    closed = Array(repeating: [], count: model.slots.count)
    hard = through
  }

  /// Takes in what was closed and opened before the event at `position`.
  mutating func advance(to position: Position) {
    while next < rows.count, rows[next].position < position {
      let (row, clinic) = (rows[next], clinics[next])
      next += 1
      if row.kind == .reopened {
        _ = closed[clinic].popLast()
      } else {
        if row.to > through[clinic] { closed[clinic].append(row.to) }
        if row.closing == .hard { hard[clinic] = max(hard[clinic], row.to) }
      }
      through[clinic] = max(closed[clinic].last ?? .min, hard[clinic])
    }
  }
}

/// Debits and credits by account and clinic in each month of the books.
struct MonthSums {
  /// What went to either side.
  struct Side: Equatable {
    var debit: Int128 = 0
    var credit: Int128 = 0

    mutating func add(_ amount: Int64) {
      if amount >= 0 { debit += Int128(amount) } else { credit -= Int128(amount) }
    }
  }

  private(set) var list: [Int32: [Side]] = [:]
  // The month of the day that was met last, and its sums, out of the list meanwhile.
  private var day: Int32?
  private var month: Int32?
  private var sums: [Side] = []

  mutating func add(_ row: Posting, _ cell: Int, cells: Int) {
    if row.day != day {
      day = row.day
      let next = Day(daysSince1970: row.day).monthOf.monthsSince1970
      if next != month {
        keep()
        month = next
        sums = list.removeValue(forKey: next) ?? Array(repeating: Side(), count: cells)
      }
    }
    sums[cell].add(row.amount)
  }

  private mutating func keep() {
    if let month { list[month] = sums }
    sums = []
  }

  /// Every month with its sums, in order.
  var ordered: [(month: Int32, sums: [Side])] {
    var copy = self
    copy.keep()
    return copy.list.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension PostingScan {
  /// Each entry sums to zero at every clinic, which has one currency.
  var entriesBalance: Check {
    Check(
      "every entry balances per currency and clinic", found: unbalanced,
      over: "\(entryCount) entries, \(postingCount) postings")
  }

  /// The balances that reports print sum to zero at every clinic, and are those of the postings.
  var trialBalanceIsZero: Check {
    let printed = model.turnovers(through: .max, at: position)
    var found: String?
    for clinic in 0..<model.slots.count where found == nil {
      var sum: Int128 = 0
      for (account, listed) in model.chart.accounts.enumerated() {
        let balance = Int128(printed[account, clinic].balance)
        sum += balance
        let scanned = balances[account * model.slots.count + clinic]
        if balance != scanned, found == nil {
          found =
            "account \(listed.code) at clinic \(name(clinic)): \(balance) minor units, "
            + "postings \(scanned)"
        }
      }
      if sum != 0, found == nil {
        found = "clinic \(name(clinic)) is \(sum) minor units off"
      }
    }
    return Check(
      "the trial balance sums to zero and equals the postings", found: found,
      over: "\(model.chart.accounts.count) accounts, \(model.slots.count) clinics")
  }

  /// What clinics owe each other is owed by one to another of the same currency.
  var betweenClinicsIsZero: Check {
    let account = Int(model.accounts[.betweenClinics])
    var sums: [Currency: Int128] = [:]
    for clinic in 0..<model.slots.count {
      sums[model.slots.currencies[clinic], default: 0] +=
        balances[account * model.slots.count + clinic]
    }
    let off = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }.first
    return Check(
      "\(model.chart.accounts[account].code) is zero over all clinics",
      found: off.map { "\($0.key.code): \($0.value) minor units" },
      over: "\(model.slots.count) clinics")
  }

  /// Month by month, every account's opening and turnover make its closing.
  var rollsForward: Check {
    let list = months.ordered
    var found: String?
    var opening = Turnovers(accounts: model.chart.accounts.count, clinics: model.slots.count)
    for (number, turnover) in list where found == nil {
      let month = Month(monthsSince1970: number)
      let closing = model.turnovers(through: month.lastDay.daysSince1970, at: position)
      for (account, listed) in model.chart.accounts.enumerated() {
        for clinic in 0..<model.slots.count where found == nil {
          let side = turnover[account * model.slots.count + clinic]
          let (first, last) = (opening[account, clinic], closing[account, clinic])
          if Int128(first.debit) + side.debit != Int128(last.debit)
            || Int128(first.credit) + side.credit != Int128(last.credit)
          {
            found = "account \(listed.code) at clinic \(name(clinic)) in \(month)"
          }
        }
      }
      opening = closing
    }
    return Check(
      "opening and turnover make the closing of every account", found: found,
      over: "\(list.count) months")
  }

  /// The sums kept beside each full chunk are those of its postings.
  var runningSumsAgree: Check {
    let postings = model.ledger.postings
    var found: String?
    for index in 0..<postings.fullChunkCount where found == nil {
      let rows = postings.chunk(index)
      let before = model.ledger.rowsBefore(chunk: index)
      if !model.ledger.turnovers(ofChunk: index).isSum(of: rows, behind: before) {
        found = "the chunk from position \(rows[0].position) on"
      }
    }
    return Check(
      "running sums of chunks equal their postings", found: found,
      over: "\(postings.fullChunkCount) full chunks of \(postings.chunkRows)")
  }

  func name(_ clinic: Int) -> ClinicID { ClinicID(model.slots.rows[clinic].number) }
}
