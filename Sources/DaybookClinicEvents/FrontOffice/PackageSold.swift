public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// Sessions are sold in advance.
///
/// Fact, on the package's stream. Posts nothing itself: the charge that it causes credits deferred
/// income, and each session that is used earns a share of the price. A package that was sold before
/// the books began has no charge here: what is left of it is deferred income against capital.
public struct PackageSold: EventPayload, Hashable {
  /// The package.
  public var package = PackageID()
  /// Who bought it.
  public var patient = PatientID()
  /// Who may use it beside the patient.
  public var sharers: Few<PatientID> = []
  /// The service that is charged: one of type package.
  public var service = ServiceID()
  /// The services that use up its sessions; none where every one does.
  public var covers: Few<ServiceID> = []
  /// How many sessions, at least one; of an opening package, those that are left.
  public var sessions: UInt32 = 0
  /// The price of all sessions without tax; of an opening package, what is not earned yet.
  public var price = Amount.zero
  /// The last day on which it may be used; nil where it does not expire.
  public var expires: Day?
  /// Whether it was sold before the books began.
  public var opening = false
  /// Why the price is not that of the list of the day; unspecified where it is.
  public var priceReason = PriceReason.unspecified
  /// Who approved a discount above the clinic's limit.
  public var approver: StaffID?

  /// No package: to be filled in.
  public init() {}

  public static var tag: FrontOfficeTag { .packageSold }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .package }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "package", &package)
    try fields.visit(2, "patient", &patient)
    try fields.visit(3, "sharers", &sharers)
    try fields.visit(4, "service", &service)
    try fields.visit(5, "covers", &covers)
    try fields.visit(6, "sessions", &sessions)
    try fields.visit(7, "price", &price)
    try fields.visit(8, "expires", &expires)
    try fields.visit(9, "opening", &opening)
    try fields.visit(10, "priceReason", &priceReason)
    try fields.visit(11, "approver", &approver)
    try fields.currency()
  }
}
