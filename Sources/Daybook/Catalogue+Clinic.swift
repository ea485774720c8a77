import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
public import DaybookEngine
import DaybookHumanResources
import DaybookLogistics
import DaybookVisits

extension Catalogue {
  /// The catalogue of a clinic: its families, its Desk, and the departments' read models.
  ///
  /// A third party starts from it and adds families, states and models of its own.
  public static let clinic: Catalogue = {
    var catalogue = Catalogue()
    for family in ClinicEvents.families { catalogue.add(family) }
    catalogue.add(ClinicEvents.streamKinds)
    catalogue.add(
      importers: Dictionary(
        uniqueKeysWithValues: Importer.allCases.map { ($0.rawValue, $0.name) }))
    catalogue.add(
      roles: Dictionary(
        uniqueKeysWithValues: ClinicRole.allCases.map { (UInt16($0.rawValue), "\($0)") }))
    catalogue.add(state: DeskState.self)
    catalogue.add(model: AccountingModel.self)
    catalogue.add(model: DocumentsModel.self)
    catalogue.add(model: ClearingModel.self)
    catalogue.add(model: HumanResourcesModel.self)
    catalogue.add(model: LogisticsModel.self)
    catalogue.add(model: VisitsModel.self)
    catalogue.add(model: EarningsModel.self)
    return catalogue
  }()
}
