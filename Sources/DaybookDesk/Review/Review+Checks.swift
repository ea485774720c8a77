import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

extension Review {
  // MARK: - Times

  /// The civil day on which the command is recorded, on the clinic's clock.
  var today: Day { Moment(context.recorded, effective.offset).day }

  /// `instant` on the clinic's own clock; the action's effective time if nil.
  func moment(_ instant: Instant?) -> Moment {
    guard let instant else { return effective }
    return clinic?.moment(instant) ?? Moment(instant, effective.offset)
  }

  /// A fact is never effective in the future, not even a later day of the clinic's calendar.
  mutating func requireFact(_ moment: Moment? = nil, _ field: String = "effective") {
    let moment = moment ?? effective
    requireInRange(moment.instant, field)
    if moment.day > Moment(context.recorded, moment.offset).day {
      refuse(DeskRefusal.inFuture(moment, recorded: context.recorded), field)
    }
  }

  /// A ticket or a payroll with no more lines than its entry can number.
  mutating func requireLines(_ count: Int, _ field: String) {
    requireRoom(
      for: "lines of one document", besides: count - 1, max: BookLimits.documentLines,
      instead: "split it", field)
  }

  /// Another thing of which a book keeps no more than `max`, where it has `count`.
  mutating func requireRoom(
    for what: String, besides count: Int, max: Int, instead: String, _ field: String
  ) {
    if count >= max {
      refuse(DeskRefusal.tooMany(what, max: max, instead: instead), field)
    }
  }

  mutating func requireInRange(_ instant: Instant, _ field: String) {
    if !instant.isInRange {
      refuse(DeskRefusal.outOfRange("the time", "a time of the years 1 to 9999"), field)
    }
  }

  // MARK: - Things

  mutating func requireKnown<Kind: IdentifierKind, Record>(
    _ id: Identifier<Kind>, in table: Dense<Kind, Record>, _ field: String
  ) {
    if !table.contains(id) {
      refuse(DeskRefusal.unknown(kind: Kind.name, name: "\(id)"), field)
    }
  }

  /// The record of `id`; nil, and a violation, where there is none.
  mutating func known<Kind: IdentifierKind, Record>(
    _ id: Identifier<Kind>, in table: Dense<Kind, Record>, _ field: String
  ) -> Record? {
    requireKnown(id, in: table, field)
    return table[id]
  }

  /// The thing belongs to the clinic that the command is for.
  mutating func requireHere(_ other: ClinicID, _ what: String, _ field: String) {
    if other.number != context.clinic {
      refuse(DeskRefusal.elsewhere(what, clinic: other), field)
    }
  }

  mutating func requirePayer(_ payer: PartyID, _ state: DeskState, _ field: String) {
    if let party = known(payer, in: state.administration.parties, field), party.type != .payer {
      refuse(AdministrationRefusal.notAPayer(payer), field)
    }
  }

  /// A person number is 0 for somebody new, or one that was given before.
  mutating func requirePerson(_ person: UInt64, _ state: DeskState, _ field: String) {
    if person > state.lastPerson {
      refuse(
        DeskRefusal.unknown(kind: PersonKind.name, name: "\(PersonID(person))"), field)
    }
  }

  // MARK: - Texts and quantities

  mutating func requireText(_ text: String, _ field: String) {
    if text.trimmed.isEmpty { refuse(DeskRefusal.missing("a text"), field) }
  }

  /// Only the log seals a person's fields; a command brings them plain.
  mutating func requirePlain(_ sealed: [UInt8], _ field: String) {
    if !sealed.isEmpty {
      refuse(DeskRefusal.outOfRange("a sealed field", "plain text"), field)
    }
  }

  mutating func requirePositive(_ quantity: Quantity, _ field: String) {
    if !quantity.isPositive {
      refuse(DeskRefusal.outOfRange("\(quantity)", "a quantity above 0"), field)
    }
  }

  // MARK: - Money

  /// The largest amount that a command may bring: with it a book takes thousands of entries before the
  /// sum of all its debits leaves 64 bits, and could no longer be added up.
  static var minorUnitsMax: Int64 { 1_000_000_000_000_000 }

  /// The minor units of `amount` in the clinic's currency; nil, and a violation, in another, and
  /// beyond `minorUnitsMax`.
  mutating func minorUnits(_ amount: Amount, _ field: String) -> Int64? {
    // Of an unknown clinic, which is told already, no currency is known to differ from.
    if clinic == nil, !violations.isEmpty { return amount.minorUnits }
    guard let minor = minorUnits(amount, field, in: clinic?.currency ?? .unspecified) else {
      return nil
    }
    guard minor.magnitude <= UInt64(Self.minorUnitsMax) else {
      refuseAmount(DeskRefusal.tooLarge("\(self.amount(minor))"), field)
      return nil
    }
    return minor
  }

  mutating func minorUnits(
    _ amount: Amount, _ field: String, in currency: Currency
  ) -> Int64? {
    guard amount.currency.isUnspecified || amount.currency == currency else {
      refuseAmount(DeskRefusal.currency(found: amount.currency, expected: currency), field)
      return nil
    }
    return amount.minorUnits
  }

  /// The minor units of an amount that is not below zero; 0, and a violation, for any other.
  mutating func notNegative(_ amount: Amount, _ field: String) -> Int64 {
    guard let minor = minorUnits(amount, field) else { return 0 }
    if minor < 0 { refuseAmount(DeskRefusal.negative(amount), field) }
    return max(0, minor)
  }

  /// The minor units of an amount above zero; 0, and a violation, for any other.
  mutating func positive(_ amount: Amount, _ field: String) -> Int64 {
    guard let minor = minorUnits(amount, field) else { return 0 }
    if minor <= 0 { refuseAmount(DeskRefusal.notPositive(amount), field) }
    return max(0, minor)
  }

  /// The sum; 0, and a violation, beyond what an amount holds.
  mutating func sum(_ parts: [Int64], _ field: String) -> Int64 {
    var sum = MinorSum()
    for part in parts { sum.add(part) }
    do {
      return try sum.narrowed()
    } catch {
      refuseAmount(DeskRefusal.tooLarge("the sum"), field)
      return 0
    }
  }

  /// Amounts of the clinic, for messages.
  func amount(_ minor: Int64) -> Amount {
    Amount(minorUnits: minor, clinic?.currency ?? .unspecified)
  }

  /// Above the limit a second person approves, who holds a role that allows it; history is done.
  mutating func requireSecondPerson(
    _ minor: Int64, limit: Amount?, approver: StaffID?, _ state: DeskState, _ field: String
  ) {
    let administration = state.administration
    if let approver { requireKnown(approver, in: administration.staff, field) }
    guard !isImport, let limit, minor > limit.minorUnits else { return }
    guard let approver, approver.number != context.actor.staffNumber else {
      refuse(DeskRefusal.secondPerson(limit: amount(limit.minorUnits)), field)
      return
    }
    let roles = allowed + [.admin]
    if !roles.contains(where: {
      administration.holds($0, approver, at: ClinicID(context.clinic))
    }) {
      refuse(DeskRefusal.approver(approver), field)
    }
  }
}
