import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Goods that go back after their invoice are owed by the supplier, until a credit note clears them.
@Suite struct `A credit note for goods` {
  private static let receipt = ReceiptID(1)

  private func note(
    _ number: String, _ lines: (quantity: Int64?, net: Int64)...
  ) -> RecordSupplierInvoice {
    .with {
      $0.supplier = Clinic.supplier
      $0.number = number
      $0.date = Clinic.today
      $0.lines = Few(
        lines.map { line in
          .with {
            $0.receipt = Self.receipt
            $0.net = cents(line.net)
            $0.quantity = line.quantity.map(units)
          }
        })
    }
  }

  private func match(
    _ quantity: Int64, _ value: Int64, returned: Bool
  ) -> ReceiptMatch {
    .with {
      $0.receipt = Self.receipt
      $0.line = 1
      $0.quantity = units(quantity)
      $0.value = cents(value)
      $0.returned = returned
    }
  }

  private func matches(_ spec: Spec) throws -> [ReceiptMatch?] {
    try spec.events[0].decoded(as: SupplierInvoiceRecorded.self).lines.map(\.received)
  }

  /// Ten gloves at 1.00 are invoiced, and three of them went back; the accountant acts.
  private var returned: Spec {
    Clinic.open.atTheStore.given(receive(goods(Clinic.gloves, 10, value: 10_00)))
      .accounting.given(note("117", (nil, 10_00)))
      .atTheStore.given(giveBack(Clinic.gloves, 3)).accounting
  }

  private func line(_ spec: Spec) -> ReceiptLineRecord? {
    spec.state.purchasing.line(1, of: Self.receipt)
  }

  @Test func `takes what went back before what is still here`() throws {
    #expect(line(returned)?.returnedQuantity == 3_000 && line(returned)?.returnedValue == 3_00)
    #expect(line(returned)?.invoicedQuantity == 7_000)
    let all = returned.when(note("C1", (nil, -3_00)))
    #expect(try matches(all) == [match(-3, -3_00, returned: true)])
    #expect(line(all)?.returnedQuantity == 0 && line(all)?.returnedValue == 0)
    #expect(line(all)?.invoicedQuantity == 7_000)
    // A part, then the rest, then goods that have not gone.
    let parts = returned.when(note("C1", (-1, -1_00), (-2, -2_00), (-4, -4_00)))
    #expect(
      try matches(parts) == [
        match(-1, -1_00, returned: true), match(-2, -2_00, returned: true),
        match(-4, -4_00, returned: false),
      ])
    #expect(line(parts)?.openQuantity == 4_000 && line(parts)?.invoicedQuantity == 3_000)
  }

  @Test func `is for no more than went back, on one line`() {
    returned.when(note("C1", (-4, -4_00)))
      .thenRefused(
        PurchasingRefusal.aboveReceived(Self.receipt, line: 1, left: units(3)),
        field: "lines.quantity")
    returned.given(note("C1", (nil, -3_00))).when(note("C2", (-8, -8_00)))
      .thenRefused(PurchasingRefusal.aboveReceived(Self.receipt, line: 1, left: units(7)))
    returned.when(note("C1", (-3, 3_00))).thenRefused(.outOfRange)
  }

  @Test func `keeps the return that it credits, until it is undone itself`() {
    let back = returned.last(GoodsReturned.self)
    let credited = returned.given(note("C1", (nil, -3_00)))
    credited.atTheStore.when(reverse(back)).thenRefused(.hasDependents)
    let undone = credited.givenReversed(SupplierInvoiceRecorded.self)
    #expect(line(undone)?.returnedQuantity == 3_000)
    let home = undone.atTheStore.when(reverse(back))
    home.thenEvents(Reversed.self)
    #expect(line(home)?.returnedQuantity == 0 && line(home)?.invoicedQuantity == 10_000)
    returned.atTheStore.when(reverse(back)).thenEvents(Reversed.self)
  }

  @Test func `stands in the way of undoing the invoice, and so does a return`() {
    returned.whenReversed(SupplierInvoiceRecorded.self).thenRefused(.hasDependents)
    returned.atTheStore.given(reverse(returned.last(GoodsReturned.self))).accounting
      .whenReversed(SupplierInvoiceRecorded.self).thenEvents(Reversed.self)
  }

  @Test func `is set off against what is paid`() {
    let credited = returned.given(note("C1", (nil, -3_00)))
    #expect(credited.state.purchasing.invoices[SupplierInvoiceID(2)]?.open == -3_00)
    credited.when(
      MakePayment.with {
        $0.to = .party(Clinic.supplier)
        $0.amount = cents(7_00)
        $0.settles = [
          PaidItem(.invoice(SupplierInvoiceID(1)), cents(10_00)),
          PaidItem(.invoice(SupplierInvoiceID(2)), cents(-3_00)),
        ]
      }
    ).thenEvents(PaymentMade.self)
  }
}
