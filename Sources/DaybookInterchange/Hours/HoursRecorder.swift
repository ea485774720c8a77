import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records the hours of facilities row by row; each facility is a clinic of the book.
final class HoursRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  private let site: ImportSite
  private let recorder: Recorder
  private let tally: ImportTally
  private let file: String
  private var facilities: [String: ClinicID?] = [:]

  init(_ site: ImportSite, _ recorder: Recorder, file: String) {
    self.site = site
    self.recorder = recorder
    tally = recorder.tally
    self.file = file
  }

  /// Records a day of a facility: all of its totals in one action.
  func record(_ row: HoursRow) async throws {
    let place = RowPlace(file, row: row.row)
    let key = row.number.isEmpty ? "\(row.name)/\(row.city)/\(row.state)" : row.number
    var totals: [RoleHours] = []
    for part in row.parts {
      if part.employees > 0 {
        totals.append(RoleHours(part.role, .employee, seconds: part.employees))
      }
      if part.contractors > 0 {
        totals.append(RoleHours(part.role, .contractor, seconds: part.contractors))
      }
      let sum = Int(part.employees) + Int(part.contractors)
      if let total = part.total, Int(total) != sum {
        tally.found(
          .unbalanced, "Hrs_\(part.role)",
          "\(total) s are not the \(part.employees) s of employees and the \(part.contractors) s "
            + "of contractors, which are recorded", at: place)
      }
    }
    guard let clinic = try await facility(key, row, place), let one = totals.first else { return }
    var command = RecordHours()
    command.day = row.day
    command.role = one.role
    command.contract = one.contract
    command.seconds = one.seconds
    command.source = "import"
    command.further = Few(totals.dropFirst())
    _ = try await recorder.submit(
      command,
      Recorder.Source(
        reference: Importer.reference("hours", key, "\(row.day)"), place: place),
      clinic: clinic, effective: site.instant(row.day))
  }

  private func facility(
    _ key: String, _ row: HoursRow, _ place: RowPlace
  ) async throws -> ClinicID? {
    if let known = facilities[key] {
      if known == nil {
        try tally.refuse(
          place, unknown: "the facility \(CSVError.shortened(row.name)) was refused above")
      }
      return known
    }
    let receipt = try await recorder.submit(
      site.definition(named: row.name),
      Recorder.Source(
        reference: Importer.reference("hours/facilities", key), place: place, rows: 0),
      effective: site.instant(row.day), other: .found)
    let clinic = receipt?.first(.clinic).map { ClinicID($0) }
    facilities.updateValue(clinic, forKey: key)
    return clinic
  }
}
