import DaybookBytes
public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

/// What one person's line of a payroll run is worked out from.
public struct PayrollSource: Hashable, Sendable {
  /// Time of a day at a clinic.
  public struct Time: Hashable, Sendable {
    /// The civil day on which it began.
    public var day: Day
    /// Where.
    public var clinic: ClinicID
    /// How much, in seconds.
    public var seconds: UInt32

    /// Time of a day at a clinic.
    public init(_ day: Day, at clinic: ClinicID, seconds: UInt32) {
      self.day = day
      self.clinic = clinic
      self.seconds = seconds
    }
  }

  /// Who.
  public var staff: StaffID
  /// The clinic whose payroll it is.
  public var clinic: ClinicID
  /// The first day of the run.
  public var from: Day
  /// The last day of the run.
  public var to: Day
  /// The contract.
  public var engagement: Engagement
  /// All time, at all clinics, from the Monday of the first week to the last day, in order of time.
  public private(set) var times: [Time] = []
  /// The absences that hold and touch the run, in order of time.
  public private(set) var absences: [AbsenceSpan] = []
  /// Commission earned at the clinic up to the last day and not settled, in minor units.
  public var commission: Int64 = 0

  /// A source without time, absence and commission.
  public init(
    _ staff: StaffID, at clinic: ClinicID, from: Day, to: Day, _ engagement: Engagement
  ) {
    self.staff = staff
    self.clinic = clinic
    self.from = from
    self.to = to
    self.engagement = engagement
  }

  /// Takes all time in, whatever the order.
  public mutating func take(_ times: [Time]) {
    self.times = times.sorted {
      ($0.day, $0.clinic, $0.seconds) < ($1.day, $1.clinic, $1.seconds)
    }
  }

  /// Takes the absences in, whatever the order.
  public mutating func take(_ absences: [AbsenceSpan]) {
    self.absences = absences.sorted {
      ($0.from, $0.to, $0.type.rawValue, $0.seconds) < (
        $1.from, $1.to, $1.type.rawValue, $1.seconds
      )
    }
  }

  /// The first day whose time matters: overtime is that of whole weeks.
  public var firstDay: Day { WorkWeek.first(of: from) }

  /// The terms that the run goes by: those of its last day, or of the contract's.
  public var terms: ContractTerms {
    engagement.terms(on: min(to, engagement.lastDay ?? to))
  }

  /// Whether the clinic's run has to do with the person: the contract knows the clinic on one of the
  /// days, or there is time or commission of theirs at it.
  public var concernsClinic: Bool {
    commission != 0 || times.contains { $0.clinic == clinic }
      || engagement.stretches(from: from, to: to).contains { $0.terms.clinics.contains(clinic) }
  }

  /// The digest of all that several lines are worked out from: 16 bytes.
  ///
  /// It stands in the log: its form is never changed.
  public static func digest(of sources: [PayrollSource]) -> [UInt8] {
    var writer = ByteWriter(capacity: 4096)
    for source in sources { source.append(to: &writer) }
    let hash = writer.withSpan { SHA256.hash($0) }
    var bytes = ByteWriter(capacity: 32)
    hash.append(to: &bytes)
    return Array(bytes.bytes.prefix(16))
  }

  private func append(to writer: inout ByteWriter) {
    staff.store(to: &writer)
    clinic.store(to: &writer)
    from.store(to: &writer)
    to.store(to: &writer)
    for version in engagement.versions {
      version.from.store(to: &writer)
      append(version.terms, to: &writer)
    }
    writer.append(0xff)
    engagement.lastDay.store(to: &writer)
    for time in times {
      time.day.store(to: &writer)
      time.clinic.store(to: &writer)
      time.seconds.store(to: &writer)
    }
    writer.append(0xff)
    for absence in absences {
      absence.type.store(to: &writer)
      absence.from.store(to: &writer)
      absence.to.store(to: &writer)
      absence.seconds.store(to: &writer)
    }
    commission.store(to: &writer)
  }

  private func append(_ terms: ContractTerms, to writer: inout ByteWriter) {
    terms.contract.store(to: &writer)
    terms.home.store(to: &writer)
    terms.weekSeconds.store(to: &writer)
    terms.payBasis.store(to: &writer)
    terms.payRate.store(to: &writer)
    terms.leaveDays.store(to: &writer)
    terms.overtimePremium.store(to: &writer)
  }
}
