/// The rules that hold of every history, by name.
package enum HistoryRuleName: String, CaseIterable, Sendable {
  case log, periods, diary, billing, claims, tills, numbers, packages, stock, purchasing, people
  case commission, books, reversals

  /// In a sentence.
  package var meaning: String {
    switch self {
    case .log:
      "positions and versions are dense, facts are not ahead of time, and an event is undone once"
    case .periods:
      "nothing is dated into a closed period; months close one by one, and years behind them"
    case .diary: "nobody and nothing is booked twice at a time unless it is said so"
    case .billing:
      "owed + paid + adjusted = charged for every charge, and no payment settles more than it is"
    case .claims: "a charge stands on one claim that waits, and the parts of an answer add up"
    case .tills: "what should be in a till is its float and what went in and out, by every method"
    case .numbers: "every series is numbered without gaps, and its dates never go back"
    case .packages: "no package is used more often than it has sessions, and it earns its price"
    case .stock:
      "no lot is ever below nothing, what was counted stays, the first to expire goes first"
    case .purchasing:
      "no more is paid of an invoice or of wages than they are, and a bank line explains once"
    case .people: "nobody is on two shifts, absent, at work or paid twice at a time"
    case .commission: "commission follows what is left of the charge that earned it"
    case .books:
      "debits are credits at each clinic after every event, and the ledger is what is open"
    case .reversals: "on every account an event and what undoes it come to nothing"
    }
  }
}
