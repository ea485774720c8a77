import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookValues

extension ActionRecorder {
  /// The clinic of `site`; where the book has none it is made, as of the day of the first row.
  ///
  /// - Parameters:
  ///   - instant: When something first happened there, as far as the file has told.
  ///   - place: The row that tells of it.
  /// - Throws: `ImportStopped` where the clinic is refused: nothing can be recorded then.
  func clinic(
    of site: ImportSite, since instant: Instant, _ place: RowPlace
  ) async throws -> ClinicID {
    if let known = site.clinic { return known }
    var command = DefineClinic()
    command.name = site.name
    command.timeZone = site.zone
    command.transitions = site.transitions
    command.currency = site.currency
    command.fiscalYearStartMonth = 1
    let receipt = try await submit(
      command, Source(reference: "clinic", place: place, rows: 0),
      effective: site.instant(site.moment(instant).day))
    guard let number = receipt?.first(.clinic) else { throw ImportStopped() }
    return ClinicID(number)
  }
}
