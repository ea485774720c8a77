public import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
public import DaybookValues

/// How a claim stands.
public enum ClaimStatus: String, CaseIterable, Hashable, Sendable {
  /// The payer has yet to answer.
  case open
  /// It has answered, and owes what it is to pay.
  case adjudicated
  /// Nothing is to come any more.
  case closed
  /// It pays nothing.
  case denied
  /// It did not take the claim as it was sent.
  case rejected
  /// Another claim has its place.
  case replaced
  /// It was undone.
  case reversed

  /// Whether the claim stands by itself: those that do not are listed when they are asked for.
  public var isStanding: Bool { self != .replaced && self != .reversed }
}

/// Which claims are asked for, beside clinic, days and position.
public struct ClaimFilter: Hashable, Sendable {
  /// The only status; nil for all claims that stand.
  public var status: ClaimStatus?
  /// The only payer.
  public var payer: PartyID?

  /// Claims of that status on that payer.
  public init(status: ClaimStatus? = nil, payer: PartyID? = nil) {
    self.status = status
    self.payer = payer
  }
}

extension AccountingReports {
  /// Claims submitted from `from` to D as known at S: what was asked for, what has become of it, and
  /// what is to come.
  ///
  /// `paid` is the payer's own money: what remittances pay for the claim, less what they take back, and
  /// what its other payments have settled of the claimed charges since. `contractual` and `patientDue`
  /// are those of the payer's answer. `open` is what is to come: all that is not paid until the payer
  /// answers; then what its answer leaves, as far as the payer still owes it. `other` is the rest of the
  /// total: denied, written off, or asked for by a later claim. `owed` is what the payer owes of these
  /// charges on 1210, each charge at its latest claim; a note adds what payers owe beside.
  ///
  /// The two differ, and a note says by how much. A claim may be answered although the books still have
  /// its payer owe something: of imported history the answer is what the claim's own file says of it
  /// (closed), and the entries are what the rows of the ledger say, which may leave a charge open. Neither
  /// bends the other (BOOKS, section 2: only a transfer, an adjustment or money takes a charge off 1210),
  /// so that somebody has to. And a claim that waits for its answer asks for what may have moved to the
  /// patient since, or was paid by others.
  ///
  /// - Parameter form: What they are summed up by: a dimension of `GroupedReport.claims`.
  /// - Complexity: O(claims and postings).
  public static func claims(
    _ clearing: Snapshot<ClearingModel>, _ view: Snapshot<AccountingModel>,
    _ query: AccountingQuery,
    _ filter: ClaimFilter = ClaimFilter(), form: RowForm = RowForm()
  ) -> Report {
    let known = ClearingScope(clearing, view, query)
    var plain = known.scope.report(
      "claims", "Claims",
      [
        Column("claim", .identifier), Column("submitted", .day), Column("payer", .identifier),
        Column("ref", .text), Column("patient", .identifier), Column("patientRef", .text),
        Column("total", .amount), Column("paid", .amount), Column("contractual", .amount),
        Column("patientDue", .amount), Column("other", .amount), Column("open", .amount),
        Column("owed", .amount), Column("days", .count), Column("status", .text),
      ])
    plain.repeatedColumns = 1
    var rows = GroupedRows(
      plain, form,
      sums: ["total", "paid", "contractual", "patientDue", "other", "open", "owed"],
      figure: "total", known)
    let figures = ClaimFigures(known, payer: filter.payer) { row in
      (filter.payer == nil || filter.payer == row.payer)
        && row.day.daysSince1970 >= known.scope.from && known.includes(row.clinic)
    }
    var events = 0
    var gaps: [Currency: ClaimGap] = [:]
    figures.forEachClaim { claim in
      guard filter.status.map({ $0 == claim.status }) ?? claim.status.isStanding,
        rows.append({ known.key($0, claim) }, known.cells(claim))
      else { return }
      events += claim.answer == nil ? 1 : 2
      let currency = known.currency(ofClinic: claim.row.clinic)
      gaps[currency, default: ClaimGap()].add(claim.sums)
    }
    var report = rows.finished()
    if let note = known.note(figures) { report.notes.append(note) }
    report.notes += gaps.sorted { $0.key < $1.key }.compactMap { $1.words($0) }
    report.footer = known.footer(entries: events)
    return report
  }
}

extension AccountingReports {
  /// What payers owe on D as known at S: of charges that stand on claims, and of others; both together
  /// are the balance of their receivables, 1210.
  package static func payersDebts(
    _ clearing: Snapshot<ClearingModel>, _ view: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) -> (claimed: [Amount], beside: [Amount]) {
    let figures = ClaimFigures(ClearingScope(clearing, view, query), payer: nil) { _ in false }
    func amounts(_ sums: MoneySums) -> [Amount] {
      sums.parts.map { Amount(minorUnits: $0.minorUnits, $0.currency) }
    }
    return (amounts(figures.claimed), amounts(figures.beside))
  }
}

extension ClearingScope {
  fileprivate func note(_ figures: ClaimFigures) -> String? {
    guard !figures.claimed.parts.isEmpty || !figures.beside.parts.isEmpty else { return nil }
    let codes = scope.model.accounts(of: [.payerReceivable]).map {
      scope.model.chart.accounts[$0].code
    }
    return "Payers owe \(figures.claimed.words) of charges on claims and "
      + "\(figures.beside.words) of others, on account \(codes.joined(separator: ", "))."
  }

  fileprivate func key(_ dimension: ReportDimension, _ claim: ClaimFigures.Claim) -> GroupKey {
    switch dimension {
    case .payer: GroupKey(claim.row.payer.number)
    case .party: key(claim.row.patient)
    case .clinic: GroupKey(claim.row.clinic)
    case .month: GroupKey(monthOf: claim.row.day.daysSince1970)
    case .status: GroupKey(claim.status, claim.status.rawValue)
    default: .none
    }
  }

  fileprivate func cells(_ claim: ClaimFigures.Claim) -> [Cell] {
    let sums = claim.sums
    let figures = [
      sums.asked, sums.paid, sums.contractual, sums.patientDue, sums.other, sums.open, sums.owed,
    ]
    let names: [Cell] = [
      .identifier(ClaimID(claim.row.claim).description), .day(claim.row.day),
    ]
    return names + cells(claim.row.payer) + cells(claim.row.patient)
      + figures.map { .amount(amount($0, claim.row.clinic)) }
      + [age(claim.row.day), .text(claim.status.rawValue)]
  }
}

/// Why what is to come of claims is not what their payers owe.
private struct ClaimGap {
  private var open: Int128 = 0
  private var owed: Int128 = 0
  /// Owed, of claims of which so much is not to come any more.
  private var left: Int128 = 0
  /// To come, of charges of which so much fell to others, or was paid by them.
  private var moved: Int128 = 0

  mutating func add(_ sums: ClaimFigures.Sums) {
    open += sums.open
    owed += sums.owed
    left += max(0, sums.owed - sums.open)
    moved += max(0, sums.open - sums.owed)
  }

  /// The sum from one to the other; nil where they are the same claim by claim.
  func words(_ currency: Currency) -> String? {
    guard left != 0 || moved != 0 else { return nil }
    func decimal(_ minorUnits: Int128) -> String {
      Amount(minorUnits: Int64(clamping: minorUnits), currency).decimal
    }
    return "Open \(decimal(open)) + owed although nothing is to come \(decimal(left))"
      + " - open although not owed \(decimal(moved)) = owed \(decimal(owed)) \(currency.code)."
  }
}
