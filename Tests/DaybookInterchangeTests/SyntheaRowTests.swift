import DaybookBytes
import DaybookInterchange
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

@Suite struct `Synthea rows` {
  /// All rows of a file that is given as text, and what was refused.
  static func rows<Row: ImportRow>(
    _ type: Row.Type, _ text: String, name: String = "test.csv"
  ) throws -> (rows: [Row], refused: [CSVError]) {
    var table = try ImportTable<Row>(CSVReader(MemoryFile(Array(text.utf8)), name: name))
    var found: ([Row], [CSVError]) = ([], [])
    while true {
      do throws(CSVError) {
        guard let row = try table.next() else { return found }
        found.0.append(row)
      } catch {
        guard error.concernsOneRow else { throw error }
        found.1.append(error)
      }
    }
  }

  static let ledgerHeader =
    "ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,"
    + "PROCEDURECODE,UNITS,NOTES,TRANSFEROUTID,TRANSFERTYPE,PAYMENTS,ADJUSTMENTS,TRANSFERS,"
    + "APPOINTMENTID,PROVIDERID\n"

  static func ledger(
    kind: String, amount: String = "", method: String = "", out: String = "", party: String = "",
    payments: String = "", adjustments: String = "", transfers: String = "",
    from: String = "2023-01-27T16:17:47Z"
  ) -> String {
    "t1,c1,7,p1,\(kind),\(amount),\(method),\(from),,o1,08,1,\"a, b\",\(out),\(party),"
      + "\(payments),\(adjustments),\(transfers),e1,d1\n"
  }

  @Test func `takes the amount of a ledger row from the column of its type`() throws {
    let text =
      Self.ledgerHeader + Self.ledger(kind: "CHARGE", amount: "77.49", party: "1", payments: "0.00")
      + Self.ledger(kind: "PAYMENT", method: "COPAY", payments: "50.00")
      + Self.ledger(kind: "TRANSFEROUT", transfers: "27.49")
      + Self.ledger(kind: "TRANSFERIN", amount: "27.49", out: "9", party: "p", transfers: "27.49")
      + Self.ledger(kind: "ADJUSTMENT", method: "SYSTEM", adjustments: "1.5")
    let (rows, refused) = try Self.rows(TransactionRow.self, text)
    #expect(refused == [])
    #expect(rows.map(\.amount.minorUnits) == [7749, 5000, 2749, 2749, 150])
    #expect(rows.map(\.amount.currency) == Array(repeating: .usd, count: 5))
    #expect(rows.map(\.party) == [.primary, nil, nil, .patient, nil])
    #expect(rows.map(\.method) == [nil, .copay, nil, nil, .system])
    #expect(rows.map(\.transferOut) == [nil, nil, nil, 9, nil])
    let first = try #require(rows.first)
    #expect(first.code == "08" && first.notes == "a, b" && first.units == .one)
    #expect(first.number == 7 && first.encounter == "e1" && first.place == "o1")
    #expect("\(first.from)" == "2023-01-27T16:17:47Z")
  }

  @Test func `refuses a bad ledger row with its place and text, and goes on`() throws {
    let text =
      Self.ledgerHeader
      + Self.ledger(kind: "CHARGE", amount: "12,5\"", party: "1")
      .replacing("12,5\"", with: "\"12,5\"")
      + Self.ledger(kind: "CHARGE", amount: "1.005", party: "1")
      + Self.ledger(kind: "REFUND")
      + Self.ledger(kind: "PAYMENT", method: "BARTER", payments: "1.00")
      + Self.ledger(kind: "CHARGE", amount: "1.00", party: "9")
      + Self.ledger(kind: "CHARGE", amount: "1.00", party: "p", from: "27/01/2023")
      + Self.ledger(kind: "PAYMENT", method: "CASH")
      + Self.ledger(kind: "CHARGE", amount: "1.00", party: "p")
    let (rows, refused) = try Self.rows(TransactionRow.self, text, name: "claims_transactions.csv")
    #expect(rows.map(\.row) == [8])
    #expect(refused.map(\.row) == [1, 2, 3, 4, 5, 6, 7])
    #expect(
      refused.map(\.column) == [
        "AMOUNT", "AMOUNT", "TYPE", "METHOD", "TRANSFERTYPE", "FROMDATE", "PAYMENTS",
      ])
    #expect(
      refused.first?.description
        == "claims_transactions.csv row 1 (line 2), column AMOUNT: amount \"12,5\": byte 2 does "
        + "not belong there; write digits, and a point before the decimals of the currency: -1234.50"
    )
    #expect(
      refused[3].description
        == "claims_transactions.csv row 4 (line 5), column METHOD: \"BARTER\" is none of COPAY, "
        + "CASH, CC, CHECK, ECHECK, SYSTEM")
  }

  @Test func `names the file and the columns when one is missing`() {
    #expect(
      throws: CSVError(
        .missingColumn(found: ["PATIENT", "PAYER"]), file: "payer_transitions.csv",
        column: "START_DATE or START_YEAR")
    ) {
      _ = try Self.rows(CoverageRow.self, "PATIENT,PAYER\n", name: "payer_transitions.csv")
    }
  }

  @Test func `reads coverage under older and newer names, in instants, days and years`() throws {
    let older = try Self.rows(
      CoverageRow.self,
      "PATIENT,MEMBERID,START_YEAR,END_YEAR,PAYER,SECONDARY_PAYER,OWNERSHIP,OWNERNAME\n"
        + "p1,m1,2014-10-14T04:17:47Z,2015-10-20T04:17:47Z,y1,,Self,x\n")
    let newer = try Self.rows(
      CoverageRow.self,
      "PAYER,START_DATE,END_DATE,PATIENT,SECONDARY_PAYER\n"
        + "y1,2014-10-14,,p1,y2\ny1,2014,2015,p1,\ny1,2014,2012,p1,\ny1,2014-01-02,2014-01-01,p1,\n"
    )
    let first = try #require(older.rows.first)
    #expect(first.member == "m1" && first.secondary == nil)
    #expect(first.end.map { "\($0)" } == "2015-10-20T04:17:47Z")
    #expect(newer.rows.map { "\($0.start)" } == ["2014-10-14T00:00:00Z", "2014-01-01T00:00:00Z"])
    #expect(newer.rows.map { $0.end.map { "\($0)" } } == [nil, "2016-01-01T00:00:00Z"])
    #expect(newer.rows.map(\.secondary) == ["y2", nil])
    #expect(newer.refused.map(\.row) == [3, 4])
  }

  @Test func `takes 0 and nothing for no payer of a claim`() throws {
    let header =
      "Id,PATIENTID,PRIMARYPATIENTINSURANCEID,SECONDARYPATIENTINSURANCEID,APPOINTMENTID,"
      + "SERVICEDATE,STATUS1\n"
    let (rows, refused) = try Self.rows(
      ClaimRow.self,
      header + "c1,p1,0,,e1,2020-01-01,BILLED\nc2,p1,y1,y2,e1,2020-01-01T10:00:00+01:00,CLOSED\n"
        + "c3,p1,,0,e1,2020-01-01,\nc4,p1,,0,e1,2020-01-01,OPEN\n,p1,,0,e1,2020-01-01,\n")
    #expect(rows.map(\.primary) == [nil, "y1", nil])
    #expect(rows.map(\.secondary) == [nil, "y2", nil])
    #expect(rows.map(\.status) == [.billed, .closed, nil])
    #expect("\(rows[1].service)" == "2020-01-01T09:00:00Z")
    #expect(refused.map(\.column) == ["STATUS1", "Id"])
  }

  @Test func `refuses a visit that ends before it begins and a use of nothing`() throws {
    let visit = try Self.rows(
      EncounterRow.self,
      "Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,ENCOUNTERCLASS,CODE,DESCRIPTION\n"
        + "e1,2020-01-02,2020-01-01,p,o,d,x,1,\n")
    #expect(visit.refused.map(\.column) == ["STOP"])
    let supply = try Self.rows(
      SupplyRow.self,
      "DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,QUANTITY\n2020-10-07,p,e,1,x,0\n"
        + "2020-10-07,p,e,1,x,1.5\n2020-10-07,p,e,1,x,many\n")
    #expect(supply.rows.map(\.quantity.thousandths) == [1500])
    #expect(supply.refused.map(\.row) == [1, 3])
  }

  @Test func `refuses an identifier too long to stand in a reference`() throws {
    let (rows, refused) = try Self.rows(
      PayerRow.self,
      "Id,NAME\n" + String(repeating: "x", count: 64) + ",A\n"
        + String(repeating: "x", count: 65) + ",B\n")
    #expect(rows.map(\.name) == ["A"])
    #expect(refused.map(\.row) == [2])
  }
}

@Suite struct `Bundled Synthea export` {
  static let folder =
    #filePath.split(separator: "/").dropLast(3)
    .reduce(into: "") { $0 += "/" + $1 } + "/Fixtures/synthea"

  static func all<Row: ImportRow>(_ type: Row.Type, _ file: SyntheaFile) throws -> [Row] {
    var table = try ImportTable<Row>(
      file, of: folder, in: LiveFileSystem(), limits: CSVLimits(chunkBytes: 977))
    var rows: [Row] = []
    while let row = try table.next() { rows.append(row) }
    return rows
  }

  /// A figure of expected-totals.json, found by its key.
  static func expected(_ key: String) throws -> Int64 {
    let path = folder + "/expected-totals.json"
    let bytes = try LiveFileSystem().bytes(of: path, atMost: 1 << 20)
    let text = String(decoding: bytes, as: UTF8.self)
    let line = try #require(text.split(separator: "\n").first { $0.contains("\"\(key)\":") })
    return try #require(Int64(line.filter { $0.isNumber || $0 == "-" }))
  }

  @Test func `reads every file, and its ledger adds up to the expected totals`() throws {
    let ledger = try Self.all(TransactionRow.self, .transactions)
    func total(_ kind: TransactionRow.Kind) throws -> Int64 {
      try Amount.sum(ledger.filter { $0.kind == kind }.map(\.amount)).minorUnits
    }
    #expect(try Int64(ledger.count) == Self.expected("transactions"))
    #expect(try total(.charge) == Self.expected("charges_total_cents"))
    #expect(try total(.payment) == Self.expected("payments_total_cents"))
    #expect(try total(.transferIn) == total(.transferOut))
    let encounters = try Self.all(EncounterRow.self, .encounters)
    #expect(try Int64(encounters.count) == Self.expected("encounters"))
    #expect(try Int64(Self.all(ClaimRow.self, .claims).count) == Self.expected("claims"))
    let patients = try Self.all(PatientRow.self, .patients)
    #expect(try Int64(patients.count) == Self.expected("patients"))
    #expect(patients.contains { $0.last == "林溪" } && patients.contains { $0.death != nil })
    let organizations = try Self.all(OrganizationRow.self, .organizations)
    #expect(organizations.map(\.name).contains("Clínica \"Sol y Mar\", Cala Fosca"))
    let payers = try Self.all(PayerRow.self, .payers)
    #expect(payers.filter(\.standsForNone).count == 1)
    #expect(try Int64(payers.count) == Self.expected("payers"))
    #expect(
      try Int64(Self.all(ProviderRow.self, .providers).count) == Self.expected("providers_file"))
    #expect(try Self.all(CoverageRow.self, .coverage).count == 60)
    #expect(try !Self.all(CodeNameRow.self, .procedures).isEmpty)
    #expect(try !Self.all(CodeNameRow.self, .immunizations).isEmpty)
    #expect(
      try Int64(Self.all(CodeNameRow.self, .medications).count) == Self.expected("medication_rows"))
    #expect(try !Self.all(SupplyRow.self, .supplies).isEmpty)
    let devices = try Self.all(DeviceRow.self, .devices)
    #expect(Set(devices.compactMap { $0.udi?.lot }) == ["LOT-7A/42", "8477-0091", "Z9"])
    #expect(devices.allSatisfy { $0.udi?.expiry != nil })
    #expect(devices.contains { $0.udi?.made == nil })
  }

  @Test func `says that a required file is missing`() {
    let error = #expect(throws: CSVError.self) {
      _ = try ImportTable<ClaimRow>(.claims, of: "nowhere", in: LiveFileSystem())
    }
    guard case .file(let fault) = error?.kind else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(fault.kind == .notFound && error?.file == "claims.csv")
  }
}
