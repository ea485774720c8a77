import DaybookEvents
import DaybookValues

/// What went to one account of one clinic on one day.
struct TurnoverCell {
  /// Account, clinic and day, in this order.
  let key: UInt64
  var turnover = Turnover()
  var tally = EntryTally()
  /// The entry that it had a line of last.
  var position = Position.start

  init(_ key: UInt64) { self.key = key }

  init(_ account: UInt16, _ clinic: UInt16, _ day: Int32) {
    self.init(Self.key(account, clinic, day))
  }

  @inline(always)
  mutating func add(_ amount: Int64, _ tally: EntryTally, of entry: Position) {
    turnover.add(amount)
    if position == entry { return }
    position = entry
    self.tally.add(tally)
  }

  var account: UInt16 { UInt16(truncatingIfNeeded: key >> 48) }
  var clinic: UInt16 { UInt16(truncatingIfNeeded: key >> 32) }
  var day: Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: key) ^ 0x8000_0000) }

  static func key(_ account: UInt16, _ clinic: UInt16, _ day: Int32) -> UInt64 {
    UInt64(account) << 48 | UInt64(clinic) << 32 | UInt64(UInt32(bitPattern: day) ^ 0x8000_0000)
  }
}

/// Cells by account, clinic and day, each once: far fewer than rows, so that only they are sorted.
///
/// Open addressing with steps of one; the standard dictionary takes several times as long.
struct TurnoverCells {
  var cells: [TurnoverCell] = []
  private var places = [Int32](repeating: -1, count: 32_768)
  /// The cells that accounts had last at clinics, by the low bits of both: mostly the next posting is of
  /// the same day.
  private var recent = [Int32](repeating: 0, count: 2048)

  /// The place of the cell with that key, which is made where there is none.
  @inline(always)
  mutating func place(of key: UInt64) -> Int {
    let slot = Int(truncatingIfNeeded: key >> 48 ^ key >> 25) & 2047
    let guess = Int(recent[slot])
    if guess < cells.count, cells[guess].key == key { return guess }
    let place = search(key)
    recent[slot] = Int32(place)
    return place
  }

  @inline(never)
  private mutating func search(_ key: UInt64) -> Int {
    let mask = places.count - 1
    var place = Self.hash(key) & mask
    while places[place] >= 0 {
      let known = Int(places[place])
      if cells[known].key == key { return known }
      place = (place + 1) & mask
    }
    places[place] = Int32(cells.count)
    cells.append(TurnoverCell(key))
    if cells.count * 2 > places.count { grow() }
    return cells.count - 1
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    let mask = places.count - 1
    for (index, cell) in cells.enumerated() {
      var place = Self.hash(cell.key) & mask
      while places[place] >= 0 { place = (place + 1) & mask }
      places[place] = Int32(index)
    }
  }

  /// The cells in order. What is moved about for it is small.
  var sorted: [TurnoverCell] {
    cells.indices.map { (key: cells[$0].key, place: $0) }.sorted { $0.key < $1.key }
      .map { cells[$0.place] }
  }

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32)
  }
}
