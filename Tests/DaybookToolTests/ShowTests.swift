import Daybook
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `What is shown of one thing` {
  @Test func `says what it is now, and its events`() async throws {
    let bench = try await Bench.withBundledExport()
    let things: [(String, [String])] = [
      ("A30", ["P5 with D2 at 2018-07-27T07:04:34Z, for 2916m", "checked in as V30"]),
      ("V30", ["P5 arrived at 2018-07-27T07:04:34Z, for A30", "seen by D2 in E30"]),
      (
        "E30",
        ["completed at 2018-07-29T07:41:15Z", "4 treatments", "charged as C74, C75, C76, C77"]
      ),
      ("C53", ["P4: 1 x X2 by D1, E22 line 1, 77.49 USD on 2022-01-02", "P4 owes 77.49 USD"]),
      ("C1", ["129.16 USD on 2015-05-22", "nothing is owed"]),
      ("M54", ["75.00 USD from P4 by cash", "settled C56 12.50 USD", "62.50 USD unapplied"]),
      (
        "K1",
        ["P6 to Y3, primary: 3 charges, 1252.12 USD", "adjudicated on 2015-12-15, paid 565.70"]
      ),
      ("P7", ["covered by Y1, primary, from"]), ("W1", ["D1 at L1: practitioner"]),
      ("R3", ["L1, opening: 1 x I4 lot LOT-7A/42"]), ("I4", ["none on hand"]),
      ("B1", ["I1 at L1"]), ("L2", ["HARBOUR LIGHT PRACTICE, currency USD"]),
      ("X1", ["Annual check-up (invented), code 910410001"]), ("Y1", ["Y1 owes 442.78 USD"]),
      ("D1", ["Amrei Vogelsang, positions GENERAL PRACTICE"]),
    ]
    for (subject, words) in things {
      let shown = await bench.run("show", subject)
      #expect(shown.status == .done, "\(subject): \(shown.said)")
      for word in words { #expect(shown.answer.contains(word), "\(shown.answer.prefix(400))") }
      let table = await bench.run("show", subject, "--format", "csv")
      #expect(!table.rows.isEmpty, "\(subject)")
    }
  }

  @Test func `is known at a position, and no later`() async throws {
    let bench = try await Bench.withBundledExport()
    let begun = await bench.run("show", "E30", "--known-at", "495")
    #expect(begun.answer.contains("in progress since 2018-07-27T07:04:34Z"))
    #expect(!begun.answer.contains("TreatmentPerformed"))
    let sent = await bench.run("show", "K1", "--known-at", "520")
    #expect(sent.answer.contains("unanswered since 2015-12-15"))
  }

  @Test func `is found by the source reference of what began it`() async throws {
    let bench = try await Bench.withBundledExport()
    let payment = await bench.run("show", "ref:54631b26-4b1c")
    #expect(payment.answer == (await bench.run("show", "M54")).answer)
    let unknown = await bench.run("show", "ref:nothing has this")
    #expect(unknown.status == .usage)
    #expect(unknown.said.contains("nothing here has the source reference"))
  }

  @Test func `is nothing where nothing is meant, and the message names it`() async throws {
    let bench = try await Bench.withBundledExport()
    for subject in ["S1", "coverage/1", "nobody", "", "T1", "patient/99", "kind-99/1"] {
      let run = await bench.run("show", subject)
      #expect(run.status == .usage)
      #expect(run.answer.isEmpty)
      #expect(run.said.contains("\"\(subject)\""))
    }
  }

  @Test func `at a position is read where it stands, and not from the first event on`() async throws
  {
    var bench = try await Bench.withBundledExport()
    #expect(await bench.run("log", "checkpoint").status == .done)
    let last = await bench.run("show", "2109")
    #expect(last.answer.hasPrefix("Event at position 2109\n"), "\(last.said)")
    let heard = Heard()
    bench.world.instruments = heard.instruments
    #expect(await bench.run("show", "2109").answer == last.answer)
    #expect(heard.count(Instruments.Name.scanEvents) < 200)
    // Money is printed in the currency that the clinic has, which an earlier event said.
    #expect(await bench.run("show", "500").answer.contains("\n500 "))
    #expect(last.answer == (await bench.run("show", "2109", "--known-at", "2109")).answer)
  }

  @Test func `is no position beyond 64 bits`() async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run("show", "99999999999999999999999")
    #expect(run.status == .usage)
    #expect(run.said.contains("position 99999999999999999999999 is not known"))
  }
}
