import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Which postings a figure is made of.
struct ExplainFilter {
  /// What a posting that is listed is to the figure.
  enum Part: Int, CaseIterable {
    /// It is a part of it.
    case figure
    /// It is a part of another figure, which is told beside it: what a party has to its credit.
    case beside
    /// It is only there to be seen.
    case shown
  }

  let subject: ExplainSubject
  let scope: Scope
  /// The only account; nil where the subject is something else.
  let account: UInt16?
  /// The only party, as the postings are shown; nil for all.
  let party: UInt32?
  private let document: DocumentKey?
  private let charge: UInt32
  private let events: [Position]
  private let credits: [UInt16]
  /// What a posting is by its account alone.
  private let parts: [Part?]
  /// Whether its account alone says what a posting is.
  private let isByAccount: Bool
  private var ages: ItemAges?

  init(_ subject: ExplainSubject, _ scope: Scope) throws(UnknownAccount) {
    self.subject = subject
    self.scope = scope
    let accounts = scope.model.accounts
    credits = [accounts[.credit], accounts[.deposit]]
    let payables = accounts[.payables]
    var owed = [accounts[.patientReceivable], accounts[.payerReceivable]]
    var account: UInt16?
    var named: PartyKey?
    var document: DocumentKey?
    var charge: UInt32 = 0
    var events: [Position] = []
    switch subject {
    case .account(let code, let who):
      guard let index = scope.model.chart.index(of: code) else {
        throw UnknownAccount(code: code)
      }
      account = UInt16(index)
      named = who
    case .receivables(let who, _), .credit(let who): named = who
    case .payables(let who, _):
      named = who
      owed = [payables]
    case .party(let who):
      named = who
      // Of staff, what is owed to them and what they owe stands on accounts of their own.
      owed += who.staff == nil ? [payables] : scope.model.accountsOfStaff
    case .thing(let stream, let others):
      document = DocumentKey(stream)
      charge = stream.kind == .charge ? UInt32(exactly: stream.number) ?? 0 : 0
      events = others.sorted()
    case .entry, .position: break
    }
    self.account = account
    parts = ExplainFilter.parts(
      of: subject, account, owed, credits, count: scope.model.chart.accounts.count)
    isByAccount =
      switch subject {
      case .account, .receivables(_, nil), .payables(_, nil), .credit, .party: true
      case .receivables, .payables, .thing, .entry, .position: false
      }
    party = named.map { scope.model.current($0.rawValue, at: scope.position) }
    self.document = document
    self.charge = charge
    self.events = events
    switch subject {
    case .receivables(_, _?): ages = ItemAges(.receivable, scope)
    case .payables(_, _?): ages = ItemAges(.payable, scope)
    default: break
    }
  }

  private static func parts(
    of subject: ExplainSubject, _ only: UInt16?, _ owed: [UInt16], _ credits: [UInt16], count: Int
  ) -> [Part?] {
    var parts = [Part?](repeating: nil, count: count)
    switch subject {
    case .account: if let only { parts[Int(only)] = .figure }
    case .credit: for account in credits { parts[Int(account)] = .figure }
    case .receivables, .payables: for account in owed { parts[Int(account)] = .figure }
    case .party:
      for account in parts.indices { parts[account] = .shown }
      for account in credits { parts[Int(account)] = .beside }
      for account in owed { parts[Int(account)] = .figure }
    case .thing, .entry, .position: break
    }
    return parts
  }

  /// Whether only the days asked for are listed, and those before them are brought forward.
  var isOfDays: Bool {
    switch subject {
    case .account, .receivables, .payables, .credit, .party, .thing: true
    case .entry, .position: false
    }
  }

  /// What a posting is to the figure; nil for one that is not listed.
  ///
  /// In line: it is asked of every posting of a party, and a call costs as much as the answer.
  @inline(always)
  func part(_ row: Posting) -> Part? {
    if let party, row.party != party { return nil }
    return isByAccount ? parts[Int(row.account)] : partByMore(row)
  }

  private func partByMore(_ row: Posting) -> Part? {
    switch subject {
    case .account, .credit, .party: return parts[Int(row.account)]
    case .receivables(_, let age), .payables(_, let age):
      return parts[Int(row.account)] == .figure && ages?.age(of: row) == age ? .figure : nil
    case .thing(let stream, _):
      let isItsOwn = row.document == document
      guard isItsOwn || (charge != 0 && row.charge == charge) || isAmong(events, row.position)
      else { return nil }
      if charge != 0 { return row.charge == charge ? .figure : .shown }
      let isUnapplied = isItsOwn && stream.kind == .payment && credits.contains(row.account)
      return isUnapplied ? .figure : .shown
    case .entry(let id):
      let own = scope.model.entryID(row)
      let isMeant =
        own == id || (id.line == 0 && own.rule == id.rule && own.version == id.version)
      return isMeant ? .figure : nil
    case .position: return .figure
    }
  }

  private func isAmong(_ positions: [Position], _ position: Position) -> Bool {
    var (low, high) = (0, positions.count)
    while low < high {
      let middle = (low + high) / 2
      if positions[middle] < position { low = middle + 1 } else { high = middle }
    }
    return low < positions.count && positions[low] == position
  }

  /// Calls `body` with every posting that may be listed, in position order: those of an account or a
  /// thing up to D, those of an event or entry on whatever day.
  func forEachPosting(_ body: (Posting) -> Void) {
    let position: Position
    switch subject {
    case .account, .receivables, .payables, .credit, .party, .thing:
      if let party, !scope.model.hasMerges(at: scope.position) {
        return forEachPosting(of: party, body)
      }
      return scope.forEachPosting { row, _ in body(row) }
    case .entry(let id): position = id.position
    case .position(let asked): position = asked
    }
    guard position <= scope.position, position > .start else { return }
    let hasMerges = scope.model.hasMerges(at: scope.position)
    for row in scope.model.postings(at: position) {
      body(hasMerges ? scope.model.current(row, at: scope.position) : row)
    }
  }

  /// The same of one party, where nobody was merged into another: chunks without it are not read, and
  /// of the others most rows are not even copied.
  private func forEachPosting(of party: UInt32, _ body: (Posting) -> Void) {
    let through = scope.through
    let count = scope.model.postingCount(at: scope.position)
    let ledger = scope.model.ledger
    let size = ledger.postings.chunkRows
    for chunk in 0..<(count + size - 1) / size where ledger.mayConcern(party, chunk: chunk) {
      for row in ledger.postings.chunk(chunk).prefix(count - chunk * size)
      where row.party == party && row.day <= through {
        if scope.includes(clinic: row.clinic) { body(row) }
      }
    }
  }
}

extension AccountingModel {
  /// What staff are owed and what they owe: net pay, commission, and advances.
  var accountsOfStaff: [UInt16] {
    self.accounts(of: [.wagesPayable, .commissionPayable, .staffAdvances]).map { UInt16($0) }
  }

  /// The postings that the event at `position` made.
  func postings(at position: Position) -> [Posting] {
    guard position > .start else { return [] }
    let first = ledger.postings.count(through: position.previous)
    let end = ledger.postings.count(through: position)
    return (first..<end).map { ledger.postings[$0] }
  }
}
