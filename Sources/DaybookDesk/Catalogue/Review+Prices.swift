import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

extension Review {
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
      return try found.times(quantity, in: clinic?.currency ?? .unspecified).minorUnits
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
