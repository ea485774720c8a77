import Daybook
import DaybookTool
import Testing

@Suite struct `Staff on the command line` {
  /// A clinic in Madrid on Monday, 2 March 2026, at one o'clock. Bea works 40 hours a week and has 22
  /// days of leave a year. In the last week of February she had one shift of eight hours, was there for
  /// ten hours on Monday and nine on every other day, each time with half an hour of break. On 16 and 17
  /// February she was on holiday, and on 9 and 10 March she will be. This morning at eight she came, for
  /// a shift until half past four, and is there still.
  private func bench() async throws -> Bench {
    let bench = try Bench()
    let made = await bench.run(
      "init", "--name", "Clínica Sol", "--currency", "EUR", "--zone", "Europe/Madrid", "--admin",
      "Ana Gil")
    try #require(made.status == .done, "\(made.said)")
    let office = try BackOffice.open(bench.book, world: bench.world)
    var admin = Envelope()
    admin.clinic = 1
    admin.actor = .staff(1)
    admin.role = ClinicRole.admin.role
    let start = try Day(parsing: "2026-01-01")
    let hire = HireStaff.with {
      $0.person.name = "Bea Ruiz"
      $0.clinics = [ClinicID(1)]
      $0.contract = .employee
      $0.weekSeconds = 40 * 3600
      $0.leaveDays = Quantity(thousandths: 22_000)
      $0.start = start
    }
    _ = try await office.perform(hire, admin)
    for day in ["2026-02-23", "2026-03-02"] {
      let (from, to) = (try time(day, "08:00"), try time(day, "16:30"))
      let shift = ScheduleShift.with {
        $0.staff = StaffID(2)
        $0.role = "dentist"
        $0.start = from
        $0.end = to
        $0.breakSeconds = 1_800
      }
      _ = try await office.perform(shift, admin)
    }
    for (from, to) in [("2026-02-16", "2026-02-17"), ("2026-03-09", "2026-03-10")] {
      let (from, to) = (try Day(parsing: from), try Day(parsing: to))
      let absence = RecordAbsence.with {
        $0.staff = StaffID(2)
        $0.type = .holiday
        $0.from = from
        $0.to = to
      }
      _ = try await office.perform(absence, admin)
    }
    for (day, end) in [(23, "18:30"), (24, "17:30"), (25, "17:30"), (26, "17:30"), (27, "17:30")] {
      let (from, to) = (try time("2026-02-\(day)", "08:00"), try time("2026-02-\(day)", end))
      let came = ClockIn.with {
        $0.staff = StaffID(2)
        $0.at = from
        $0.method = .terminal
      }
      let went = ClockOut.with {
        $0.staff = StaffID(2)
        $0.at = to
        $0.breakSeconds = 1_800
      }
      _ = try await office.perform(came, admin)
      _ = try await office.perform(went, admin)
    }
    let came = try time("2026-03-02", "08:00")
    let clockIn = ClockIn.with {
      $0.staff = StaffID(2)
      $0.at = came
      $0.method = .terminal
    }
    _ = try await office.perform(clockIn, admin)
    await office.close()
    return bench
  }

  private func time(_ day: String, _ time: String) throws -> Instant {
    try Moment(parsing: "\(day)T\(time):00+01:00").instant
  }

  // 10 h and four times 9 h are 46 h, six more than agreed; 46 h less the shift of 8 h are 38 h.
  @Test func `hours are those of shifts, entries and absences, in seconds`() async throws {
    let bench = try await bench()
    let hours = await bench.run(
      "staff", "hours", "--from", "2026-02-16", "--to", "2026-03-01", "--format", "csv")
    #expect(hours.status == .done, "\(hours.said)")
    #expect(
      hours.answer == """
        staff,ref,scheduled,worked,break,overtime,absent,difference\r
        D2,,28800,165600,9000,21600,57600,136800\r

        """)
    // A person reads minutes, and the days that were asked for.
    let text = await bench.run("staff", "hours", "--from", "2026-02-16", "--to", "2026-03-01")
    for words in ["Hours\n", "2026-02-16 to 2026-03-01", "2760m", "360m"] {
      #expect(text.answer.contains(words), "\(words): \(text.answer)")
    }
    let json = await bench.run("staff", "hours", "--period", "2026-02", "--format", "json")
    #expect(json.answer.contains("\"report\":\"staff-hours\""))
    // The week ends in March: nobody has worked beyond it by the end of February.
    #expect(json.answer.contains("\"overtime\":0"), "\(json.answer)")
  }

  // 22 days of eight hours are 176 h; two days were taken, and two are booked: 144 h are left.
  @Test func `leave is what the year gives, less what was taken and is booked`() async throws {
    let bench = try await bench()
    let leave = await bench.run("staff", "leave", "--on", "2026-03-02", "--format", "csv")
    #expect(leave.status == .done, "\(leave.said)")
    #expect(
      leave.answer == """
        staff,ref,entitled,taken,booked,left\r
        D2,,633600,57600,57600,518400\r

        """)
    let later = await bench.run("staff", "leave", "--on", "2026-03-09", "--format", "csv")
    #expect(later.rows == [["D2", "", "633600", "86400", "28800", "518400"]])
    let before = await bench.run("staff", "leave", "--on", "2025-12-31", "--format", "csv")
    #expect(before.status == .done && before.rows.isEmpty)
  }

  @Test func `entries that are open are listed with the end of their shift`() async throws {
    let bench = try await bench()
    let open = await bench.run("staff", "open-entries", "--format", "csv")
    #expect(open.status == .done, "\(open.said)")
    #expect(open.answer.hasPrefix("staff,ref,entry,clinic,since,until,shiftEnd\r\n"))
    #expect(open.rows.count == 1)
    let row = try #require(open.rows.first)
    #expect(row[0] == "D2" && row[3] == "L1" && row[5].isEmpty)
    #expect(row[4] == "2026-03-02T07:00:00Z" && row[6] == "2026-03-02T15:30:00Z")
    let friday = await bench.run("staff", "open-entries", "--on", "2026-02-27", "--format", "csv")
    #expect(friday.rows.isEmpty)
    let text = await bench.run("staff", "open-entries")
    #expect(text.answer.contains("Open clock entries"))
  }

  @Test(arguments: ["hours", "leave", "open-entries"])
  func `a report can be narrowed to one person, who must be known`(_ verb: String) async throws {
    let bench = try await bench()
    let bea = await bench.run(
      "staff", verb, "--staff", "bea", "--on", "2026-03-02", "--format", "csv")
    #expect(bea.status == .done, "\(bea.said)")
    #expect(bea.rows.map(\.first) == ["D2"])
    let ana = await bench.run(
      "staff", verb, "--staff", "D1", "--on", "2026-03-02", "--format", "csv")
    #expect(ana.status == .done && ana.rows.isEmpty, "\(ana.answer)")
    let nobody = await bench.run("staff", verb, "--staff", "nobody at all")
    #expect(nobody.status == .usage && nobody.answer.isEmpty)
  }

  @Test func `without a verb the verbs are listed`() async throws {
    let run = try await Bench().run("staff")
    for verb in ["list", "hours", "open-entries", "leave", "utilisation"] {
      #expect((run.answer + run.said).contains("\n  \(verb) "), "\(verb)")
    }
  }
}
