public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// What is left of a package is not to be used any more.
///
/// Fact, on the package's stream. Takes all that is not earned out of deferred income: first off
/// what the package's charge still owes, then to the credit of who bought it, both together the
/// refund that is due and its tax, which leaves output tax; what remains is income from packages that
/// were not used.
public struct PackageCancelled: EventPayload, Hashable {
  /// The package.
  public var package = PackageID()
  /// Who bought it, and whose credit what was paid becomes.
  public var patient = PatientID()
  /// How many sessions were not used.
  public var sessionsLeft: UInt32 = 0
  /// What of the price was not earned yet.
  public var rest = Amount.zero
  /// What of the rest is not kept: at most the rest, and nothing where it has expired.
  public var refundDue = Amount.zero
  /// What of the refund is no longer owed for the package's charge; the rest of it is credit.
  public var released: Few<Allocation> = []
  /// Why.
  public var reason = PackageEnd.unspecified
  /// The payment of nothing under which the credit can be used; nil where nothing becomes credit.
  public var credit: PaymentID?
  /// The tax of the refund, on top of it; nothing where the package was not taxed.
  public var tax = Amount.zero

  /// No package: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .packageCancelled }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .package }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "package", &package)
    try fields.visit(2, "patient", &patient)
    try fields.visit(3, "sessionsLeft", &sessionsLeft)
    try fields.visit(4, "rest", &rest)
    try fields.visit(5, "refundDue", &refundDue)
    try fields.visit(6, "released", &released)
    try fields.visit(7, "reason", &reason)
    try fields.visit(8, "credit", &credit)
    try fields.visit(9, "tax", &tax)
    try fields.currency()
  }
}

extension PackageCancelled {
  /// What becomes credit of who bought the package.
  ///
  /// - Throws: `ValueError` where the amounts overflow or have two currencies.
  public func credited() throws(ValueError) -> Amount {
    var credited = try refundDue.adding(tax)
    for part in released { credited = try credited.subtracting(part.amount) }
    return credited
  }
}

/// Why a package ends before it is used up.
public enum PackageEnd: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// The patient does not want the rest.
  case patient = 1
  /// The clinic cannot give the rest.
  case clinic = 2
  /// Its last day has passed.
  case expired = 3

  /// Not said.
  public init() { self = .unspecified }
}
