public import DaybookClinicEvents
public import DaybookEvents
import DaybookValues
public import DaybookWorld

/// Civil time as a clinic's definition carries it, so that replay asks no table.
public enum ClinicZone {
  private static let yearsAhead = 20

  /// The offsets of `zone` from 1970 to the end of the twentieth year from now; the first has no
  /// beginning.
  ///
  /// - Throws: `TimeZoneError` for a zone that the machine does not know.
  public static func transitions(
    of zone: String, in world: World
  ) throws(TimeZoneError) -> Few<ZoneTransition> {
    let year = Moment(world.clock.now()).day.year + yearsAhead
    let through = (try? Day(year: year, month: 12, day: 31)) ?? .max
    let found = try world.zones.transitions(of: zone, from: Day(daysSince1970: 0), through: through)
    // The first offset has always been, as far as books go.
    return Few(
      found.enumerated().map { index, change in
        ZoneTransition(at: index == 0 ? nil : change.at, offset: change.offset)
      })
  }
}
