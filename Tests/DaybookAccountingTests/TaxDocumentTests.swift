import DaybookAccounting
import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Tax from the Desk to the books, at every rate and both levels of rounding.
@Suite struct `Tax of documents` {
  private static let rates: [Int64] = [2_100, 2_000, 1_900, 1_000, 400, 0]

  /// Half away from zero, by whole numbers alone.
  private func onTop(_ net: Int64, _ basisPoints: Int64) -> Int64 {
    (2 * net * basisPoints + 10_000) / 20_000
  }

  private func included(_ gross: Int64, _ basisPoints: Int64) -> Int64 {
    (2 * gross * basisPoints + 10_000 + basisPoints) / (2 * (10_000 + basisPoints))
  }

  private func desk(_ rounding: TaxRounding) throws -> DecidedBooks {
    var desk = try DecidedBooks(rounding: rounding)
    for rate in Self.rates {
      try desk.perform(
        as: .admin,
        SetTaxCode.with {
          $0.code = "T\(rate)"
          $0.rate = Rate(basisPoints: rate)
          $0.taxClass = rate == 0 ? .exempt : .standard
        })
    }
    return desk
  }

  private func tax(_ desk: DecidedBooks) -> Int64 { -desk.balance("2200") }

  @Test(arguments: [TaxRounding.perLine, .perDocument])
  func `an invoice has the tax of its lines or of the whole, as the clinic's country says`(
    _ rounding: TaxRounding
  ) throws {
    var desk = try desk(rounding)
    try desk.see()
    var numbers = SeededNumbers(seed: 7)
    var charges: UInt64 = 0
    for (index, rate) in Self.rates.enumerated() {
      for lines in [1, 2, 3, 5, 8] {
        let nets = (0..<lines).map { _ in numbers.upTo(20_000) }
        let before = tax(desk)
        let owed = desk.balance("1200")
        for net in nets {
          try desk.treat(net) { $0.taxCode = TaxCodeID(UInt64(index) + 1) }
        }
        let each = nets.reduce(0) { $0 + onTop($1, rate) }
        #expect(tax(desk) - before == each)
        let shares = (1...UInt64(lines)).map { InvoiceShare(ChargeID(charges + $0)) }
        charges += UInt64(lines)
        try desk.perform(
          as: .accountant,
          IssueInvoice.with {
            $0.customer = InvoiceCustomer.with {
              $0.party = .patient(PatientID(1))
              $0.person = InvoicePerson.with { $0.name = "Young" }
            }
            $0.charges = Few(shares)
          })
        let issued = try desk.spec.events[0].decoded(as: InvoiceIssued.self)
        let net = nets.reduce(0, +)
        let whole = rounding == .perDocument ? onTop(net, rate) : each
        #expect(issued.total == money(net + whole), "\(rate), \(nets)")
        #expect(issued.taxes.reduce(0) { $0 + $1.tax.minorUnits } == whole, "\(rate), \(nets)")
        #expect(tax(desk) - before == whole, "\(rate), \(nets)")
        // What is owed, net and tax are the same to the cent.
        #expect(desk.balance("1200") - owed == net + whole, "\(rate), \(nets)")
      }
    }
    #expect(desk.faults == [])
  }

  @Test(arguments: [TaxRounding.perLine, .perDocument])
  func `a ticket holds its tax, rounded once a line`(_ rounding: TaxRounding) throws {
    var desk = try desk(rounding)
    try desk.perform(
      as: .admin,
      DefineService.with {
        $0.name = "Advice"
        $0.type = .treatment
      })
    try desk.perform(as: .cashier, OpenTill.with { $0.float = money(0) })
    var numbers = SeededNumbers(seed: 11)
    var (sales, taxes) = (Int64(0), Int64(0))
    for (index, rate) in Self.rates.enumerated() {
      for gross in [1, 2, 3, 99, 100, 101, 19_999, 20_000, 199_999, 200_000].map(Int64.init)
        + (0..<15).map({ _ in numbers.upTo(200_000) })
      {
        try desk.perform(
          as: .cashier,
          CompleteSale.with {
            $0.lines = [
              TicketItem.with {
                $0.service = ServiceID(2)
                $0.unitPrice = UnitPrice(tenThousandths: gross * 100)
                $0.taxCode = TaxCodeID(UInt64(index) + 1)
              }
            ]
            $0.tenders = [TicketTender(.cash(CashTender()))]
          })
        let sold = try desk.spec.events[0].decoded(as: SaleCompleted.self)
        #expect(sold.total == money(gross))
        #expect(sold.lines[0].tax == money(included(gross, rate)), "\(gross) at \(rate)")
        taxes += included(gross, rate)
        sales += gross
      }
    }
    #expect(desk.balance("2200") == -taxes && desk.balance("4020") == taxes - sales)
    #expect(desk.balance("1010") == sales && desk.faults == [])
  }
}
