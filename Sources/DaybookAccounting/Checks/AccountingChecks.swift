public import DaybookEvents
public import DaybookValues

/// The proofs that `verify` prints for the books: that they are sound in themselves, and that what is
/// kept beside the postings agrees with them.
///
/// Every figure is added up anew from the postings, in 128 bits, and compared with the one that
/// reports print.
public enum AccountingChecks {
  /// Proves the books as they were known at `position`; all that they hold if nil.
  ///
  /// - Returns: One check a claim, always the same ones in the same order.
  /// - Complexity: O(postings), and a trial balance for every month and for all that was closed.
  public static func run(_ model: AccountingModel, at position: Position? = nil) -> [Check] {
    let position = min(position ?? model.asOf, model.asOf)
    let scan = PostingScan(model, at: position)
    return [
      scan.entriesBalance,
      scan.trialBalanceIsZero,
      scan.betweenClinicsIsZero,
      scan.rollsForward,
      scan.runningSumsAgree,
    ] + scan.openItemsAgree + [
      scan.payablesAgree,
      scan.itemsAgree,
      scan.nothingIsOverpaid,
      scan.incomeAgrees,
      scan.rules.check,
      scan.closedDaysStand,
      scan.deferredAgrees,
      scan.tillsAgree,
      scan.cashInTillsAgrees,
      scan.closedPeriodsAgree,
    ]
  }
}
