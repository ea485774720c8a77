public import DaybookClinicEvents
public import DaybookDesk
public import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// The clinic that a file tells of, which leaves open where, in which currency and in which zone.
///
/// It is a clinic of the book; where the book has none, the import makes it, as a stated assumption.
public struct ImportSite: Sendable {
  /// What is assumed of a clinic that the import makes, unless somebody says otherwise.
  public struct Assumption: Hashable, Sendable {
    /// The name of the clinic.
    public var name: String
    /// The currency of its books.
    public var currency: Currency
    /// Its zone's name in the time zone database: `Europe/London`.
    public var zone: String

    /// An assumption.
    public init(name: String, currency: Currency, zone: String) {
      self.name = name
      self.currency = currency
      self.zone = zone
    }
  }

  /// The clinic; nil where the import makes it.
  public let clinic: ClinicID?
  /// The name that a clinic gets which the import makes.
  public let name: String
  /// The currency of its books.
  public let currency: Currency
  /// Its zone's name in the time zone database.
  public let zone: String
  /// The zone's offsets, ascending; the first has no beginning.
  public let transitions: Few<ZoneTransition>
  /// The codes of the built-in accounts in a country's chart.
  private let catalogue: CatalogueState?

  /// A clinic that the import makes.
  ///
  /// - Throws: `TimeZoneError` for a zone that the machine does not know.
  public init(making assumed: Assumption, world: World) throws(TimeZoneError) {
    clinic = nil
    name = assumed.name
    currency = assumed.currency
    zone = assumed.zone
    transitions = try ClinicZone.transitions(of: assumed.zone, in: world)
    catalogue = nil
  }

  /// A clinic of the book; nil where it has none of that number.
  public init?(_ clinic: ClinicID, in state: DeskState) {
    guard let known = state.administration.clinics[clinic] else { return nil }
    self.clinic = clinic
    name = ""
    currency = known.currency
    zone = known.timeZone
    transitions = known.transitions
    catalogue = state.catalogue
  }

  /// The code by which the book knows the built-in account `builtIn`: in a country's chart another.
  func account(_ builtIn: String) -> String { catalogue?.ownCode(builtIn) ?? builtIn }

  // MARK: - Civil time

  /// When the clinic's clock showed `millisecond` of `day`.
  ///
  /// An hour that the clock shows twice is the first of the two; one that it skips is as far behind
  /// the last before it as it says.
  public func instant(_ day: Day, millisecond: Int64 = 0) -> Instant {
    let local = Int64(day.daysSince1970) * 86_400_000 + millisecond
    let before = milliseconds(at: Instant(milliseconds: local - 86_400_000))
    if milliseconds(at: Instant(milliseconds: local - before)) == before {
      return Instant(milliseconds: local - before)
    }
    let after = milliseconds(at: Instant(milliseconds: local + 86_400_000))
    let late = Instant(milliseconds: local - after)
    return milliseconds(at: late) == after ? late : Instant(milliseconds: local - before)
  }

  /// `instant` on the clinic's clock.
  public func moment(_ instant: Instant) -> Moment {
    Moment(instant, offset(at: instant))
  }

  private func milliseconds(at instant: Instant) -> Int64 {
    Int64(offset(at: instant).seconds) * 1_000
  }

  private func offset(at instant: Instant) -> UTCOffset {
    var low = 0
    var high = transitions.count
    // The last transition that is not after the instant.
    while high - low > 1 {
      let middle = (low + high) / 2
      if let at = transitions[middle].at, at > instant { high = middle } else { low = middle }
    }
    return transitions.isEmpty ? .utc : transitions[low].offset
  }
}
