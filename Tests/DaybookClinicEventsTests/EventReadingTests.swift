import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues
import Testing

@Suite struct `An event that is read in place` {
  private let full: PaymentReceived = {
    var payment = PaymentReceived()
    payment.payment = PaymentID(1)
    payment.from = .patient(PatientID(7))
    payment.amount = Amount(minorUnits: 500, .eur)
    payment.allocations = [
      Allocation(ChargeID(3), owedBy: .patient(PatientID(7)), Amount(minorUnits: 400, .eur)),
      Allocation(ChargeID(4), owedBy: .patient(PatientID(7)), Amount(minorUnits: 100, .eur)),
    ]
    payment.tillSession = TillSessionID(9)
    payment.tip = Amount(minorUnits: 20, .eur)
    payment.remittance = "R-1"
    return payment
  }()

  private let bare: PaymentReceived = {
    var payment = PaymentReceived()
    payment.payment = PaymentID(2)
    payment.from = .patient(PatientID(8))
    payment.amount = Amount(minorUnits: 300, .eur)
    return payment
  }()

  @Test(arguments: [1, 2])
  func `leaves nothing of the payload that was there before`(_ listeners: Int) throws {
    let decoder = EventDecoder(listeners: listeners)
    var payment = PaymentReceived()
    for (number, written) in [full, bare, full].enumerated() {
      // Asked twice: where several listen, the second is given what is remembered.
      for _ in 0..<2 {
        try lend(written, at: UInt64(number) + 1, decoder) { event in
          try event.read(into: &payment)
          #expect(payment == written)
          #expect(try event.payload(PaymentReceived.self) == written)
        }
      }
    }
  }

  @Test func `is refused as another event`() throws {
    try lend(full, at: 1, EventDecoder()) { event in
      var charge = ChargePosted()
      #expect(throws: WireError.self) { try event.read(into: &charge) }
    }
  }

  private func lend(
    _ payment: PaymentReceived, at position: UInt64, _ decoder: EventDecoder,
    _ body: (borrowing Event) throws -> Void
  ) throws {
    var header = RecordHeader()
    header.position = Position(position)
    header.family = AccountingTag.family
    header.tag = PaymentReceived.tag.rawValue
    try withReader(of: try payment.encoded(base: header.effective.instant)) { bytes in
      try body(Event(RecordView(header: header, payload: bytes), decoder))
    }
  }
}
