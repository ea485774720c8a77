import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// The people of a business: what they agreed, when they work, when they are away.
struct LifeStaff: Sendable {
  /// Everybody, by number less 1.
  var workers: [Worker] = []
  /// The manager is always there, and may do what nobody else is there for.
  let manager = 0
  /// Somebody from outside keeps the books, and is the second person for pay and closings.
  let bookkeeper = 1
  /// Entries of time that nobody ended.
  var forgotten: [Forgotten] = []

  struct Forgotten: Sendable {
    var entry: TimeEntryID
    var worker: Int
    var end: Instant
  }
}

/// Somebody who works for a business.
struct Worker: Sendable {
  /// Working hours of one weekday, in seconds of the day.
  struct Duty: Sendable {
    var from: Int
    var to: Int
    var breakSeconds = 0
  }

  var name: String
  var position: String
  var roles: [ClinicRole]
  var contract: ContractType
  var weekHours = 0
  var payBasis = PayBasis.unspecified
  /// Minor units for an hour or a month.
  var pay: Int64 = 0
  var leaveDays = 0
  /// By weekday, Monday first.
  var duties: [Duty?] = Array(repeating: nil, count: 7)
  /// Whether bookings are held against shifts.
  var hasShifts = false
  var absences: [Absence] = []
  var leaveTaken: Int64 = 0
  /// The first and the last day of the contract.
  var start = Day.min
  var end = Day.max

  struct Absence: Sendable {
    var id: AbsenceID
    var from: Day
    var to: Day
  }

  /// Whether the time worked is told by clocking in.
  var clocks: Bool { contract == .employee }

  func isAway(on day: Day) -> Bool {
    day < start || day > end || absences.contains { $0.from <= day && day <= $0.to }
  }

  /// The hours of a day; nil where the person does not work.
  func duty(on day: Day) -> Duty? {
    isAway(on: day) ? nil : duties[day.weekday.rawValue - 1]
  }

  /// The same hours on each of some weekdays.
  mutating func works(
    _ weekdays: [Weekday], _ from: Int, _ to: Int, breakMinutes: Int = 0
  ) {
    for weekday in weekdays {
      duties[weekday.rawValue - 1] = Duty(from: from, to: to, breakSeconds: breakMinutes * 60)
    }
  }
}

extension BusinessLife {
  /// Who is there for a role: the first of the staff who works now, else the manager.
  func hand(_ role: ClinicRole) -> Int {
    for index in staff.workers.indices.dropFirst(2) where staff.workers[index].roles.contains(role)
    {
      guard let duty = staff.workers[index].duty(on: day) else { continue }
      if second >= duty.from, second <= duty.to { return index }
    }
    return staff.manager
  }

  /// The number of somebody.
  static func id(_ worker: Int) -> StaffID { StaffID(UInt64(worker) + 1) }

  /// Who keeps the books.
  var bookkeeper: Int { staff.bookkeeper }
  /// Who runs the business.
  var manager: Int { staff.manager }
  /// The manager, as who approves.
  var approver: StaffID { Self.id(staff.manager) }
}

// MARK: - Time

extension BusinessLife {
  /// Plans who clocks in and out today, and that forgotten entries are put right.
  mutating func planTimes() {
    for worker in staff.workers.indices where staff.workers[worker].clocks {
      guard let duty = staff.workers[worker].duty(on: day) else { continue }
      let comes = duty.from - dice.from(0...480)
      let goes = duty.to + dice.from(0...600)
      plan(at: comes) { life, _ in life.clockIn(worker) }
      plan(at: goes) { life, state in life.clockOut(worker, duty, state) }
    }
    plan(at: LifeCalendar.at(9, 40)) { life, state in life.correctTimes(state) }
  }

  private mutating func clockIn(_ worker: Int) -> [Deed] {
    guard !staff.workers[worker].isAway(on: day) else { return [] }
    let clockIn = ClockIn.with { $0.method = .terminal }
    return [Deed(worker, staff.workers[worker].roles[0], clockIn, "clocks in")]
  }

  private mutating func clockOut(
    _ worker: Int, _ duty: Worker.Duty, _ state: DeskState
  ) -> [Deed] {
    guard let entry = state.people.members[Self.id(worker)]?.openEntries.last else { return [] }
    if dice.chance(2) {
      staff.forgotten.append(LifeStaff.Forgotten(entry: entry, worker: worker, end: now))
      return []
    }
    let clockOut = ClockOut.with { $0.breakSeconds = UInt32(duty.breakSeconds) }
    return [Deed(worker, staff.workers[worker].roles[0], clockOut, "clocks out")]
  }

  private mutating func correctTimes(_ state: DeskState) -> [Deed] {
    let forgotten = staff.forgotten
    staff.forgotten = []
    return forgotten.map { forgotten in
      let correct = CorrectTimeEntry.with {
        $0.entry = forgotten.entry
        $0.clockOut = forgotten.end
        $0.breakSeconds = 1800
        $0.reason = "forgot to clock out"
      }
      return Deed(
        bookkeeper, .payroll, correct,
        "ends \(forgotten.entry) of \(staff.workers[forgotten.worker].name) at "
          + said(forgotten.end))
    }
  }

  /// The shifts of the week that begins on a Monday, of whoever is booked.
  mutating func shifts(_ monday: Day) -> [Deed] {
    var deeds: [Deed] = []
    for worker in staff.workers.indices where staff.workers[worker].hasShifts {
      for offset in 0..<6 {
        let date = monday.advanced(by: offset)
        guard date >= day, isOpen(on: date), let duty = staff.workers[worker].duty(on: date),
          instant(date, duty.from) > now
        else { continue }
        let shift = ScheduleShift.with {
          $0.staff = Self.id(worker)
          $0.role = staff.workers[worker].position
          $0.start = instant(date, duty.from)
          $0.end = instant(date, duty.to)
          $0.breakSeconds = UInt32(duty.breakSeconds)
        }
        deeds.append(
          Deed(
            manager, .admin, shift,
            "puts \(staff.workers[worker].name) on the rota for \(date), "
              + "\(LifeCalendar.time(duty.from)) to \(LifeCalendar.time(duty.to))"))
      }
    }
    return deeds
  }
}

// MARK: - Hiring

extension BusinessLife {
  /// Takes somebody on, with roles.
  mutating func hire(_ worker: Worker, from start: Day) -> [Deed] {
    let index = staff.workers.count
    var worker = worker
    worker.start = start
    staff.workers.append(worker)
    let isFirst = index == manager
    let by = isFirst ? nil : Optional(manager)
    let role = isFirst ? ClinicRole.system : .admin
    let hire = HireStaff.with {
      $0.person.name = worker.name
      $0.positions = [worker.position]
      $0.clinics = [ClinicID(1)]
      $0.contract = worker.contract
      $0.weekSeconds = UInt32(worker.weekHours) * 3600
      $0.payBasis = worker.payBasis
      $0.payRate = UnitPrice(tenThousandths: worker.pay * 100)
      $0.leaveDays = Quantity(thousandths: Int64(worker.leaveDays) * 1000)
      $0.overtimePremium = Rate(basisPoints: 2_500)
      $0.start = start
    }
    let roles = SetRoles.with {
      $0.staff = Self.id(index)
      $0.clinic = ClinicID(1)
      $0.roles = Few(worker.roles)
    }
    let said = worker.roles.map { "\($0)" }.joined(separator: ", ")
    return [
      Deed(by, role, hire, "takes on \(worker.name), \(worker.position)"),
      Deed(by, role, roles, "gives \(worker.name) the roles \(said)"),
    ]
  }

  /// Somebody works until a day.
  mutating func end(_ worker: Int, on last: Day) -> [Deed] {
    staff.workers[worker].end = last
    let end = EndContract.with {
      $0.staff = Self.id(worker)
      $0.lastDay = last
      $0.reason = .contractEnded
    }
    return [
      Deed(
        manager, .admin, end, "ends the contract of \(staff.workers[worker].name) on \(last)")
    ]
  }

  /// Somebody earns more an hour or a month from the first of next month on.
  mutating func raise(_ worker: Int, by minor: Int64) -> [Deed] {
    staff.workers[worker].pay += minor
    let known = staff.workers[worker]
    let from = day.lastOfMonth.advanced(by: 1)
    let amend = AmendContract.with {
      $0.staff = Self.id(worker)
      $0.from = from
      $0.positions = [known.position]
      $0.clinics = [ClinicID(1)]
      $0.contract = known.contract
      $0.weekSeconds = UInt32(known.weekHours) * 3600
      $0.payBasis = known.payBasis
      $0.payRate = UnitPrice(tenThousandths: known.pay * 100)
      $0.leaveDays = Quantity(thousandths: Int64(known.leaveDays) * 1000)
      $0.overtimePremium = Rate(basisPoints: 2_500)
      $0.reason = "agreed at the yearly talk"
    }
    return [
      Deed(
        manager, .admin, amend,
        "raises the pay of \(known.name) to \(Self.money(known.pay)) from \(from) on")
    ]
  }
}
