import Daybook
import DaybookTool
import Testing

/// A terminal of 240 columns.
private final class CapturedTerminal: ToolOutput {
  private let captured = CapturedOutput()

  func write(_ bytes: Span<UInt8>) throws(FileError) { try captured.write(bytes) }
  func say(_ text: String) { captured.say(text) }
  var columns: Int? { 240 }
  var isWatched: Bool { false }
  var answer: String { captured.answer }
}

/// Another clock that stands still.
private struct Clock: WallClock {
  var time: Instant

  func now() -> Instant { time }
}

@Suite struct `Visits on the command line` {
  /// A clinic in Madrid on Monday, 2 March 2026, at one o'clock: two are to come in the afternoon,
  /// one tomorrow, and one walked in.
  private func bench() async throws -> Bench {
    let bench = try Bench()
    let made = await bench.run(
      "init", "--name", "Clínica Sol", "--currency", "EUR", "--zone", "Europe/Madrid", "--admin",
      "Ana Gil")
    try #require(made.status == .done, "\(made.said)")
    let office = try BackOffice.open(bench.book, world: bench.world)
    var desk = Envelope()
    desk.clinic = 1
    desk.actor = .staff(1)
    desk.role = ClinicRole.admin.role
    for name in ["García", "Pérez", "Soler"] {
      let patient = RegisterPatient.with { $0.person = .with { $0.familyName = name } }
      _ = try await office.perform(patient, desk)
    }
    for (patient, time) in [
      (1, "2026-03-02T16:00:00+01:00"), (2, "2026-03-02T17:00:00+01:00"),
      (1, "2026-03-03T10:00:00+01:00"),
    ] {
      let start = try Moment(parsing: time).instant
      let booking = BookAppointment.with {
        $0.patient = PatientID(UInt64(patient))
        $0.practitioner = StaffID(1)
        $0.start = start
        $0.durationSeconds = 1800
      }
      _ = try await office.perform(booking, desk)
    }
    var reception = importing()
    reception.clinic = 1
    _ = try await office.perform(CheckInPatient.with { $0.patient = PatientID(3) }, reception)
    let room = DefineResource.with {
      $0.type = .room
      $0.name = "Blue room"
      $0.openHours = [OpenHours(.monday, from: 14 * 3600, to: 15 * 3600)]
    }
    _ = try await office.perform(room, desk)
    await office.close()
    return bench
  }

  private func importing() -> Envelope {
    var envelope = Envelope()
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    return envelope
  }

  @Test func `lists the day of the last fact where nobody looks on, and the clock's at a terminal`()
    async throws
  {
    var bench = try await bench()
    bench.world.clock = Clock(time: try Instant(parsing: "2026-03-03T07:00:00Z"))
    let piped = await bench.run("visits", "day-list", "--format", "json")
    #expect(piped.status == .done, "\(piped.said)")
    #expect(piped.answer.contains("\"on\":\"2026-03-02\""))
    #expect(piped.answer.contains("\"status\":\"arrived\""))
    let terminal = CapturedTerminal()
    let book = bench.book
    let context = ToolContext(
      world: bench.world, output: terminal, variable: { $0 == "DAYBOOK" ? book : nil })
    #expect(await DaybookTool.run(["visits", "day-list"], in: context) == .done)
    #expect(terminal.answer.contains("on 2026-03-03"))
    #expect(terminal.answer.contains("2026-03-03T10:00:00+01:00"))
    #expect(!terminal.answer.contains("16:00"))
    _ = await DaybookTool.run(["visits", "day-list", "--on", "last"], in: context)
    #expect(terminal.answer.contains("2026-03-02T16:00:00+01:00"))
  }

  @Test func `names nobody unless it is asked to`() async throws {
    let bench = try await bench()
    let plain = await bench.run("visits", "day-list", "--format", "csv")
    #expect(!plain.answer.contains("García"))
    let named = await bench.run("visits", "day-list", "--names", "--format", "csv")
    #expect(named.answer.hasPrefix("at,planned,appointment,visit,patient,patientName,ref,"))
    #expect(
      named.rows.map { $0[5] } == ["Soler", "García", "Pérez"], "\(named.answer)")
    #expect(await bench.run("visits", "card", "García", "--names").answer.contains("P1 García"))
    #expect(!(await bench.run("visits", "card", "garcía").answer.contains("García")))
  }

  @Test func `finds free time by practitioner, length and part of the day`() async throws {
    let bench = try await bench()
    let free = await bench.run(
      "visits", "free", "--with", "Ana", "--for", "1h30m", "--on", "2026-03-02", "--between",
      "14:00-20:00", "--format", "csv")
    #expect(free.status == .done, "\(free.said)")
    #expect(
      free.rows.map { $0[2...5].joined(separator: " ") } == [
        "2026-03-02T14:00:00+01:00 2026-03-02T16:00:00+01:00 7200 1",
        "2026-03-02T17:30:00+01:00 2026-03-02T20:00:00+01:00 9000 1",
      ])
    // It is one o'clock: what is before is not offered.
    let today = await bench.run(
      "visits", "free", "--with", "D1", "--from", "today", "--format", "csv")
    #expect(today.rows.first?[2] == "2026-03-02T13:00:00+01:00")
    #expect(today.rows.last?[3] == "2026-03-09T00:00:00+01:00")
    let blue = await bench.run(
      "visits", "free", "--in", "blue", "--on", "2026-03-02", "--format", "csv")
    #expect(blue.rows.map { $0[2] + " " + $0[6] } == ["2026-03-02T14:00:00+01:00 Q1"])
    for (option, text) in [
      ("--in", "green"), ("--for", "soon"), ("--for", "0m"), ("--for", "30"), ("--for", "25h"),
      ("--between", "8-9"), ("--between", "12:00-11:00"), ("--with", "nobody"),
    ] {
      let run = await bench.run("visits", "free", option, text)
      #expect(run.status == .usage, "\(option) \(text)")
    }
  }

  @Test func `says who waits, what is unresolved and who did not come`() async throws {
    let bench = try await bench()
    let waiting = await bench.run("visits", "waiting", "--format", "csv")
    #expect(
      waiting.rows.map { $0[0...3].joined(separator: " ") } == [
        "here 2026-03-02T13:00:00+01:00 V1 P3"
      ])
    let unresolved = await bench.run(
      "visits", "unresolved", "--on", "2026-03-04", "--format", "csv")
    #expect(unresolved.rows.map { $0[1] } == ["A1", "A2", "A3"])
    let counts = await bench.run(
      "visits", "no-shows", "--by", "patient", "--period", "2026-03", "--format", "csv")
    #expect(counts.rows.map { $0[0] + " " + $0[2] } == ["P1 2", "P2 1"])
    let list = await bench.run("visits", "no-shows", "--list", "--format", "csv")
    #expect(list.status == .done)
    #expect(list.rows.isEmpty)
  }

  @Test func `shows of a patient what is to come and since when they wait`() async throws {
    let bench = try await bench()
    let patient = await bench.run("show", "P1")
    #expect(patient.answer.contains("is to come on 2026-03-03T10:00:00+01:00 to D1: A3"))
    #expect(
      await bench.run("show", "Soler").answer
        .contains("waits since 2026-03-02T13:00:00+01:00: V1"))
    let card = await bench.run("visits", "card", "P1", "--format", "csv")
    #expect(card.rows.map { $0[0] } == ["patient", "coming", "coming"])
  }

  @Test func `an imported history has all who came, and nothing unresolved`() async throws {
    let bench = try await Bench.withBundledExport()
    let counts = await bench.run("visits", "no-shows", "--format", "json")
    #expect(counts.answer.contains("\"unresolved\":0"))
    #expect(await bench.run("visits", "unresolved", "--format", "csv").rows.isEmpty)
    let list = await bench.run("visits", "day-list", "--period", "2018", "--format", "csv")
    #expect(list.rows.contains { $0.contains("A30") && $0.contains("V30") && $0.contains("seen") })
    let verified = await bench.run("verify", "--format", "csv")
    #expect(
      verified.rows.filter { $0[1] == "visits" }.map { $0[0] } == Array(repeating: "pass", count: 4)
    )
  }
}
