public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A period of one area of a clinic is closed: no event that feeds the area is dated in it any more.
///
/// Fact, on the stream of the pair of clinic and area, effective when it is closed. Posts nothing. The
/// statement says what was added up, as known when it was closed: of the books and of tax the trial
/// balance, of stock what is on hand, of staff their time.
public struct PeriodClosed: EventPayload, Hashable {
  /// The clinic.
  public var clinic = ClinicID()
  /// The area.
  public var area = PeriodArea.unspecified
  /// Whether it may be opened again.
  public var closing = PeriodClosing.unspecified
  /// Its first day; nil where everything before the last is closed for the first time.
  public var from: Day?
  /// Its last day, which ends a month.
  public var to = Day()
  /// What was added up of the area through the last day.
  public var totals = Statement()
  /// Who approved it; nil where nobody else could.
  public var approver: StaffID?

  /// No period: to be filled in.
  public init() {}

  public static var tag: AccountingTag { .periodClosed }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .period }
  public static var areas: Areas { [.accounting, .humanResources, .logistics, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "clinic", &clinic)
    try fields.visit(2, "area", &area)
    try fields.visit(3, "closing", &closing)
    try fields.visit(4, "from", &from)
    try fields.visit(5, "to", &to)
    try fields.visit(6, "totals", &totals)
    try fields.visit(7, "approver", &approver)
    try fields.currency()
  }
}
