package import DaybookAccounting
import DaybookClinicEvents
package import DaybookDesk
package import DaybookEvents
package import DaybookValues

/// What holds of any history in one area, told from the events alone, by nothing that the Desk uses.
protocol HistoryRule: Sendable {
  /// Takes an event in.
  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws
  /// Takes in that an earlier event was undone.
  mutating func undo(_ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults) throws
}

/// What a history did that it must not.
package struct Faults: Sendable {
  /// One of them.
  package struct Fault: Hashable, Sendable {
    /// What was broken.
    package var rule: HistoryRuleName
    /// Where, and how.
    package var text: String
  }

  /// The first hundred.
  package private(set) var list: [Fault] = []
  /// The rules that are asked about.
  let asked: Set<HistoryRuleName>
  /// The rule that is looked at.
  var rule = HistoryRuleName.log
  /// The event that is taken in.
  var position = Position.start

  mutating func add(_ text: String) {
    guard list.count < 100, asked.contains(rule) else { return }
    list.append(Fault(rule: rule, text: "\(position): \(text)"))
  }

  init(_ asked: Set<HistoryRuleName>) { self.asked = asked }

  /// Notes `text` unless `isTrue`.
  mutating func require(_ isTrue: Bool, _ text: @autoclosure () -> String) {
    if !isTrue { add(text()) }
  }
}

/// What holds of any history, worked out from its events by nothing that the Desk uses.
package struct HistoryRules: Sendable {
  /// What was found so far.
  package private(set) var faults: Faults
  /// The last event taken in.
  package private(set) var position = Position.start
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
  private var reversals = ReversalRules()

  /// The rules before anything happened, of which those that are asked about find faults.
  package init(_ asked: Set<HistoryRuleName> = Set(HistoryRuleName.allCases)) {
    faults = Faults(asked)
  }

  /// Takes in the next event.
  package mutating func take(_ event: borrowing Event) throws {
    position = event.header.position
    faults.position = position
    faults.rule = .log
    try log.take(event, &faults)
    try Self.take(event, .periods, &periods, &faults)
    try Self.take(event, .diary, &diary, &faults)
    try Self.take(event, .billing, &billing, &faults)
    try Self.take(event, .claims, &claims, &faults)
    try Self.take(event, .tills, &till, &faults)
    try Self.take(event, .numbers, &numbers, &faults)
    try Self.take(event, .packages, &packages, &faults)
    try Self.take(event, .stock, &stock, &faults)
    try Self.take(event, .purchasing, &purchasing, &faults)
    try Self.take(event, .people, &people, &faults)
    try Self.take(event, .commission, &commission, &faults)
    if event.header.family == .corrections {
      reversals.take(try event.payload(Reversed.self), event.header)
    }
    if event.header.endsAction {
      faults.rule = .stock
      stock.requireWhole(&faults)
    }
  }

  private static func take(
    _ event: borrowing Event, _ name: HistoryRuleName, _ rule: inout some HistoryRule,
    _ faults: inout Faults
  ) throws {
    faults.rule = name
    guard event.header.family == .corrections else { return try rule.take(event, &faults) }
    try rule.undo(try event.payload(Reversed.self), event.header, &faults)
  }

  /// What the Desk makes of the same events agrees; it stands where this does.
  ///
  /// - Complexity: O(all that was ever open).
  package mutating func compare(with state: DeskState) {
    faults.position = position
    faults.rule = .billing
    billing.compare(with: state, &faults)
    faults.rule = .stock
    stock.compare(with: state, &faults)
    faults.rule = .purchasing
    purchasing.compare(with: state, &faults)
    faults.rule = .tills
    till.compare(with: state, &faults)
    faults.rule = .packages
    packages.compare(with: state, &faults)
  }

  /// What the books make of the same events agrees, after every event and at the end; they stand where
  /// this does.
  ///
  /// - Complexity: O(postings).
  package mutating func compare(with books: AccountingModel) {
    faults.position = position
    faults.rule = .books
    BookRules(books).compare(billing, stock, purchasing, &faults)
    faults.rule = .reversals
    reversals.compare(with: books, &faults)
  }

  /// The accounts of the books are what the Desk keeps item by item; both stand where this does.
  ///
  /// - Complexity: O(all that was ever open).
  package mutating func compare(_ books: AccountingModel, with state: DeskState) {
    faults.position = position
    faults.rule = .books
    SubledgerRules(books, at: position).compare(with: state, carried: billing.carried, &faults)
  }
}
