public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// The period of an area that was closed last is open again.
///
/// Fact, on the stream of the pair of clinic and area, effective when it is opened. Posts nothing. A
/// month of a closed year comes with the reversal of `YearClosed`, before it in the same action.
public struct PeriodReopened: EventPayload, Hashable {
  /// The clinic.
  public var clinic = ClinicID()
  /// The area.
  public var area = PeriodArea.unspecified
  /// The first day that is open again; nil where no period was closed before it.
  public var from: Day?
  /// The last day through which it was closed.
  public var to = Day()
  /// Why; never empty.
  public var reason = ""
  /// Who approved it; nil where nobody else could.
  public var approver: StaffID?

  /// No period: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .periodReopened }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .period }
  public static var areas: Areas { [.accounting, .humanResources, .logistics, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "clinic", &clinic)
    try fields.visit(2, "area", &area)
    try fields.visit(3, "from", &from)
    try fields.visit(4, "to", &to)
    try fields.visit(5, "reason", &reason)
    try fields.visit(6, "approver", &approver)
  }
}
