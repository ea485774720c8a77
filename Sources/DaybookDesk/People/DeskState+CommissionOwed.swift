import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// What commission payable owes each person, by the events of accounting that change it; with a sign of
// -1, the state without them.
extension DeskState {
  /// What was open of commission when the books began.
  mutating func takeCommission(
    of posted: JournalPosted, _ header: RecordHeader, sign: Int64 = 1
  ) throws(WireError) {
    for line in posted.lines where isCommission(line.account) {
      guard case .staff(let staff) = line.party else { continue }
      let amount = line.credit.minorUnits &- line.debit.minorUnits
      try people.commission.owe(
        sign &* amount, to: staff, at: line.clinic ?? ClinicID(header.clinic))
    }
  }

  /// What an invoice asks for. A line that names nobody was written before a line could.
  mutating func takeCommission(
    of invoice: SupplierInvoiceRecorded, _ header: RecordHeader, sign: Int64 = 1
  ) throws(WireError) {
    for line in invoice.lines {
      guard let staff = line.staff else { continue }
      let amount = sign &* line.net.minorUnits
      try people.commission.owe(
        0 &- amount, to: staff, at: ClinicID(header.clinic), invoiced: amount)
    }
  }

  /// What is paid of commission that was open when the books began.
  mutating func takeCommission(
    of made: PaymentMade, _ header: RecordHeader, sign: Int64 = 1
  ) throws(WireError) {
    guard case .staff(let staff) = made.to else { return }
    for paid in made.settles {
      guard case .opening(let item) = paid.item, isCommission(item.account) else { continue }
      try people.commission.owe(
        0 &- sign &* paid.amount.minorUnits, to: staff, at: ClinicID(header.clinic))
    }
  }

  private func isCommission(_ account: String) -> Bool { catalogue.builtInCode(account) == "2330" }
}
