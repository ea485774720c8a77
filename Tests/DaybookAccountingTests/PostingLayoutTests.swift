import DaybookClinicEvents
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@testable import DaybookAccounting

/// The postings with their tax codes: `4010 100.00 K1`; without a code where there is none.
private func coded(_ books: Books, at position: UInt64) -> [String] {
  var lines: [String] = []
  books.model.forEachPosting { posting in
    guard posting.position.number == position else { return }
    let code = posting.taxCode.map { " \($0)" } ?? ""
    lines.append("\(posting.account.code) \(posting.amount.decimal)\(code)")
  }
  return lines
}

@Suite struct `A posting` {
  private var books = Books()

  init() throws { try books.clinic() }

  @Test func `is kept in 48 bytes, a charge in 64`() {
    #expect(MemoryLayout<Posting>.stride == 48)
    #expect(MemoryLayout<ChargeRow>.stride == 64)
  }

  @Test mutating func `names the tax code on bases and their tax alone`() throws {
    let charge = try books.charge(
      1, to: patient(1), 10_000, discount: 1_000, tax: 1_890, taxCode: 3)
    let code = TaxCodeID(3)
    #expect(
      coded(books, at: charge) == [
        "1200 118.90", "4090 10.00 \(code)", "4010 -100.00 \(code)", "2200 -18.90 \(code)",
        "1200 -10.00",
      ])
    let courtesy = try books.adjust(1, of: patient(1), .courtesy, 1_089)
    #expect(
      coded(books, at: courtesy) == ["4095 9.00 \(code)", "2200 1.89 \(code)", "1200 -10.89"])
  }

  @Test mutating func `of a deposit has its tax code until it is paid out`() throws {
    var deposit = PaymentReceived()
    deposit.payment = PaymentID(1)
    deposit.from = .patient(PatientID(1))
    deposit.amount = money(12_100)
    deposit.method = .card(CardTender())
    deposit.deposit = Deposit.with {
      $0.taxCode = TaxCodeID(2)
      $0.tax = money(2_100)
    }
    let code = TaxCodeID(2)
    let received = try books.take(deposit, on: 1)
    #expect(
      coded(books, at: received) == ["1150 121.00", "2100 -100.00 \(code)", "2200 -21.00 \(code)"])
    var refund = RefundPaid()
    refund.refund = PaymentID(2)
    refund.to = .patient(PatientID(1))
    refund.amount = money(12_100)
    refund.method = .card(CardTender())
    refund.parts = [RefundedPart(PaymentID(1), money(12_100), tax: money(2_100))]
    refund.ofDeposit = true
    let paid = try books.take(refund, on: 2)
    #expect(
      coded(books, at: paid) == ["2100 100.00 \(code)", "2200 21.00 \(code)", "1150 -121.00"])
  }

  @Test mutating func `of a ticket stands once for each tax code, by a rule of its own`() throws {
    var sale = SaleCompleted()
    sale.sale = SaleID(1)
    sale.total = money(5_500)
    for (code, amount, tax) in [(1, 1_210, 210), (2, 3_080, 280), (1, 1_210, 210)] {
      sale.lines.append(
        SaleLine.with {
          $0.taxCode = TaxCodeID(UInt64(code))
          $0.amount = money(Int64(amount))
          $0.tax = money(Int64(tax))
        })
    }
    let (one, two) = (TaxCodeID(1), TaxCodeID(2))
    let sold = try books.take(sale, on: 1)
    #expect(
      coded(books, at: sold) == [
        "1200 55.00", "4020 -20.00 \(one)", "2200 -4.20 \(one)", "4020 -28.00 \(two)",
        "2200 -2.80 \(two)",
      ])
    sale.lines = [sale.lines[0]]
    sale.total = money(1_210)
    try books.take(sale, on: 2)
    var rules: [UInt16] = []
    books.model.forEachPosting { rules.append($0.entry.rule) }
    #expect(rules == [33, 33, 33, 33, 33, 29, 29, 29])
  }

  @Test mutating func `says who recorded it`() throws {
    books.actor = .staff(7)
    try books.charge(1, to: patient(1), 10_000, tax: 2_100, taxCode: 3)
    books.actor = .importer(1)
    try books.pay(1, from: .walkIn, 500)
    books.actor = .staff(7)
    try books.pay(2, from: .walkIn, 500)
    var actors: [Actor] = []
    books.model.forEachPosting { actors.append($0.actor) }
    #expect(
      actors == Array(repeating: .staff(7), count: 3) + Array(repeating: .importer(1), count: 2)
        + Array(repeating: .staff(7), count: 2))
    #expect(books.model.ledger.postings.map(\.actor) == [0, 0, 0, 1, 1, 0, 0])
  }
}

@Suite struct `A book of many accounts and rules` {
  @Test func `has no account beyond the 65,535th`() {
    let accounts = (1...65_534).map { Account("A\($0)", "Other", .expense) }
    #expect(Chart(accounts).hasRoom(for: "B"))
    let full = Chart(accounts + [Account("B", "Other", .expense)])
    #expect(!full.hasRoom(for: "C"))
    #expect(full.hasRoom(for: "B"))
  }

  @Test(.enabled(if: Effort.isFull, "takes the optimiser"))
  func `has no version of a rule beyond the 65,535th`() throws {
    var books = Books()
    try books.clinic()
    let rule = PostingRuleSet.with {
      $0.rule = PostingRuleID(1)
      $0.eventType = "ChargePosted"
      $0.slots = [PostingSlot("exemptIncome", account: "4030")]
    }
    // The built-in one is the first.
    for _ in 1...65_534 { try books.take(rule, on: 1) }
    let error = #expect(throws: PostingError.self) { try books.take(rule, on: 1) }
    #expect(error?.reason == .tooManyAccounts)
    let charge = try books.charge(1, to: patient(1), 10_000)
    let entry = books.model.entryID(books.model.ledger.postings[0])
    #expect(entry.description == "\(charge).1.65535.1")
  }
}

@Suite struct `A book of many clinics` {
  @Test func `refuses the one beyond 65,535, and all after it`() throws {
    var slots = ClinicSlots()
    for number in 1...65_535 as ClosedRange<UInt64> {
      #expect(try slots.index(of: number, at: Position(number)) == UInt16(number - 1))
    }
    #expect(throws: PostingError(.tooManyClinics, at: Position(65_536))) {
      _ = try slots.index(of: 65_536, at: Position(65_536))
    }
    #expect(try slots.index(of: 1, at: Position(65_537)) == 0)
    #expect(slots.count == 65_535)
  }

  @Test func `tells no more than 65,535 actors apart`() throws {
    var actors = ActorSlots()
    for number in 0..<65_535 as Range<UInt64> {
      _ = try actors.index(of: Actor(rawValue: number), at: Position(number))
    }
    #expect(throws: PostingError(.tooManyActors, at: Position(70_000))) {
      _ = try actors.index(of: Actor(rawValue: 65_535), at: Position(70_000))
    }
    #expect(actors[3] == Actor(rawValue: 3))
  }
}
