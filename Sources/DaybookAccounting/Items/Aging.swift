import DaybookEvents
import DaybookReporting
import DaybookValues

extension AgeBucket {
  init(daysSinceDue days: Int) {
    switch days {
    case ...0: self = .current
    case ...30: self = .d30
    case ...60: self = .d60
    case ...90: self = .d90
    default: self = .over90
    }
  }

  /// As a list of items prints it.
  var words: String { self == .current ? name : heading }
}

/// How old the items are that postings belong to, as far as they are open.
struct ItemAges {
  private struct Key: Hashable {
    var position: Position
    var line: UInt16

    init(_ row: Posting) { (position, line) = (row.position, row.line) }
  }

  // Only asked for a key, never iterated.
  private var ages: [Key: AgeBucket] = [:]

  /// - Complexity: O(items), and the postings of those that are open.
  init(_ ledger: ItemLedger, _ scope: Scope) {
    let aging = Aging(scope)
    let items = OpenItems(scope)
    items.forEach([ledger]) { item in
      let age = AgeBucket(daysSinceDue: Int(scope.through) - aging.due(item))
      for place in [item.place] + item.others {
        items.forEachPosting(place) { ages[Key(scope.model.ledger.postings[$0])] = age }
      }
    }
  }

  /// The age of the item that a posting belongs to; nil where nothing of it is open.
  func age(of row: Posting) -> AgeBucket? { ages[Key(row)] }
}

/// What parties owe by age, and what they have to their credit, each currency on its own.
struct Aging {
  /// What is printed of a party in one currency.
  struct Line {
    var party: PartyKey
    var currency: Currency
    /// The days that the party has, after which a debt without a paper is due.
    fileprivate(set) var termsDays: Int
    private var amounts = SIMD8<Int64>()

    init(_ party: PartyKey, _ currency: Currency, termsDays: Int) {
      self.party = party
      self.currency = currency
      self.termsDays = termsDays
    }

    /// What is of that age.
    subscript(bucket: AgeBucket) -> Int64 {
      get { amounts[bucket.rawValue] }
      set { amounts[bucket.rawValue] = newValue }
    }

    /// What is unapplied.
    var credit: Int64 {
      get { amounts[5] }
      set { amounts[5] = newValue }
    }

    /// What is owed, whatever its age.
    var total: Int64 { AgeBucket.allCases.reduce(0) { $0 + self[$1] } }

    var isZero: Bool { amounts == .zero }
  }

  private let scope: Scope
  /// The first clinic that has the currency of each.
  private let currencySlots: [UInt16]
  private var unordered: [Line] = []
  // Open addressing with steps of one, by party and currency.
  private var places = [Int32](repeating: -1, count: 1024)

  init(_ scope: Scope) {
    self.scope = scope
    let currencies = scope.model.slots.currencies
    currencySlots = currencies.map { currency in
      UInt16(truncatingIfNeeded: currencies.firstIndex(of: currency) ?? 0)
    }
  }

  /// Takes an item of any ledger in.
  mutating func add(_ item: OpenAmount) {
    let place = place(item.party, currencySlots[Int(item.clinic)])
    if item.key.ledger == .credit {
      unordered[place].credit += item.state.open
    } else {
      let due = due(item, termsDays: unordered[place].termsDays)
      let bucket = AgeBucket(daysSinceDue: Int(scope.through) - due)
      unordered[place][bucket] += item.state.open
    }
  }

  /// Adds an item to a line of its own currency, whoever its party is.
  func add(_ item: OpenAmount, to line: inout Line) {
    if item.key.ledger == .credit {
      line.credit += item.state.open
    } else {
      line[AgeBucket(daysSinceDue: Int(scope.through) - due(item))] += item.state.open
    }
  }

  /// The day on which an item is due.
  func due(_ item: OpenAmount) -> Int { due(item, termsDays: scope.termsDays(item.party)) }

  /// The parties with anything open or to their credit, ordered, each currency on its own.
  var lines: [Line] {
    unordered.filter { !$0.isZero }.sorted {
      ($0.party, $0.currency) < ($1.party, $1.currency)
    }
  }

  private func due(_ item: OpenAmount, termsDays: Int) -> Int {
    if item.state.due != ItemState.never { return Int(item.state.due) }
    // What was only ever taken off has no age.
    if item.state.since == ItemState.never { return Int(scope.through) }
    return Int(item.state.since) + termsDays
  }

  private mutating func place(_ party: PartyKey, _ slot: UInt16) -> Int {
    let mask = places.count - 1
    var place = Self.hash(party, slot) & mask
    let currency = scope.model.slots.currencies[Int(slot)]
    while places[place] >= 0 {
      let known = Int(places[place])
      if unordered[known].party == party, unordered[known].currency == currency { return known }
      place = (place + 1) & mask
    }
    places[place] = Int32(truncatingIfNeeded: unordered.count)
    unordered.append(Line(party, currency, termsDays: scope.termsDays(party)))
    if unordered.count * 2 > places.count { grow() }
    return unordered.count - 1
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    let mask = places.count - 1
    for (index, line) in unordered.enumerated() {
      let slot = scope.model.slots.currencies.firstIndex(of: line.currency) ?? 0
      var place = Self.hash(line.party, UInt16(truncatingIfNeeded: slot)) & mask
      while places[place] >= 0 { place = (place + 1) & mask }
      places[place] = Int32(truncatingIfNeeded: index)
    }
  }

  private static func hash(_ party: PartyKey, _ slot: UInt16) -> Int {
    let mixed = (UInt64(party.rawValue) << 16 | UInt64(slot)) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 24)
  }
}

extension Scope {
  /// The days that a party has to pay at S.
  func termsDays(_ party: PartyKey) -> Int {
    Int(model.partyRegistry.find(UInt64(party.rawValue), at: position)?.facts.termsDays ?? 0)
  }

  /// The footer of a report on items: what stands behind it is every entry on their accounts.
  func footer(_ ledgers: [ItemLedger], _ items: OpenItems) -> Footer {
    let turnovers = model.turnovers(through: through, at: position)
    var debits = CurrencySum()
    for account in ItemAccounts(model).accounts(of: ledgers) {
      for index in 0..<model.slots.count where clinic == nil || clinic.map({ Int($0) }) == index {
        let debit = turnovers[Int(account), index].debit
        if debit > 0 { debits.add(debit, model.slots.currencies[index]) }
      }
    }
    let entries = ledgers.first.map {
      items.index.entryCount(
        $0, through: through, at: position, clinic: clinic.map { Int($0) }, model)
    }
    return footer(entries: entries ?? 0, debits: debits)
  }
}
