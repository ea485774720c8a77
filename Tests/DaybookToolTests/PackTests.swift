import Daybook
import DaybookBytes
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `A book with a country's pack` {
  static let names = ["es", "de-skr03", "de-skr04", "fr", "us"]

  private static let folder: String = {
    let tests = FilePath.folder(of: FilePath.folder(of: #filePath))
    return FilePath.join(FilePath.folder(of: tests), "Sources/DaybookInterchange/Packs")
  }()

  private func text(_ name: String) throws -> String {
    let path = FilePath.join(Self.folder, name + ".pack")
    return String(decoding: try LiveFileSystem().bytes(of: path, atMost: 1 << 20), as: UTF8.self)
  }

  /// The codes of a pack by the built-in ones.
  private func chart(_ name: String) throws -> [String: String] {
    var codes: [String: String] = [:]
    for line in try text(name).split(separator: "\n") where line.hasPrefix("account;") {
      let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
      codes[String(parts[1])] = String(parts[2])
    }
    return codes
  }

  /// A morning that needs no tax code: goods come, a patient is treated, pays and takes some along.
  private func morning(_ bench: Bench) async throws {
    for action in [
      ["set-roles", "ana", "admin", "reception", "practitioner", "cashier", "buyer", "accountant"],
      ["register-party", "supplier", "Depot"],
      ["define-service", "CONS", "Consultation", "--type", "treatment", "--duration", "30m"],
      ["define-item", "CREAM", "Cream", "--unit", "piece"],
      ["register-patient", "Eva García"],
      ["receive", "depot", "--line", "CREAM 10 @12.00"],
      ["supplier-invoice", "depot", "F-1", "2026-03-02", "--line", "R1 120.00"],
      ["open-till", "T1", "--float", "100.00"],
      ["check-in", "eva"],
      ["start", "V1", "ana"],
      ["treat", "V1", "--line", "CONS @60.00 why=agreed"],
      ["pay", "eva", "70.00", "cash"],
      ["sell", "--line", "CREAM 2 @20.00", "--cash", "40.00"],
      ["return-goods", "R1", "--line", "CREAM 1", "--reason", "leaking"],
      ["waste", "CREAM 1", "--reason", "spoiled"],
      ["close-till", "T1", "--count", "cash=209.00"],
    ] {
      let run = await bench.run(["record"] + action)
      try #require(run.status == .done, "\(action): \(run.said)")
    }
  }

  private func book(_ pack: String?) async throws -> Bench {
    var bench = try Bench()
    bench.actor = "D1"
    let options = pack.map { ["--pack", $0] } ?? []
    let made = await bench.run(
      ["init", "--name", "Clinic", "--admin", "Ana Gil", "--currency", "EUR"] + options)
    try #require(made.status == .done, "\(made.said)")
    return bench
  }

  private func balances(_ bench: Bench) async -> [String: String] {
    let balance = await bench.run("accounts", "tb", "--format", "json")
    var balances: [String: String] = [:]
    for row in balance.answer.split(separator: "{\"account\":\"").dropFirst() {
      let code = row.prefix { $0 != "\"" }
      guard let start = row.firstRange(of: "\"balance\":\"") else { continue }
      balances[String(code)] = String(row[start.upperBound...].prefix { $0 != "\"" })
    }
    return balances
  }

  @Test(arguments: Effort.cases(names, few: 2))
  func `has the same balances under other codes`(
    _ name: String
  ) async throws {
    let (neutral, packed) = (try await book(nil), try await book(name))
    try await morning(neutral)
    try await morning(packed)
    let codes = try chart(name)
    #expect(codes.count == 68)
    var (ours, theirs) = (await balances(neutral), await balances(packed))
    // Where purchases are kept apart, they and the variation of stock are one cost together: 120.00
    // came and 12.00 went back.
    if name != "us", let variation = codes["5000"] {
      let own = try text(name).split(separator: "\n").first { $0.hasPrefix("own;") }
      let purchases = String(own?.split(separator: ";")[1].drop { $0 == " " } ?? "")
      let bought = theirs.removeValue(forKey: purchases)
      #expect(bought == "108.00")
      #expect(theirs[variation] == "-84.00" && ours["5000"] == "24.00")
      ours["5000"] = nil
      theirs[variation] = nil
    }
    var expected: [String: String] = [:]
    for (code, balance) in ours { expected[try #require(codes[code])] = balance }
    #expect(theirs == expected)
    let verified = await packed.run("verify")
    #expect(verified.status == .done, "\(verified.answer)")
    for kind in ["hledger", "ledger", "beancount", "csv"] {
      let exported = await packed.run("export", kind, "-o", packed.folder.file(kind))
      #expect(exported.status == .done, "\(exported.said)")
    }
  }

  @Test(arguments: names) func `takes in what an importer posts by an account of its own`(
    _ name: String
  ) async throws {
    let (neutral, packed) = (try await book(nil), try await book(name))
    for bench in [neutral, packed] {
      // 30.00 of bad debts, of which 4.00 were none.
      let file = try bench.write(
        """
        Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID
        1,22,Box,4,2026-01-02T10:00:00,2.50,
        A1,B,Adjust bad debt,1,2026-01-03T10:00:00,-30.00,
        A2,B,Adjust bad debt,-1,2026-01-04T10:00:00,-4.00,

        """, to: "invoices.csv")
      let run = await bench.run("import", "retail", file)
      #expect(run.status == .done, "\(run.answer)\(run.said)")
      #expect(await bench.run("verify").status == .done)
    }
    let codes = try chart(name)
    let (ours, theirs) = (await balances(neutral), await balances(packed))
    #expect(
      ours == [
        "1150": "10.00", "1200": "0.00", "1290": "-26.00", "4020": "-10.00", "6300": "26.00",
      ])
    var expected: [String: String] = [:]
    for (code, balance) in ours { expected[try #require(codes[code])] = balance }
    #expect(theirs == expected)
  }

  @Test func `may come from a file of one's own`() async throws {
    let bench = try Bench()
    let own = try text("es").replacing("; 5700; Caja, mostrador", with: "; 57000; Caja del local")
      .replacing("pack; es;", with: "pack; own;").replacing("\n", with: "\r\n")
    let path = try bench.write(own, to: "own.pack")
    let made = await bench.run("init", "--name", "Clinic", "--pack", path)
    #expect(made.status == .done, "\(made.said)")
    #expect(made.answer.contains("pack own España, PGC 2007: 69 accounts, 4 tax codes"))
  }

  @Test func `is made only of a pack without faults, which are told line by line`() async throws {
    let bench = try Bench()
    let lines = [
      "pack; x", "currency; XXZ", "tax rounding; invoice", "bad debt tax; gone", "pro rata; 101%",
      "pro rata; much",
      "account; 1; 570; Caja", "account; 1010; 5 7; Caja", "account; 1010; 571;",
      "own; 600; cost; Compras", "own; 600; expense; Compras", "own; 600; expense; Otras",
      "rule; PatientCheckedIn; purchases=600", "rule; GoodsReceived; nowhere=600 purchases=999",
      "tax; G; high; 21%; 2012-09-01;", "tax; G; exempt; 21%; 2012-09-01;",
      "tax; G; standard; 21%; 2012-09-01;", "tax; G; standard; 21%; 2012-08-01;", "chart; 1",
    ]
    let path = try bench.write(lines.joined(separator: "\n") + "\n", to: "bad.pack")
    let made = await bench.run("init", "--name", "Clinic", "--pack", path)
    #expect(made.status == .refused)
    #expect(!LiveFileSystem().exists(bench.book))
    for line in 1...lines.count where line != 11 {
      #expect(made.said.contains("bad.pack line \(line): "), "\(line): \(made.said)")
    }
    #expect(!made.said.contains("bad.pack line 11: "))
    #expect(made.said.contains("no line gives the built-in account 1020 (Cash, safe) a code"))
  }

  @Test func `may begin with an import, which brings the clinics`() async throws {
    let (neutral, packed) = (try Bench(), try Bench())
    let made = await packed.run("init", "--pack", "es")
    try #require(made.status == .done, "\(made.said)")
    #expect(made.answer.contains("pack es España, PGC 2007: 69 accounts, 4 tax codes"))
    #expect(made.answer.contains("clinics come from an import"))
    #expect(made.answer.contains("--book-currency EUR"))
    #expect(await packed.run("verify").status == .done)
    for bench in [neutral, packed] {
      let run = await bench.run("import", "synthea", Fixtures.synthea)
      try #require(run.status == .done, "\(run.said)")
    }
    let codes = try chart("es")
    var expected: [String: String] = [:]
    for (code, balance) in await balances(neutral) {
      expected[try #require(codes[code])] = balance
    }
    #expect(await balances(packed) == expected)
    let verified = await packed.run("verify")
    #expect(verified.status == .done, "\(verified.answer)")
  }

  @Test(arguments: [
    ("bad debt tax; borne", "borne"), ("bad debt tax; relieved", "relieved"), ("", "unspecified"),
  ]) func `says whose the tax in a bad debt is`(_ line: String, _ said: String) async throws {
    for name in Self.names { #expect(try text(name).contains("\nbad debt tax; borne\n")) }
    let bench = try Bench()
    let own = try text("es").replacing("bad debt tax; borne", with: line)
    let path = try bench.write(own, to: "own.pack")
    let made = await bench.run("init", "--name", "Clinic", "--pack", path)
    #expect(made.status == .done, "\(made.said)")
    let shown = await bench.run("log", "read", "--format", "json")
    #expect(shown.answer.contains("\"badDebtTax\":\"\(said)\""))
  }

  @Test func `is none of a name that there is not`() async throws {
    let bench = try Bench()
    let unknown = await bench.run("init", "--name", "Clinic", "--pack", "it")
    #expect(unknown.status == .usage && unknown.said.contains("es, de-skr03, de-skr04, fr, us"))
    #expect(await bench.run("init", "--name", "C", "--pack", "./none.pack").status == .file)
    #expect(!LiveFileSystem().exists(bench.book))
  }
}

@Suite struct `Opening balances in a country's chart` {
  @Test func `are imported under its codes`() async throws {
    var bench = try Bench()
    bench.actor = "D1"
    _ = await bench.run("init", "--name", "Clinic", "--pack", "es", "--admin", "Ana Gil")
    let file = try bench.write(
      """
      account,date,party,document,due,debit,credit
      5720,2026-01-01,,,,8500.00,
      4300,2026-01-01,Ana Soler,F-101,2025-11-30,120.00,
      4000,2026-01-01,Dental Depot,77120,2026-01-15,,640.00
      100,2026-01-01,,,,,7980.00

      """, to: "opening.csv")
    let run = await bench.run("import", "journal", file)
    #expect(run.status == .done, "\(run.answer) \(run.said)")
    let balance = await bench.run("accounts", "tb", "--format", "csv")
    #expect(balance.answer.contains("4000,Proveedores,0.00,0.00,640.00,-640.00"))
    let owed = await bench.run("accounts", "receivables", "--on", "2026-01-01", "--format", "csv")
    #expect(owed.answer.contains("120.00"))
    // Kept item by item, under whatever code; and a built-in code is none here.
    let bad = try bench.write(
      "account,date,party,document,due,debit,credit\n300,2026-01-02,,,,5.00,\n100,2026-01-02,,,,,5.00\n",
      to: "stock.csv")
    #expect(await bench.run("import", "journal", bad).status == .refused)
    #expect(await bench.run("verify").status == .done)
  }
}
