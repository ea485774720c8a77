public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

/// What the stock of a clinic is worth, by the values that the events fix.
public struct StockWorth: Hashable, Sendable {
  /// The clinic.
  public let clinic: ClinicID
  /// What is on hand: the balance of account 1400.
  public let onHand: Amount
  /// What is on its way from here to other clinics: the balance of account 1410.
  public let inTransit: Amount
}

extension LogisticsModel {
  /// What the stock of each clinic was worth as it was known at `position`, by the clinic's number.
  ///
  /// - Throws: `.overflow` where a sum does not fit 64 bits.
  /// - Complexity: O(movements up to the position).
  public func worth(at position: Position? = nil) throws(ValueError) -> [StockWorth] {
    var sums: [ClinicID: (onHand: MinorSum, inTransit: MinorSum)] = [:]
    for row in movements.rows(through: position ?? Position(.max)) {
      let clinic = shelves[row.shelf].clinic
      var sum = sums[clinic] ?? (MinorSum(), MinorSum())
      sum.onHand.add(row.value)
      sum.inTransit.add(row.transitValue)
      sums[clinic] = sum
    }
    var worth: [StockWorth] = []
    for (clinic, sum) in sums.sorted(by: { $0.key < $1.key }) {
      let currency = currencies[clinic] ?? .unspecified
      worth.append(
        StockWorth(
          clinic: clinic, onHand: Amount(minorUnits: try sum.onHand.narrowed(), currency),
          inTransit: Amount(minorUnits: try sum.inTransit.narrowed(), currency)))
    }
    return worth
  }
}
