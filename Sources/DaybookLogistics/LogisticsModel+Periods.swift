import DaybookBytes
public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

extension LogisticsModel {
  /// The stock of a clinic through `day`, as known at `position`: what it is worth, with a digest of
  /// quantity and value of each lot.
  ///
  /// - Complexity: O(movements).
  public func totals(
    ofClinic number: UInt64, through day: Day, at position: Position
  ) -> Statement {
    var sums = [(quantity: Int64, value: Int64)](repeating: (0, 0), count: shelves.count)
    var isMet = [Bool](repeating: false, count: shelves.count)
    // A chunk at a time: a row alone of a chunk that a checkpoint holds takes many times as long.
    movements.forEachSlice(movements.count(through: position)) { slice in
      for row in slice where row.occasion.day <= day {
        sums[row.shelf].quantity &+= row.quantity
        sums[row.shelf].value &+= row.value
        isMet[row.shelf] = true
      }
    }
    var writer = ByteWriter(capacity: 1024)
    writer.append(utf8: "stock on hand")
    writer.appendLittleEndian(number)
    writer.appendLittleEndian(day.daysSince1970)
    var worth: Int64 = 0
    for index in sums.indices where isMet[index] {
      let shelf = shelves[index]
      guard shelf.clinic.number == number else { continue }
      let lot = lots[shelf.lot]
      writer.appendLittleEndian(lot.item.number)
      appendText(lot.text, to: &writer)
      writer.appendLittleEndian(sums[index].quantity)
      writer.appendLittleEndian(sums[index].value)
      worth &+= sums[index].value
    }
    let currency = currencies[ClinicID(number)] ?? .unspecified
    return Statement(
      Amount(minorUnits: worth, currency), at: position,
      digest: writer.withSpan { SHA256.hash($0) })
  }

  /// Keeps what was stated of the stock when a period of it was closed.
  mutating func close(_ closed: PeriodClosed, _ header: RecordHeader) throws(WireError) {
    guard closed.area == .logistics else { return }
    try statements.keep(closed.totals, closed.clinic, through: closed.to, at: header.position)
  }
}
