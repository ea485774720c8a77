public import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

extension AccountingReports {
  /// What payers remitted from `from` to D as known at S, against the bank: of what the total is made,
  /// and the line of a bank statement that has shown it by D.
  ///
  /// The total is the lines, less what is taken back, interest, fees, and what is carried to or from
  /// another remittance. `difference` is what the bank does not have of it: all of one whose `state`
  /// is `not in the bank`. A payment that a payer has announced by a reference is a remittance, too.
  ///
  /// - Parameters:
  ///   - payer: The only payer; nil for all.
  ///   - form: What they are summed up by: a dimension of `GroupedReport.remittances`.
  /// - Complexity: O(remittances and bank lines).
  public static func remittances(
    _ clearing: Snapshot<ClearingModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    payer: PartyID? = nil, form: RowForm = RowForm()
  ) -> Report {
    let known = ClearingScope(clearing, view, query)
    var plain = known.scope.report(
      "remittances", "Remittances against the bank",
      [
        Column("remittance", .identifier), Column("date", .day), Column("payer", .identifier),
        Column("ref", .text), Column("trace", .text), Column("lines", .amount),
        Column("takenBack", .amount), Column("interest", .amount), Column("fees", .amount),
        Column("carried", .amount), Column("total", .amount), Column("bankAccount", .identifier),
        Column("bankLine", .text), Column("bankDate", .day), Column("bankAmount", .amount),
        Column("difference", .amount), Column("state", .text),
      ])
    plain.repeatedColumns = 1
    var listed = GroupedRows(
      plain, form,
      sums: [
        "lines", "takenBack", "interest", "fees", "carried", "total", "bankAmount", "difference",
      ], figure: "total", known)
    let bank = ShownByBank(known)
    var outside = MoneySums()
    let rows = known.model.remittances
    var events = 0
    for row in rows.prefix(rows.count(through: known.position))
    where known.stands(row.position, row.day) && row.day.daysSince1970 >= known.scope.from {
      guard payer == nil || payer == row.payer, known.includes(row.clinic) else { continue }
      let shown = bank[row.position]
      guard listed.append({ known.key($0, row, shown) }, known.cells(row, shown)) else { continue }
      events += shown == nil ? 1 : 2
      if shown == nil {
        outside.add(row.total, known.currency(ofClinic: row.clinic))
      }
    }
    var report = listed.finished()
    if !outside.isZero { report.notes.append("Not in the bank: \(outside.words).") }
    report.footer = known.footer(entries: events)
    return report
  }
}

extension ClearingScope {
  /// `payer`, `clinic`, `month` and `status` of a remittance.
  fileprivate func key(
    _ dimension: ReportDimension, _ row: RemittanceRow, _ shown: ShownByBank.Part?
  ) -> GroupKey {
    switch dimension {
    case .payer: GroupKey(row.payer.number)
    case .clinic: GroupKey(row.clinic)
    case .month: GroupKey(monthOf: row.day.daysSince1970)
    case .status: .words(0, state(row, shown))
    default: .none
    }
  }

  private func state(_ row: RemittanceRow, _ shown: ShownByBank.Part?) -> String {
    if shown != nil { return "in the bank" }
    return row.total == 0 ? "nothing due" : "not in the bank"
  }

  fileprivate func cells(_ row: RemittanceRow, _ shown: ShownByBank.Part?) -> [Cell] {
    let parts = [
      row.lines &- row.takenBack, row.takenBack, row.interest, row.fees, row.carried, row.total,
    ]
    let names: [Cell] = [
      .identifier(PaymentID(row.payment).description), .day(row.date),
    ]
    let words = names + cells(row.payer) + [.text(row.reference)]
    let figures: [Cell] = parts.map { .amount(amount(Int128($0), row.clinic)) }
    let difference = amount(Int128(row.total) - (shown?.amount ?? 0), row.clinic)
    guard let shown else {
      return words + figures
        + [.empty, .empty, .empty, .empty, .amount(difference), .text(state(row, shown))]
    }
    return words + figures + [
      .identifier(BankAccountID(shown.line.account).description), .text(shown.line.line),
      .day(shown.line.date), .amount(amount(shown.amount, row.clinic)), .amount(difference),
      .text(state(row, shown)),
    ]
  }
}

/// Which lines of bank statements up to D, as known at S, have shown an event.
struct ShownByBank {
  /// What a line shows of an event.
  struct Part {
    let line: BankLineRow
    var amount: Int128
  }

  // Only asked for a key, never iterated.
  private var parts: [Position: Part] = [:]

  /// The first line that has shown the event, with what all of them have.
  subscript(event: Position) -> Part? { parts[event] }

  init(_ known: ClearingScope) {
    let matches = known.model.bankMatches
    var cursor = RowsCursor(matches, through: known.position)
    known.forEachBankLine { _, line in
      for match in matches[cursor.rows(of: line.position)] where match.of != .start {
        parts[match.of, default: Part(line: line, amount: 0)].amount += Int128(match.amount)
      }
    }
  }
}

extension ClearingScope {
  /// Calls `body` with every line of a bank statement that the bank has dated up to D and that is
  /// not undone as known at S, and with its place in the model, in the order of the log.
  ///
  /// A statement has a line from the bank's day on, whenever somebody explained it; and an explanation
  /// that was undone is none, whatever the day.
  func forEachBankLine(_ body: (Int, BankLineRow) -> Void) {
    let lines = model.bankLines
    for (index, line) in lines.prefix(lines.count(through: position)).enumerated()
    where counts(line.date) && includes(line.clinic) && !isKnownUndone(line.position) {
      body(index, line)
    }
  }
}
