import DaybookAccounting
public import DaybookEngine
public import DaybookEvents
import DaybookHumanResources
import DaybookLogistics
import DaybookVisits

/// The proofs that `verify` prints for what a book says, one department after the other: also of a
/// book that is not written yet.
public enum BookChecks {
  /// Proves everything in `models`, which are the clinic's.
  ///
  /// - Returns: The departments in the order in which `verify` prints them, each with its checks.
  /// - Complexity: that of the departments' checks.
  public static func run(_ models: ProjectionHost) -> [(area: String, checks: [Check])] {
    let accounting: Snapshot<AccountingModel> = models.snapshot()
    let documents: Snapshot<DocumentsModel> = models.snapshot()
    let staff: Snapshot<HumanResourcesModel> = models.snapshot()
    let stock: Snapshot<LogisticsModel> = models.snapshot()
    let visits: Snapshot<VisitsModel> = models.snapshot()
    return [
      ("books", AccountingChecks.run(accounting.model)),
      ("documents", DocumentsChecks.run(documents.model, accounting.model)),
      ("staff", HumanResourcesChecks.run(staff.model)),
      ("stock", LogisticsChecks.run(stock.model)),
      ("visits", VisitsChecks.run(visits.model)),
    ]
  }

  /// The first claim that does not hold; nil where all do.
  static func failure(_ models: ProjectionHost) -> (area: String, check: Check)? {
    for (area, checks) in run(models) {
      if let check = checks.first(where: { !$0.passed }) { return (area, check) }
    }
    return nil
  }
}
