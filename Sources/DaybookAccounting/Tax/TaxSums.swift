import DaybookEngine
import DaybookEvents
import DaybookValues

/// Bases and taxes by side, code, rate and kind.
struct TaxSums {
  struct Key: Hashable {
    var side: TaxSide
    var code: UInt16
    /// Basis points, as they were on the day.
    var rate: Int32
    var kind: TaxedKind
    var currency: Currency
    /// The day, where each has lines of its own.
    var day: Int32 = 0
    /// The clinic's index among the clinics, where each has lines of its own.
    var clinic: UInt16 = 0
  }

  struct Line {
    var key: Key
    var base: Int64 = 0
    var tax: Int64 = 0
    var notDeductible: Int64 = 0
  }

  struct Settled {
    var side: TaxSide
    var currency: Currency
    var amount: Int64 = 0
  }

  private(set) var lines: [Line] = []
  private(set) var settled: [Settled] = []
  private(set) var debits = CurrencySum()
  var entries: Int { counter.total }

  private var counter = EntryCounter()
  // Only asked for a key, never iterated.
  private var places: [Key: Int] = [:]
  /// Where the last part of each side went, which is where the next one goes as a rule.
  private var last = [Int](repeating: -1, count: TaxSide.allCases.count)

  /// - Parameters:
  ///   - filter: Which postings are asked for; of a tax code, what is under it, also where its posting
  ///     bears none itself.
  ///   - documents: The documents of sales, which say at what rate they are.
  ///   - sides: Which sides are wanted.
  ///   - byDay: Whether each day has lines of its own.
  ///   - byClinic: Whether each clinic has lines of its own.
  ///   - body: Called with each posting that is a part of a line.
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  init(
    _ scope: Scope, _ filter: JournalFilter, documents: Snapshot<DocumentsModel>? = nil,
    sides: [TaxSide] = TaxSide.allCases, byDay: Bool = false, byClinic: Bool = false,
    _ body: ((Posting, TaxPart, Key) -> Void)? = nil
  ) throws(UnknownAccount) {
    var filter = filter
    let code = filter.dimensions.removeValue(forKey: .taxCode)
    let sieve = try PostingSieve(filter, scope)
    guard let days = scope.days else { return }
    let posts = TaxPosts(scope.model)
    var rates = TaxRates(scope, documents)
    var entry: [Posting] = []
    var concernsTax = false
    // Given the entry: what a local function captures is guarded against itself at every access.
    func take(_ entry: [Posting]) {
      for row in entry where sieve.takes(row) {
        let currency = scope.currency(row.clinic)
        if let side = posts.settles(row) {
          if code == nil { settle(side, currency, side == .output ? -row.amount : row.amount) }
          continue
        }
        posts.forEachPart(row, of: entry) { part in
          guard sides.contains(part.side), code ?? UInt64(part.code) == UInt64(part.code) else {
            return
          }
          counter.count(row)
          if row.amount > 0 { debits.add(row.amount, currency) }
          let key = Key(
            side: part.side, code: part.code, rate: rates.rate(part.code, of: row, posts),
            kind: part.kind, currency: currency, day: byDay ? row.day : 0,
            clinic: byClinic ? row.clinic : 0)
          add(part, key)
          body?(row, part, key)
        }
      }
    }
    scope.forEachPosting(in: days) { line in
      if line.row.position != entry.last?.position {
        if concernsTax { take(entry) }
        entry.removeFew()
        concernsTax = false
      }
      entry.append(line.row)
      // Most entries have nothing to do with taxes.
      concernsTax = concernsTax || posts.concerns(line.row)
    }
    if concernsTax { take(entry) }
    lines.removeAll { $0.base == 0 && $0.tax == 0 && $0.notDeductible == 0 }
    lines.sort { Self.order($0.key) < Self.order($1.key) }
    settled.removeAll { $0.amount == 0 }
  }

  private static func order(_ key: Key) -> (Int32, Int, Int32, String, UInt16, Int) {
    (
      key.day, key.side.rawValue * 65_536 + Int(key.code), key.rate, key.currency.code,
      key.clinic, key.kind.rawValue
    )
  }

  private mutating func settle(_ side: TaxSide, _ currency: Currency, _ amount: Int64) {
    let place = settled.firstIndex { $0.side == side && $0.currency == currency } ?? settled.count
    if place == settled.count { settled.append(Settled(side: side, currency: currency)) }
    settled[place].amount += amount
  }

  private mutating func add(_ part: TaxPart, _ key: Key) {
    let place = place(key)
    switch part.figure {
    case .base: lines[place].base += part.amount
    case .tax: lines[place].tax += part.amount
    case .notDeductible: lines[place].notDeductible += part.amount
    }
  }

  private mutating func place(_ key: Key) -> Int {
    let recent = last[key.side.rawValue]
    if recent >= 0, lines[recent].key == key { return recent }
    let place = places[key] ?? lines.count
    if place == lines.count {
      places[key] = place
      lines.append(Line(key: key))
    }
    last[key.side.rawValue] = place
    return place
  }
}
