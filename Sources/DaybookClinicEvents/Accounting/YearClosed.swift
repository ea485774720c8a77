public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// The fiscal year of a clinic is closed.
///
/// Fact, on the stream of the pair of clinic and accounting, effective at the end of the year's last
/// day. Posts the thirteenth period: every account of income and expense is brought to zero against
/// the result of the year, and that against retained earnings, by the balances through the last day as
/// known when it is posted. The statement is the trial balance that this rests on.
public struct YearClosed: EventPayload, Hashable {
  /// The clinic.
  public var clinic = ClinicID()
  /// The last day of the year.
  public var yearEnd = Day()
  /// The trial balance through the last day.
  public var totals = Statement()
  /// Who approved it; nil where nobody else could.
  public var approver: StaffID?

  /// No year: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .yearClosed }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .period }
  public static var areas: Areas { [.accounting] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "clinic", &clinic)
    try fields.visit(2, "yearEnd", &yearEnd)
    try fields.visit(3, "totals", &totals)
    try fields.visit(4, "approver", &approver)
    try fields.currency()
  }
}
