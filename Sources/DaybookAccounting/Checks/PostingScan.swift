import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Every posting known at a position, added up once in ways that no report uses.
struct PostingScan {
  let model: AccountingModel
  let position: Position
  /// Debits less credits by account and clinic: `account * clinics + clinic`.
  private(set) var balances: [Int128]
  /// Debits and credits by account and clinic in each month of the books; only asked for a key.
  private var months: [Int32: [Int: Side]] = [:]
  private(set) var entryCount = 0
  private(set) var postingCount = 0
  private var unbalanced: String?

  /// What went to either side.
  struct Side: Equatable {
    var debit: Int128 = 0
    var credit: Int128 = 0

    mutating func add(_ amount: Int64) {
      if amount >= 0 { debit += Int128(amount) } else { credit -= Int128(amount) }
    }
  }

  init(_ model: AccountingModel, at position: Position) {
    self.model = model
    self.position = position
    balances = Array(repeating: 0, count: model.chart.accounts.count * model.slots.count)
    var open = OpenEntry()
    model.ledger.postings.forEachSlice(model.postingCount(at: position)) { slice in
      for row in slice {
        if row.position != open.position { close(&open, at: row.position) }
        open.add(row)
        add(row)
      }
    }
    close(&open, at: .start)
  }

  func cell(_ row: Posting) -> Int { Int(row.account) * model.slots.count + Int(row.clinic) }

  private mutating func add(_ row: Posting) {
    postingCount += 1
    let cell = cell(row)
    balances[cell] += Int128(row.amount)
    let month = Day(daysSince1970: row.day).monthOf.monthsSince1970
    months[month, default: [:]][cell, default: Side()].add(row.amount)
  }

  private mutating func close(_ open: inout OpenEntry, at next: Position) {
    if open.position != .start {
      entryCount += 1
      if unbalanced == nil { unbalanced = open.fault(model) }
    }
    open = OpenEntry(position: next)
  }

  /// The lines of one entry, summed up by clinic.
  private struct OpenEntry {
    var position = Position.start
    var sums: [(clinic: UInt16, sum: Int128)] = []
    var count = 0
    var isNumbered = true

    mutating func add(_ row: Posting) {
      count += 1
      if Int(row.line) != count { isNumbered = false }
      if let place = sums.firstIndex(where: { $0.clinic == row.clinic }) {
        sums[place].sum += Int128(row.amount)
      } else {
        sums.append((row.clinic, Int128(row.amount)))
      }
    }

    func fault(_ model: AccountingModel) -> String? {
      if let (clinic, sum) = sums.first(where: { $0.sum != 0 }) {
        let name = ClinicID(model.slots.number(clinic))
        return "the entry of position \(position) is \(sum) minor units off at clinic \(name)"
      }
      return isNumbered ? nil : "the lines of position \(position) are not numbered 1 to \(count)"
    }
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
    let list = months.keys.sorted()
    var found: String?
    var opening = Turnovers(accounts: model.chart.accounts.count, clinics: model.slots.count)
    for number in list where found == nil {
      let month = Month(monthsSince1970: number)
      let closing = model.turnovers(through: month.lastDay.daysSince1970, at: position)
      var turnover = months[number] ?? [:]
      for (account, listed) in model.chart.accounts.enumerated() {
        for clinic in 0..<model.slots.count where found == nil {
          let side = turnover.removeValue(forKey: account * model.slots.count + clinic) ?? Side()
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
      if model.ledger.turnovers(ofChunk: index) != ChunkTurnover(sorting: rows, behind: before) {
        found = "the chunk from position \(rows[0].position) on"
      }
    }
    return Check(
      "running sums of chunks equal their postings", found: found,
      over: "\(postings.fullChunkCount) full chunks of \(postings.chunkRows)")
  }

  private func name(_ clinic: Int) -> ClinicID { ClinicID(model.slots.number(UInt16(clinic))) }
}
