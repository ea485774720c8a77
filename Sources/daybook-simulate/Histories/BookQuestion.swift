import Daybook
import DaybookScenarios

/// What is asked of the books: on a day D as known at a position S, of a clinic or of all.
struct BookQuestion {
  var on: Day
  /// The first day of the turnover; nil for all of it.
  var from: Day?
  var knownAt: Position
  var clinic: UInt64?

  var query: AccountingQuery {
    AccountingQuery(on: on, from: from, knownAt: knownAt, clinic: clinic)
  }

  var words: String {
    let first = from.map { "\($0) to " } ?? ""
    return "\(first)\(on) known at \(knownAt)\(clinic.map { " of clinic \($0)" } ?? "")"
  }
}

/// What books that never knew more say, added up posting by posting.
struct AddedUp {
  /// A figure of the trial balance.
  struct Turnover: Equatable {
    var opening: Int64 = 0
    var debit: Int64 = 0
    var credit: Int64 = 0

    var balance: Int64 { opening + debit - credit }
  }

  /// An account's, in one currency.
  struct Place: Hashable, Comparable {
    var account: String
    var currency: Currency

    static func < (left: Place, right: Place) -> Bool {
      (left.account, left.currency) < (right.account, right.currency)
    }
  }

  /// A party's part of an account.
  struct Share: Hashable, Comparable {
    var account: String
    var party: PartyKey
    var currency: Currency

    static func < (left: Share, right: Share) -> Bool {
      (left.account, left.party, left.currency) < (right.account, right.party, right.currency)
    }
  }

  private(set) var turnovers: [Place: Turnover] = [:]
  private(set) var shares: [Share: Int64] = [:]

  /// Adds up what `books`, which know nothing behind the question's position, hold.
  init(_ books: AccountingModel, _ question: BookQuestion) {
    books.forEachPosting { posting in
      guard posting.day <= question.on, question.clinic ?? posting.clinic == posting.clinic
      else { return }
      let amount = posting.amount.minorUnits
      let place = Place(account: posting.account.code, currency: posting.amount.currency)
      if let from = question.from, posting.day < from {
        turnovers[place, default: Turnover()].opening += amount
      } else if amount > 0 {
        turnovers[place, default: Turnover()].debit += amount
      } else {
        turnovers[place, default: Turnover()].credit -= amount
      }
      let share = Share(
        account: posting.account.code, party: posting.party, currency: posting.amount.currency)
      shares[share, default: 0] += amount
    }
  }

  /// What a party's part of the accounts comes to.
  func balance(_ accounts: [String], of party: PartyKey, in currency: Currency) -> Int64 {
    accounts.reduce(0) {
      $0 + (shares[Share(account: $1, party: party, currency: currency)] ?? 0)
    }
  }

  /// Who has anything on the accounts, each currency on its own.
  func parties(_ accounts: [String]) -> Set<PartyPlace> {
    var parties: Set<PartyPlace> = []
    for share in shares.keys where accounts.contains(share.account) {
      parties.insert(PartyPlace(party: share.party, currency: share.currency))
    }
    return parties
  }
}

/// A party's place in a report that has a row for each currency.
struct PartyPlace: Hashable, Comparable {
  var party: PartyKey
  var currency: Currency

  static func < (left: PartyPlace, right: PartyPlace) -> Bool {
    (left.party, left.currency) < (right.party, right.currency)
  }
}

extension Report {
  /// The index of a column.
  func column(_ name: String) -> Int { columns.firstIndex { $0.name == name } ?? 0 }

  /// The minor units in a cell of a row.
  func minor(_ row: [Cell], _ name: String) -> Int64 { Self.minor(row[column(name)]) }

  /// The minor units in the totals under a column; nothing where there are no totals.
  func total(_ name: String) -> Int64 {
    totals.isEmpty ? 0 : Self.minor(totals[column(name)])
  }

  /// The currency in which a row's amounts are.
  func currency(_ row: [Cell]) -> Currency {
    for case .amount(let amount) in row { return amount.currency }
    return .unspecified
  }

  static func minor(_ cell: Cell) -> Int64 {
    if case .amount(let amount) = cell { amount.minorUnits } else { 0 }
  }

  static func text(_ cell: Cell) -> String {
    switch cell {
    case .identifier(let text), .text(let text): text
    case .month(let month): "\(month)"
    default: ""
    }
  }
}
