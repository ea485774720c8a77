import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

// What people are paid, and what is paid to the state for them.
extension BusinessLife {
  private static let tax = Rate(basisPoints: 1_500)
  private static let employeeShare = Rate(basisPoints: 635)
  private static let employerShare = Rate(basisPoints: 3_050)

  /// Plans the payroll of the month before on the first days of a month.
  mutating func planPayroll() {
    if monthWorkdays == 1, day.firstOfMonth > firstDay {
      plan(at: LifeCalendar.at(10, 30)) { life, state in life.approvePayroll(state) }
    }
    if monthWorkdays == 12 {
      plan(at: LifeCalendar.at(11, 40)) { life, _ in life.payState() }
    }
  }

  private mutating func approvePayroll(_ state: DeskState) -> [Deed] {
    let to = day.firstOfMonth.advanced(by: -1)
    let from = to.firstOfMonth
    let sources = state.people.payrollSources(at: ClinicID(1), from: from, to: to)
    let lines = sources.compactMap { Self.line($0) }
    guard !lines.isEmpty else { return [] }
    let approver = approver
    let approve = ApprovePayroll.with {
      $0.from = from
      $0.to = to
      $0.lines = Few(lines)
      $0.position = state.periods.lastPosition
      $0.approver = approver
    }
    let sum = lines.reduce(0) { $0 + $1.net.minorUnits }
    let deed = Deed(
      bookkeeper, .payroll, approve,
      "settles the payroll of \(from.monthOf): \(lines.count) people, \(Self.money(sum)) to pay"
    ) { life, state in
      let run = PayrollRunID(UInt64(state.people.runs.count))
      for line in lines { life.books.owe(line) }
      life.plan(on: life.day.advanced(by: 1), at: LifeCalendar.at(11, 15)) { life, _ in
        lines.flatMap { life.payWage($0, run) }
      }
    }
    return [deed]
  }

  /// The line of one person with what is withheld; nil where there is nothing to pay.
  private static func line(_ source: PayrollSource) -> PayrollLine? {
    guard var line = try? PayrollRules.line(source, in: .eur) else { return nil }
    if line.components.isEmpty, line.commission.isZero, line.seconds == 0 { return nil }
    guard line.contract == .employee else { return line }
    let gross = line.components.reduce(line.commission.minorUnits) { $0 + $1.amount.minorUnits }
    for (code, type, rate) in [
      ("tax", ComponentType.taxWithheld, tax), ("social", .employeeShare, employeeShare),
      ("employer", .employerShare, employerShare),
    ] {
      let base = Amount(minorUnits: max(0, gross))
      guard let amount = try? base.applying(rate), amount.isPositive else { continue }
      line.components.append(
        PayrollComponent(code, type, at: source.clinic, amount, base: base))
    }
    guard let net = try? PayrollRules.net(of: line) else { return nil }
    line.net = Amount(minorUnits: net)
    return line
  }

  private mutating func payWage(_ line: PayrollLine, _ run: PayrollRunID) -> [Deed] {
    guard line.net.isPositive else { return [] }
    let approver = approver
    let pay = MakePayment.with {
      $0.to = .staff(line.staff)
      $0.amount = line.net
      $0.settles = [PaidItem(.payrollLine(PayrollItem(run, line.staff)), line.net)]
      $0.approver = approver
    }
    let name = staff.workers[Int(line.staff.number) - 1].name
    return [
      Deed(bookkeeper, .accountant, pay, "pays \(name) \(Self.money(line.net.minorUnits))") {
        life, state in life.noteBankPayment(state)
      }
    ]
  }

  /// Tax and social security that were withheld, to the offices that get them.
  private mutating func payState() -> [Deed] {
    var deeds: [Deed] = []
    for (party, account, amount) in [
      (books.taxOffice, "2310", books.withheld), (books.socialOffice, "2320", books.social),
    ] where amount > 0 {
      let approver = approver
      let pay = MakePayment.with {
        $0.to = .party(party)
        $0.amount = Self.amount(amount)
        $0.settles = [PaidItem(.account(account), Self.amount(amount))]
        $0.approver = approver
      }
      let name = account == "2310" ? "the tax office" : "social security"
      deeds.append(
        Deed(bookkeeper, .accountant, pay, "pays \(name) \(Self.money(amount))") { life, state in
          life.noteBankPayment(state)
        })
    }
    books.withheld = 0
    books.social = 0
    return deeds
  }
}

extension LifeBooks {
  /// Notes what a line of the payroll leaves to be paid to the state.
  mutating func owe(_ line: PayrollLine) {
    for component in line.components {
      let amount = component.amount.minorUnits
      switch component.type {
      case .taxWithheld: withheld += amount
      case .employeeShare, .employerShare: social += amount
      case .earning, .advanceRepaid, .unspecified: break
      }
    }
    if line.contract == .contractor, line.commission.isPositive {
      commissions.append(Commission(staff: line.staff, amount: line.commission.minorUnits))
    }
  }
}
