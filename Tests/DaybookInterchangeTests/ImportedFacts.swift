import Daybook
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import Testing

/// What the events of an imported book say, read from the log itself.
struct ImportedFacts {
  /// How many events there are of a type: `ChargePosted`.
  private(set) var counts: [String: Int] = [:]
  /// Executions of treatments that stand.
  private(set) var units: Int64 = 0
  /// Patients of whom something was claimed.
  private(set) var claimed: Set<PatientID> = []
  /// Claims that take the place of another.
  private(set) var replacing = 0
  /// Charges that stand, by patient.
  private(set) var charges: [PatientID: Int] = [:]
  /// Seconds of `HoursRecorded` by role and contract: `RN contractor`.
  private(set) var hours: [String: Int64] = [:]
  private(set) var absences: [AbsenceRecorded] = []

  private var treatments: [Position: Int64] = [:]
  private var patients: [Position: PatientID] = [:]

  func count(_ type: String) -> Int { counts[type] ?? 0 }

  func seconds(_ role: String, _ contract: String) -> Int { Int(hours["\(role) \(contract)"] ?? 0) }

  init(_ book: ImportedBook) throws {
    var archive = try Archive(book.path, catalogue: .clinic, world: .live)
    let decoder = EventDecoder()
    try archive.log.scan(from: Position(1)) { record in try take(Event(record, decoder)) }
  }

  private mutating func take(_ event: borrowing Event) throws {
    let header = event.header
    guard let name = ClinicEvents.name(header.family, header.tag) else { return }
    counts[name, default: 0] += 1
    switch name {
    case "TreatmentPerformed":
      let units = Int64(try event.payload(TreatmentPerformed.self).units)
      treatments[header.position] = units
      self.units += units
    case "ChargePosted":
      let patient = try event.payload(ChargePosted.self).patient
      patients[header.position] = patient
      charges[patient, default: 0] += 1
    case "Reversed":
      let of = try event.payload(Reversed.self).of
      units -= treatments[of] ?? 0
      if let patient = patients[of] { charges[patient, default: 0] -= 1 }
    case "ClaimSubmitted":
      let submitted = try event.payload(ClaimSubmitted.self)
      claimed.insert(submitted.patient)
      if submitted.replaces != nil { replacing += 1 }
    case "HoursRecorded":
      let recorded = try event.payload(HoursRecorded.self)
      hours["\(recorded.role) \(recorded.contract)", default: 0] += Int64(recorded.seconds)
    case "AbsenceRecorded": absences.append(try event.payload(AbsenceRecorded.self))
    default: break
    }
  }
}

extension ImportedBook {
  /// What the checks of `verify` find wrong in the books, one a line.
  func brokenChecks() async throws -> [String] {
    let accounting = try await office.snapshot(of: AccountingModel.self)
    let staff = try await office.snapshot(of: HumanResourcesModel.self)
    let stock = try await office.snapshot(of: LogisticsModel.self)
    let visits = try await office.snapshot(of: VisitsModel.self)
    let checks =
      AccountingChecks.run(accounting.model) + HumanResourcesChecks.run(staff.model)
      + LogisticsChecks.run(stock.model) + VisitsChecks.run(visits.model)
    #expect(checks.count > 10)
    return checks.filter { !$0.passed }.map { "\($0.name): \($0.detail)" }
  }

  /// Imports a text into a book of its own, twice.
  static func taking(
    _ text: String, at site: ImportSite, _ source: (_ path: String) -> any ImportSource
  ) async throws -> (report: ImportReport, book: ImportedBook) {
    let files = try GeneratedFiles([SampleFile(name: "import.csv", text: text)])
    let book = try ImportedBook()
    return (try await book.takeTwice(source(files.path), at: site), book)
  }

  /// Imports twice: the second time nothing is appended, and what was refused is so again.
  func takeTwice(_ source: any ImportSource, at site: ImportSite) async throws -> ImportReport {
    let report = try await take(source, at: site)
    #expect(try await brokenChecks() == [])
    let digest = try await digest()
    let last = await office.lastPosition
    let again = try await take(source, at: site)
    #expect(again.eventsAppended == 0)
    #expect(again.refused == report.refused)
    #expect(again.figures == report.figures)
    #expect(again.actionsAlreadyThere == report.actionsAppended)
    #expect(again.rowsAlreadyThere == report.rowsAppended)
    #expect(await office.lastPosition == last)
    #expect(try await self.digest() == digest)
    return report
  }
}

/// Files of a generator in a folder of their own.
struct GeneratedFiles {
  let folder: TemporaryDirectory
  private let names: [String]

  init(_ files: [SampleFile]) throws {
    folder = try TemporaryDirectory()
    names = files.map(\.name)
    for file in files { try write(file.name, file.text) }
  }

  /// The first file.
  var path: String { folder.file(names.first ?? "") }

  func write(_ name: String, _ text: String) throws {
    try LiveFileSystem().replaceFile(folder.file(name), with: Array(text.utf8).span)
  }

  /// Compares a file with the one that stands in `Fixtures/imports`.
  static func expectFixture(_ file: SampleFile, of kind: String) throws {
    try Golden.expect(file.text, is: "../imports/\(kind)/\(file.name)")
  }
}

/// A clinic that imports make.
func testSite(
  _ currency: Currency = .eur, _ zone: String = "Europe/Amsterdam"
) throws -> ImportSite {
  try ImportSite(
    making: ImportSite.Assumption(name: "Clinic", currency: currency, zone: zone), world: .live)
}

extension Report {
  /// The row whose `ref` is this.
  func row(_ reference: String) -> [String: Cell] {
    named.first { $0["ref"]?.words == reference } ?? [:]
  }
}
