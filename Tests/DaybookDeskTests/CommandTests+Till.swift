import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues
import Testing

extension `Commands on the wire` {
  @Test func `tills read back`() throws {
    try survives(
      OpenTill.with {
        $0.till = TillID(1)
        $0.float = cents(1)
        $0.brought = cents(0)
      }, fields: 3)
    try survives(
      MoveTillCash.with {
        $0.till = TillID(1)
        $0.direction = .out
        $0.type = .petty
        $0.amount = cents(1)
        $0.account = "6120"
        $0.document = "d"
        $0.taxCode = TaxCodeID(1)
        $0.tax = cents(0)
        $0.toTill = TillID(2)
      }, fields: 9)
    try survives(
      CloseTill.with {
        $0.till = TillID(1)
        $0.counts = [CountedMethod(.cash, cents(1))]
        $0.left = cents(0)
        $0.note = "n"
      }, fields: 4)
  }

  @Test func `sales read back`() throws {
    let tender = TicketTender.with {
      $0.method = .card(CardTender())
      $0.amount = cents(1)
      $0.tip = cents(0)
    }
    try survives(
      CompleteSale.with {
        $0.patient = PatientID(1)
        $0.lines = [
          TicketItem.with {
            $0.item = ItemID(1)
            $0.service = ServiceID(1)
            $0.quantity = .one
            $0.unitPrice = UnitPrice(tenThousandths: 1)
            $0.discount = cents(1)
            $0.taxCode = TaxCodeID(1)
            $0.lot = "l"
            $0.lotOverride = LotOverride()
          }
        ]
        $0.tenders = [tender]
        $0.till = TillID(1)
        $0.series = "T"
        $0.number = 1
        $0.approver = StaffID(1)
      }, fields: 7)
    try survives(
      ReturnSale.with {
        $0.sale = SaleID(1)
        $0.unknownOriginal = true
        $0.lines = [
          ReturnedItem.with {
            $0.line = 1
            $0.quantity = .one
            $0.restock = true
            $0.item = ItemID(1)
            $0.service = ServiceID(1)
            $0.unitPrice = UnitPrice(tenThousandths: 1)
            $0.taxCode = TaxCodeID(1)
            $0.lot = "l"
          }
        ]
        $0.tenders = [tender]
        $0.till = TillID(1)
        $0.series = "R"
        $0.number = 1
        $0.reason = "r"
        $0.approver = StaffID(1)
      }, fields: 9)
  }

  @Test func `invoices read back`() throws {
    try survives(
      IssueInvoice.with {
        $0.customer.party = .patient(PatientID(1))
        $0.charges = [InvoiceShare(ChargeID(1), cents(1))]
        $0.deposits = [PaymentID(1)]
        $0.sales = [SaleID(1)]
        $0.series = "A"
        $0.number = 1
        $0.due = [DueDate()]
      }, fields: 7)
    try survives(
      RectifyInvoice.with {
        $0.invoice = InvoiceID(1)
        $0.lines = [RectifiedShare(1, cents(1))]
        $0.series = "AR"
        $0.number = 1
        $0.reason = "r"
        $0.approver = StaffID(1)
      }, fields: 6)
  }

  @Test func `money that goes back reads back`() throws {
    try survives(
      PayRefund.with {
        $0.to = .patient(PatientID(1))
        $0.amount = cents(1)
        $0.method = .card(CardTender())
        $0.till = TillID(1)
        $0.payment = PaymentID(1)
        $0.ofDeposit = true
        $0.reason = "r"
        $0.approver = StaffID(1)
      }, fields: 8)
    try survives(
      ReleaseAllocation.with {
        $0.payment = PaymentID(1)
        $0.charge = ChargeID(1)
        $0.amount = cents(1)
        $0.reason = "r"
      }, fields: 4)
    try survives(
      ReturnPayment.with {
        $0.payment = PaymentID(1)
        $0.amount = cents(1)
        $0.reason = .cheque
        $0.fee = cents(0)
      }, fields: 4)
  }

  @Test func `commands of the counter have names of their own`() {
    let names = [
      OpenTill.typeName, MoveTillCash.typeName, CloseTill.typeName, CompleteSale.typeName,
      ReturnSale.typeName, IssueInvoice.typeName, RectifyInvoice.typeName, PayRefund.typeName,
      ReleaseAllocation.typeName, ReturnPayment.typeName, ReceivePayment.typeName,
      AllocatePayment.typeName,
    ]
    #expect(Set(names).count == names.count)
  }
}
