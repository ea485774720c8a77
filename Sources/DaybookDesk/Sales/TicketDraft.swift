import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// The lines of a ticket, and what they take from the shelves, checked and not yet written.
struct TicketDraft {
  let sale: SaleID
  let patient: PatientID?
  private(set) var lines: [SaleLine] = []
  private(set) var issues: [StockIssued] = []
  var picking: StockPicking

  init(sale: SaleID, patient: PatientID?, _ state: DeskState) {
    self.sale = sale
    self.patient = patient
    picking = StockPicking(state.stock)
  }

  /// Adds line `number`, from 1, with the goods that it takes.
  mutating func add(
    _ given: TicketItem, _ number: UInt32, approver: StaffID?, _ state: DeskState,
    _ review: inout Review
  ) {
    let field = "lines[\(number)]."
    var line = SaleLine()
    line.item = given.item
    line.service = given.service
    line.quantity = given.quantity
    review.requirePositive(given.quantity, field + "quantity")
    var price: UnitPrice?
    switch (given.item, given.service) {
    case (let item?, nil):
      line.taxCode = given.taxCode ?? state.stock.items[item]?.taxCode
      line.rate = review.taxRate(line.taxCode, state, field + "taxCode")
      price = given.unitPrice ?? listPrice(.item(item), state, review)
    case (nil, let service?):
      review.requireActive(service, state, at: review.effective.instant, field + "service")
      let known = state.administration.services[service]?.at(review.effective.instant)
      line.taxCode = given.taxCode ?? known?.taxCode
      line.rate = review.taxRate(line.taxCode, state, field + "taxCode")
      price =
        given.unitPrice
        ?? listPrice(.service(service), state, review).flatMap { $0.withTax(at: line.rate) }
      if given.quantity.thousandths % 1000 != 0 {
        review.refuse(SaleRefusal.notWhole(service), field + "quantity")
      }
    default: review.refuse(SaleRefusal.notOneThing, field + "item")
    }
    if price == nil, (given.item == nil) != (given.service == nil) {
      review.refuse(SaleRefusal.noPrice, field + "unitPrice")
    }
    line.unitPrice = price ?? UnitPrice()
    if line.unitPrice.isNegative {
      review.refuse(SaleRefusal.negativePrice(line.unitPrice), field + "unitPrice")
    }
    value(&line, given.discount, field, &review)
    review.requireSecondPerson(
      line.discount.minorUnits, limit: review.clinic?.limits.discount, approver: approver, state,
      "approver")
    lines.append(line)
    take(given, number, field, state, &review)
  }

  private func listPrice(_ priced: Priced, _ state: DeskState, _ review: Review) -> UnitPrice? {
    state.catalogue.price(
      of: priced, payer: nil, at: ClinicID(review.context.clinic), on: review.effective.day
    )?.unitPrice
  }

  /// Works out what the line comes to.
  private func value(
    _ line: inout SaleLine, _ discount: Amount, _ field: String, _ review: inout Review
  ) {
    let off = review.notNegative(discount, field + "discount")
    line.discount = Amount(minorUnits: off)
    let currency = review.clinic?.currency ?? .unspecified
    guard
      let gross = try? TicketLine.amount(
        line.quantity, at: line.unitPrice, less: 0, in: currency)
    else {
      review.refuse(DeskRefusal.tooLarge("the line"), field + "quantity")
      return
    }
    if off > max(0, gross) {
      review.refuse(SaleRefusal.discountAboveLine(review.amount(gross)), field + "discount")
    }
    let amount = max(0, max(0, gross) - off)
    line.amount = Amount(minorUnits: amount)
    line.tax = Amount(minorUnits: review.taxIncluded(in: amount, at: line.rate))
  }

  /// Takes the item from its shelf, or what the recipe of a service says.
  private mutating func take(
    _ given: TicketItem, _ number: UInt32, _ field: String, _ state: DeskState,
    _ review: inout Review
  ) {
    var place = StockPicking.Place(
      clinic: ClinicID(review.context.clinic), effective: review.effective)
    place.purpose = .sale
    place.patient = patient
    place.soldLine = SoldLine(sale, line: number)
    guard given.quantity.isPositive else { return }
    if let item = given.item {
      var use = ItemUse(item, given.quantity, lot: given.lot.trimmed)
      use.lotOverride = given.lotOverride
      issues.append(picking.issue(use, at: place, &review, field + "quantity"))
    } else if let service = given.service, !review.isImport {
      let known = state.administration.services[service]?.at(review.effective.instant)
      for part in known?.recipe ?? [] {
        let quantity =
          Int128(part.quantity.thousandths) * Int128(given.quantity.thousandths) / 1000
        guard let quantity = Int64(exactly: quantity), quantity > 0 else { continue }
        let use = ItemUse(part.item, Quantity(thousandths: quantity))
        issues.append(picking.issue(use, at: place, &review, field + "service"))
      }
    }
  }
}

extension UnitPrice {
  /// The price with the tax on top, to the ten-thousandth; nil beyond what a price holds.
  func withTax(at rate: Rate) -> UnitPrice? {
    let exact = try? Rounding.halfAwayFromZero(
      Int128(tenThousandths) * (10_000 + Int128(rate.basisPoints)), dividedBy: 10_000)
    return exact.flatMap { Int64(exactly: $0) }.map { UnitPrice(tenThousandths: $0) }
  }
}
