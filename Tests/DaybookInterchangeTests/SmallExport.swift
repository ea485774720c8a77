import Daybook
import DaybookInterchange

/// An export that a test writes row by row: one clinic, one doctor, one payer, one patient to begin with.
struct SmallExport {
  /// A row by the names of its columns; what it leaves out is empty.
  typealias Row = [String: String]

  /// The columns that the newest version of Synthea writes.
  static let columns: [String: String] = [
    "organizations": "Id,NAME,ADDRESS,CITY,STATE,ZIP,LAT,LON,PHONE,REVENUE,UTILIZATION,NPI",
    "providers":
      "Id,ORGANIZATION,NAME,GENDER,SPECIALITY,ADDRESS,CITY,STATE,ZIP,LAT,LON,ENCOUNTERS,PROCEDURES,NPI",
    "payers": "Id,NAME,OWNERSHIP,ADDRESS,CITY,STATE_HEADQUARTERED,ZIP,PHONE,AMOUNT_COVERED",
    "patients":
      "Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,MIDDLE,LAST,SUFFIX,MAIDEN,MARITAL,"
      + "RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS,CITY,STATE,COUNTY,FIPS,ZIP,LAT,LON,"
      + "HEALTHCARE_EXPENSES,HEALTHCARE_COVERAGE,INCOME",
    "payer_transitions":
      "PATIENT,MEMBERID,START_DATE,END_DATE,PAYER,SECONDARY_PAYER,PLAN_OWNERSHIP,OWNER_NAME",
    "encounters":
      "Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,"
      + "BASE_ENCOUNTER_COST,TOTAL_CLAIM_COST,PAYER_COVERAGE,REASONCODE,REASONDESCRIPTION",
    "claims":
      "Id,PATIENTID,PROVIDERID,PRIMARYPATIENTINSURANCEID,SECONDARYPATIENTINSURANCEID,APPOINTMENTID,"
      + "SERVICEDATE,STATUS1,STATUS2,STATUSP",
    "claims_transactions":
      "ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,"
      + "PROCEDURECODE,UNITS,NOTES,UNITAMOUNT,TRANSFEROUTID,TRANSFERTYPE,PAYMENTS,ADJUSTMENTS,"
      + "TRANSFERS,OUTSTANDING,APPOINTMENTID,PROVIDERID,SUPERVISINGPROVIDERID",
    "procedures": "START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION,BASE_COST",
    "supplies": "DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,QUANTITY",
    "devices": "START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,UDI",
  ]

  static let start = "2020-03-01T10:00:00Z"

  var tables: [String: [Row]] = [
    "organizations": [["Id": "o1", "NAME": "North"]],
    "providers": [
      ["Id": "d1", "ORGANIZATION": "o1", "NAME": "Ada", "SPECIALITY": "GENERAL PRACTICE"]
    ],
    "payers": [["Id": "y1", "NAME": "Payer"], ["Id": "y0", "NAME": "NO_INSURANCE"]],
    "patients": [["Id": "p1", "BIRTHDATE": "1950-01-01", "FIRST": "Zoë", "LAST": "Young"]],
    "payer_transitions": [
      [
        "PATIENT": "p1", "START_DATE": "2010-01-01T00:00:00Z", "END_DATE": "2030-01-01T00:00:00Z",
        "PAYER": "y1", "MEMBERID": "m1",
      ]
    ],
  ]

  mutating func add(_ table: String, _ rows: Row...) { tables[table, default: []] += rows }

  /// A visit of an hour, with what is said otherwise.
  mutating func visit(_ id: String, _ row: Row = [:]) {
    add(
      "encounters",
      [
        "Id": id, "START": Self.start, "STOP": "2020-03-01T11:00:00Z", "PATIENT": "p1",
        "ORGANIZATION": "o1", "PROVIDER": "d1", "ENCOUNTERCLASS": "ambulatory", "CODE": "c1",
        "DESCRIPTION": "Visit",
      ].merging(row) { $1 })
  }

  /// A claim of a visit with its rows of the ledger, numbered from `number`.
  mutating func claim(
    _ id: String, of visit: String, from number: Int, _ row: Row = [:], _ ledger: Row...
  ) {
    add(
      "claims",
      [
        "Id": id, "PATIENTID": "p1", "PRIMARYPATIENTINSURANCEID": "y1", "APPOINTMENTID": visit,
        "SERVICEDATE": Self.start, "STATUS1": "CLOSED",
      ].merging(row) { $1 })
    for (index, row) in ledger.enumerated() {
      add(
        "claims_transactions",
        [
          "ID": "\(id)-\(number + index)", "CLAIMID": id, "CHARGEID": "\(number + index)",
          "PATIENTID": "p1", "FROMDATE": Self.start, "PLACEOFSERVICE": "o1",
          "PROCEDURECODE": "c1", "UNITS": "1", "APPOINTMENTID": visit, "PROVIDERID": "d1",
        ].merging(row) { $1 })
    }
  }

  /// The export in a folder of its own.
  func written() throws -> Export {
    let export = try Export()
    for file in SyntheaFile.allCases {
      guard let header = Self.columns[file.rawValue] else {
        try export.remove(file.fileName)
        continue
      }
      let columns = header.split(separator: ",").map(String.init)
      let rows = (tables[file.rawValue] ?? []).map { row in columns.map { row[$0] ?? "" } }
      try export.edit(file.fileName) { $0 = [columns] + rows }
    }
    return export
  }

  /// Imports it into a book of its own.
  func imported() async throws -> (report: ImportReport, found: [String: String]) {
    let export = try written()
    let book = try ImportedBook()
    let report = try await book.take(export.path)
    let found = try await FoundTotals(book, report, asOf: []).values
    let again = try await book.take(export.path)
    guard again.eventsAppended == 0 else { return (again, found) }
    await book.office.close()
    return (report, found)
  }
}
