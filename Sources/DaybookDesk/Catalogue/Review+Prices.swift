import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// What the list of the day asks for a treatment, in minor units without tax.
struct ListedPrice {
  var price: Int64
  /// What the contract of the payer takes off that at once; nothing for most.
  var allowance: Int64 = 0
}

extension Review {
  /// What the list of the day asks a payer's patient for so many units; nil where no list has a price.
  ///
  /// Where the payer's price says so, that is everybody's price with an allowance down to the payer's
  /// own. Not of what is taxed: tax is on what is agreed, and the payer's price alone is. Not of
  /// history, which has its own adjustments.
  ///
  /// Source: BOOKS section 2, "expected contractual allowance".
  mutating func listed(
    _ service: ServiceID, units: UInt32, payer: PartyID?, isTaxed: Bool, _ state: DeskState,
    _ field: String
  ) -> ListedPrice? {
    guard let own = listPrice(of: service, units: units, payer: payer, state, field) else {
      return nil
    }
    let (clinic, day) = (ClinicID(context.clinic), effective.day)
    guard let payer, !isTaxed, !isImport,
      state.catalogue.price(of: .service(service), payer: payer, at: clinic, on: day)?.allowance
        == true,
      let general = listPrice(of: service, units: units, payer: nil, state, field), general > own
    else { return ListedPrice(price: own) }
    return ListedPrice(price: general, allowance: general - own)
  }

  /// What the list of the day asks for so many units, in minor units; nil where no list has a price.
  ///
  /// - Parameter payer: Whose list comes first; nil for everybody's alone.
  mutating func listPrice(
    of service: ServiceID, units: UInt32, payer: PartyID?, _ state: DeskState, _ field: String
  ) -> Int64? {
    let found = state.catalogue.price(
      of: .service(service), payer: payer, at: ClinicID(context.clinic), on: effective.day)
    guard let found else { return nil }
    do {
      let quantity = Quantity(thousandths: Int64(units) * 1000)
      return try found.unitPrice.times(quantity, in: clinic?.currency ?? .unspecified).minorUnits
    } catch {
      refuse(DeskRefusal.tooLarge("the price of \(units) units"), field)
      return nil
    }
  }

  /// The tax of a price by a rule of the day; nothing where there is none.
  mutating func tax(
    of code: TaxCodeID?, list: Int64, discount: Int64, _ state: DeskState, _ field: String
  ) -> ChargeTax {
    guard let code else { return ChargeTax() }
    requireKnown(code, in: state.catalogue.taxCodes, field)
    do {
      // A discount above the price is told already.
      let tax = try ChargeTax(
        list: list, discount: min(discount, list),
        state.catalogue.taxRule(code, on: effective.day))
      if !list.addingReportingOverflow(tax.listTax ?? tax.tax).overflow { return tax }
    } catch {}
    refuse(DeskRefusal.tooLarge("the price with its tax"), field)
    return ChargeTax()
  }
}
