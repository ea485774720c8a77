import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension StockRules {
  private func isBlocked(_ name: Name, at time: Instant) -> Bool {
    let last = (standings[name] ?? []).last { $0.from <= time }
    let failure = failures[name]
    return last?.isBlocked == true || failure.map { $0.hasFailed && $0.end <= time } == true
  }

  /// What is used on patients or sold was neither expired nor held, and nothing that expires before it
  /// is left, unless a reason is given.
  func requireOrder(_ event: StockIssued, _ header: RecordHeader, _ faults: inout Faults) {
    guard event.purpose == .treatment || event.purpose == .sale, !event.lines.isEmpty else {
      return
    }
    let (time, day) = (header.effective.instant, header.effective.day)
    var last = Day.min
    for line in event.lines {
      let name = Name(item: event.item, lot: line.lot)
      faults.require(!isBlocked(name, at: time), "\(line.lot) is used, and held")
      faults.require((expiries[name] ?? .max) >= day, "\(line.lot) is used, and expired")
      last = max(last, expiries[name] ?? .max)
    }
    guard event.lotOverride == nil else { return }
    for lot in lots[Place(clinic: event.clinic, item: event.item)] ?? [] {
      let name = Name(item: lot.item, lot: lot.lot)
      guard let expiry = expiries[name], expiry >= day, expiry < last, !isBlocked(name, at: time),
        !event.lines.contains(where: { $0.lot == lot.lot }), let shelf = shelves[lot]
      else { continue }
      faults.require(
        shelf.least(from: time) == 0, "\(lot.lot) expires first, and some of it is left")
    }
  }
}
