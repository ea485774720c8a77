public import DaybookEvents

extension Payload {
  /// A value with some of its fields set, the others as they are by default.
  ///
  /// An event has many fields and few of them matter at a time, so there is no initializer that
  /// lists them all:
  ///
  ///     ChargePosted.with {
  ///       $0.charge = charge
  ///       $0.net = net
  ///     }
  @inlinable
  public static func with<E: Error>(_ fill: (inout Self) throws(E) -> Void) throws(E) -> Self {
    var value = Self()
    try fill(&value)
    return value
  }
}
