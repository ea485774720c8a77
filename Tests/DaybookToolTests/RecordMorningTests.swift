import Daybook
import DaybookTool
import Testing

/// The lines of TOOL's section on recording, typed as they are written there.
@Suite struct `A day typed as it is written` {
  @Test func `the receptionist's morning prints what it made and what it meant`() async throws {
    let bench = try await Bench.withPast()
    let booked = await bench.type(
      "record book garcia --with D3 --at '2026-03-02 09:30' --for 30m CLEAN")
    #expect(
      booked.answer == "A1  P2 Ana García  with D3 Carla Vidal  2026-03-02 09:30, 30m\n",
      "\(booked.said)")
    let arrived = await bench.type("record check-in garcia")
    #expect(
      arrived.answer == "V88  P2 Ana García  arrived 2026-03-02 08:00  for A1\n", "\(arrived.said)")
    let treated = await bench.type(
      "record treat V88 --line CLEAN --line 'FILL discount=10.00 site=36' --as D3")
    #expect(
      treated.answer == """
        E2  P2 Ana García  with D3 Carla Vidal  of V88
        E2 line 1  1 x X1 CLEAN  110.00
        C311  net 110.00  owed by P2 Ana García
        E2 line 2  1 x X2 FILL  90.00  discount 10.00
        C312  net 80.00  owed by P2 Ana García

        """, "\(treated.said)")
    let paid = await bench.type("record pay garcia 60.00 card")
    #expect(paid.answer == "M1  60.00 from P2 Ana García  C311 60.00\n", "\(paid.said)")
    let chosen = await bench.type(
      "record pay garcia 60.00 card --to C311=45.00 --to C312=15.00")
    #expect(
      chosen.answer == "M2  60.00 from P2 Ana García  C311 45.00  C312 15.00\n", "\(chosen.said)")
    let read = await bench.run("log", "read", "--last", "1", "--format", "csv")
    let position = try #require(read.rows.first?.first)
    let reversed = await bench.type("record reverse \(position) --reason 'wrong patient'")
    #expect(
      reversed.answer.hasPrefix("reversed \(position)  PaymentReceived of M2"), "\(reversed.said)")
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `two bookings of a day are listed`() async throws {
    let bench = try await Bench.withPast()
    _ = await bench.type("record book garcia --with D3 --at '2026-03-02 09:30' --for 30m")
    _ = await bench.type("record book garcia --with D2 --at '2026-03-02 16:00' --for 30m")
    let two = await bench.type("record check-in garcia")
    #expect(two.status == .usage)
    #expect(
      two.said.contains(
        "has 2 bookings that day; say which:\n  A1  2026-03-02 09:30  with D3 Carla Vidal"),
      "\(two.said)")
    let moved = await bench.type("record move A2 'tomorrow 10:00'")
    #expect(moved.answer.hasPrefix("A2  now 2026-03-03 10:00"), "\(moved.said)")
    #expect(await bench.type("record check-in garcia").answer.contains("for A1"))
    let cancelled = await bench.type("record cancel garcia patient health")
    #expect(cancelled.answer == "A2  cancelled by the patient\n", "\(cancelled.said)")
  }

  @Test func `nothing is dated into a closed period`() async throws {
    let bench = try await Bench.withPast()
    _ = await bench.type("record set-roles D2 practitioner accountant admin")
    let closed = await bench.type("record close-period accounting 2026-01 --approver D2")
    #expect(
      closed.answer.hasPrefix("accounting closed through 2026-01-31  soft"),
      "\(closed.answer) \(closed.said)")
    let late = await bench.type("record pay P1 5.00 card --at '2026-01-15 10:00'")
    #expect(late.status == .refused)
    #expect(late.said.contains("periodClosed"), "\(late.said)")
  }

  @Test func `leave is asked for by its days`() async throws {
    let bench = try await Bench.withPast()
    let run = await bench.type("record absence carla holiday 2026-08-03..2026-08-14")
    #expect(run.status == .done || run.said.contains("leaveExceeded"), "\(run.said)")
  }
}

extension Bench {
  /// Types a line as a shell reads it: words at blanks, what stands in single quotes as one.
  func type(_ line: String) async -> ToolRun {
    var words: [String] = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 {
        words.append(String(part))
      } else {
        words += part.split(separator: " ").map(String.init)
      }
    }
    return await run(words)
  }

  /// A bench at eight in the morning, in a clinic with three of staff, 87 visits and 310 charges.
  static func withPast() async throws -> Bench {
    var bench = try Bench()
    bench.world.clock = StoppedClock(at: Instant(milliseconds: 1_772_434_800_000))
    bench.actor = "D1"
    let roles =
      "admin reception practitioner cashier buyer accountant payroll"
    for line in [
      "init --name 'Clínica Sol' --admin 'Ana Gil'", "record set-roles D1 \(roles)",
      "record hire 'Bea Ruiz' dentist --contract employee --from 2026-01-01",
      "record hire 'Carla Vidal' dentist --contract employee --from 2026-01-01 --leave-days 22 --week 40h",
      "record set-roles D2 practitioner", "record set-roles D3 practitioner reception",
      "record register-patient Luis Pons", "record register-patient Ana García",
      "record define-service CLEAN Cleaning --type treatment --duration 30m",
      "record define-service FILL Filling --type treatment --duration 45m",
      "record set-price CLEAN 110.00", "record set-price FILL 90.00",
    ] {
      let run = await bench.type(line)
      try #require(run.status == .done, "\(line): \(run.said)")
    }
    var lines = Array(repeating: #"{"action":"check-in","patient":"P1"}"#, count: 87)
    lines.append(#"{"action":"start","visit":"V1","practitioner":"D2"}"#)
    lines += Array(
      repeating: #"{"action":"treat","encounter":"E1","service":"CLEAN"}"#, count: 310)
    let past = await bench.run(["record", "--json", "-"], input: lines.map { $0 + "\n" })
    try #require(past.status == .done, "\(past.answer.suffix(400)) \(past.said)")
    return bench
  }
}
