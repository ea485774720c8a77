import Daybook
import DaybookBytes

/// Bank statements of the history up to a month before its end, taken into the read models behind it: a
/// line for each payment by the bank. The clinic of the history never reads one.
///
/// - Returns: How many lines there are.
func readBankStatements(into host: ProjectionHost) throws -> Int {
  let view: Snapshot<AccountingModel> = host.snapshot()
  guard let last = view.model.latestFactDay() else { return 0 }
  let read = Day(daysSince1970: last.daysSince1970 - 29)
  var lines: [BankLineReconciled] = []
  view.model.forEachPosting { posting in
    guard posting.account.code == "1100", posting.day < read else { return }
    var line = BankLineReconciled()
    line.bankAccount = BankAccountID(1)
    line.line = "\(lines.count + 1)"
    line.date = posting.day
    line.amount = posting.amount
    line.matches = [BankMatch(.booked(posting.position), posting.amount)]
    lines.append(line)
  }
  var previous = Position.start
  for (index, line) in lines.enumerated() {
    var header = RecordHeader()
    header.position = host.position.next
    header.stream = StreamID(.bankAccount, 1)
    header.version = UInt64(index) + 1
    header.previous = previous
    header.family = BankLineReconciled.Tag.family
    header.tag = BankLineReconciled.tag.rawValue
    header.clinic = 1
    header.effective = try Moment(last)
    previous = header.position
    let payload = try line.encoded(
      base: header.effective.instant, currency: view.model.currency(ofClinic: 1))
    try withReader(of: payload) {
      try host.apply(RecordView(header: header, payload: $0))
    }
  }
  return lines.count
}
