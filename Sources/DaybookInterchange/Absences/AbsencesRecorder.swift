import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records absences row by row, each on the next days that its worker has free.
final class AbsencesRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  private struct Worker {
    var staff: StaffID?
    /// The first day of the year that no row has taken.
    var free: Day
    var rows = 0
  }

  private let site: ImportSite
  private let recorder: Recorder
  private let tally: ImportTally
  private let year: Int
  private let first: Day
  private let file: String
  private var knownClinic: ClinicID?
  private var workers: [String: Worker] = [:]

  init(
    _ site: ImportSite, _ recorder: Recorder, year: Int, file: String
  ) throws(ValueError) {
    self.site = site
    self.recorder = recorder
    tally = recorder.tally
    self.year = year
    self.file = file
    first = try Day(year: year, month: 1, day: 1)
  }

  /// Records one absence. A row that is refused has taken its days all the same, so that the
  /// others are on the same ones once it is mended.
  func record(_ row: AbsenceFileRow) async throws {
    let place = RowPlace(file, row: row.row)
    let clinic = try await self.clinic(place)
    var worker: Worker
    if let known = workers[row.worker] {
      worker = known
      if worker.staff == nil {
        try tally.refuse(
          place, unknown: "the worker \(CSVError.shortened(row.worker)) was refused above")
      }
    } else {
      worker = Worker(staff: try await hire(row.worker, clinic, place), free: first)
    }
    let days = max(
      1, (Int(row.seconds) + AbsencesImport.workdaySeconds - 1) / AbsencesImport.workdaySeconds)
    var command = RecordAbsence()
    command.staff = worker.staff
    command.type = row.type
    command.from = worker.free
    command.to = worker.free.advanced(by: days - 1)
    command.seconds = row.seconds
    worker.rows += 1
    worker.free = worker.free.advanced(by: days)
    workers[row.worker] = worker
    guard worker.staff != nil else { return }
    _ = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference("absences", "\(year)", row.worker, "\(worker.rows)"),
        place: place),
      clinic: clinic, effective: site.instant(command.from))
  }

  private func hire(
    _ id: String, _ clinic: ClinicID, _ place: RowPlace
  ) async throws -> StaffID? {
    var command = HireStaff()
    command.person.name = "Worker \(id)"
    command.clinics = [clinic]
    command.contract = .employee
    // The file does not say since when: before any year that may be stated.
    command.start = try Day(year: 1_900, month: 1, day: 1)
    let receipt = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference("absences/workers", id), place: place, rows: 0),
      effective: site.instant(first))
    return receipt?.first(.staff).map { StaffID($0) }
  }

  private func clinic(_ place: RowPlace) async throws -> ClinicID {
    if let knownClinic { return knownClinic }
    let known = try await recorder.clinic(of: site, since: site.instant(first), place)
    knownClinic = known
    return known
  }
}
