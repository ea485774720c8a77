public import DaybookEvents
public import DaybookValues

/// A figure to be explained.
public enum ExplainSubject: Hashable, Sendable {
  /// An account by its code, and if given only what concerns one party.
  case account(String, party: PartyKey? = nil)
  /// A figure of the receivables: what a party, or everybody, owes; if given only what has that age.
  case receivables(party: PartyKey? = nil, age: AgeBucket? = nil)
  /// A figure of the payables: what a supplier, or all of them, are owed; if given only what has that age.
  case payables(party: PartyKey? = nil, age: AgeBucket? = nil)
  /// The other figure of the receivables: what a party, or everybody, has deposited or overpaid.
  case credit(party: PartyKey? = nil)
  /// All that concerns one patient, payer or other party.
  case party(PartyKey)
  /// All that a charge, payment, receipt or other thing posted; of a charge also what settles or moves
  /// its debt. `events` are others that came of it: the cost of what was sold, the charges of a visit.
  case thing(StreamID, events: [Position] = [])
  /// An entry, or one line of it.
  case entry(EntryID)
  /// All that an event posted.
  case position(Position)
}

/// How long something is due: a column of the receivables and of the payables.
public enum AgeBucket: Int, CaseIterable, Hashable, Sendable {
  /// Not due yet.
  case current
  /// Due for 1 to 30 days.
  case d30
  /// Due for 31 to 60 days.
  case d60
  /// Due for 61 to 90 days.
  case d90
  /// Due for more than 90 days.
  case over90

  /// The name of the column: `d30`.
  public var name: String { "\(self)" }

  /// The age of that column's name, or its heading: `d30` or `1-30`.
  public init?(name: String) {
    guard let age = Self.allCases.first(where: { $0.name == name || $0.heading == name }) else {
      return nil
    }
    self = age
  }

  var heading: String {
    switch self {
    case .current: "not due"
    case .d30: "1-30"
    case .d60: "31-60"
    case .d90: "61-90"
    case .over90: "over 90"
    }
  }
}

/// Which part of an explanation is wanted.
///
/// A page holds whole entries. The sums of all pages, with what was before the first, are the figure.
public struct ExplainPage: Hashable, Sendable {
  /// At most so many entries; nil for all that are left.
  public var limit: Int?
  /// Only entries behind the one that the event at this position made; nil from the first.
  public var after: Position?

  /// Everything on one page.
  public static let all = ExplainPage()

  /// A page of at most `limit` entries behind `after`.
  public init(limit: Int? = nil, after: Position? = nil) {
    self.limit = limit
    self.after = after
  }
}

/// A figure cannot be explained, since there is no such thing.
public struct UnknownAccount: Error, Hashable, Sendable, CustomStringConvertible {
  /// The code that was asked for.
  public let code: String
  /// The accounts that there are, where only some may be asked for.
  public var others: [String] = []

  /// What, and what now.
  public var description: String {
    others.isEmpty
      ? "there is no account \(code) in the chart; `accounts trial-balance` lists those in use"
      : "there is no account \(code) in this report; give one of " + others.joined(separator: ", ")
  }
}
