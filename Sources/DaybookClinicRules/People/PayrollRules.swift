public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

/// What somebody is paid, as far as it follows from contract, time, absence and commission.
///
/// Tax and social security differ by country and are given with the run; so is pay during illness.
///
/// | component | when | amount |
/// |---|---|---|
/// | `salary` | paid by the month, at the home clinic | the rate, in proportion to the days of each month that fall in run and contract |
/// | `unpaidLeave` | the same | below zero: the hourly rate for unpaid and parental leave within the run, at most the salary |
/// | `wage` | paid by the hour | the rate for all time at the clinic |
/// | `paidLeave` | the same, at the home clinic | the rate for holidays, public holidays and trainings within the run |
/// | `overtime` | at the home clinic | for time beyond the agreed week, of weeks that end in the run: the premium where the hour itself is paid as wage, else the hourly rate and the premium |
///
/// The hourly rate of a salary is that of the contract, twelve months over 52 agreed weeks, however
/// many days somebody was there: it does not rise with an absence.
public enum PayrollRules {
  /// The codes of the components that are worked out.
  public static let codes = ["salary", "unpaidLeave", "wage", "paidLeave", "overtime"]

  /// The line of one person as it follows from the source.
  ///
  /// - Parameters:
  ///   - source: What it is worked out from.
  ///   - currency: That of the clinic.
  /// - Returns: Amounts without currency, with `net` before anything is withheld; a line without
  ///   components, time and commission where there is nothing to pay.
  /// - Throws: `.overflow`.
  public static func line(
    _ source: PayrollSource, in currency: Currency
  ) throws(ValueError) -> PayrollLine {
    let terms = source.terms
    var line = PayrollLine()
    line.staff = source.staff
    line.contract = terms.contract
    let worked = source.times.filter {
      $0.clinic == source.clinic && $0.day >= source.from && $0.day <= source.to
    }
    line.seconds = try seconds(worked.reduce(0) { $0 + Int64($1.seconds) })
    if terms.contract != .contractor {
      let isHome = terms.home == source.clinic
      if isHome { line.overtimeSeconds = try seconds(overtimeSeconds(source)) }
      let money = Money(currency: currency, clinic: source.clinic)
      if isHome { try addSalary(source, money, &line) }
      try addWage(source, worked, money, &line)
      if isHome { try addPaidLeave(source, money, &line) }
      if isHome { try addOvertime(source, money, &line) }
    }
    line.commission = Amount(minorUnits: max(0, source.commission))
    line.net = Amount(minorUnits: try net(of: line))
    return line
  }

  /// What is paid out of a line: earnings and an employee's commission less what is withheld.
  ///
  /// A contractor's commission is invoiced.
  ///
  /// - Throws: `.overflow`.
  public static func net(of line: PayrollLine) throws(ValueError) -> Int64 {
    var sum = MinorSum()
    for component in line.components {
      switch component.type {
      case .earning: sum.add(component.amount.minorUnits)
      case .taxWithheld, .employeeShare, .advanceRepaid:
        sum = MinorSum(sum.total - Int128(component.amount.minorUnits))
      case .employerShare, .unspecified: break
      }
    }
    if line.contract != .contractor { sum.add(line.commission.minorUnits) }
    return try sum.narrowed()
  }

  // MARK: - Time

  /// Time beyond the agreed week, of the weeks whose Sunday falls in the run.
  private static func overtimeSeconds(_ source: PayrollSource) -> Int64 {
    overtime(source).reduce(0) { $0 + $1.seconds }
  }

  private static func overtime(
    _ source: PayrollSource
  ) -> [(terms: ContractTerms, seconds: Int64)] {
    var weeks: [(terms: ContractTerms, seconds: Int64)] = []
    var index = source.times.startIndex
    while index < source.times.endIndex {
      let sunday = WorkWeek.last(of: source.times[index].day)
      var sum: Int64 = 0
      while index < source.times.endIndex, source.times[index].day <= sunday {
        sum += Int64(source.times[index].seconds)
        index += 1
      }
      guard sunday >= source.from, sunday <= source.to else { continue }
      let terms = source.engagement.terms(on: sunday)
      let beyond = WorkWeek.overtime(worked: sum, agreed: terms.weekSeconds)
      if beyond > 0 { weeks.append((terms, beyond)) }
    }
    return weeks
  }

  private static func seconds(_ seconds: Int64) throws(ValueError) -> UInt32 {
    guard let narrow = UInt32(exactly: seconds) else {
      throw ValueError(.overflow, subject: "seconds", text: "\(seconds)")
    }
    return narrow
  }

  // MARK: - Components

  private static func addSalary(
    _ source: PayrollSource, _ money: Money, _ line: inout PayrollLine
  ) throws(ValueError) {
    var salary: Int64 = 0
    var base = UnitPrice()
    var first = source.from
    // A month at a time: a whole one on one set of terms is the rate, to the cent.
    while first <= source.to {
      let last = min(first.lastOfMonth, source.to)
      var rates: Int128 = 0
      for stretch in source.engagement.stretches(from: first, to: last)
      where stretch.terms.payBasis == .month && stretch.terms.home == source.clinic {
        rates +=
          Int128(stretch.terms.payRate.tenThousandths)
          * Int128(stretch.to.days(since: stretch.from) + 1)
        base = stretch.terms.payRate
      }
      salary = try sum(salary, money.minor(rates, over: Int128(first.lastOfMonth.day)))
      first = Day(daysSince1970: last.daysSince1970 &+ 1)
    }
    guard salary != 0 else { return }
    let rate = try money.minor(Int128(base.tenThousandths), over: 1)
    line.components.append(money.component("salary", salary, base: rate))
    try addUnpaidLeave(source, money, atMost: salary, &line)
  }

  private static func addUnpaidLeave(
    _ source: PayrollSource, _ money: Money, atMost salary: Int64, _ line: inout PayrollLine
  ) throws(ValueError) {
    var amount: Int64 = 0
    var missed: Int64 = 0
    for absence in source.absences where absence.type == .unpaid || absence.type == .parental {
      let terms = source.engagement.terms(on: max(absence.from, source.from))
      guard terms.payBasis == .month, terms.weekSeconds > 0 else { continue }
      let seconds = absence.seconds(from: source.from, to: source.to)
      missed += seconds
      amount = try sum(amount, money.minor(hourly(terms), seconds))
    }
    guard amount > 0 else { return }
    line.components.append(
      money.component("unpaidLeave", -min(amount, salary), seconds: try seconds(missed)))
  }

  private static func addWage(
    _ source: PayrollSource, _ worked: [PayrollSource.Time], _ money: Money,
    _ line: inout PayrollLine
  ) throws(ValueError) {
    var rates: Int128 = 0
    var paid: Int64 = 0
    for time in worked {
      let terms = source.engagement.terms(on: time.day)
      guard terms.payBasis == .hour else { continue }
      rates += Int128(terms.payRate.tenThousandths) * Int128(time.seconds)
      paid += Int64(time.seconds)
    }
    guard paid > 0 else { return }
    line.components.append(
      money.component("wage", try money.minor(rates, over: 3600), seconds: try seconds(paid)))
  }

  private static func addPaidLeave(
    _ source: PayrollSource, _ money: Money, _ line: inout PayrollLine
  ) throws(ValueError) {
    var rates: Int128 = 0
    var paid: Int64 = 0
    for absence in source.absences {
      switch absence.type {
      case .holiday, .publicHoliday, .training: break
      case .sick, .unpaid, .parental, .accident, .other, .unspecified: continue
      }
      let terms = source.engagement.terms(on: max(absence.from, source.from))
      guard terms.payBasis == .hour else { continue }
      let seconds = absence.seconds(from: source.from, to: source.to)
      rates += Int128(terms.payRate.tenThousandths) * Int128(seconds)
      paid += seconds
    }
    guard paid > 0 else { return }
    line.components.append(
      money.component("paidLeave", try money.minor(rates, over: 3600), seconds: try seconds(paid)))
  }

  private static func addOvertime(
    _ source: PayrollSource, _ money: Money, _ line: inout PayrollLine
  ) throws(ValueError) {
    var amount: Int64 = 0
    for week in overtime(source) {
      let premium = Int128(week.terms.overtimePremium.basisPoints)
      let share = week.terms.payBasis == .month ? 10_000 + premium : premium
      var rate = hourly(week.terms)
      rate.dividend *= share
      rate.divisor *= 10_000
      amount = try sum(amount, money.minor(rate, week.seconds))
    }
    guard amount != 0 else { return }
    line.components.append(
      money.component("overtime", amount, seconds: line.overtimeSeconds))
  }

  // MARK: - Money

  /// Ten-thousandths of the currency's unit for a second, as a fraction.
  private typealias SecondRate = (dividend: Int128, divisor: Int128)

  /// What a second is worth by the contract.
  private static func hourly(_ terms: ContractTerms) -> SecondRate {
    let rate = Int128(terms.payRate.tenThousandths)
    switch terms.payBasis {
    case .hour: return (rate, 3600)
    case .month: return (rate * 12, 52 * Int128(max(1, terms.weekSeconds)))
    case .unspecified: return (0, 1)
    }
  }

  private static func sum(_ left: Int64, _ right: Int64) throws(ValueError) -> Int64 {
    try MinorSum(Int128(left)).adding(right).narrowed()
  }

  /// Amounts of the run's clinic.
  private struct Money {
    var currency: Currency
    var clinic: ClinicID

    /// Ten-thousandths of the unit over a divisor, in minor units, rounded once, half away from zero.
    func minor(_ tenThousandths: Int128, over divisor: Int128) throws(ValueError) -> Int64 {
      var scale: Int128 = 1
      for _ in 0..<currency.exponent { scale *= 10 }
      let (product, tooLarge) = tenThousandths.multipliedReportingOverflow(by: scale)
      if tooLarge {
        throw ValueError(.overflow, subject: "pay", text: "\(tenThousandths) / \(divisor)")
      }
      return try Rounding.narrowed(
        try Rounding.halfAwayFromZero(product, dividedBy: divisor * 10_000), subject: "pay")
    }

    func minor(_ rate: SecondRate, _ seconds: Int64) throws(ValueError) -> Int64 {
      let (product, tooLarge) = rate.dividend.multipliedReportingOverflow(by: Int128(seconds))
      if tooLarge { throw ValueError(.overflow, subject: "pay", text: "\(rate.dividend)") }
      return try minor(product, over: rate.divisor)
    }

    func component(
      _ code: String, _ amount: Int64, base: Int64 = 0, seconds: UInt32 = 0
    ) -> PayrollComponent {
      PayrollComponent(
        code, .earning, at: clinic, Amount(minorUnits: amount), base: Amount(minorUnits: base),
        seconds: seconds)
    }
  }
}
