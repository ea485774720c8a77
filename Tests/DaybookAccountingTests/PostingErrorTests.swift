import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues
import Testing

@testable import DaybookAccounting

@Suite struct `An event that cannot be posted` {
  private var books = Books(chunkRows: 2)

  init() throws {
    try books.clinic(1)
    try books.clinic(2, .usd)
    try books.charge(1, to: patient(1), 10_000)
    try books.charge(2, to: patient(1), 5_000, clinic: 2)
  }

  /// What `body` throws; nothing of it may be left.
  private mutating func refused(
    _ body: (inout Books) throws -> Void
  ) throws -> PostingError.Reason? {
    let (digest, lines) = (books.model.digest, books.lines())
    var reason: PostingError.Reason?
    do {
      try body(&books)
    } catch let error as PostingError {
      reason = error.reason
      #expect(error.position == Position(books.position))
    }
    #expect(books.lines() == lines)
    #expect(books.model.charges.count == 2)
    #expect(books.model.digest(at: Position(books.position - 1)) == digest)
    // The books go on as if it had not been there.
    try books.pay(90, from: .walkIn, 700)
    #expect(books.lines().count == lines.count + 2)
    return reason
  }

  @Test mutating func `allocates more than was paid`() throws {
    let reason = try refused {
      try $0.pay(1, from: .walkIn, 100, [(1, patient(1), 60), (1, patient(1), 41)])
    }
    #expect(reason == .overAllocated)
  }

  @Test mutating func `settles a charge in another currency`() throws {
    let reason = try refused { try $0.pay(1, from: .walkIn, 100, [(2, patient(1), 100)]) }
    #expect(reason == .currencyMismatch)
  }

  @Test mutating func `has an amount below zero`() throws {
    let reason = try refused { try $0.transfer(1, from: patient(1), to: payer(1), -5) }
    #expect(reason == .negativeAmount)
  }

  @Test mutating func `has a discount above the price`() throws {
    let reason = try refused { try $0.charge(3, to: patient(1), 100, discount: 101) }
    #expect(reason == .negativeAmount)
  }

  @Test mutating func `has a charge's number again`() throws {
    let reason = try refused { try $0.charge(2, to: patient(1), 100) }
    #expect(reason == .chargeOutOfOrder)
  }

  @Test mutating func `does not say what sort of adjustment it is`() throws {
    let reason = try refused { try $0.adjust(1, of: patient(1), .unspecified, 5) }
    #expect(reason == .unspecified)
  }

  @Test mutating func `takes the sum of all debits beyond 64 bits`() throws {
    let reason = try refused { try $0.charge(3, to: patient(1), .max) }
    #expect(reason == .overflow)
    let gross = try refused { try $0.charge(4, to: patient(1), .max, tax: 1) }
    #expect(gross == .overflow)
  }

  @Test mutating func `names more than the books can hold`() throws {
    let reason = try refused { try $0.charge(3, to: patient(1 << 30), 5) }
    #expect(reason == .identifierTooLarge)
  }
}

@Suite struct `A posting in memory` {
  @Test func `takes 48 bytes`() {
    #expect(MemoryLayout<Posting>.stride == 48)
  }
}
