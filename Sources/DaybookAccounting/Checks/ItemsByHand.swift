import DaybookEngine
import DaybookEvents
package import DaybookValues

/// Open items added up anew from all postings, one by one, in ways that no report uses: for `verify` and
/// for tests.
package struct ItemsByHand {
  private struct Key: Hashable {
    var ledger: ItemLedger
    var document: UInt64
    var line: UInt16
    var party: UInt32
    var currency: Currency
  }

  private struct Line: Hashable {
    var position: Position
    var line: UInt16
  }

  fileprivate struct Part: Hashable {
    var open: Int64 = 0
    /// When it fell to the party; nil while only payments of it are known.
    var since: Int32?
    var due: Int32?
  }

  // Only asked for a key, and sorted before anything of it is shown.
  private var parts: [Key: Part] = [:]
  private let scope: Scope
  private let currencies: Set<Currency>

  private init(_ scope: Scope) {
    self.scope = scope
    currencies = Set(scope.model.slots.currencies)
    let (model, known) = (scope.model, scope.position)
    let accounts = ItemAccounts(model)
    var settled: [Line: SettledItem] = [:]
    for row in model.notes.settled { settled[Line(position: row.position, line: row.line)] = row }
    var undone: [Position: Position] = [:]
    for row in model.reversals { undone[row.position] = row.of }
    var held = model.notes.held[...]
    model.ledger.postings.forEachSlice(model.postingCount(at: known)) { slice in
      for row in slice {
        guard let ledger = accounts[row.account], row.day <= scope.through,
          scope.includes(clinic: row.clinic)
        else { continue }
        takeHeld(&held, before: row.position)
        let settles = settled[
          Line(position: undone[row.position] ?? row.position, line: row.line)]
        let isCharge = ledger == .receivable && row.charge != 0
        let document =
          isCharge ? DocumentKey(charge: row.charge) : settles?.document ?? row.document
        let key = Key(
          ledger: ledger, document: document.rawValue,
          line: ledger == .receivable ? 0 : settles?.itemLine ?? 0,
          party: model.current(row.party, at: known), currency: scope.currency(row.clinic))
        parts[key, default: Part()].take(row, ledger, isUndoing: undone[row.position] != nil)
      }
    }
    takeHeld(&held, before: .end)
  }

  private mutating func takeHeld(_ held: inout Slice<History<HeldItem>>, before end: Position) {
    while let first = held.first, first.position < end {
      held = held.dropFirst()
      guard first.position <= scope.position, first.day <= scope.through else { continue }
      let party = scope.model.current(first.key.party, at: scope.position)
      for currency in currencies {
        let key = Key(
          ledger: first.key.ledger, document: first.key.document.rawValue, line: first.key.line,
          party: party, currency: currency)
        parts[key]?.due = scope.model.notes.papers[Int(first.paper)].due
      }
    }
  }

  /// Where the items that reports are made of differ from those added up anew; nil where they agree.
  ///
  /// - Complexity: O(postings), in a dictionary.
  package static func difference(
    _ model: AccountingModel, on day: Day, at position: Position, clinic: UInt64? = nil
  ) -> String? {
    let scope = Scope(
      Snapshot(model), AccountingQuery(on: day, knownAt: position, clinic: clinic))
    var expected = ItemsByHand(scope)
    let items = OpenItems(scope)
    let aging = Aging(scope)
    var found: String?
    items.forEach(ItemLedger.allCases) { item in
      let key = Key(
        ledger: item.key.ledger, document: item.key.document.rawValue, line: item.key.line,
        party: item.party.rawValue, currency: model.slots.currencies[Int(item.clinic)])
      let part = expected.parts.removeValue(forKey: key)
      let due = part.map { $0.due.map { Int($0) } ?? $0.age(scope, item.party) }
      let isSame =
        part?.open == item.state.open
        && (item.key.ledger == .credit || due == aging.due(item))
      if !isSame, found == nil {
        found =
          "\(DocumentNames.name(item.key.document)) of \(item.party): \(item.state.open) minor "
          + "units due on day \(aging.due(item)), by hand \(part?.open ?? 0) on \(due ?? 0)"
      }
    }
    if found != nil { return found }
    let missing = expected.parts.filter { $0.value.open != 0 }.min {
      ($0.key.document, $0.key.party) < ($1.key.document, $1.key.party)
    }
    return missing.map {
      "\(DocumentNames.name(DocumentKey(rawValue: $0.key.document))) of "
        + "\(PartyKey(rawValue: $0.key.party)): nothing, by hand \($0.value.open) minor units"
    }
  }
}

extension ItemsByHand.Part {
  /// Takes a posting; the rule of Books, section 2, aging.
  fileprivate mutating func take(_ row: Posting, _ ledger: ItemLedger, isUndoing: Bool) {
    open += ledger == .receivable ? row.amount : -row.amount
    let restarts =
      ledger == .receivable && row.rule == PostingRule.Index.transfer && row.amount > 0
      && !isUndoing
    let begins =
      ledger != .receivable || (row.amount > 0 && row.rule != PostingRule.Index.adjustment)
    guard begins, restarts || since == nil else { return }
    since = max(row.day, since ?? .min)
    if restarts { due = nil }
  }

  /// The day on which it is due where no paper says so.
  fileprivate func age(_ scope: Scope, _ party: PartyKey) -> Int {
    since.map { Int($0) + scope.termsDays(party) } ?? Int(scope.through)
  }
}
