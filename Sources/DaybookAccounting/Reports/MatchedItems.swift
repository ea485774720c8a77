import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// The credits of payments that are used up, and the invoices of suppliers that are paid, on D as known
/// at S: which lines belong to them.
struct MatchedItems {
  private let scope: Scope
  private let items: OpenItems
  /// The item of each line, by the posting's index; only asked for a key.
  private var places: [Int: Int] = [:]
  /// The items that come to something; only asked for one.
  private var open: Set<Int> = []

  /// The items of `lines`.
  ///
  /// - Complexity: O(lines), and the items of their parties.
  init(of lines: [JournalLineRow], _ scope: Scope) {
    self.scope = scope
    items = OpenItems(scope)
    let accounts = ItemAccounts(scope.model)
    let ledgers: [ItemLedger] = [.credit, .payable]
    var wanted: Set<Int> = []
    var parties: Set<UInt32> = []
    for line in lines {
      guard let ledger = accounts[line.row.account], ledgers.contains(ledger) else { continue }
      wanted.insert(line.index)
      parties.insert(line.row.party)
    }
    for party in parties.sorted() {
      let key = PartyKey(rawValue: party)
      for place in items.places(of: key) where ledgers.contains(items.index.items[place].key.ledger)
      {
        items.forEachPosting(place) { index in
          if wanted.contains(index) { places[index] = place }
        }
      }
      items.forEach(ledgers, of: key) { amount in
        open.insert(amount.place)
        open.formUnion(amount.others)
      }
    }
  }

  /// The code of the lines that a posting is settled with, and the day of the last of them; nil where
  /// something is open, or the posting is of no such item.
  func match(_ index: Int) -> (code: String, day: Day)? {
    guard let place = places[index], !open.contains(place) else { return nil }
    var last = Int32.min
    items.forEachPosting(place) { other in
      let day = scope.model.ledger.postings[other].day
      if day <= scope.through { last = max(last, day) }
    }
    let code = DocumentNames.name(items.index.items[place].key.document)
    return (code, Day(daysSince1970: last))
  }
}
