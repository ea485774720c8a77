import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// What the lines of one supplier's invoice ask for of commission, person by person.
///
/// Source: BOOKS section 2, contractor's commission invoiced.
struct InvoicedCommission {
  /// The date of the invoice.
  private let day: Day
  // Minor units that the lines so far have asked for.
  private var asked: [StaffID: Int64] = [:]
  private var askedOfRuns: [PayrollItem: Int64] = [:]

  init(on day: Day) { self.day = day }

  /// A line on commission payable names a person, and asks for what that person is owed; or gives back
  /// what was invoiced. No other line names one.
  mutating func check(
    _ line: InvoicedLine, _ net: Int64, _ state: DeskState, _ review: inout Review
  ) {
    let payable = state.catalogue.ownCode("2330")
    guard line.account.trimmed == payable else {
      if line.staff != nil || line.run != nil {
        review.refuse(PurchasingRefusal.noCommission(payable), "lines.staff")
      }
      return
    }
    guard let staff = line.staff else {
      review.refuse(PurchasingRefusal.whoseCommission(payable), "lines.staff")
      return
    }
    guard review.known(staff, in: state.people.members, "lines.staff") != nil else { return }
    let left = state.commissionToInvoice(of: staff, on: day, in: review.clinic?.currency)
    let sum = asked[staff, default: 0].addingReportingOverflow(net).partialValue
    asked[staff] = sum
    if sum > max(left.owed, 0) {
      review.refuse(
        PurchasingRefusal.aboveCommission(staff, owed: review.amount(max(left.owed, 0))),
        "lines.net")
    } else if sum < 0 &- left.invoiced {
      review.refuse(
        PurchasingRefusal.aboveInvoiced(staff, invoiced: review.amount(left.invoiced)),
        "lines.net")
    }
    if let run = line.run { check(PayrollItem(run, staff), net, state, &review) }
  }

  /// At most what the run stated as the person's commission, less what was invoiced of it.
  private mutating func check(
    _ item: PayrollItem, _ net: Int64, _ state: DeskState, _ review: inout Review
  ) {
    guard let run = state.purchasing.wageRuns[item.run],
      let commission = state.purchasing.commission(item), commission.stated != 0
    else {
      review.refuse(PurchasingRefusal.notOfRun(item), "lines.run")
      return
    }
    review.requireHere(run.clinic, "\(item.run)", "lines.run")
    let sum = askedOfRuns[item, default: 0].addingReportingOverflow(net).partialValue
    askedOfRuns[item] = sum
    if sum > commission.left || sum < commission.left &- commission.stated {
      review.refuse(
        PurchasingRefusal.aboveOpen(
          "the commission of \(item.staff) in \(item.run)",
          open: review.amount(commission.left)), "lines.net")
    }
  }
}

extension DeskState {
  /// What a person may still invoice of commission, at all clinics with books in that currency, and what
  /// has been invoiced: what a payroll will pay an employee is not invoiced.
  ///
  /// - Complexity: O(clinics).
  func commissionToInvoice(
    of staff: StaffID, on day: Day, in currency: Currency?
  ) -> (owed: Int64, invoiced: Int64) {
    let contract = people.members[staff]?.engagement.terms(on: day).contract
    var (owed, invoiced): (Int64, Int64) = (0, 0)
    for number in 0..<UInt64(administration.clinics.count) {
      let clinic = ClinicID(number + 1)
      guard administration.clinics[clinic]?.currency == currency else { continue }
      let account = people.commission.owed(to: staff, at: clinic)
      owed &+= account.owed
      invoiced &+= account.invoiced
      if contract != .contractor {
        owed &-= people.commission.unsettled(of: staff, at: clinic, before: .max)
      }
    }
    return (owed, invoiced)
  }
}
