import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// A shop in the clinic: taxed goods with prices, some of them on the shelf.
enum Counter {
  static let reduced = TaxCodeID(1)
  static let standard = TaxCodeID(2)
  static let apples = ItemID(3)
  static let pears = ItemID(4)
  static let bag = ItemID(5)
  static let till = TillID(1)
  static let session = TillSessionID(1)
  static let sale = SaleID(1)

  static func tax(_ code: String, _ basisPoints: Int64) -> SetTaxCode {
    .with {
      $0.code = code
      $0.rate = Rate(basisPoints: basisPoints)
      $0.taxClass = basisPoints > 1000 ? .standard : .reduced
    }
  }

  static func item(_ name: String, _ unit: String, _ taxCode: TaxCodeID) -> DefineItem {
    .with {
      $0.name = name
      $0.baseUnit = unit
      $0.taxCode = taxCode
    }
  }

  static func price(_ item: ItemID, _ tenThousandths: Int64) -> SetPrice {
    .with {
      $0.priced = .item(item)
      $0.unitPrice = UnitPrice(tenThousandths: tenThousandths)
    }
  }

  /// Apples at 2.80 and pears at 2.50 a kilogram, taxed at 4 %; bags at 0.13, taxed at 21 %. There are
  /// ten kilograms of apples, which cost 15.00, five of pears, which cost 6.00, and no bags.
  static var stocked: Spec {
    Clinic.open
      .given(tax("R4", 400)).given(tax("S21", 2100))
      .given(item("Apples", "kg", reduced)).given(item("Pears", "kg", reduced))
      .given(item("Bag", "piece", standard))
      .given(price(apples, 28_000)).given(price(pears, 25_000)).given(price(bag, 1_300))
      .atTheStore.given(receive(goods(apples, 10, value: 15_00), goods(pears, 5, value: 6_00)))
  }

  static func open(_ float: Int64, _ change: (inout OpenTill) -> Void = { _ in }) -> OpenTill {
    .with {
      $0.float = cents(float)
      change(&$0)
    }
  }

  /// With an open till that has 150.00 in it; the cashier acts.
  static var opened: Spec { stocked.atTheTill.given(open(150_00)) }

  static func line(
    _ item: ItemID, _ thousandths: Int64, _ change: (inout TicketItem) -> Void = { _ in }
  ) -> TicketItem {
    .with {
      $0.item = item
      $0.quantity = Quantity(thousandths: thousandths)
      change(&$0)
    }
  }

  static func cash(_ tendered: Int64? = nil) -> PaymentMethod {
    .cash(CashTender.with { $0.tendered = tendered.map(cents) })
  }

  static func sell(
    _ lines: Few<TicketItem>, _ tenders: Few<TicketTender>,
    _ change: (inout CompleteSale) -> Void = { _ in }
  ) -> CompleteSale {
    .with {
      $0.lines = lines
      $0.tenders = tenders
      change(&$0)
    }
  }

  /// `sell --line 'apples 1.250kg' --line 'pears 0.8kg @2.10' --line 'bag 1' --cash 20.00`
  static var ticket: CompleteSale {
    sell(
      [
        line(apples, 1_250),
        line(pears, 800) { $0.unitPrice = UnitPrice(tenThousandths: 21_000) },
        line(bag, 1_000),
      ], [TicketTender(cash(20_00))])
  }

  /// With that ticket sold.
  static var sold: Spec { opened.given(ticket) }

  static func close(
    _ cash: Int64, _ change: (inout CloseTill) -> Void = { _ in }
  ) -> CloseTill {
    .with {
      $0.counts = [CountedMethod(.cash, cents(cash))]
      change(&$0)
    }
  }

  static func move(
    _ direction: CashDirection, _ type: CashMoveType, _ minor: Int64,
    _ change: (inout MoveTillCash) -> Void = { _ in }
  ) -> MoveTillCash {
    .with {
      $0.direction = direction
      $0.type = type
      $0.amount = cents(minor)
      change(&$0)
    }
  }

  static func takeBack(
    _ line: UInt32, _ thousandths: Int64, restock: Bool = false
  ) -> ReturnedItem {
    .with {
      $0.line = line
      $0.quantity = Quantity(thousandths: thousandths)
      $0.restock = restock
    }
  }

  static func takeBack(
    _ lines: Few<ReturnedItem>, _ change: (inout ReturnSale) -> Void = { _ in }
  ) -> ReturnSale {
    .with {
      $0.sale = sale
      $0.lines = lines
      $0.tenders = [TicketTender(cash())]
      $0.reason = "spoiled"
      change(&$0)
    }
  }
}

extension DeciderSpec<DeskState> {
  /// What should be in the till.
  func expected(_ method: MethodType = .cash) -> Int64? {
    state.tills.sessions[Counter.session]?.sums[method]
  }
}
