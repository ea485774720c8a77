import DaybookEvents
import DaybookValues

/// Rows about events, one or a few for each, found by the event.
///
/// Nearly all come in the order of the log, so that they are found by where the one before was; the others
/// by a dictionary.
struct EventRows<Row> {
  private(set) var rows: [Row] = []
  /// The events of the first rows, which ascend.
  private var events: [Position] = []
  /// Where the event that was asked for last stands among them.
  private var hint = 0
  // Of events that did not come in order: only asked for a key, never iterated.
  private var others: [Position: [Int]] = [:]

  var count: Int { rows.count }

  subscript(place: Int) -> Row {
    get { rows[place] }
    _modify { yield &rows[place] }
  }

  /// Takes another row about `event` in, and tells its place.
  mutating func append(_ row: Row, about event: Position) -> Int {
    let place = rows.count
    rows.append(row)
    if place == events.count, events.last.map({ $0 <= event }) ?? true {
      events.append(event)
    } else {
      others[event, default: []].append(place)
    }
    return place
  }

  /// The place of the first row about `event` that `isIt`; nil where there is none.
  mutating func find(_ event: Position, where isIt: (Row) -> Bool) -> Int? {
    if let last = events.last, event <= last {
      seek(event)
      var place = hint
      while place < events.count, events[place] == event {
        if isIt(rows[place]) { return place }
        place += 1
      }
    }
    return others.isEmpty ? nil : others[event]?.first { isIt(rows[$0]) }
  }

  /// Moves the hint to the first row about `event`, or to where it would stand.
  private mutating func seek(_ event: Position) {
    // The next one, mostly.
    for _ in 0..<8 {
      guard hint < events.count, events[hint] < event else { break }
      hint += 1
    }
    let isThere =
      hint < events.count && events[hint] >= event && (hint == 0 || events[hint - 1] < event)
    if isThere { return }
    var (low, high) = (0, events.count)
    while low < high {
      let middle = (low + high) / 2
      if events[middle] < event { low = middle + 1 } else { high = middle }
    }
    hint = low
  }
}
