import Daybook
import DaybookTool
import Testing

@Suite struct `Recording at the desk` {
  @Test func `the receptionist's morning`() async throws {
    let bench = try await Bench.withClinic()
    let booked = await bench.run(
      "record", "book", "garcia", "--with", "D1", "--at", "2026-03-02 15:30", "--for", "30m",
      "CLEAN")
    #expect(
      booked.answer == "A1  P1 Ana García  with D1 Ana Gil  2026-03-02 15:30, 30m\n",
      "\(booked.said)")
    let arrived = await bench.run("record", "check-in", "garcia")
    #expect(
      arrived.answer == "V1  P1 Ana García  arrived 2026-03-02 13:00  for A1\n", "\(arrived.said)")
    let treated = await bench.run(
      "record", "treat", "V1", "--line", "CLEAN @60.00 why=agreed", "--line",
      "FILL @90.00 discount=10.00 site=36 why=agreed", "--as", "D1")
    #expect(
      treated.answer == """
        E1  P1 Ana García  with D1 Ana Gil  of V1
        E1 line 1  1 x X1 CLEAN  60.00
        C1  net 60.00  owed by P1 Ana García
        E1 line 2  1 x X2 FILL  90.00  discount 10.00
        C2  net 80.00  owed by P1 Ana García

        """, "\(treated.said)")
    let paid = await bench.run("record", "pay", "garcia", "80.00", "card")
    #expect(paid.answer == "M1  80.00 from P1 Ana García  C1 60.00  C2 20.00\n", "\(paid.said)")
    let rest = await bench.run(
      "record", "pay", "garcia", "60.00", "card", "--to", "C2=45.00")
    #expect(rest.answer == "M2  60.00 from P1 Ana García  C2 45.00  credit 15.00\n", "\(rest.said)")
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `a wrong name and an ambiguous one end with 2, and say what there is`() async throws {
    let bench = try await Bench.withClinic()
    _ = await bench.run("record", "register-patient", "Luis", "Garcia")
    let wrong = await bench.run("record", "check-in", "nobody")
    #expect(wrong.status == .usage && wrong.answer.isEmpty)
    #expect(wrong.said.contains("no patient is called \"nobody\""))
    let two = await bench.run("record", "check-in", "garcía")
    #expect(two.status == .usage)
    #expect(two.said.contains("P1  Ana García") && two.said.contains("P2  Luis Garcia"))
    let exact = await bench.run("record", "check-in", "luis garcia")
    #expect(exact.status == .done, "\(exact.said)")
  }

  @Test func `a dry run shows the events and appends nothing`() async throws {
    let bench = try await Bench.withClinic()
    let before = await bench.run("log", "info", "--format", "json").answer
    let dry = await bench.run("record", "check-in", "P1", "--dry-run")
    #expect(dry.status == .done)
    #expect(dry.answer.contains("PatientCheckedIn visit/1 v1 L1 by D1:reception"), "\(dry.answer)")
    #expect(dry.said.contains("nothing was appended"))
    #expect(await bench.run("log", "info", "--format", "json").answer == before)
    let refused = await bench.run("record", "check-in", "P9", "--dry-run")
    #expect(refused.status == .refused)
    #expect(refused.said.contains("unknownReference (patient)"))
  }

  @Test func `a repeat under one reference is the same action, other content is refused`()
    async throws
  {
    let bench = try await Bench.withClinic()
    let words = ["record", "register-patient", "Eva", "Sanz", "--ref", "card-7"]
    let first = await bench.run(words)
    #expect(first.answer == "P2  Eva Sanz\n", "\(first.said)")
    let again = await bench.run(words)
    #expect(again.status == .done)
    #expect(again.answer == "recorded before; nothing was appended\nP2  Eva Sanz\n")
    let other = await bench.run("record", "register-patient", "Eva", "Sainz", "--ref", "card-7")
    #expect(other.status == .refused)
    #expect(other.said.contains("duplicateSource"))
    let named = await bench.run("record", "check-in", "ref:card-7")
    #expect(named.answer.hasPrefix("V1  P2 Eva Sanz"), "\(named.said)")
  }

  @Test func `what is not said of a patient who is amended stays`() async throws {
    let bench = try await Bench.withClinic()
    _ = await bench.run(
      "record", "register-patient", "Eva", "Ruiz", "--birth-date", "1984-05-02", "--phone", "600",
      "--sex", "female")
    let married = await bench.run(
      "record", "amend-patient", "ruiz", "--family-name", "Soler", "--reason", "changed")
    #expect(married.answer == "P2  Eva Soler  amended\n", "\(married.said)")
    let moved = await bench.run(
      "record", "amend-patient", "soler", "--phone", "", "--address", "Calle Mayor 1", "--reason",
      "changed", "--dry-run")
    for word in ["Eva", "Soler", "1984-05-02", "female", "Calle Mayor 1"] {
      #expect(moved.answer.contains(word), "\(moved.answer) \(moved.said)")
    }
    #expect(!moved.answer.contains("600"), "\(moved.answer)")
  }

  @Test func `an expected version is held to`() async throws {
    let bench = try await Bench.withClinic()
    let stale = await bench.run(
      "record", "cover", "P1", "Y1", "primary", "--from", "2026-01-01", "--expect", "7")
    #expect(stale.status == .refused)
    #expect(stale.said.contains("versionConflict"), "\(stale.said)")
    let fresh = await bench.run(
      "record", "cover", "P1", "Y1", "primary", "--from", "2026-01-01", "--copay", "20%",
      "--expect", "1")
    #expect(fresh.status == .done, "\(fresh.said)")
  }

  @Test func `cash without an open till is refused`() async throws {
    let bench = try await Bench.withClinic()
    let run = await bench.run("record", "pay", "P1", "60.00", "cash")
    #expect(run.status == .refused)
    #expect(run.said.contains("tillNotOpen"))
  }

  @Test func `units and prices of packs are turned into those of the base unit`() async throws {
    let bench = try await Bench.withClinic()
    let received = await bench.run(
      "record", "receive", "depot", "--line", "GLOVES-M 10box @4.20 lot=L77 exp=2027-09")
    #expect(received.answer == "R1  1000 x I1 GLOVES-M lot L77  value 42.00\n", "\(received.said)")
    let issued = await bench.run("record", "issue", "GLOVES-M 2box", "damaged")
    #expect(issued.answer == "200 x I1 GLOVES-M spoiled or broken  lot L77\n", "\(issued.said)")
    let wrong = await bench.run("record", "issue", "GLOVES-M 2kg", "damaged")
    #expect(wrong.status == .usage)
    #expect(wrong.said.contains("piece or box"), "\(wrong.said)")
    let file = try bench.write("what,quantity,price,exp\nGLOVES-M,1box,5.00,2027-10\n", to: "l.csv")
    let lines = await bench.run(
      "record", "receive", "depot", "--lines", file, "--line", "GLOVES-M 5 @0.05 lot=L2 exp=2028-01"
    )
    #expect(lines.status == .refused)
    #expect(lines.said.contains("lotRequired"), "\(lines.said)")
  }

  @Test func `who acts must be said where there are several`() async throws {
    let bench = try await Bench.withClinic()
    _ = await bench.run(
      "record", "hire", "Bea Ruiz", "nurse", "--contract", "employee", "--from", "2026-01-01")
    let nobody = await bench.run("record", "check-in", "P1")
    #expect(nobody.status == .usage)
    #expect(nobody.said.contains("who acts?"))
    let bea = await bench.run("record", "check-in", "P1", "--as", "bea")
    #expect(bea.status == .refused)
    #expect(bea.said.contains("notPermitted"), "\(bea.said)")
    #expect(
      await bench.run("record", "set-roles", "bea", "reception", "--as", "gil").status == .done)
    #expect(await bench.run("record", "check-in", "P1", "--as", "bea:reception").status == .done)
  }

  @Test(arguments: [
    ["record"], ["record", "dance"], ["record", "pay", "--no-such-field", "1"],
    ["record", "check-in", "P1", "P2"], ["record", "pay", "P1", "sixty", "card"],
    ["record", "pay", "P1", "60.00", "shells"],
    ["record", "pay", "P1", "60.00", "card", "--at", "soon"],
    ["record", "--json", "-", "pay"], ["record", "check-in", "--line", "CLEAN"],
    ["record", "pay", "P1", "60.00", "card", "--wait", "long"], ["record", "pay", "--amount"],
  ])
  func `what is not understood ends with 2 and says why`(_ words: [String]) async throws {
    let bench = try await Bench.withClinic()
    let run = await bench.run(words)
    #expect(run.status == .usage, "\(run.said)")
    #expect(run.answer.isEmpty)
    #expect(!run.said.isEmpty)
  }

  @Test func `a missing book ends with 3`() async throws {
    let run = try await Bench().run("record", "check-in", "P1")
    #expect(run.status == .noBook)
  }

  @Test func `every action explains itself`() async throws {
    let bench = try Bench()
    let list = await bench.run("record", "--list")
    #expect(list.status == .done)
    let words = list.answer.split(separator: "\n").dropFirst().map {
      String($0.split(separator: " ")[0])
    }
    #expect(words.count > 20)
    #expect(Set(words).count == words.count)
    for word in words {
      let help = await bench.run("record", word, "--help")
      #expect(help.status == .done, "\(word): \(help.said)")
      #expect(help.answer.contains("USAGE: daybook record \(word)"))
    }
    #expect(await bench.run("record", "--help").answer.contains("--atomic"))
  }
}

extension Bench {
  /// A bench whose book has a clinic, its administrator with every role, a patient, a payer, a supplier,
  /// two services and an item.
  static func withClinic() async throws -> Bench {
    let bench = try Bench()
    let steps: [[String]] = [
      ["init", "--name", "Clínica Sol", "--admin", "Ana Gil"],
      [
        "record", "set-roles", "D1", "admin", "reception", "practitioner", "cashier", "buyer",
        "accountant", "payroll",
      ],
      ["record", "register-patient", "Ana", "García"],
      ["record", "register-party", "payer", "Axa"],
      ["record", "register-party", "supplier", "Depot"],
      [
        "record", "define-service", "CLEAN", "Cleaning", "--type", "treatment", "--duration", "30m",
      ],
      ["record", "define-service", "FILL", "Filling", "--type", "treatment", "--duration", "45m"],
      [
        "record", "define-item", "GLOVES-M", "Gloves, medium", "--unit", "piece", "--pack",
        "box=100", "--lot-tracked", "--expiry-tracked",
      ],
    ]
    for step in steps {
      let run = await bench.run(step)
      try #require(run.status == .done, "\(step): \(run.said)")
    }
    return bench
  }
}
