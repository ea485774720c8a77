package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of the periods of one area of a clinic.
struct AreaRecord: Sendable {
  /// The pair's stream; none until a period of it was closed.
  var stream = PeriodID()
  /// The period that was closed last: an index; -1 for none.
  var lastClosed: Int32 = -1
  /// The day through which nothing is opened again.
  var hardThrough: Day?
  /// The year that was closed last: an index; -1 for none.
  var lastYear: Int32 = -1
  /// The events that feed it, as `LatestByDay` knows them.
  var events = LatestByDay.empty
}

/// A period that was closed.
package struct ClosedPeriod: Sendable {
  /// Its first day; nil where everything before its last day was closed at once.
  package var from: Day?
  package var to = Day()
  /// The one before it: an index; -1 for none.
  var previous: Int32 = -1
}

/// A year that was closed.
package struct ClosedYear: Sendable {
  package var end = Day()
  /// The event that closed it.
  package var position = Position.start
  /// The one before it: an index; -1 for none.
  var previous: Int32 = -1
}

/// Which days of which area are closed at each clinic, and where the last event of each stands.
package struct PeriodState: Sendable {
  /// By clinic, and of each clinic its areas.
  private var areas = PagedArray<AreaRecord>(pageCount: 64)
  private var closed = PagedArray<ClosedPeriod>(pageCount: 256)
  private var years = PagedArray<ClosedYear>(pageCount: 64)
  private var events = LatestByDay()
  /// The position of the last event.
  package private(set) var lastPosition = Position.start

  private func index(_ clinic: ClinicID, _ area: PeriodArea) -> Int? {
    guard area != .unspecified, clinic.number > 0,
      clinic.number <= UInt64(areas.count / PeriodArea.all.count)
    else { return nil }
    return (Int(clinic.number) - 1) * PeriodArea.all.count + Int(area.rawValue) - 1
  }

  private func record(_ clinic: ClinicID, _ area: PeriodArea) -> AreaRecord? {
    index(clinic, area).map { areas[$0] }
  }

  // MARK: - Questions

  /// Whether no period was ever closed.
  package var isUntouched: Bool { closed.isEmpty }

  /// The stream of the pair; none until a period of it was closed.
  package func stream(_ clinic: ClinicID, _ area: PeriodArea) -> PeriodID {
    record(clinic, area)?.stream ?? PeriodID()
  }

  /// The period of the area that was closed last, and is.
  package func lastClosed(_ clinic: ClinicID, _ area: PeriodArea) -> ClosedPeriod? {
    guard let record = record(clinic, area), record.lastClosed >= 0 else { return nil }
    return closed[Int(record.lastClosed)]
  }

  /// The day through which the area is closed; nil where all is open.
  ///
  /// What was closed for good stays closed, also where it is only a part of a period that was closed
  /// softly and is open again.
  package func closedThrough(_ clinic: ClinicID, _ area: PeriodArea) -> Day? {
    guard let record = record(clinic, area) else { return nil }
    let last = record.lastClosed < 0 ? nil : closed[Int(record.lastClosed)].to
    guard let last, let hard = record.hardThrough else { return last ?? record.hardThrough }
    return max(last, hard)
  }

  /// The day through which nothing is opened again.
  package func hardThrough(_ clinic: ClinicID, _ area: PeriodArea) -> Day? {
    record(clinic, area)?.hardThrough
  }

  /// The year that was closed last, and is.
  package func lastYear(_ clinic: ClinicID) -> ClosedYear? {
    guard let record = record(clinic, .accounting), record.lastYear >= 0 else { return nil }
    return years[Int(record.lastYear)]
  }

  /// The closed years that have `first` or a later day, the latest first; all where there is none.
  package func closedYears(_ clinic: ClinicID, from first: Day?) -> [ClosedYear] {
    var found: [ClosedYear] = []
    var next = record(clinic, .accounting)?.lastYear ?? -1
    while next >= 0, years[Int(next)].end >= first ?? .min {
      found.append(years[Int(next)])
      next = years[Int(next)].previous
    }
    return found
  }

  /// The first day that is open in every one of `areas`; nil where all is.
  package func firstOpenDay(_ clinic: ClinicID, _ areas: Areas) -> Day? {
    var first: Day?
    for area in PeriodArea.all where areas.contains(area.areas) {
      guard let through = closedThrough(clinic, area) else { continue }
      first = max(first ?? .min, through.advanced(by: 1))
    }
    return first
  }

  /// The last event that feeds the area and takes effect on or before `day`; `.start` for none.
  package func lastEvent(
    _ clinic: ClinicID, _ area: PeriodArea, through day: Day
  ) -> Position {
    record(clinic, area).map { events.position(through: day, in: $0.events) } ?? .start
  }

  // MARK: - Events

  /// Notes where the last event of each area stands.
  mutating func note(_ header: RecordHeader, _ fed: Areas) {
    lastPosition = header.position
    note(header, fed, at: ClinicID(header.clinic))
  }

  /// The same for another clinic whose figures the event changes.
  mutating func note(_ header: RecordHeader, _ fed: Areas, at clinic: ClinicID) {
    for area in PeriodArea.all where fed.contains(area.areas) {
      guard let index = index(clinic, area) else { continue }
      var last = areas[index].events
      let before = last
      events.note(header.effective.day, header.position, in: &last)
      if last != before { areas[index].events = last }
    }
  }

  /// A clinic has been defined, perhaps again.
  mutating func open(_ clinic: ClinicID) {
    while UInt64(areas.count / PeriodArea.all.count) < clinic.number {
      for _ in PeriodArea.all { areas.append(AreaRecord()) }
    }
  }

  mutating func close(_ event: PeriodClosed, _ header: RecordHeader) throws(WireError) {
    let index = try known(event.clinic, event.area)
    guard event.to.isInRange else { throw WireError(.outOfRange, at: 0, field: "to") }
    areas[index].stream = PeriodID(header.stream.number)
    if closedThrough(event.clinic, event.area) ?? .min < event.to {
      closed.append(
        ClosedPeriod(from: event.from, to: event.to, previous: areas[index].lastClosed))
      areas[index].lastClosed = Int32(closed.count - 1)
    }
    if event.closing == .hard {
      areas[index].hardThrough = max(areas[index].hardThrough ?? .min, event.to)
    }
  }

  mutating func reopen(_ event: PeriodReopened) throws(WireError) {
    let index = try known(event.clinic, event.area)
    let last = areas[index].lastClosed
    guard last >= 0 else { throw WireError(.outOfRange, at: 0, field: "area") }
    areas[index].lastClosed = closed[Int(last)].previous
  }

  mutating func close(_ event: YearClosed, _ header: RecordHeader) throws(WireError) {
    let index = try known(event.clinic, .accounting)
    guard event.yearEnd.isInRange else { throw WireError(.outOfRange, at: 0, field: "yearEnd") }
    years.append(
      ClosedYear(
        end: event.yearEnd, position: header.position, previous: areas[index].lastYear))
    areas[index].lastYear = Int32(years.count - 1)
  }

  mutating func undo(_ event: YearClosed) throws(WireError) {
    let index = try known(event.clinic, .accounting)
    let last = areas[index].lastYear
    guard last >= 0 else { throw WireError(.outOfRange, at: 0, field: "yearEnd") }
    areas[index].lastYear = years[Int(last)].previous
  }

  private func known(_ clinic: ClinicID, _ area: PeriodArea) throws(WireError) -> Int {
    guard let index = index(clinic, area) else {
      throw WireError(.outOfRange, at: 0, field: "area")
    }
    return index
  }
}

extension PeriodState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("areas", &areas)
    try parts.visit("closed", &closed)
    try parts.visit("years", &years)
    try parts.visit("events", &events)
    try parts.visit("lastPosition", &lastPosition)
  }
}

extension AreaRecord: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&stream)
    try fields.visit(&lastClosed)
    try fields.visit(&hardThrough)
    try fields.visit(&lastYear)
    try fields.visit(&events)
  }
}

extension ClosedPeriod: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&from)
    try fields.visit(&to)
    try fields.visit(&previous)
  }
}

extension ClosedYear: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&end)
    try fields.visit(&position)
    try fields.visit(&previous)
  }
}
