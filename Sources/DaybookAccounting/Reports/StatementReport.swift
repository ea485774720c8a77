public import DaybookClinicEvents
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// What was charged to a patient, who paid, and what the patient still owes.
  ///
  /// `balance` is the patient's own debt less credit and deposits, without what payers owe; that is
  /// `payerOpen`. From row to row, balance and payerOpen together grow by charge and fall by payerPaid,
  /// patientPaid and adjusted; a transfer moves from one to the other.
  public static func statement(
    of patient: PatientID, _ view: AccountingView, _ query: AccountingQuery
  ) -> Report {
    let scope = Scope(view, query)
    let patient = scope.model.current(patient, at: scope.position)
    var report = scope.report(
      "statement", "Statement of \(patient)",
      [
        Column("date", .day), Column("position", .position), Column("event", .text),
        Column("document", .identifier), Column("charge", .amount), Column("payerPaid", .amount),
        Column("patientPaid", .amount), Column("adjusted", .amount), Column("balance", .amount),
        Column("payerOpen", .amount),
      ])
    if let key = PartyKey(patient) {
      report.notes = [scope.cells(key)[1]].compactMap {
        if case .text(let reference) = $0, !reference.isEmpty { "ref \(reference)" } else { nil }
      }
    }
    var lines = StatementLines(scope, patient)
    scope.forEachPosting { row, first in lines.add(row, first) }
    var debits = CurrencySum()
    for line in lines.sorted() {
      debits.add(line.charge, line.currency)
      let amounts = [
        line.charge, line.payerPaid, line.patientPaid, line.adjusted, line.balance, line.payerOpen,
      ]
      let heading: [Cell] =
        line.isOpening
        ? [.day(query.from), .empty, .text("opening"), .empty]
        : [
          .day(Day(daysSince1970: line.day)), .position(line.position),
          .text(line.event), .identifier(DocumentNames.name(line.document)),
        ]
      report.append(
        heading
          + amounts.enumerated().map { index, minorUnits in
            line.isOpening && index < 4
              ? .empty : .amount(Amount(minorUnits: minorUnits, line.currency))
          })
    }
    report.total("charge", "payerPaid", "patientPaid", "adjusted")
    if let last = report.rows.last, lines.hasOneCurrency {
      report.setTotal("balance", last[8])
      report.setTotal("payerOpen", last[9])
    }
    report.footer = scope.footer(
      entries: report.rows.filter { $0[1] != .empty }.count, debits: debits)
    return report
  }
}

/// The entries that concern one patient, summed up to a line each.
private struct StatementLines {
  struct Line {
    var currency: Currency
    var day: Int32 = 0
    var position = Position.start
    var event = ""
    var document = DocumentKey()
    var charge: Int64 = 0
    var payerPaid: Int64 = 0
    var patientPaid: Int64 = 0
    var adjusted: Int64 = 0
    /// First what the entry adds, then what there is after it.
    var balance: Int64 = 0
    var payerOpen: Int64 = 0
    var isOpening = false

    /// Whether the entry leaves the patient's figures as they are.
    var isNothing: Bool {
      charge == 0 && payerPaid == 0 && patientPaid == 0 && adjusted == 0 && balance == 0
        && payerOpen == 0
    }
  }

  private let scope: Scope
  private let patient: PatientID
  private let key: PartyKey?
  private let receivables: [UInt16]
  private let credits: [UInt16]
  private var lines: [Line] = []

  init(_ scope: Scope, _ patient: PatientID) {
    self.scope = scope
    self.patient = patient
    key = PartyKey(patient)
    let accounts = scope.model.accounts
    receivables = [accounts[.patientReceivable], accounts[.payerReceivable]]
    credits = [accounts[.credit], accounts[.deposit]]
  }

  var hasOneCurrency: Bool { Set(lines.map(\.currency)).count <= 1 }

  mutating func add(_ row: Posting, _ first: Posting) {
    let isOwn = row.party == key?.rawValue
    if receivables.contains(row.account) {
      guard row.charge == 0 ? isOwn : chargedPatient(row.charge) == patient.number else { return }
    } else {
      guard isOwn, credits.contains(row.account) else { return }
    }
    if lines.last?.position != row.position {
      lines.append(
        Line(
          currency: scope.currency(row.clinic), day: row.day, position: row.position,
          event: scope.model.eventName(row), document: row.document))
    }
    let index = lines.count - 1
    if isOwn {
      lines[index].balance += row.amount
    } else {
      lines[index].payerOpen += row.amount
    }
    switch row.rule {
    case PostingRule.Index.transfer: break
    case PostingRule.Index.adjustment: lines[index].adjusted -= row.amount
    case PostingRule.Index.payment, PostingRule.Index.allocated:
      if first.party == key?.rawValue {
        lines[index].patientPaid -= row.amount
      } else {
        lines[index].payerPaid -= row.amount
      }
    default: lines[index].charge += row.amount
    }
  }

  private func chargedPatient(_ charge: UInt32) -> UInt64? {
    let charges = scope.model.charges
    return charges.index(ofCharge: charge).map {
      scope.model.current(PatientID(UInt64(charges[$0].patient)), at: scope.position).number
    }
  }

  /// The lines from the first day on, by currency, day and position, with running balances.
  func sorted() -> [Line] {
    let ordered = lines.filter { !$0.isNothing }.sorted {
      ($0.currency, $0.day, $0.position) < ($1.currency, $1.day, $1.position)
    }
    var result: [Line] = []
    var running = Line(currency: ordered.first?.currency ?? .unspecified)
    running.isOpening = true
    var opened = scope.query.from == nil
    for line in ordered {
      if line.currency != running.currency {
        if !opened { result.append(running) }
        running = Line(currency: line.currency)
        running.isOpening = true
        opened = scope.query.from == nil
      }
      if !opened, line.day >= scope.from {
        result.append(running)
        opened = true
      }
      running.balance += line.balance
      running.payerOpen += line.payerOpen
      guard line.day >= scope.from else { continue }
      var printed = line
      printed.balance = running.balance
      printed.payerOpen = running.payerOpen
      result.append(printed)
    }
    if !opened { result.append(running) }
    return result
  }
}
