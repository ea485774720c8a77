import DaybookBytes
public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

extension HumanResourcesModel {
  /// The time of a clinic's practitioners through `day`, as known at `position`: no amount, with a
  /// digest of what was booked, begun and attended by each.
  ///
  /// - Complexity: O(events of practitioners' time).
  public func totals(
    ofClinic number: UInt64, through day: Day, at position: Position
  ) -> Statement {
    var sums: [UInt64: (booked: Int64, started: Int64, completed: Int64, attended: Int64)] = [:]
    // A chunk at a time: a row alone of a chunk that a checkpoint holds takes many times as long.
    activities.forEachSlice(activities.count(through: position)) { slice in
      for row in slice where row.clinic == number && row.day <= day {
        var sum = sums[row.practitioner] ?? (0, 0, 0, 0)
        switch row.kind {
        case .booked: sum.booked &+= row.milliseconds
        case .unbooked: sum.booked &-= row.milliseconds
        case .started: sum.started &+= 1
        case .completed:
          sum.completed &+= 1
          sum.attended &+= row.milliseconds
        }
        sums[row.practitioner] = sum
      }
    }
    var writer = ByteWriter(capacity: 1024)
    writer.append(utf8: "time of practitioners")
    writer.appendLittleEndian(number)
    writer.appendLittleEndian(day.daysSince1970)
    for (practitioner, sum) in sums.sorted(by: { $0.key < $1.key }) {
      writer.appendLittleEndian(practitioner)
      for part in [sum.booked, sum.started, sum.completed, sum.attended] {
        writer.appendLittleEndian(part)
      }
    }
    return Statement(.zero, at: position, digest: writer.withSpan { SHA256.hash($0) })
  }

  mutating func applyAccounting(_ event: borrowing Event) throws {
    guard AccountingTag(rawValue: event.header.tag) == .periodClosed else { return }
    let closed = try event.payload(PeriodClosed.self)
    guard closed.area == .humanResources else { return }
    try statements.keep(
      closed.totals, closed.clinic, through: closed.to, at: event.header.position)
  }
}
