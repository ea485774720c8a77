public import DaybookBytes
public import DaybookClinicEvents
package import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Settles what the people of the envelope's clinic are paid for a stretch of days.
///
/// Answers with `PayrollApproved`. Every line is given whole, with what is withheld, and is worked
/// out again here: time, overtime, wages and commission are what the log says, and the net pay is
/// what they come to. No entry of time within the run is open, no other run holds one of the days,
/// and above the clinic's limit for payments a second person approves.
public struct ApprovePayroll: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The first day.
  public var from = Day()
  /// The last day.
  public var to = Day()
  /// A line for each person who is paid, or has earned a commission.
  public var lines: Few<PayrollLine> = []
  /// The position up to which the lines were worked out; the start where it is not said.
  public var position = Position.start
  /// The digest of what the lines were worked out from; empty where it is not said.
  public var sourceDigest: [UInt8] = []
  /// Who approves it, above the clinic's limit.
  public var approver: StaffID?
  /// The day to which it is posted, not before the last one; nil for that.
  public var date: Day?

  /// No run: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "from", &from)
    try fields.visit(2, "to", &to)
    try fields.visit(3, "lines", &lines)
    try fields.visit(4, "position", &position)
    try fields.visit(5, "sourceDigest", &sourceDigest)
    try fields.visit(6, "approver", &approver)
    try fields.visit(7, "date", &date)
    try fields.currency()
  }
}

extension ApprovePayroll {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(
      context, state, allowed: [.payroll, .admin, .accountant], needsClinic: true)
    review.requireLines(self.lines.count, "lines")
    let isRange = review.requireRange(from, to, "to")
    let posted = checkedDate(isRange, &review)
    let lines = checkedLines(state, &review)
    var digest: [UInt8] = []
    if isRange, let clinic = review.clinic {
      checkOpen(state, &review)
      let sources = state.people.payrollSources(
        at: ClinicID(context.clinic), from: from, to: to)
      digest = PayrollSource.digest(of: sources)
      if !sourceDigest.isEmpty, sourceDigest != digest {
        review.refuse(PayrollRefusal.sourceChanged, "sourceDigest")
      }
      check(lines, sources, clinic.currency, &review)
    }
    let total = review.sum(lines.map(\.net.minorUnits), "lines")
    review.requireSecondPerson(
      total, limit: review.clinic?.limits.payment, approver: approver, state, "approver")
    try review.conclude(into: &decision)

    let run = PayrollRunID(decision.nextNumber(PayrollRunKind.streamKind))
    let approved = PayrollApproved.with {
      $0.run = run
      $0.clinic = ClinicID(context.clinic)
      $0.from = from
      $0.to = to
      $0.lines = Few(lines)
      $0.position = position
      $0.sourceDigest = digest
      $0.approver = approver
    }
    try decision.append(approved, to: run.number, expecting: .noStream, effective: posted)
  }

  private func checkedDate(_ isRange: Bool, _ review: inout Review) -> Moment {
    let date = date ?? to
    guard isRange, date.isInRange else {
      if isRange { review.requireInRange(date, "date") }
      return review.effective
    }
    if date < to { review.refuse(PeopleRefusal.endsBefore(to), "date") }
    let posted = review.start(of: date)
    review.requireFact(posted, self.date == nil ? "to" : "date")
    return posted
  }

  /// No other run of the clinic, and no entry that counts nothing yet.
  private func checkOpen(_ state: DeskState, _ review: inout Review) {
    let clinic = ClinicID(review.context.clinic)
    if let other = state.people.runTimes.last(
      of: clinic.number, from: Int64(from.daysSince1970), to: Int64(to.daysSince1970) + 1)
    {
      review.refuse(PayrollRefusal.runOverlaps(PayrollRunID(other.number)), "from")
    }
    for (entry, staff) in state.people.uncounted(at: clinic, from: from, to: to) {
      review.refuse(PayrollRefusal.openEntry(entry, staff), "to")
    }
  }

  /// The lines with plain amounts, each person once.
  private func checkedLines(_ state: DeskState, _ review: inout Review) -> [PayrollLine] {
    var plain: [PayrollLine] = []
    plain.reserveCapacity(lines.count)
    for var line in lines {
      review.requireKnown(line.staff, in: state.people.members, "lines.staff")
      for index in line.components.indices {
        var component = line.components[index]
        let amount = review.minorUnits(component.amount, "lines.components.amount") ?? 0
        let base = review.minorUnits(component.base, "lines.components.base") ?? 0
        if component.type == .unspecified {
          review.refuse(DeskRefusal.missing("a type"), "lines.components.type")
        } else if component.type != .earning, amount < 0 {
          review.refuse(
            PayrollRefusal.negativeDeduction(component.code), "lines.components.amount")
        }
        review.requireText(component.code, "lines.components.code")
        if component.clinic.isNone { component.clinic = ClinicID(review.context.clinic) }
        let other = review.known(
          component.clinic, in: state.administration.clinics, "lines.components.clinic")
        if let other, let here = review.clinic, other.currency != here.currency {
          review.refuse(
            DeskRefusal.currency(found: other.currency, expected: here.currency),
            "lines.components.clinic")
        }
        component.amount = Amount(minorUnits: amount)
        component.base = Amount(minorUnits: base)
        line.components[index] = component
      }
      line.commission = Amount(
        minorUnits: review.minorUnits(line.commission, "lines.commission") ?? 0)
      line.net = Amount(minorUnits: review.minorUnits(line.net, "lines.net") ?? 0)
      plain.append(line)
    }
    if Set(plain.map(\.staff)).count != plain.count {
      review.refuse(DeskRefusal.namedTwice("member of staff"), "lines")
    }
    return plain
  }

  /// Each line is what follows from its source, and no one who is to be paid is left out.
  private func check(
    _ lines: [PayrollLine], _ sources: [PayrollSource], _ currency: Currency,
    _ review: inout Review
  ) {
    var given: [StaffID: PayrollLine] = [:]
    for line in lines { given[line.staff] = line }
    for source in sources {
      do {
        let expected = try PayrollRules.line(source, in: currency)
        if let line = given[source.staff] {
          check(line, expected, &review)
          given[source.staff] = nil
        } else if !expected.isEmpty {
          review.refuse(PayrollRefusal.missingLine(source.staff), "lines")
        }
      } catch {
        review.refuse(DeskRefusal.tooLarge("the pay of \(source.staff)"), "lines")
      }
    }
    for line in lines where given[line.staff] != nil && line.staff.number > 0 {
      review.refuse(
        DeskRefusal.unknown(kind: StaffKind.name, name: "\(line.staff) with a contract here"),
        "lines.staff")
    }
  }

  private func check(
    _ line: PayrollLine, _ expected: PayrollLine, _ review: inout Review
  ) {
    func require(_ found: Int64, _ expected: Int64, _ what: String) {
      if found != expected {
        review.refuse(
          PayrollRefusal.line(line.staff, what, expected: expected, found: found), "lines")
      }
    }
    require(Int64(line.contract.rawValue), Int64(expected.contract.rawValue), "the contract")
    require(Int64(line.seconds), Int64(expected.seconds), "the time")
    require(Int64(line.overtimeSeconds), Int64(expected.overtimeSeconds), "the overtime")
    require(line.commission.minorUnits, expected.commission.minorUnits, "the commission")
    for code in PayrollRules.codes {
      let found = line.components.filter { $0.code == code }
      let wanted = expected.components.filter { $0.code == code }
      if found != wanted {
        require(
          found.reduce(0) { $0 &+ $1.amount.minorUnits },
          wanted.reduce(0) { $0 &+ $1.amount.minorUnits }, code)
        if found.map(\.amount) == wanted.map(\.amount) {
          review.refuse(PayrollRefusal.sourceChanged, "lines")
        }
      }
    }
    do {
      let net = try PayrollRules.net(of: line)
      require(line.net.minorUnits, net, "the net pay")
      if net < 0 {
        review.refuse(
          PayrollRefusal.negativeNet(line.staff, review.amount(net)), "lines.net")
      }
    } catch {
      review.refuse(DeskRefusal.tooLarge("the net pay of \(line.staff)"), "lines.net")
    }
  }
}

extension PayrollLine {
  /// Whether nothing is to be paid or told.
  var isEmpty: Bool { components.isEmpty && commission.isZero && seconds == 0 }
}

extension PeopleState {
  /// What the lines of a run are worked out from: everybody whose contract knows the clinic, or who
  /// has worked or earned there, in order of number.
  ///
  /// - Complexity: O(staff, and the entries and absences of the run; log n for each).
  package func payrollSources(
    at clinic: ClinicID, from: Day, to: Day
  ) -> [PayrollSource] {
    var sources: [PayrollSource] = []
    guard members.count > 0 else { return [] }
    for number in 1...UInt64(members.count) {
      let staff = StaffID(number)
      guard let member = members[staff] else { continue }
      var source = PayrollSource(staff, at: clinic, from: from, to: to, member.engagement)
      source.take(times(of: staff, from: source.firstDay, to: to))
      source.take(absences(of: staff, from: from, to: to))
      source.commission = commission.unsettled(
        of: staff, at: clinic, before: Int64(to.daysSince1970) + 1)
      if source.concernsClinic { sources.append(source) }
    }
    return sources
  }

  /// All time that counts on the days, at whatever clinics.
  private func times(of staff: StaffID, from: Day, to: Day) -> [PayrollSource.Time] {
    // The days are those of the clinics' clocks, which are less than two days from UTC.
    let day = Int64(86_400_000)
    let start = (Int64(from.daysSince1970) - 2) * day
    let end = (Int64(to.daysSince1970) + 3) * day
    let entries = entryTimes.all(of: staff.number, from: start, to: end)
    let hours = hourTimes.all(
      of: staff.number, from: Int64(from.daysSince1970), to: Int64(to.daysSince1970) + 1)
    return (entries + hours).compactMap { time in
      let day = Day(daysSince1970: time.day)
      guard day >= from, day <= to, time.seconds > 0 else { return nil }
      return PayrollSource.Time(day, at: ClinicID(time.clinic), seconds: time.seconds)
    }
  }

  /// The absences of the member that are approved and hold one of the days.
  private func absences(of staff: StaffID, from: Day, to: Day) -> [AbsenceSpan] {
    absenceTimes.all(
      of: staff.number, from: Int64(from.daysSince1970), to: Int64(to.daysSince1970) + 1
    ).compactMap { time in
      guard let absence = absences[AbsenceID(time.number)], absence.outcome == .approved else {
        return nil
      }
      return absence.span
    }
  }

  /// The entries at the clinic that began on one of the days and are open, or too long to count.
  ///
  /// - Complexity: O(staff, and the entries of the days; log n for each).
  func uncounted(
    at clinic: ClinicID, from: Day, to: Day
  ) -> [(entry: TimeEntryID, staff: StaffID)] {
    var found: [(entry: TimeEntryID, staff: StaffID)] = []
    guard members.count > 0 else { return [] }
    let day = Int64(86_400_000)
    for number in 1...UInt64(members.count) {
      let staff = StaffID(number)
      for id in members[staff]?.openEntries ?? [] {
        guard let entry = entries[id], entry.clinic == clinic, entry.start.day <= to else {
          continue
        }
        found.append((id, staff))
      }
      let entries = entryTimes.all(
        of: number, from: (Int64(from.daysSince1970) - 2) * day,
        to: (Int64(to.daysSince1970) + 3) * day)
      for entry in entries
      where entry.clinic == clinic.number && entry.day >= from.daysSince1970
        && entry.day <= to.daysSince1970
        && entry.end - entry.start > WorkedTime.longestMilliseconds
      {
        found.append((TimeEntryID(entry.number), staff))
      }
    }
    return found
  }
}
