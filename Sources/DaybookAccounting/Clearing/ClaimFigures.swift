import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Claims up to D as known at S, with what has become of each charge that they ask for.
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

  struct Claim {
    let row: ClaimRow
    var sums = Sums()
    var answer: ClaimOutcome?
    var answerPosition = Position.start
    var isReplaced = false
    var isReversed = false
    fileprivate var lines = 0..<0

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

  /// A charge of a claim.
  private struct Line {
    let claim: Int
    let charge: UInt64
    var sums: Sums
    /// What the answer says of any other reason.
    var answeredOther: Int128 = 0
    /// The line of the claim before it that asks the same payer for the same charge; -1 for none.
    var earlier = -1
    var isLatest = false
  }

  private struct Key: Hashable {
    var charge: UInt64
    var party: UInt32
  }

  private(set) var claims: [Claim] = []
  /// What payers owe of charges that stand on claims.
  private(set) var claimed = MoneySums()
  /// What they owe beside.
  private(set) var beside = MoneySums()

  private var lines: [Line] = []
  // Only asked for a key, never iterated.
  private var places = DenseIndex()
  private var latest: [Key: Int] = [:]

  /// - Parameter payer: Whose debts are added up beside; nil for all payers.
  init(_ known: ClearingScope, payer: PartyID?) {
    addClaims(known)
    addAnswers(known)
    addRemitted(known)
    addBooks(known, payer.flatMap { PartyKey($0)?.rawValue })
    settle()
  }

  private mutating func addClaims(_ known: ClearingScope) {
    let (rows, charges) = (known.model.claims, known.model.claimed)
    latest.reserveCapacity(charges.count)
    for row in rows.prefix(rows.count(through: known.position)) where known.counts(row.day) {
      var claim = Claim(row: row)
      claim.isReversed = known.isUndone(row.position)
      places[row.claim] = claims.count
      let first = lines.count
      for place in charges.rows(of: row.position) {
        let claimed = charges[place]
        var sums = Sums()
        sums.asked = Int128(claimed.amount)
        lines.append(Line(claim: claims.count, charge: claimed.charge, sums: sums))
        if !claim.isReversed { chain(lines.count - 1, row.payer) }
      }
      claim.lines = first..<lines.count
      if row.replaces != 0, !claim.isReversed, let old = places[row.replaces] {
        claims[old].isReplaced = true
      }
      claims.append(claim)
    }
  }

  /// A later claim on a charge goes before the earlier ones.
  private mutating func chain(_ line: Int, _ payer: PartyID) {
    guard let party = PartyKey(payer) else { return }
    let key = Key(charge: lines[line].charge, party: party.rawValue)
    if let earlier = latest[key] {
      lines[line].earlier = earlier
      lines[earlier].isLatest = false
    }
    lines[line].isLatest = true
    latest[key] = line
  }

  private mutating func addAnswers(_ known: ClearingScope) {
    let (rows, charges) = (known.model.answers, known.model.answered)
    for row in rows.prefix(rows.count(through: known.position))
    where known.stands(row.position, row.day) {
      guard let place = places[row.claim] else { continue }
      claims[place].answer = ClaimOutcome(rawValue: row.outcome) ?? .unspecified
      claims[place].answerPosition = row.position
    }
    for claim in claims where claim.answer != nil {
      for place in charges.rows(of: claim.answerPosition) {
        let answered = charges[place]
        guard let line = claim.lines.first(where: { lines[$0].charge == answered.charge })
        else { continue }
        lines[line].sums.contractual += Int128(answered.contractual)
        lines[line].sums.patientDue += Int128(answered.patientDue)
        lines[line].answeredOther += Int128(answered.other)
      }
    }
  }

  private mutating func addRemitted(_ known: ClearingScope) {
    let rows = known.model.remitted
    for row in rows.prefix(rows.count(through: known.position)) where known.counts(row.day) {
      guard let place = places[row.claim],
        let line = claims[place].lines.first(where: { lines[$0].charge == row.charge })
      else { continue }
      lines[line].sums.paid += Int128(row.paid)
    }
  }

  /// What the books have on the receivables of payers: what is owed of each charge, and the money that
  /// no remittance has named a claim for.
  private mutating func addBooks(_ known: ClearingScope, _ payer: UInt32?) {
    let (scope, model) = (known.scope.ofAllClinics, known.scope.model)
    var isControl = [Bool](repeating: false, count: model.chart.accounts.count)
    for account in model.accounts(of: [.payerReceivable]) { isControl[account] = true }
    let reversals = model.reversals
    var cursor = SettledCursor()
    var entry: [Posting] = []
    func end(_ figures: inout ClaimFigures) {
      defer { entry.removeAll(keepingCapacity: true) }
      guard entry.contains(where: { isControl[Int($0.account)] }) else { return }
      cursor.go(to: entry[0].position, reversals)
      let payment = PayersMoney(entry, undone: cursor.undone)
      for row in entry where isControl[Int(row.account)] {
        let key = Key(charge: UInt64(row.charge), party: row.party)
        let line = row.charge == 0 ? nil : figures.latest[key]
        if let line, payment.payer == row.party { figures.pay(line, row, at: payment.position) }
        // What a claim in place of this one does not ask for any more is on none.
        let isClaimed = line.map { !figures.claims[figures.lines[$0].claim].isReplaced } ?? false
        if let line, isClaimed { figures.lines[line].sums.owed += Int128(row.amount) }
        guard known.scope.includes(clinic: row.clinic), payer == nil || payer == row.party else {
          continue
        }
        let currency = scope.currency(row.clinic)
        if isClaimed {
          figures.claimed.add(row.amount, currency)
        } else {
          figures.beside.add(row.amount, currency)
        }
      }
    }
    scope.forEachPosting { row, _ in
      if row.position != entry.last?.position { end(&self) }
      entry.append(row)
    }
    end(&self)
  }

  /// Money settles what was asked for when it came: the latest claim before it.
  private mutating func pay(_ latest: Int, _ row: Posting, at position: Position) {
    var line = latest
    while line >= 0, claims[lines[line].claim].row.position > position {
      line = lines[line].earlier
    }
    if line >= 0 { lines[line].sums.paid -= Int128(row.amount) }
  }

  /// What is to come of each charge, claim by claim.
  private mutating func settle() {
    for place in claims.indices {
      let claim = claims[place]
      let isAnswered = claim.answer.map { $0 != .rejected } ?? false
      var sums = Sums()
      for index in claim.lines {
        var line = lines[index].sums
        let left =
          line.asked - line.paid - line.contractual - line.patientDue - lines[index].answeredOther
        if lines[index].isLatest, !claim.isReplaced, !claim.isReversed {
          line.open = max(0, isAnswered ? min(left, line.owed) : left)
        }
        sums.asked += line.asked
        sums.paid += line.paid
        sums.contractual += line.contractual
        sums.patientDue += line.patientDue
        sums.open += line.open
        sums.owed += line.owed
      }
      // What the claim says itself, even where its charges do not come to it.
      sums.asked = Int128(claim.row.total)
      claims[place].sums = sums
    }
  }
}

/// Who an entry's money is of, where it is money that settles charges or no longer does, and no
/// remittance, which names the claims by itself.
private struct PayersMoney {
  /// The party; nil where it is no such money.
  let payer: UInt32?
  /// The event that the money came by, or of a reversal the one that is undone.
  let position: Position

  private static let byFirst: [Bool] = PostingRule.builtIn.map { rule in
    rule.isOf(PaymentReceived.self) || rule.isOf(PaymentAllocated.self)
  }
  private static let byLast: [Bool] = PostingRule.builtIn.map { rule in
    rule.isOf(AllocationReleased.self) || rule.isOf(PaymentReturned.self)
  }

  init(_ entry: [Posting], undone: Position?) {
    let rule = Int(entry[0].rule)
    if Self.byFirst[rule] {
      payer = entry[0].party
    } else if Self.byLast[rule] {
      payer = entry.last { $0.party != 0 }?.party
    } else {
      payer = nil
    }
    position = undone ?? entry[0].position
  }
}
