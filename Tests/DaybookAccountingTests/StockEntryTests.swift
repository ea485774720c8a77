import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookValues
import Testing

@Suite struct `The entries of stock` {
  var books = Books()

  init() throws {
    try books.clinic(1)
    try books.clinic(2)
    try books.clinic(3, .usd)
    try books.partyRegistered(4, .supplier)
  }

  private func returned(_ lines: (value: Int64, received: Int64, invoiced: Bool)...)
    -> GoodsReturned
  {
    .with {
      $0.receipt = ReceiptID(1)
      $0.supplier = PartyID(4)
      $0.clinic = ClinicID(1)
      $0.lines = Few(
        lines.map { line in
          .with {
            $0.receiptLine = 1
            $0.quantity = .one
            $0.value = money(line.value)
            $0.received = money(line.received)
            $0.invoiced = line.invoiced
          }
        })
    }
  }

  // Ten at 1.00 have come in; two go back before the invoice, one after it.
  @Test mutating func `goods that go back before the invoice and after it`() throws {
    try books.receive(1, from: 4, [10_00])
    let at = try books.take(returned((2_00, 2_00, false), (1_00, 1_00, true)), on: 1)
    #expect(
      books.lines(at: at) == [
        "2010 Y4 R1 2.00", "1400 Y4 R1 -2.00", "2000 Y4 R1 1.00", "1400 Y4 R1 -1.00",
      ])
  }

  // Ten at 1.00 and ten at 1.50 lie together: one has cost 1.25.
  @Test mutating func `what the stock costs more by now is price variance`() throws {
    let dearer = try books.take(returned((1_25, 1_00, false)), on: 1)
    #expect(
      books.lines(at: dearer) == ["2010 Y4 R1 1.00", "5030 Y4 R1 0.25", "1400 Y4 R1 -1.25"])
    let cheaper = try books.take(returned((1_25, 1_50, true)), on: 1)
    #expect(
      books.lines(at: cheaper) == ["2000 Y4 R1 1.50", "1400 Y4 R1 -1.25", "5030 Y4 R1 -0.25"])
  }

  private func sent(_ cents: Int64...) -> StockTransferDispatched {
    .with {
      $0.transfer = TransferID(1)
      $0.from = ClinicID(1)
      $0.to = ClinicID(2)
      $0.lines = Few(cents.map { value in .with { $0.value = money(value) } })
    }
  }

  private func arrived(
    _ cents: [Int64], _ differences: [(Int64, TransferExplanation)] = [], to clinic: UInt64 = 2
  ) -> StockTransferReceived {
    .with {
      $0.transfer = TransferID(1)
      $0.from = ClinicID(1)
      $0.to = ClinicID(clinic)
      $0.lines = Few(cents.map { value in .with { $0.value = money(value) } })
      $0.differences = Few(
        differences.map { value, why in
          .with {
            $0.value = money(value)
            $0.explanation = why
          }
        })
    }
  }

  /// The postings of an event with their clinic, `1: 1410 -5.00`.
  private func byClinic(_ position: UInt64) -> [String] {
    var lines: [String] = []
    books.model.forEachPosting {
      guard $0.position.number == position else { return }
      lines.append("\($0.clinic): \($0.account.code) \($0.amount.decimal)")
    }
    return lines
  }

  // 8.00 leave the first clinic; 5.00 arrive, 1.00 is lost and 2.00 never left.
  @Test mutating func `stock in transit stays the sender's, and 1990 is zero over both`() throws {
    let sent = try books.take(sent(5_00, 3_00), on: 1)
    #expect(
      byClinic(sent) == ["1: 1410 5.00", "1: 1400 -5.00", "1: 1410 3.00", "1: 1400 -3.00"])
    let arrived = try books.take(
      arrived([5_00], [(1_00, .lost), (2_00, .neverLeft)]), on: 1, clinic: 2)
    #expect(
      byClinic(arrived) == [
        "2: 1400 5.00", "1: 1410 -5.00", "1: 5020 1.00", "1: 1410 -1.00", "1: 1400 2.00",
        "1: 1410 -2.00", "2: 1990 -5.00", "1: 1990 5.00",
      ])
  }

  @Test mutating func `what only explains stays with the sender`() throws {
    try books.take(sent(5_00), on: 1)
    let at = try books.take(arrived([], [(5_00, .damaged)]), on: 1, clinic: 2)
    #expect(byClinic(at) == ["1: 5020 5.00", "1: 1410 -5.00"])
  }

  @Test mutating func `a transfer never changes the currency, and says what became of it`() throws {
    try books.take(sent(5_00), on: 1)
    #expect(throws: PostingError.self) {
      try books.take(arrived([5_00], to: 3), on: 1, clinic: 3)
    }
    #expect(throws: PostingError.self) {
      try books.take(arrived([], [(1, .unspecified)]), on: 1, clinic: 2)
    }
  }

  // Ten at 1.00: nine counted, so 1.00 is written off; next time eleven, so 2.00 are written on.
  @Test mutating func `a count writes off what is missing and on what is found`() throws {
    func counted(_ values: Int64...) -> StockCounted {
      .with {
        $0.count = CountID(1)
        $0.clinic = ClinicID(1)
        $0.lines = Few(values.map { value in .with { $0.value = money(value) } })
      }
    }
    let missing = try books.take(counted(-1_00, 0), on: 1)
    #expect(books.lines(at: missing) == ["1400 - CN1 -1.00", "5020 - CN1 1.00"])
    let found = try books.take(counted(2_00), on: 1)
    #expect(books.lines(at: found) == ["1400 - CN1 2.00", "5020 - CN1 -2.00"])
    #expect(throws: PostingError.self) { try books.take(counted(.min), on: 1) }
  }

  @Test mutating func `orders, notices, cycles and services post nothing`() throws {
    let before = books.lines().count
    try books.take(PurchaseOrderPlaced.with { $0.order = OrderID(1) }, on: 1)
    try books.take(PurchaseOrderClosed.with { $0.order = OrderID(1) }, on: 1)
    try books.take(LotStatusSet.with { $0.item = ItemID(1) }, on: 1)
    try books.take(SterilisationRecorded.with { $0.cycle = CycleID(1) }, on: 1)
    try books.take(EquipmentServiced.with { $0.cost = money(100) }, on: 1)
    #expect(books.lines().count == before)
  }
}
