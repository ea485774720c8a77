import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  static func accountingTill() throws -> [EventSample] {
    [
      try EventSample(
        full: TillOpened.with {
          $0.session = TillSessionID(9)
          $0.till = TillID(1)
          $0.float = dollars(15_000)
          $0.held = dollars(4_950)
          $0.brought = dollars(10_000)
        },
        minimal: TillOpened.with {
          $0.session = TillSessionID(9)
          $0.till = TillID(1)
          $0.float = euros(0)
          $0.held = euros(0)
          $0.brought = euros(0)
        }),
      try EventSample(
        full: TillCashMoved.with {
          $0.session = TillSessionID(9)
          $0.direction = .out
          $0.type = .petty
          $0.amount = dollars(1_210)
          $0.account = "6120"
          $0.document = "slip 7"
          $0.taxCode = TaxCodeID(2)
          $0.tax = dollars(210)
          $0.deductible = dollars(105)
          $0.toSession = TillSessionID(8)
        },
        minimal: TillCashMoved.with {
          $0.session = TillSessionID(9)
          $0.direction = .into
          $0.type = .float
          $0.amount = euros(5_000)
          $0.tax = euros(0)
          $0.deductible = euros(0)
        }),
      try EventSample(
        full: TillClosed.with {
          $0.session = TillSessionID(9)
          $0.till = TillID(1)
          $0.number = 31
          $0.counts = [
            count(.cash, 41_500, 41_250), count(.card, 88_000, 88_000),
            count(.voucher, 500, 500), count(.cheque, 0, 100),
          ]
          $0.left = dollars(15_000)
          $0.receiptCount = 17
          $0.note = "a coin of another country"
        },
        minimal: TillClosed.with {
          $0.session = TillSessionID(9)
          $0.till = TillID(1)
          $0.number = 1
          $0.left = euros(0)
        }),
    ]
  }

  private static func count(
    _ method: MethodType, _ expected: Int64, _ counted: Int64
  ) -> MethodCount {
    .with {
      $0.method = method
      $0.expected = dollars(expected)
      $0.counted = dollars(counted)
      $0.variance = dollars(counted - expected)
    }
  }

  private static func cash(_ amount: Int64) -> Tender {
    Tender.with {
      $0.method = .cash(CashTender.with { $0.tendered = dollars(2_000) })
      $0.amount = dollars(amount)
      $0.tip = dollars(100)
    }
  }

  static func accountingSales() throws -> [EventSample] {
    [
      try EventSample(
        full: SaleCompleted.with {
          $0.sale = SaleID(412)
          $0.tillSession = TillSessionID(9)
          $0.patient = PatientID(17)
          $0.series = "T"
          $0.number = 412
          $0.lines = [
            SaleLine.with {
              $0.item = ItemID(7)
              $0.quantity = Quantity(thousandths: 1_250)
              $0.unitPrice = UnitPrice(tenThousandths: 27_600)
              $0.discount = dollars(5)
              $0.amount = dollars(340)
              $0.taxCode = TaxCodeID(2)
              $0.rate = Rate(basisPoints: 400)
              $0.tax = dollars(13)
            },
            SaleLine.with {
              $0.service = ServiceID(12)
              $0.quantity = .one
              $0.discount = dollars(0)
              $0.amount = dollars(2_000)
              $0.tax = dollars(0)
            },
          ]
          $0.total = dollars(2_340)
          $0.tenders = [cash(340), cash(500)]
          $0.charge = ChargeID(311)
          $0.approver = StaffID(1)
        },
        minimal: SaleCompleted.with {
          $0.sale = SaleID(412)
          $0.series = "T"
          $0.number = 1
          $0.total = euros(0)
        }),
      try EventSample(
        full: SaleReturned.with {
          $0.saleReturn = SaleReturnID(3)
          $0.tillSession = TillSessionID(9)
          $0.series = "R"
          $0.number = 3
          $0.clinic = ClinicID(1)
          $0.sale = SaleID(412)
          $0.lines = [
            ReturnLine.with {
              $0.line = 1
              $0.item = ItemID(7)
              $0.quantity = Quantity(thousandths: 250)
              $0.amount = dollars(68)
              $0.taxCode = TaxCodeID(2)
              $0.rate = Rate(basisPoints: 400)
              $0.tax = dollars(3)
              $0.restocked = [
                IssueLine(lot: "L7", quantity: Quantity(thousandths: 250), value: dollars(31))
              ]
            },
            ReturnLine.with {
              $0.service = ServiceID(12)
              $0.amount = dollars(100)
              $0.tax = dollars(0)
            },
          ]
          $0.total = dollars(168)
          $0.tenders = [cash(68)]
          $0.patient = PatientID(17)
          $0.charge = ChargeID(311)
          $0.forgiven = dollars(100)
          $0.reason = "spoiled"
          $0.approver = StaffID(1)
        },
        minimal: SaleReturned.with {
          $0.saleReturn = SaleReturnID(3)
          $0.series = "R"
          $0.number = 3
          $0.clinic = ClinicID(1)
          $0.total = euros(0)
          $0.forgiven = euros(0)
        }),
    ]
  }
}
