import Daybook
import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookReporting
import DaybookScenarios
import DaybookTesting
import DaybookValues
import Testing

/// What practitioners earned and treatments cost in a clinic that lives, on any day as known at any
/// moment, is what the accounts have.
@Suite struct `What care earned in a life` {
  @Test func `is what the accounts of materials, commission and tax withheld have`() throws {
    var book = try LivedBook(BusinessLife.clinic(seed: 12, from: try Day(parsing: "2026-02-02")))
    defer { book.engine.close() }
    try book.live(60)
    try book.expectChecksPass("a clinic")
    let view: Snapshot<AccountingModel> = book.host.snapshot()
    let earnings: Snapshot<EarningsModel> = book.host.snapshot()
    let issues = try issues(book)
    let money = try MoneyOfCharges(book)
    var random = SystemOfSeeds(seed: 12)
    let first = try Day(parsing: "2026-02-01")
    for round in 0..<25 {
      var query = AccountingQuery(
        on: first.advanced(by: round == 0 ? 70 : Int(random.upTo(70))),
        knownAt: round == 0 ? nil : Position(random.upTo(view.asOf.number)))
      if random.upTo(3) == 0 { query.clinic = 1 }
      let margin = try AccountingReports.margin(
        earnings, view, query, form: RowForm(by: .service))
      let byPerson = try AccountingReports.margin(
        earnings, view, query, form: RowForm(by: .practitioner))
      let settlement = AccountingReports.settlement(earnings, view, query)
      let commission = moved("6020", by: "CommissionAccrued", view, query)
      #expect(sum(margin, "commission") == commission)
      #expect(sum(byPerson, "commission") == commission)
      #expect(sum(settlement, "commission") == commission)
      #expect(sum(settlement, "owed") == -moved("2330", by: nil, view, query))
      #expect(sum(margin, "materials") == sum(byPerson, "materials"))
      #expect(sum(margin, "contribution") == sum(byPerson, "contribution"))
      let materials = issues.filter { issue in
        issue.position <= query.knownAt ?? issue.position && issue.day <= query.on ?? issue.day
          && query.clinic ?? issue.clinic == issue.clinic
      }.reduce(0) { $0 + $1.value }
      #expect(sum(margin, "materials") == materials)
      // 4015 is the clinic's own, of what is taxed.
      let charged = ["4000", "4010", "4015", "4030", "4090"].reduce(0) {
        $0 - moved($1, by: "ChargePosted", view, query)
      }
      #expect(
        sum(margin, "net") == charged - moved("4040", by: "PackageCancelled", view, query))
      let revenue = AccountingReports.revenue(by: .service, view, query)
      let collected = money.collected(query, known: query.knownAt ?? view.asOf)
      #expect(sum(revenue, "collected") == collected, "round \(round)")
      if round == 0 { #expect(commission > 0 && materials > 0) }
    }
  }

  @Test func `is known at a position as a replay up to it knows it`() throws {
    var book = try LivedBook(BusinessLife.clinic(seed: 13, from: try Day(parsing: "2026-02-02")))
    defer { book.engine.close() }
    try book.live(12)
    var log = try LogReader("/book", in: book.world)
    try book.host.catchUp(&log)
    let whole: Snapshot<EarningsModel> = book.host.snapshot()
    for part in [3, 2] {
      let position = Position(whole.asOf.number / UInt64(part))
      let host = ProjectionHost(.clinic, only: EarningsModel.self)
      var log = try LogReader("/book", in: book.world)
      try host.catchUp(&log, through: position)
      let then: Snapshot<EarningsModel> = host.snapshot()
      #expect(then.model.digest == whole.model.digest(knownAt: position))
    }
  }

  /// Goods that left the shelf for treatments, and those that came back with a reversal.
  private struct Issue {
    var position: Position
    var day: Day
    var clinic: UInt64
    var value: Int64
  }

  private func issues(_ book: LivedBook) throws -> [Issue] {
    var issues: [Issue] = []
    try book.scan { event in
      let header = event.header
      var (issued, sign) = (StockIssued(), Int64(1))
      if header.family == .logistics, header.tag == StockIssued.tag.rawValue {
        issued = try event.payload()
      } else if header.family == .corrections, header.tag == Reversed.tag.rawValue {
        let reversed = try event.payload(Reversed.self)
        guard reversed.isOf(StockIssued.self) else { return }
        issued = try reversed.original()
        sign = -1
      }
      guard issued.purpose == .treatment else { return }
      issues.append(
        Issue(
          position: header.position, day: header.effective.day, clinic: header.clinic,
          value: sign * issued.lines.reduce(0) { $0 + $1.value.minorUnits }))
    }
    return issues
  }

  /// The total of a column; 0 where there are no rows.
  private func sum(_ report: Report, _ column: String) -> Int64 {
    guard let index = report.columns.firstIndex(where: { $0.name == column }) else { return -1 }
    return report.rows.reduce(0) { sum, row in
      if case .amount(let amount) = row[index] { sum + amount.minorUnits } else { sum }
    }
  }

  /// What the query has of an account, of one event's entries or of all.
  private func moved(
    _ code: String, by event: String?, _ books: Snapshot<AccountingModel>, _ query: AccountingQuery
  ) -> Int64 {
    var sum: Int64 = 0
    books.model.forEachPosting(through: query.knownAt) { posting in
      guard posting.account.code == code, posting.day <= query.on ?? posting.day,
        query.clinic ?? posting.clinic == posting.clinic,
        event.map({ posting.text.contains($0) }) ?? true
      else { return }
      sum += posting.amount.minorUnits
    }
    return sum
  }
}

/// What money has settled of charges, read off the events: no posting is looked at.
private struct MoneyOfCharges {
  private struct Charge {
    var day: Day
    var clinic: UInt64
  }

  private struct Move {
    var position: Position
    var day: Day
    var charge: ChargeID
    var amount: Int64
  }

  private var charges: [ChargeID: Charge] = [:]
  private var packages: [PackageID: ChargeID] = [:]
  private var moves: [Move] = []

  init(_ book: LivedBook) throws {
    try book.scan { event in
      let header = event.header
      if header.family == .corrections, header.tag == Reversed.tag.rawValue {
        let of = try event.payload(Reversed.self).of
        for move in moves where move.position == of {
          moves.append(
            Move(
              position: header.position, day: header.effective.day, charge: move.charge,
              amount: -move.amount))
        }
      } else {
        try take(event)
      }
    }
  }

  func collected(_ query: AccountingQuery, known: Position) -> Int64 {
    moves.reduce(0) { sum, move in
      guard let charge = charges[move.charge], move.position <= known,
        move.day <= query.on ?? move.day, charge.day <= query.on ?? charge.day,
        query.clinic ?? charge.clinic == charge.clinic
      else { return sum }
      return sum + move.amount
    }
  }

  private mutating func take(_ event: borrowing Event) throws {
    let header = event.header
    if header.family == .frontOffice, header.tag == PackageCancelled.tag.rawValue {
      let cancelled = try event.payload(PackageCancelled.self)
      if let charge = packages[cancelled.package] {
        add(Allocation(charge, owedBy: Debtor(), try cancelled.credited()), -1, header)
      }
    }
    guard header.family == .accounting else { return }
    switch AccountingTag(rawValue: header.tag) {
    case .chargePosted:
      let charge = try event.payload(ChargePosted.self)
      // What is left of a ticket is no revenue of a charge.
      guard charge.sale == nil, charge.units > 0 || charge.list.minorUnits > 0 else { return }
      charges[charge.charge] = Charge(day: header.effective.day, clinic: header.clinic)
      if let package = charge.package, charge.recognised == nil {
        packages[package] = charge.charge
      }
    case .paymentReceived:
      for part in try event.payload(PaymentReceived.self).allocations { add(part, 1, header) }
    case .paymentAllocated:
      add(try event.payload(PaymentAllocated.self).allocation, 1, header)
    case .remittanceReceived:
      for line in try event.payload(RemittanceReceived.self).lines {
        add(Allocation(line.charge, owedBy: Debtor(), line.paid), 1, header)
      }
    case .allocationReleased:
      add(try event.payload(AllocationReleased.self).part.allocation, -1, header)
    case .paymentReturned:
      for part in try event.payload(PaymentReturned.self).reopened { add(part, -1, header) }
    case .invoiceIssued:
      for part in try event.payload(InvoiceIssued.self).released {
        add(part.allocation, -1, header)
      }
    case .invoiceRectified:
      for part in try event.payload(InvoiceRectified.self).released {
        add(part.allocation, -1, header)
      }
    default: break
    }
  }

  private mutating func add(_ part: Allocation, _ sign: Int64, _ header: RecordHeader) {
    moves.append(
      Move(
        position: header.position, day: header.effective.day, charge: part.charge,
        amount: sign * part.amount.minorUnits))
  }
}
