import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What parties have deposited and what of their payments settles nothing, document by document, on
  /// D as known at S: it sums to the accounts of deposits and of credits.
  ///
  /// `received` is what the document left unapplied, now or once; `applied` what of it has since
  /// settled something or was paid back, less what has come back of that.
  ///
  /// - Parameter form: What they are summed up by, and the only values of those: dimensions of
  ///   `GroupedReport.credits`.
  public static func credits(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, form: RowForm = RowForm()
  ) -> Report {
    let scope = Scope(view, query)
    let plain = scope.report(
      "credits", "Deposits and credits",
      [
        Column("party", .identifier), Column("ref", .text), Column("kind", .text),
        Column("account", .identifier), Column("document", .identifier), Column("date", .day),
        Column("received", .amount), Column("applied", .amount), Column("open", .amount),
      ])
    var rows = GroupedRows(
      plain, form, sums: ["received", "applied", "open"], figure: "open", scope)
    let items = OpenItems(scope)
    for line in CreditLine.lines(items) {
      let account = scope.model.chart.accounts[Int(line.account)]
      let words: [Cell] = [
        .identifier(account.code), .identifier(DocumentNames.name(line.document)),
        .day(Day(daysSince1970: line.day)),
      ]
      let amounts: [Cell] = [line.received, line.applied, line.open].map {
        .amount(Amount(minorUnits: $0, line.currency))
      }
      rows.append(
        { scope.key($0, line) }, scope.cellsAndKind(line.party) + words + amounts)
    }
    var report = rows.finished()
    report.footer = scope.footer([.credit], items)
    return report
  }
}

extension Scope {
  fileprivate func key(_ dimension: ReportDimension, _ line: CreditLine) -> GroupKey {
    switch dimension {
    case .party: GroupKey(line.party.rawValue)
    case .payer: GroupKey(line.party.party?.number ?? 0)
    case .account: key(ofAccount: line.account)
    case .clinic: GroupKey(model.slots.number(line.clinic))
    case .month: GroupKey(monthOf: line.day)
    default: .none
    }
  }
}

/// What one document left to a party, on one of the accounts.
struct CreditLine {
  let party: PartyKey
  let account: UInt16
  let document: DocumentKey
  /// The clinic's index among the clinics.
  let clinic: UInt16
  let currency: Currency
  var day: Int32
  var received: Int64 = 0
  var applied: Int64 = 0

  var open: Int64 { received - applied }

  /// The documents of which anything is left, by party, account and day.
  static func lines(_ items: OpenItems) -> [CreditLine] {
    var lines: [CreditLine] = []
    items.forEach([.credit]) { item in
      var own: [CreditLine] = []
      _ = items.replayed(item.place, item.others) { row, _ in
        let place = own.firstIndex { $0.account == row.account } ?? own.count
        if place == own.count {
          own.append(
            CreditLine(
              party: item.party, account: row.account, document: item.key.document,
              clinic: item.clinic, currency: items.scope.currency(item.clinic), day: row.day))
        }
        own[place].day = min(own[place].day, row.day)
        if row.amount < 0 {
          // Of what was applied comes back first what is taken off again.
          let back = min(-row.amount, own[place].applied)
          own[place].applied -= back
          own[place].received -= row.amount + back
        } else {
          own[place].applied += row.amount
        }
      }
      lines += own.filter { $0.open != 0 }
    }
    return lines.sorted {
      ($0.party, $0.account, $0.day, $0.document.rawValue)
        < ($1.party, $1.account, $1.day, $1.document.rawValue)
    }
  }
}
