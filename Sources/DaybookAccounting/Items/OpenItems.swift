import DaybookEvents
import DaybookValues

/// What is open of an item on D as known at S.
struct OpenAmount {
  var key: ItemKey
  /// Who the party is at S.
  var party: PartyKey
  /// The clinic's index among the clinics.
  var clinic: UInt16
  var state: ItemState
  /// The item's index.
  var place: Int
  /// The items that it is one with: of a patient who was merged, or at another clinic.
  var others: [Int] = []
}

/// The items of a report: one pass over their columns.
///
/// What has not changed since D and S is taken as it stands, block by block; only what came later is
/// worked out again, from the item's own movements.
struct OpenItems {
  let scope: Scope
  let index: ItemIndex
  private let day: Int32
  private let position: Position
  private let clinic: Int?
  private let hasMerges: Bool

  init(_ scope: Scope) {
    self.scope = scope
    index = scope.model.items(at: scope.position)
    day = scope.through
    position = scope.position
    clinic = scope.clinic.map { Int($0) }
    hasMerges = scope.model.hasMerges(at: scope.position)
  }

  /// Calls `body` with each item of `ledgers` that comes to something, in the order of the log.
  func forEach(_ ledgers: [ItemLedger], _ body: (OpenAmount) -> Void) {
    var wants = [Bool](repeating: false, count: ItemLedger.allCases.count)
    for ledger in ledgers { wants[Int(ledger.rawValue)] = true }
    var steps: [Step] = []
    for (number, block) in index.blocks.enumerated()
    where !block.isNothing(on: day, at: position) {
      let first = number * ItemBlock.size
      for place in first..<min(first + ItemBlock.size, index.items.count) {
        let item = index.items[place]
        guard wants[Int(item.key.ledger.rawValue)], isCandidate(item),
          let amount = amount(place, item, &steps)
        else { continue }
        body(amount)
      }
    }
  }

  /// Calls `body` with each item of a party that comes to something.
  func forEach(_ ledgers: [ItemLedger], of party: PartyKey, _ body: (OpenAmount) -> Void) {
    var steps: [Step] = []
    for place in places(of: party) {
      let item = index.items[place]
      guard ledgers.contains(item.key.ledger), isCandidate(item),
        let amount = amount(place, item, &steps)
      else { continue }
      body(amount)
    }
  }

  /// Calls `body` with each item of a document that comes to something.
  func forEach(
    _ ledgers: [ItemLedger], ofDocument document: DocumentKey, _ body: (OpenAmount) -> Void
  ) {
    var steps: [Step] = []
    var next = index.places.item(of: document)
    while let place = next {
      let item = index.items[place]
      next = item.sibling == 0 ? nil : Int(item.sibling) - 1
      guard ledgers.contains(item.key.ledger), isCandidate(item),
        let amount = amount(place, item, &steps)
      else { continue }
      body(amount)
    }
  }

  /// The items of a party at S, in the order of the log.
  func places(of party: PartyKey) -> [Int] {
    var places: [Int] = []
    for raw in scope.model.merged(into: party, at: position) {
      var next = index.places.item(ofParty: raw)
      while let place = next {
        places.append(place)
        let link = index.items[place].ofParty
        next = link == 0 ? nil : Int(link) - 1
      }
    }
    return places.sorted()
  }

  /// The items that others owe for the charges of a patient at S, in the order of the log.
  func places(ofPatient patient: PartyKey) -> [Int] {
    var places: [Int] = []
    for raw in scope.model.merged(into: patient, at: position) {
      var next = index.places.item(ofPatient: raw & 0x3fff_ffff)
      while let place = next {
        places.append(place)
        let link = index.items[place].ofPatient
        next = link == 0 ? nil : Int(link) - 1
      }
    }
    return places.sorted()
  }

  /// Calls `body` with the postings of an item known at S, the latest first, whatever their day.
  func forEachPosting(_ place: Int, _ body: (Int) -> Void) {
    var next = index.items[place].movement
    while next != 0 {
      let movement = index.movements[Int(next) - 1]
      if !movement.isPaper,
        scope.model.ledger.postings[movement.index].position <= position
      {
        body(movement.index)
      }
      next = movement.previous
    }
  }

  /// Whether an item may come to something: it is not closed for good, and has begun.
  private func isCandidate(_ item: OpenItem) -> Bool {
    guard clinic == nil || clinic == Int(item.clinic) else { return false }
    return item.isWhole(on: day, at: position)
      ? item.state.open != 0 : item.hasBegun(on: day, at: position)
  }

  /// What an item comes to; nil for nothing, and for one that another counts with.
  private func amount(
    _ place: Int, _ item: OpenItem, _ steps: inout [Step]
  ) -> OpenAmount? {
    var others: [Int] = []
    if item.hasSiblings {
      guard let its = self.others(place, item) else { return nil }
      others = its
    }
    let state =
      others.isEmpty && item.isWhole(on: day, at: position)
      ? item.state : replayed(place, others, &steps) { _, _ in }
    guard state.open != 0 else { return nil }
    let party = hasMerges ? scope.model.current(item.key.party, at: position) : item.key.party
    return OpenAmount(
      key: item.key, party: PartyKey(rawValue: party), clinic: item.clinic, state: state,
      place: place, others: others)
  }

  /// The items that are one with an item; nil where another of them counts for all.
  private func others(_ place: Int, _ item: OpenItem) -> [Int]? {
    var others: [Int] = []
    var next = index.places.item(of: item.key.document)
    while let other = next {
      let its = index.items[other]
      if other != place, isOne(item, its) {
        if other < place, isCandidate(its) { return nil }
        others.append(other)
      }
      next = its.sibling == 0 ? nil : Int(its.sibling) - 1
    }
    return others
  }

  private func isOne(_ item: OpenItem, _ other: OpenItem) -> Bool {
    guard item.key.ledger == other.key.ledger, item.key.line == other.key.line else { return false }
    if item.clinic != other.clinic {
      let currencies = scope.model.slots.currencies
      guard clinic == nil, currencies[Int(item.clinic)] == currencies[Int(other.clinic)] else {
        return false
      }
    }
    return item.key.party == other.key.party
      || hasMerges
        && scope.model.current(item.key.party, at: position)
          == scope.model.current(other.key.party, at: position)
  }

  /// What items come to by those of their movements that have effect by D and are known at S, in the
  /// order of the log; `body` is given each posting, and whether it undoes another.
  func replayed(
    _ place: Int, _ others: [Int], _ body: (Posting, Bool) -> Void
  ) -> ItemState {
    var steps: [Step] = []
    return replayed(place, others, &steps, body)
  }

  /// A movement with its posting; of a paper, with an empty one.
  private struct Step {
    var position: Position
    var movement: ItemMovement
    var row = Posting()
  }

  /// - Parameter steps: Room to work in, which is kept from item to item.
  private func replayed(
    _ place: Int, _ others: [Int], _ steps: inout [Step], _ body: (Posting, Bool) -> Void
  ) -> ItemState {
    steps.removeAll(keepingCapacity: true)
    let item = index.items[place]
    collect(item, &steps)
    for other in others { collect(index.items[other], &steps) }
    if others.isEmpty {
      steps.reverse()
    } else {
      steps.sort {
        ($0.position, $0.movement.isPaper ? 1 : 0, $0.movement.index)
          < ($1.position, $1.movement.isPaper ? 1 : 0, $1.movement.index)
      }
    }
    var state = ItemState()
    for step in steps {
      if step.movement.isPaper {
        let held = scope.model.notes.held[step.movement.index]
        state.take(held, scope.model.notes.papers[Int(held.paper)])
      } else {
        state.take(step.row, item.key.ledger, isUndoing: step.movement.isUndoing)
        body(step.row, step.movement.isUndoing)
      }
    }
    return state
  }

  /// Adds the movements of an item that count, the latest first.
  private func collect(_ item: OpenItem, _ steps: inout [Step]) {
    var next = item.movement
    while next != 0 {
      let movement = index.movements[Int(next) - 1]
      next = movement.previous
      if movement.isPaper {
        let held = scope.model.notes.held[movement.index]
        guard held.position <= position, held.day <= day else { continue }
        steps.append(Step(position: held.position, movement: movement))
      } else {
        let row = scope.model.ledger.postings[movement.index]
        guard row.position <= position, row.day <= day else { continue }
        steps.append(Step(position: row.position, movement: movement, row: row))
      }
    }
  }
}

extension AccountingModel {
  /// A party and all who were merged into it, at `position`.
  func merged(into party: PartyKey, at position: Position) -> [UInt32] {
    guard hasMerges(at: position) else { return [party.rawValue] }
    let others = merges.list(at: position).compactMap { merge in
      UInt32(exactly: merge.key).flatMap {
        current($0, at: position) == party.rawValue ? $0 : nil
      }
    }
    return [party.rawValue] + others.filter { $0 != party.rawValue }
  }
}
