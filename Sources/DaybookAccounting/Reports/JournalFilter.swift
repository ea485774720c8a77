import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

/// Which postings are asked for, beside clinic, days and position: all conditions hold at once.
public struct JournalFilter: Hashable, Sendable {
  /// The codes of the only accounts; empty for all.
  public var accounts: [String] = []
  /// The only party: a patient with all who were merged into it.
  public var party: PartyKey?
  /// The name of the only event: `PaymentReceived`; `Reversed` for what undoes others.
  public var event: String?
  /// The only journal: `receipts`.
  public var journal: String?
  /// The values of dimensions, by number: the only practitioner, service, payer, tax code.
  public var dimensions: [LedgerDimension: UInt64] = [:]
  /// Who recorded it.
  public var actor: Actor?

  /// Every posting.
  public init() {}

  /// Whether no more than accounts are chosen.
  var isOfAccountsAlone: Bool {
    var other = self
    other.accounts = []
    return other == JournalFilter()
  }

  /// The names of events that make entries, each once.
  public static var events: [String] {
    PostingRule.builtIn.filter { $0.first == Int($0.number) - 1 }.map(\.event)
      + [Reversed.typeName]
  }

  /// The journals, each once, in order.
  public static var journals: [String] { Set(PostingRule.builtIn.map(\.journal)).sorted() }
}

/// A filter resolved against books: numbers and indexes instead of names.
///
/// By reference, as `Scope` is: it is captured by what is called for every posting.
final class PostingSieve: Sendable {
  private let dimensions: PostingDimensions
  let accounts: [Bool]
  private let party: UInt32?
  private let event: String?
  private let journal: String?
  private let values: [(LedgerDimension, UInt64)]
  private let actor: UInt16?
  private let isEmpty: Bool
  let takesAll: Bool

  /// - Throws: `UnknownAccount` for an account that the chart does not have.
  init(_ filter: JournalFilter, _ scope: Scope) throws(UnknownAccount) {
    let model = scope.model
    dimensions = PostingDimensions(scope)
    var accounts = [Bool](repeating: filter.accounts.isEmpty, count: model.chart.accounts.count)
    for code in filter.accounts {
      guard let index = model.chart.index(of: code) else { throw UnknownAccount(code: code) }
      accounts[index] = true
    }
    self.accounts = accounts
    party = filter.party.map { model.current($0.rawValue, at: scope.position) }
    event = filter.event
    journal = filter.journal
    values = LedgerDimension.allCases.compactMap { dimension in
      filter.dimensions[dimension].map { (dimension, $0) }
    }
    actor = filter.actor.flatMap { model.actors.find($0) }
    isEmpty = filter.actor != nil && actor == nil
    takesAll = filter == JournalFilter()
  }

  /// Whether a posting is asked for; its party is who it is at S.
  func takes(_ row: Posting) -> Bool {
    if takesAll { return true }
    if isEmpty || !accounts[Int(row.account)] { return false }
    if let party, row.party != party { return false }
    if let actor, row.actor != actor { return false }
    if let journal, PostingRule.builtIn[Int(row.rule)].journal != journal { return false }
    for (dimension, value) in values where dimensions.value(dimension, of: row) != value {
      return false
    }
    if let event, dimensions.scope.model.eventName(row) != event { return false }
    return true
  }
}
