import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What rests on packages and their sessions, and the state without them.
extension PackageState {
  /// What rests on a package: its sessions, or its end.
  func dependents(of event: PackageSold) -> String? {
    guard let package = packages[event.package] else { return nil }
    if package.used > 0 { return "sessions of \(event.package) were used" }
    return package.isLive ? nil : "\(event.package) was cancelled"
  }

  /// What rests on a charge: the package that it sells and is not reversed with it, or, of one that
  /// uses a session, that all of the package was settled at its end.
  func dependents(of event: ChargePosted, takenAlong: Bool) -> String? {
    guard let id = event.package, let package = packages[id] else { return nil }
    if event.recognised == nil { return takenAlong ? nil : "it sells \(id)" }
    return package.isLive ? nil : "\(id) was cancelled"
  }

  mutating func undo(_ event: PackageSold) throws(WireError) {
    try packages.update(event.package) { $0.isLive = false }
  }

  mutating func undo(_ event: TreatmentPerformed) throws(WireError) {
    guard let line = event.planLine else { return }
    try fulfil(line, by: event.units) { left, units in left &+ units }
  }

  /// Sessions that a charge used are left again, and what they earned is not earned.
  mutating func undo(_ event: ChargePosted) throws(WireError) {
    guard let id = event.package, let recognised = event.recognised else { return }
    try packages.update(id) { (package) throws(WireError) in
      guard package.used >= event.units else {
        throw WireError(.outOfRange, at: 0, field: "units")
      }
      package.used -= event.units
      try package.earned.increase(by: 0 &- recognised.minorUnits, "recognised")
    }
  }
}
