public import DaybookEvents

/// The order in which the payers of one patient are asked.
public enum CoveragePriority: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// Asked first.
  case primary = 1
  /// Asked for what the first leaves.
  case secondary = 2
  /// Asked for what the second leaves.
  case tertiary = 3

  /// Not said.
  public init() { self = .unspecified }
}
