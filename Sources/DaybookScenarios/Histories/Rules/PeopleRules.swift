import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Nobody is on two shifts, absent twice or at work twice at a time; nobody is paid twice for a day at
/// a clinic, and nobody approves their own.
struct PeopleRules: HistoryRule {
  private struct Span {
    var start: Int64
    var end: Int64
    var clinic: UInt64 = 0

    func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
  }

  private struct Entry {
    var staff: StaffID
    var clinic: ClinicID
    var span: Span
    var isOpen = true
  }

  private var shifts: [ShiftID: Span] = [:]
  private var ofShifts = SpanIndex<StaffID, ShiftID>(part: 86_400_000)
  private var absences: [AbsenceID: (staff: StaffID, span: Span, stands: Bool)] = [:]
  /// By weeks.
  private var ofAbsences = SpanIndex<StaffID, AbsenceID>(part: 7)
  private var entries: [TimeEntryID: Entry] = [:]
  /// Those that have ended.
  private var ofEntries = SpanIndex<StaffID, TimeEntryID>(part: 86_400_000)
  private var openEntries: [StaffID: Set<TimeEntryID>] = [:]
  private var runs: [PayrollRunID: Span] = [:]
  private var paid: [StaffID: [PayrollRunID]] = [:]
  private var lastDays: [StaffID: Day] = [:]

  private static let longest: Int64 = 24 * 3_600_000
  private static let forgotten: Int64 = 16 * 3_600_000

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    guard event.header.family == .humanResources else { return }
    switch HumanResourcesTag(rawValue: event.header.tag) {
    case .shiftScheduled: schedule(try event.payload(), &faults)
    case .absenceRecorded: absent(try event.payload(), &faults)
    case .absenceDecided:
      let decided = try event.payload(AbsenceDecided.self)
      if decided.outcome != .approved { absences[decided.absence]?.stands = false }
      if decided.outcome == .approved, let absence = absences[decided.absence] {
        faults.require(decided.approver != absence.staff, "\(absence.staff) approves it alone")
      }
    case .clockedIn: clockIn(try event.payload(), &faults)
    case .clockedOut:
      let out = try event.payload(ClockedOut.self)
      end(out.entry, from: nil, to: out.at, &faults)
    case .timeEntryCorrected:
      let corrected = try event.payload(TimeEntryCorrected.self)
      faults.require(
        corrected.approver != entries[corrected.entry]?.staff, "a correction of one's own")
      end(corrected.entry, from: corrected.clockIn, to: corrected.clockOut, &faults)
    case .staffLeft:
      let left = try event.payload(StaffLeft.self)
      lastDays[left.staff] = left.lastDay
    case .payrollApproved: approve(try event.payload(), &faults)
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if reversed.isOf(ShiftScheduled.self) {
      let shift = try reversed.original(ShiftScheduled.self)
      if let span = shifts.removeValue(forKey: shift.shift) {
        ofShifts.remove(shift.shift, of: shift.staff, from: span.start, to: span.end)
      }
    } else if reversed.isOf(AbsenceRecorded.self) {
      absences[try reversed.original(AbsenceRecorded.self).absence]?.stands = false
    } else if reversed.isOf(PayrollApproved.self) {
      let run = try reversed.original(PayrollApproved.self)
      runs[run.run] = nil
      for line in run.lines { paid[line.staff]?.removeAll { $0 == run.run } }
    }
  }

  private mutating func schedule(_ event: ShiftScheduled, _ faults: inout Faults) {
    let span = Span(start: event.start.milliseconds, end: event.end.milliseconds)
    let others = ofShifts.near(event.staff, from: span.start, to: span.end)
    faults.require(
      !others.contains { shifts[$0]?.overlaps(span) == true }, "\(event.staff) is on two shifts")
    if let last = lastDays[event.staff] {
      faults.require(Moment(event.start).day <= last.advanced(by: 1), "a shift after the last day")
    }
    shifts[event.shift] = span
    ofShifts.insert(event.shift, of: event.staff, from: span.start, to: span.end)
  }

  private mutating func absent(_ event: AbsenceRecorded, _ faults: inout Faults) {
    let span = Span(
      start: Int64(event.from.daysSince1970), end: Int64(event.to.daysSince1970) + 1)
    for id in ofAbsences.near(event.staff, from: span.start, to: span.end) {
      guard let other = absences[id], other.stands else { continue }
      faults.require(!other.span.overlaps(span), "\(event.staff) is absent twice")
    }
    absences[event.absence] = (event.staff, span, true)
    ofAbsences.insert(event.absence, of: event.staff, from: span.start, to: span.end)
  }

  private mutating func clockIn(_ event: ClockedIn, _ faults: inout Faults) {
    let at = event.at.milliseconds
    for id in (openEntries[event.staff] ?? []).sorted() {
      let isAtWork = entries[id].map { at - $0.span.start <= Self.forgotten } ?? false
      faults.require(!isAtWork, "\(event.staff) is at work (\(id))")
    }
    for id in ofEntries.near(event.staff, from: at, to: at) {
      guard let span = entries[id]?.span else { continue }
      let isWithin = span.start <= at && at < span.end
      faults.require(!isWithin || span.end - span.start > Self.longest, "within \(id)")
    }
    requireOpenPay(event.clinic, Moment(event.at).day, &faults)
    entries[event.entry] = Entry(
      staff: event.staff, clinic: event.clinic, span: Span(start: at, end: at))
    openEntries[event.staff, default: []].insert(event.entry)
  }

  private mutating func end(
    _ id: TimeEntryID, from start: Instant?, to end: Instant, _ faults: inout Faults
  ) {
    guard var entry = entries[id] else { return faults.add("no \(id)") }
    if entry.isOpen {
      openEntries[entry.staff]?.remove(id)
    } else {
      ofEntries.remove(id, of: entry.staff, from: entry.span.start, to: entry.span.end)
    }
    if let start { entry.span.start = start.milliseconds }
    entry.span.end = end.milliseconds
    entry.isOpen = false
    faults.require(entry.span.end > entry.span.start, "\(id) ends before it begins")
    let length = entry.span.end - entry.span.start
    if length <= Self.longest {
      for other in ofEntries.near(entry.staff, from: entry.span.start, to: entry.span.end) {
        guard let known = entries[other] else { continue }
        faults.require(!known.span.overlaps(entry.span), "\(id) overlaps \(other)")
      }
    }
    requireOpenPay(
      entry.clinic, Moment(Instant(milliseconds: entry.span.start)).day, &faults)
    entries[id] = entry
    ofEntries.insert(id, of: entry.staff, from: entry.span.start, to: entry.span.end)
  }

  /// Days by the UTC clock may be another than the clinic's at either end of a month.
  private func requireOpenPay(_ clinic: ClinicID, _ day: Day, _ faults: inout Faults) {
    let number = Int64(day.daysSince1970)
    for (run, span) in runs where span.clinic == clinic.number {
      faults.require(
        !(span.start < number && number < span.end - 1), "time of \(day), which \(run) has paid")
    }
  }

  private mutating func approve(_ event: PayrollApproved, _ faults: inout Faults) {
    var span = Span(
      start: Int64(event.from.daysSince1970), end: Int64(event.to.daysSince1970) + 1)
    span.clinic = event.clinic.number
    for line in event.lines {
      for other in paid[line.staff] ?? [] {
        guard let known = runs[other], known.clinic == span.clinic else { continue }
        faults.require(!known.overlaps(span), "\(line.staff) is paid by \(other) and \(event.run)")
      }
      paid[line.staff, default: []].append(event.run)
      requireNet(of: line, &faults)
    }
    runs[event.run] = span
    for id in openEntries.values.flatMap(\.self).sorted() {
      guard let entry = entries[id], entry.clinic == event.clinic else { continue }
      let day = Int64(Moment(Instant(milliseconds: entry.span.start)).day.daysSince1970)
      faults.require(
        !(span.start < day && day < span.end - 1), "\(event.run) pays, and \(id) is open")
    }
  }

  private func requireNet(of line: PayrollLine, _ faults: inout Faults) {
    var net = line.contract == .contractor ? 0 : line.commission.minorUnits
    for component in line.components {
      switch component.type {
      case .earning: net += component.amount.minorUnits
      case .taxWithheld, .employeeShare, .advanceRepaid: net -= component.amount.minorUnits
      case .employerShare, .unspecified: break
      }
    }
    faults.require(net == line.net.minorUnits, "\(line.staff) is paid \(line.net), not \(net)")
    faults.require(net >= 0, "\(line.staff) is paid \(net)")
  }
}
