import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

extension Review {
  /// An account that exists; false, and a violation, where it does not.
  @discardableResult
  mutating func requireAccount(_ code: String, _ state: DeskState, _ field: String) -> Bool {
    if state.catalogue.accountType(code.trimmed) != nil { return true }
    refuse(DeskRefusal.unknown(kind: "account", name: code.trimmed), field)
    return false
  }

  /// An account that exists and is not kept item by item, or one of `also`, which are built-in codes.
  mutating func requirePostable(
    _ code: String, also: [String] = [], _ state: DeskState, _ field: String
  ) {
    guard requireAccount(code, state, field) else { return }
    let code = code.trimmed
    switch state.catalogue.use(of: code) {
    case .free: break
    case .betweenClinics: refuse(LedgerRefusal.betweenClinics(code), field)
    case .openItems, .closed:
      if also.contains(state.catalogue.builtInCode(code) ?? code) { return }
      refuse(LedgerRefusal.controlled(code), field)
    }
  }

  /// A rule of tax that exists, or none.
  mutating func requireTaxCode(_ code: TaxCodeID?, _ state: DeskState, _ field: String) {
    if let code { requireKnown(code, in: state.catalogue.taxCodes, field) }
  }
}
