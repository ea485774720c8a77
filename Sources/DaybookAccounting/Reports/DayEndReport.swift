public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// How a day-end report is laid out.
public enum DayEndForm: String, CaseIterable, Hashable, Sendable {
  /// A line for everything that a Z report says.
  case line
  /// A line for each way of paying.
  case method
}

extension AccountingReports {
  /// The Z report of every till session that was closed on D, as known at S, and the X report of every
  /// one that was open then.
  ///
  /// Z numbers are without gaps in each till. Expected is what the receipts of the session come to, the
  /// float and the cash that was moved; a Z has what was counted beside it. What was undone counts in
  /// the session in which it was, as a void. Takings by rate are those of tickets, line by line, and of
  /// payments, as the charges are taxed that they settle; what is paid in advance has no rate yet, and
  /// what a ticket left on account was told with the ticket. The grand total is all that the till ever
  /// took, less what it gave back. With `from`, every session that was closed from that day on.
  /// Source: READ-MODELS section 2, "Z report".
  ///
  /// - Parameter till: The number of the only till; nil for all.
  public static func dayEnd(
    till: UInt64? = nil, by form: DayEndForm = .line, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery
  ) -> Report {
    let scope = Scope(view, query)
    let day = DayEndSessions(scope, till: till)
    var report =
      form == .line
      ? scope.report(
        "day-end", "Day end",
        [
          Column("till", .identifier), Column("z", .identifier), Column("session", .identifier),
          Column("part", .text), Column("line", .text), Column("text", .text),
          Column("count", .count), Column("amount", .amount), Column("tax", .amount),
        ])
      : scope.report(
        "day-end", "Day end by way of paying",
        [
          Column("till", .identifier), Column("z", .identifier), Column("session", .identifier),
          Column("method", .text), Column("opening", .amount), Column("received", .amount),
          Column("change", .amount), Column("moved", .amount), Column("refunds", .amount),
          Column("expected", .amount), Column("counted", .amount), Column("variance", .amount),
          Column("cashier", .identifier),
        ])
    var debits = CurrencySum()
    var receipts: Int64 = 0
    for session in day.sessions {
      let page = DayEndPage(session, scope)
      for row in form == .line ? page.lines : page.methods { report.append(row) }
      receipts += session.receiptCount
      for sum in session.received { debits.add(sum.amount, session.currency) }
    }
    if form == .method {
      report.total("received", "change", "moved", "refunds", "expected", "counted", "variance")
    }
    let open = day.sessions.count { $0.closing == nil }
    if open > 0 {
      report.notes.append(
        "X: \(open == 1 ? "a till is" : "\(open) tills are") open; no closing yet.")
    }
    report.footer = scope.footer(entries: Int(receipts), debits: debits)
    return report
  }
}

extension AccountingReports {
  /// The clinics whose tills a day-end report has, in their order: who writes it.
  public static func dayEndClinics(
    till: UInt64? = nil, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) -> [ClinicID] {
    let scope = Scope(view, query)
    let clinics = DayEndSessions(scope, till: till).sessions.map(\.opening.clinic)
    return Set(clinics).sorted().map { ClinicID(scope.model.slots.number($0)) }
  }
}

/// The page of one session.
private struct DayEndPage {
  private let session: DayEndSession
  private let counts: [TillCountRow]
  private let heading: [Cell]

  init(_ session: DayEndSession, _ scope: Scope) {
    self.session = session
    let rows = scope.model.tills.counts
    counts =
      session.closing.map { closing in
        rows.rows(through: closing.position).filter { $0.session == closing.session }
      } ?? []
    heading = [
      .identifier(TillID(UInt64(session.opening.till))),
      .identifier(session.closing.map { "Z\($0.number)" } ?? "X"),
      .identifier(TillSessionID(UInt64(session.opening.session))),
    ]
  }

  // MARK: - By way of paying

  var methods: [[Cell]] {
    session.methods(counts).map { method in
      let index = Int(method.rawValue)
      let isCash = method == .cash
      let received = [session.received, session.tips, session.rounded].reduce(0) {
        $0 + $1[index].amount
      }
      let moved = session.paidOut[index].amount + (isCash ? session.movedCash : 0)
      let refunds = session.refunded[index].amount + session.voided[index].amount
      let counted = counted(method)
      let figures: [Int64?] = [
        isCash ? session.opening.float : 0, received, session.change[index], moved, refunds,
        expected(method), counted, counted.map { $0 - expected(method) },
      ]
      return heading + [.text(Self.name(method))] + figures.map(amount) + [
        cashier(session.closing?.staff ?? session.opening.staff)
      ]
    }
  }

  // MARK: - Line by line

  var lines: [[Cell]] {
    var rows: [[Cell]] = []
    let opening = session.opening
    rows.append(
      line(
        "session", "opened",
        text: moment(opening.milliseconds, opening.offset, by: opening.staff)))
    rows.append(line("float", "held by the books", amount: opening.held))
    rows.append(line("float", "brought from the safe", amount: opening.brought))
    rows.append(line("float", "opening float", amount: opening.float))
    rows += sums("takings", session.received, always: .cash)
    rows += taxLines
    rows += sums("tips", session.tips)
    rows += sums("rounding", session.rounded)
    rows += sums("refunds", session.refunded)
    rows += sums("voids", session.voided)
    rows.append(
      line(
        "discounts", "on tickets", count: session.discounts.count,
        amount: session.discounts.amount))
    rows += sums("pay-outs", session.paidOut)
    rows += moves
    for method in session.methods(counts) { rows += countLines(method) }
    rows += receiptLines
    return rows
  }

  private var taxLines: [[Cell]] {
    session.taxed.sorted { $0.key < $1.key }.map { key, sum in
      let name =
        switch key {
        case .rate(0): "not taxed"
        case .rate(let basisPoints): Rate(basisPoints: Int64(basisPoints)).description
        case .before: "told before"
        case .advance: "in advance"
        }
      return line("tax", name, amount: sum.gross, tax: sum.tax)
    }
  }

  private var moves: [[Cell]] {
    let types: [(TillRowType, String, String)] = [
      (.petty, "pay-outs", "petty cash"), (.bank, "moved", "bank"), (.float, "moved", "safe"),
      (.handover, "moved", "other till"),
    ]
    var rows: [[Cell]] = []
    for (type, part, name) in types {
      let sum = session.moved[Int(type.rawValue)]
      if sum.count > 0 || type == .bank {
        rows.append(line(part, name, count: sum.count, amount: sum.amount))
      }
    }
    return rows
  }

  private func countLines(_ method: MethodType) -> [[Cell]] {
    let name = Self.name(method)
    var rows = [line("expected", name, amount: expected(method))]
    if let counted = counted(method) {
      rows.append(line("counted", name, amount: counted))
      rows.append(line("difference", name, amount: counted - expected(method)))
    }
    return rows
  }

  private var receiptLines: [[Cell]] {
    var rows: [[Cell]] = []
    if let first = session.first, let last = session.last {
      rows.append(line("receipts", "first", text: DocumentNames.name(first)))
      rows.append(
        line(
          "receipts", "last", text: DocumentNames.name(last), count: session.receiptCount))
    }
    rows.append(line("grand total", "of the till", amount: session.grandTotal))
    guard let closing = session.closing else { return rows }
    rows.append(line("after the count", "left in the till", amount: closing.left))
    if session.takenAfterCount != 0 {
      rows.append(
        line("after the count", "taken to the safe", amount: -session.takenAfterCount))
    }
    rows.append(
      line(
        "session", "closed",
        text: moment(closing.milliseconds, closing.offset, by: closing.staff)))
    return rows
  }

  // MARK: - Parts

  /// What a closing wrote down, or what a session that is open comes to.
  private func expected(_ method: MethodType) -> Int64 { session.expected(method) }

  private func counted(_ method: MethodType) -> Int64? {
    counts.first { $0.method == UInt8(method.rawValue) && $0.isCounted != 0 }?.counted
  }

  private func sums(
    _ part: String, _ sums: [DayEndSession.Sum], always: MethodType? = nil
  ) -> [[Cell]] {
    TillSums.methods.compactMap { method in
      let sum = sums[Int(method.rawValue)]
      guard sum.count != 0 || sum.amount != 0 || method == always else { return nil }
      return line(part, Self.name(method), count: sum.count, amount: sum.amount)
    }
  }

  private func line(
    _ part: String, _ name: String, text: String? = nil, count: Int64? = nil,
    amount: Int64? = nil, tax: Int64? = nil
  ) -> [Cell] {
    heading + [
      .text(part), .text(name), .text(text), count.map { .count($0) } ?? .empty,
      self.amount(amount), self.amount(tax),
    ]
  }

  private func amount(_ minorUnits: Int64?) -> Cell {
    .amount(minorUnits.map { Amount(minorUnits: $0, session.currency) })
  }

  private func cashier(_ staff: UInt32) -> Cell { .identifier(StaffID(UInt64(staff))) }

  private func moment(_ milliseconds: Int64, _ offset: Int32, by staff: UInt32) -> String {
    let moment = Moment(
      Instant(milliseconds: milliseconds), UTCOffset(seconds: offset))
    return staff == 0 ? "\(moment)" : "\(moment) \(StaffID(UInt64(staff)))"
  }

  private static func name(_ method: MethodType) -> String {
    switch method {
    case .unspecified: ""
    case .cash: "cash"
    case .card: "card"
    case .transfer: "transfer"
    case .directDebit: "direct debit"
    case .cheque: "cheque"
    case .voucher: "voucher"
    case .online: "online"
    }
  }
}
