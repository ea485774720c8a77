public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses in any area.
public enum DeskRefusal: RefusalCase, Hashable {
  /// The actor does not hold the role, or the role may not do this.
  case notPermitted(actor: String, role: String, allowed: [ClinicRole])
  /// A number that nothing has.
  case unknown(kind: String, name: String)
  /// A fact is dated on a day that has not come yet.
  case inFuture(Moment, recorded: Instant)
  /// A field must be filled in.
  case missing(String)
  /// A value lies outside of what is allowed.
  case outOfRange(String, String)
  /// An amount below zero.
  case negative(Amount)
  /// An amount of zero or below.
  case notPositive(Amount)
  /// An amount in another currency than the clinic's.
  case currency(found: Currency, expected: Currency)
  /// Sums beyond what an amount or a quantity holds.
  case tooLarge(String)
  /// More than a book or a document keeps of something.
  case tooMany(String, max: Int, instead: String)
  /// The same thing stands twice in one command.
  case namedTwice(String)
  /// Above the clinic's limit, a second person must approve.
  case secondPerson(limit: Amount)
  /// The approver may not approve.
  case approver(StaffID)
  /// The thing belongs to another clinic than the one that the command is for.
  case elsewhere(String, clinic: ClinicID)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .notPermitted, .approver: .notPermitted
    case .unknown: .unknownReference
    case .inFuture: .futureNotAllowed
    case .missing: .fieldRequired
    case .outOfRange: .outOfRange
    case .negative: .amountNegative
    case .notPositive: .amountNotPositive
    case .currency: .currencyMismatch
    case .tooLarge, .tooMany: .tooLarge
    case .namedTwice, .elsewhere: .invalidState
    case .secondPerson: .needsSecondPerson
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .notPermitted(let actor, let role, let allowed):
      "\(actor) may not do this as \(role); it takes \(Self.list(allowed)) at the clinic"
    case .unknown(let kind, let name):
      "there is no \(kind) \(name); correct it, or record that first"
    case .inFuture(let moment, let recorded):
      "\(moment) is after today (\(recorded)); a fact is recorded when it has happened"
    case .missing(let what): "\(what) is missing; fill it in"
    case .outOfRange(let found, let expected): "\(found) is not \(expected); correct it"
    case .negative(let amount): "\(amount) is below zero; give the amount without its sign"
    case .notPositive(let amount): "\(amount) is not above zero; leave it out, or correct it"
    case .currency(let found, let expected):
      "the amount is in \(found), the clinic's books are in \(expected); convert it first"
    case .tooLarge(let what): "\(what) is beyond what can be kept; split it"
    case .tooMany(let what, let max, let instead):
      "there are no more than \(max) \(what); \(instead)"
    case .namedTwice(let what): "the same \(what) stands twice; put both into one"
    case .secondPerson(let limit):
      "above \(limit) a second person must approve; name another one than who acts"
    case .approver(let staff):
      "\(staff) may not approve this; name somebody who holds the role here"
    case .elsewhere(let what, let clinic):
      "\(what) is at \(clinic); give the command for that clinic"
    }
  }

  private static func list(_ roles: [ClinicRole]) -> String {
    roles.isEmpty ? "an import" : roles.map { "\($0)" }.joined(separator: " or ")
  }
}
