import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

extension Review {
  /// The rate that is asked by a rule of tax on the day of the action; nothing without a rule.
  mutating func taxRate(_ code: TaxCodeID?, _ state: DeskState, _ field: String) -> Rate {
    guard let code else { return .zero }
    requireKnown(code, in: state.catalogue.taxCodes, field)
    return state.catalogue.taxRule(code, on: effective.day)?.askedRate ?? .zero
  }

  /// The tax inside an amount with tax.
  mutating func taxIncluded(in gross: Int64, at rate: Rate) -> Int64 {
    do {
      return try TicketLine.tax(in: gross, at: rate)
    } catch {
      refuse(DeskRefusal.tooLarge("the tax"), "taxCode")
      return 0
    }
  }
}
