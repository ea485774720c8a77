import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues
import Testing

/// What holds of any history in one area, told from the events alone, by nothing that the Desk uses.
protocol HistoryRule {
  /// Takes an event in.
  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws
  /// Takes in that an earlier event was undone.
  mutating func undo(_ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults) throws
}

/// What a history did that it must not.
struct Faults {
  private(set) var list: [String] = []
  /// The event that is taken in.
  var position = Position.start

  mutating func add(_ text: String) { list.append("\(position): \(text)") }

  /// Notes `text` unless `isTrue`.
  mutating func require(_ isTrue: Bool, _ text: @autoclosure () -> String) {
    if !isTrue { add(text()) }
  }
}

/// What holds of any history, worked out from its events by nothing that the Desk uses.
struct HistoryRules {
  private(set) var faults = Faults()
  private var log = LogRules()
  private var diary = DiaryRules()
  private(set) var billing = BillingRules()
  private var claims = ClaimRules()
  private var till = TillRules()
  private var numbers = NumberRules()
  private var packages = PackageRules()
  private(set) var stock = StockRules()
  private var purchasing = PurchasingRules()
  private var people = PeopleRules()
  private var commission = CommissionHistory()
  private var periods = PeriodRules()

  mutating func take(_ event: borrowing Event) throws {
    faults.position = event.header.position
    try log.take(event, &faults)
    try Self.take(event, &periods, &faults)
    try Self.take(event, &diary, &faults)
    try Self.take(event, &billing, &faults)
    try Self.take(event, &claims, &faults)
    try Self.take(event, &till, &faults)
    try Self.take(event, &numbers, &faults)
    try Self.take(event, &packages, &faults)
    try Self.take(event, &stock, &faults)
    try Self.take(event, &purchasing, &faults)
    try Self.take(event, &people, &faults)
    try Self.take(event, &commission, &faults)
    if event.header.endsAction { stock.requireWhole(&faults) }
  }

  private static func take(
    _ event: borrowing Event, _ rule: inout some HistoryRule, _ faults: inout Faults
  ) throws {
    guard event.header.family == .corrections else { return try rule.take(event, &faults) }
    try rule.undo(try event.payload(Reversed.self), event.header, &faults)
  }

  /// What the Desk and the books make of the same events agrees.
  mutating func expectAtEnd(of state: DeskState, _ books: AccountingModel, _ note: Comment) {
    faults.position = state.periods.lastPosition
    billing.compare(with: state, &faults)
    stock.compare(with: state, &faults)
    purchasing.compare(with: state, &faults)
    till.compare(with: state, &faults)
    packages.compare(with: state, &faults)
    BookRules(books).compare(billing, stock, purchasing, &faults)
    for fault in faults.list.prefix(5) { Issue.record("\(note.rawValue), position \(fault)") }
    #expect(faults.list.count == 0, note)
  }
}
