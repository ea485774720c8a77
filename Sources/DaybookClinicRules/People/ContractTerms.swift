public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// On what terms somebody works, as far as time and pay depend on them.
public struct ContractTerms: Hashable, Sendable {
  /// What sort of contract it is.
  public var contract = ContractType.unspecified
  /// Where the person works; the first is the home clinic.
  public var clinics: Few<ClinicID> = []
  /// Agreed working time of a week, in seconds; 0 where none is agreed.
  public var weekSeconds: UInt32 = 0
  /// What the rate of pay is for.
  public var payBasis = PayBasis.unspecified
  /// The rate of pay.
  public var payRate = UnitPrice()
  /// Days of paid leave a year.
  public var leaveDays = Quantity.zero
  /// What an hour beyond the agreed week is paid on top of the rate.
  public var overtimePremium = Rate.zero

  /// No terms.
  public init() {}

  /// The terms at the hiring.
  public init(_ hired: StaffHired) {
    contract = hired.contract
    clinics = hired.clinics
    weekSeconds = hired.weekSeconds
    payBasis = hired.payBasis
    payRate = hired.payRate
    leaveDays = hired.leaveDays
    overtimePremium = hired.overtimePremium
  }

  /// The terms after an amendment.
  public init(_ amended: ContractAmended) {
    contract = amended.contract
    clinics = amended.clinics
    weekSeconds = amended.weekSeconds
    payBasis = amended.payBasis
    payRate = amended.payRate
    leaveDays = amended.leaveDays
    overtimePremium = amended.overtimePremium
  }

  /// The clinic that pays a salary, leave and overtime.
  public var home: ClinicID { clinics.first ?? ClinicID() }

  /// A working day, in seconds: a fifth of the agreed week.
  public var daySeconds: Int64 { Int64(weekSeconds) / 5 }
}

/// Somebody's contract over the years: the terms from each day on, and the last day.
public struct Engagement: Hashable, Sendable {
  /// Terms with the first day on which they hold.
  public struct Version: Hashable, Sendable {
    /// The first day.
    public var from: Day
    /// The terms.
    public var terms: ContractTerms
  }

  /// The terms in order of their first days; the first are those of the hiring.
  public private(set) var versions: [Version]
  /// The last day of the contract; nil while none is known.
  public var lastDay: Day?

  /// What was agreed at the hiring.
  public init(_ hired: StaffHired) { self.init(ContractTerms(hired), from: hired.start) }

  /// A contract on these terms.
  public init(_ terms: ContractTerms, from start: Day) {
    versions = [Version(from: start, terms: terms)]
  }

  /// The first day of the contract.
  public var start: Day { versions[0].from }

  /// Takes an amendment in; of two from the same day the later one said holds.
  public mutating func amend(_ event: ContractAmended) {
    amend(ContractTerms(event), from: event.from)
  }

  /// Takes terms in that hold from a day on.
  public mutating func amend(_ terms: ContractTerms, from day: Day) {
    let version = Version(from: day, terms: terms)
    let index = versions.firstIndex { $0.from > day } ?? versions.endIndex
    if index > 0, versions[index - 1].from == day {
      versions[index - 1] = version
    } else {
      versions.insert(version, at: index)
    }
  }

  /// Whether the contract covers the day.
  public func covers(_ day: Day) -> Bool { day >= start && lastDay.map { day <= $0 } ?? true }

  /// The terms of a day; before the first day those of the hiring, after the last one the last ones.
  public func terms(on day: Day) -> ContractTerms {
    (versions.last { $0.from <= day } ?? versions[0]).terms
  }

  /// The stretches of days within `from` and `to`, both inclusive, on which one set of terms holds.
  public func stretches(from: Day, to: Day) -> [(from: Day, to: Day, terms: ContractTerms)] {
    var stretches: [(from: Day, to: Day, terms: ContractTerms)] = []
    for (index, version) in versions.enumerated() {
      let first = max(from, version.from)
      var last = min(to, lastDay ?? to)
      if index + 1 < versions.count {
        last = min(last, Day(daysSince1970: versions[index + 1].from.daysSince1970 &- 1))
      }
      if first <= last { stretches.append((first, last, version.terms)) }
    }
    return stretches
  }
}

// Kept by the Desk and by the department alike.
extension ContractTerms: StoredRecord {
  /// No terms.
  public static var blank: ContractTerms { ContractTerms() }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&contract)
    try fields.visit(&clinics)
    try fields.visit(&weekSeconds)
    try fields.visit(&payBasis)
    try fields.visit(&payRate)
    try fields.visit(&leaveDays)
    try fields.visit(&overtimePremium)
  }
}

extension Engagement.Version: StoredRecord {
  /// No terms.
  public static var blank: Engagement.Version {
    Engagement.Version(from: .blank, terms: .blank)
  }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&from)
    try fields.visit(&terms)
  }
}

extension Engagement: StoredRecord {
  /// Nobody's contract.
  public static var blank: Engagement { Engagement(StaffHired()) }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&versions)
    try fields.visit(&lastDay)
  }

  /// There are always the terms of the hiring.
  public var isSound: Bool { !versions.isEmpty }
}
