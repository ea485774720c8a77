import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues

func units(_ units: Int64) -> Quantity { Quantity(thousandths: units * 1000) }

func goods(
  _ item: ItemID, _ count: Int64, lot: String = "", expiry: String? = nil, value: Int64? = nil
) -> GoodsLine {
  .with {
    $0.item = item
    $0.lot = lot
    $0.expiry = expiry.map(Clinic.day)
    $0.quantity = units(count)
    $0.value = value.map(cents)
  }
}

func receive(_ lines: GoodsLine...) -> ReceiveGoods {
  .with {
    $0.supplier = Clinic.supplier
    $0.lines = Few(lines)
  }
}

func issue(
  _ item: ItemID, _ count: Int64, lot: String = "", for purpose: IssuePurpose = .internal,
  _ change: (inout IssueStock) -> Void = { _ in }
) -> IssueStock {
  .with {
    $0.item = item
    $0.quantity = units(count)
    $0.lot = lot
    $0.purpose = purpose
    change(&$0)
  }
}

func issued(
  _ item: ItemID, _ lines: Few<IssueLine>, for purpose: IssuePurpose = .internal,
  _ change: (inout StockIssued) -> Void = { _ in }
) -> StockIssued {
  .with {
    $0.clinic = Clinic.id
    $0.item = item
    $0.lines = lines
    $0.purpose = purpose
    change(&$0)
  }
}

func issueLine(_ lot: String, _ count: Int64, _ value: Int64) -> IssueLine {
  IssueLine(lot: lot, quantity: units(count), value: cents(value))
}

extension DeciderSpec {
  /// From now on the buyer acts.
  var atTheStore: Self { by(.staff(3), .buyer) }
}
