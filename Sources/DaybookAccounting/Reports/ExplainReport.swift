import DaybookClinicEvents
public import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// A figure to be explained.
public enum ExplainSubject: Hashable, Sendable {
  /// An account by its code, and if given only what concerns one party.
  case account(String, party: PartyKey? = nil)
  /// All that concerns one patient, payer or other party.
  case party(PartyKey)
  /// All that a charge, payment, receipt or other thing posted; of a charge also what settles or
  /// moves its debt.
  case thing(StreamID)
  /// An entry, or one line of it.
  case entry(EntryID)
  /// All that an event posted.
  case position(Position)
}

/// A figure cannot be explained, since there is no such thing.
public struct UnknownAccount: Error, Hashable, Sendable, CustomStringConvertible {
  /// The code that was asked for.
  public let code: String

  /// What, and what now.
  public var description: String {
    "there is no account \(code) in the chart; `accounts trial-balance` lists those in use"
  }
}

extension AccountingReports {
  /// The events and postings whose sum is a figure, from `from` to D as known at S.
  ///
  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  public static func explain(
    _ subject: ExplainSubject, _ view: AccountingView, _ query: AccountingQuery
  ) throws(UnknownAccount) -> Report {
    let scope = Scope(view, query)
    let filter = try PostingFilter(subject, scope)
    var report = scope.report(
      "explain", filter.title,
      [
        Column("entry", .identifier), Column("position", .position), Column("date", .day),
        Column("recordedAt", .instant), Column("event", .text), Column("document", .identifier),
        Column("account", .identifier), Column("name", .text), Column("party", .identifier),
        Column("ref", .text), Column("debit", .amount), Column("credit", .amount),
        Column("running", .amount),
      ])
    var running: [Currency: Int64] = [:]
    var debits = CurrencySum()
    var entries = EntryCounter()
    filter.forEachPosting { row in
      let posting = scope.model.booked(row)
      let currency = posting.amount.currency
      let counts = filter.counts(row)
      if counts { running[currency, default: 0] += row.amount }
      guard filter.shows(row) else { return }
      entries.count(row)
      if row.amount > 0 { debits.add(row.amount, currency) }
      report.append(
        [
          .identifier(posting.entry.description), .position(posting.position), .day(posting.day),
          .instant(posting.recorded), .text(scope.model.eventName(row)),
          .identifier(posting.document), .identifier(posting.account.code),
          .text(posting.account.name),
        ] + scope.cells(posting.party) + [
          posting.debitCell, posting.creditCell,
          counts ? .amount(Amount(minorUnits: running[currency] ?? 0, currency)) : .empty,
        ])
    }
    report.total("debit", "credit")
    if running.count == 1, let (currency, balance) = running.first {
      report.setTotal("running", .amount(Amount(minorUnits: balance, currency)))
    }
    report.notes = filter.notes(isEmpty: report.rows.isEmpty)
    report.footer = scope.footer(entries: entries.total, debits: debits)
    return report
  }
}

/// Which postings a figure is made of.
private struct PostingFilter {
  private let subject: ExplainSubject
  private let scope: Scope
  private let account: Int?

  init(_ subject: ExplainSubject, _ scope: Scope) throws(UnknownAccount) {
    self.subject = subject
    self.scope = scope
    if case .account(let code, _) = subject {
      guard let index = scope.model.chart.index(of: code) else {
        throw UnknownAccount(code: code)
      }
      account = index
    } else {
      account = nil
    }
  }

  var title: String {
    switch subject {
    case .account(let code, let party):
      let name = account.map { " " + scope.model.chart.accounts[$0].name } ?? ""
      return "Account \(code)\(name)" + (party.map { ", \($0)" } ?? "")
    case .party(let party): return "Party \(party)"
    case .thing(let stream): return "All that \(DocumentNames.name(of: stream)) posted"
    case .entry(let id): return id.line == 0 ? "Entry \(id)" : "Line \(id)"
    case .position(let position): return "Event at position \(position)"
    }
  }

  /// Whether a posting is listed; what is not was before the first day, and is in the running sum.
  func shows(_ row: Posting) -> Bool {
    switch subject {
    case .account, .party, .thing: row.day >= scope.from
    case .entry, .position: true
    }
  }

  /// Whether a posting is part of the figure: of a charge, only what changes its debt.
  func counts(_ row: Posting) -> Bool {
    guard case .thing(let stream) = subject, stream.kind == .charge else { return true }
    return row.charge != 0
  }

  func notes(isEmpty: Bool) -> [String] {
    switch subject {
    case .account: []
    case .entry where isEmpty: ["No such entry is known at position \(scope.position)."]
    case .position(let position) where isEmpty:
      position > scope.position
        ? ["Position \(position) is not known at position \(scope.position)."]
        : ["The event at position \(position) makes no entry."]
    case .thing where isEmpty: ["It makes no entry, or none that is known there."]
    case .party, .thing, .entry, .position: []
    }
  }

  /// An account's postings up to D; those of an event or entry on whatever day.
  func forEachPosting(_ body: (Posting) -> Void) {
    switch subject {
    case .account(_, let named):
      let party = named.map(current)
      scope.forEachPosting { row, _ in
        guard Int(row.account) == account else { return }
        if let party, row.party != party.rawValue { return }
        body(row)
      }
    case .party(let named):
      let party = current(named)
      scope.forEachPosting { row, _ in
        if row.party == party.rawValue { body(row) }
      }
    case .thing(let stream):
      let document = DocumentKey(stream)
      let charge = stream.kind == .charge ? UInt32(exactly: stream.number) ?? 0 : 0
      scope.forEachPosting { row, _ in
        if row.document == document || (charge != 0 && row.charge == charge) { body(row) }
      }
    case .entry(let id):
      forEachPosting(at: id.position) { row in
        let own = scope.model.entryID(row)
        if own == id || (id.line == 0 && own.rule == id.rule && own.version == id.version) {
          body(row)
        }
      }
    case .position(let position): forEachPosting(at: position, body)
    }
  }

  /// Who a party is, as the postings are shown.
  private func current(_ party: PartyKey) -> PartyKey {
    PartyKey(rawValue: scope.model.current(party.rawValue, at: scope.position))
  }

  private func forEachPosting(at position: Position, _ body: (Posting) -> Void) {
    guard position <= scope.position, position > .start else { return }
    let postings = scope.model.ledger.postings
    let first = postings.count(through: position.previous)
    for index in first..<postings.count(through: position) { body(postings[index]) }
  }
}
