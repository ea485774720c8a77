import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Claims up to D as known at S, with what has become of each charge that they ask for.
///
/// All claims are gone through, since a later one takes the place of an earlier one; sums are kept of
/// those that are wanted.
struct ClaimFigures {
  /// What becomes of an amount that is asked for: minor units.
  struct Sums {
    var asked: Int128 = 0
    var paid: Int128 = 0
    var contractual: Int128 = 0
    var patientDue: Int128 = 0
    var open: Int128 = 0
    /// What the payer owes of it in the books.
    var owed: Int128 = 0

    var other: Int128 { asked - paid - contractual - patientDue - open }
  }

  /// A claim that is wanted.
  struct Claim {
    let row: ClaimRow
    let answer: ClaimOutcome?
    let isReplaced: Bool
    let isReversed: Bool
    var sums = Sums()

    var status: ClaimStatus {
      if isReversed { return .reversed }
      if isReplaced { return .replaced }
      switch answer {
      case .denied: return .denied
      case .rejected: return .rejected
      case .adjudicated, .unspecified: return sums.open == 0 ? .closed : .adjudicated
      case nil: return sums.open == 0 && sums.paid != 0 ? .closed : .open
      }
    }
  }

  /// How any claim stands.
  private struct Standing {
    let position: Position
    let isReversed: Bool
    var isReplaced = false
    var answer: ClaimOutcome?
    var answerPosition = Position.start
    /// Its charges: a range of `lines`.
    var lines = 0..<0
    /// Where the sums of its lines begin; -1 where it is not wanted.
    var sums = -1
  }

  /// A charge of a claim.
  private struct Line {
    let claim: Int
    let charge: UInt64
    /// The payer, as postings name it.
    let party: UInt32
    /// The line of the claim before it that asks the same payer for the same charge; -1 for none.
    var earlier = -1
    /// The line before it that asks anybody for the charge; -1 for none.
    var beside = -1
    var isLatest = false
  }

  private struct LineSums {
    var sums = Sums()
    /// What the answer says of any other reason.
    var answeredOther: Int128 = 0
  }

  /// What payers owe of charges that stand on claims.
  private(set) var claimed = MoneySums()
  /// What they owe beside.
  private(set) var beside = MoneySums()

  private let rows: History<ClaimRow>
  private var standings: [Standing] = []
  private var wanted: [(row: Int, claim: Int)] = []
  private var lines: [Line] = []
  private var sums: [LineSums] = []
  // Only asked for a key, never iterated.
  private var places = DenseIndex()
  /// The latest line of each charge.
  private var latest = DenseIndex()

  /// - Parameters:
  ///   - payer: Whose debts are added up beside; nil for all payers.
  ///   - wants: Whether a claim is wanted.
  init(_ known: ClearingScope, payer: PartyID?, wants: (ClaimRow) -> Bool) {
    rows = known.model.claims
    addClaims(known, wants)
    addAnswers(known)
    addRemitted(known)
    addBooks(known, payer.flatMap { PartyKey($0)?.rawValue })
  }

  /// Calls `body` with each claim that is wanted, in the order of the log.
  func forEachClaim(_ body: (Claim) -> Void) {
    for (row, place) in wanted {
      let standing = standings[place]
      var claim = Claim(
        row: rows[row], answer: standing.answer, isReplaced: standing.isReplaced,
        isReversed: standing.isReversed)
      claim.sums = total(standing)
      // What the claim says itself, even where its charges do not come to it.
      claim.sums.asked = Int128(claim.row.total)
      body(claim)
    }
  }

  private mutating func addClaims(_ known: ClearingScope, _ wants: (ClaimRow) -> Bool) {
    let charges = known.model.claimed
    var cursor = RowsCursor(charges, through: known.position)
    let count = rows.count(through: known.position)
    standings.reserveCapacity(count)
    lines.reserveCapacity(charges.count)
    for (index, row) in rows.prefix(count).enumerated() where known.counts(row.day) {
      let place = standings.count
      var standing = Standing(position: row.position, isReversed: known.isUndone(row.position))
      let isWanted = wants(row)
      if isWanted {
        wanted.append((index, place))
        standing.sums = sums.count
      }
      let party = PartyKey(row.payer)?.rawValue ?? 0
      let first = lines.count
      for asked in charges[cursor.rows(of: row.position)] {
        lines.append(Line(claim: place, charge: asked.charge, party: party))
        if isWanted {
          sums.append(LineSums())
          sums[sums.count - 1].sums.asked = Int128(asked.amount)
        }
        if !standing.isReversed, party != 0 { chain(lines.count - 1) }
      }
      standing.lines = first..<lines.count
      places[row.claim] = place
      if row.replaces != 0, !standing.isReversed, let old = places.place(of: row.replaces) {
        if old < place { standings[old].isReplaced = true } else { standing.isReplaced = true }
      }
      standings.append(standing)
    }
  }

  /// A later claim on a charge goes before the earlier ones.
  private mutating func chain(_ line: Int) {
    let charge = lines[line].charge
    if let earlier = latest(charge, lines[line].party) {
      lines[line].earlier = earlier
      lines[earlier].isLatest = false
    }
    lines[line].isLatest = true
    lines[line].beside = latest.place(of: charge) ?? -1
    latest[charge] = line
  }

  /// The line of the latest claim that asks a payer for a charge.
  private mutating func latest(_ charge: UInt64, _ party: UInt32) -> Int? {
    var line = latest.place(of: charge) ?? -1
    while line >= 0, lines[line].party != party { line = lines[line].beside }
    return line >= 0 ? line : nil
  }

  // Mutating, though they change nothing: see `DenseIndex.place(of:)`.

  /// The sums of a charge of a claim that is wanted; nil of any other.
  private mutating func sumsPlace(_ standing: Standing, _ charge: UInt64) -> Int? {
    if standing.sums < 0 { return nil }
    for line in standing.lines where lines[line].charge == charge {
      return standing.sums + line - standing.lines.lowerBound
    }
    return nil
  }

  /// The sums of a line of a claim that is wanted; nil of any other.
  private mutating func sumsPlace(_ line: Int) -> Int? {
    let standing = standings[lines[line].claim]
    return standing.sums < 0 ? nil : standing.sums + line - standing.lines.lowerBound
  }

  private mutating func addAnswers(_ known: ClearingScope) {
    let (answers, charges) = (known.model.answers, known.model.answered)
    for row in answers.prefix(answers.count(through: known.position))
    where known.stands(row.position, row.day) {
      guard let place = places.place(of: row.claim) else { continue }
      standings[place].answer = ClaimOutcome(rawValue: row.outcome) ?? .unspecified
      standings[place].answerPosition = row.position
    }
    for (_, claim) in wanted {
      let standing = standings[claim]
      guard standing.answer != nil else { continue }
      for index in charges.rows(of: standing.answerPosition) {
        let answered = charges[index]
        guard let place = sumsPlace(standing, answered.charge) else { continue }
        sums[place].sums.contractual += Int128(answered.contractual)
        sums[place].sums.patientDue += Int128(answered.patientDue)
        sums[place].answeredOther += Int128(answered.other)
      }
    }
  }

  private mutating func addRemitted(_ known: ClearingScope) {
    let paid = known.model.remitted
    for row in paid.prefix(paid.count(through: known.position)) where known.counts(row.day) {
      guard let claim = places.place(of: row.claim),
        let place = sumsPlace(standings[claim], row.charge)
      else { continue }
      sums[place].sums.paid += Int128(row.paid)
    }
  }

  /// What the books have on the receivables of payers: what is owed of each charge, and the money that
  /// no remittance has named a claim for.
  private mutating func addBooks(_ known: ClearingScope, _ payer: UInt32?) {
    let (scope, model) = (known.scope.ofAllClinics, known.scope.model)
    var isControl = [Bool](repeating: false, count: model.chart.accounts.count)
    for account in model.accounts(of: [.payerReceivable]) { isControl[account] = true }
    let money = PayersMoney(scope)
    var cursor = SettledPass(model)
    scope.forEachPosting(in: .min...scope.through) { posting in
      let row = posting.row
      guard isControl[Int(row.account)] else { return }
      cursor.go(to: row.position)
      let line = row.charge == 0 ? nil : latest(UInt64(row.charge), row.party)
      if let line, money.payer(row, posting.index) == row.party {
        pay(line, row, at: cursor.undone ?? row.position)
      }
      // What a claim in place of this one does not ask for any more is on none.
      let isClaimed = line.map { !standings[lines[$0].claim].isReplaced } ?? false
      if let line, isClaimed, let place = sumsPlace(line) {
        sums[place].sums.owed += Int128(row.amount)
      }
      guard known.scope.includes(clinic: row.clinic), payer == nil || payer == row.party else {
        return
      }
      let currency = scope.currency(row.clinic)
      if isClaimed {
        claimed.add(row.amount, currency)
      } else {
        beside.add(row.amount, currency)
      }
    }
  }

  /// Money settles what was asked for when it came: the latest claim before it.
  private mutating func pay(_ latest: Int, _ row: Posting, at position: Position) {
    var line = latest
    while line >= 0, standings[lines[line].claim].position > position {
      line = lines[line].earlier
    }
    if line >= 0, let place = sumsPlace(line) { sums[place].sums.paid -= Int128(row.amount) }
  }

  /// What a claim comes to, with what is to come of each of its charges.
  private func total(_ standing: Standing) -> Sums {
    let isAnswered = standing.answer.map { $0 != .rejected } ?? false
    var total = Sums()
    for index in standing.lines {
      let place = standing.sums + index - standing.lines.lowerBound
      var line = sums[place].sums
      let left =
        line.asked - line.paid - line.contractual - line.patientDue - sums[place].answeredOther
      if lines[index].isLatest, !standing.isReplaced, !standing.isReversed {
        line.open = max(0, isAnswered ? min(left, line.owed) : left)
      }
      total.asked += line.asked
      total.paid += line.paid
      total.contractual += line.contractual
      total.patientDue += line.patientDue
      total.open += line.open
      total.owed += line.owed
    }
    return total
  }
}

/// Who an entry's money is of, where it is money that settles charges or no longer does, and no
/// remittance, which names the claims by itself.
private struct PayersMoney {
  private static let byRule: [SettlingMoney?] = PostingRule.builtIn.map { rule in
    rule.isOf(RemittanceReceived.self) ? nil : SettlingMoney.byRule[Int(rule.number) - 1]
  }

  private let scope: Scope
  private let postings: History<Posting>

  init(_ scope: Scope) {
    self.scope = scope
    postings = scope.model.ledger.postings
  }

  /// The party; nil where it is no such money.
  ///
  /// - Parameter index: Where the posting stands in the ledger.
  func payer(_ row: Posting, _ index: Int) -> UInt32? {
    switch Self.byRule[Int(row.rule)] {
    case .ofFirst: return scope.current(postings[index - Int(row.line) + 1].party)
    case .ofLast: break
    case nil: return nil
    }
    var (last, next) = (UInt32(0), index - Int(row.line) + 1)
    while next < postings.count, case let other = postings[next], other.position == row.position {
      if other.party != 0 { last = other.party }
      next += 1
    }
    return last == 0 ? nil : scope.current(last)
  }
}
