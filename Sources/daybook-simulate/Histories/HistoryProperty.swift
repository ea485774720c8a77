import DaybookScenarios

/// What holds of every history.
enum HistoryProperty: Hashable {
  case legal
  case nearLegal
  /// Every prefix is sound by a rule that is told from the events alone, and the Desk knows the same.
  case rule(HistoryRuleName)
  case verify
  case answers
  case aging
  case explain
  /// Claims, remittances, bank statements and goods not invoiced agree with the books.
  case clearing
  /// All reports of a question come to its trial balance.
  case ties
  case replay
  case checkpoint

  static let all: [HistoryProperty] =
    [.legal, .nearLegal] + HistoryRuleName.allCases.map { .rule($0) }
    + [.verify, .answers, .aging, .explain, .clearing, .ties, .replay, .checkpoint]

  var name: String {
    switch self {
    case .legal: "legal"
    case .nearLegal: "near-legal"
    case .rule(let rule): rule.rawValue
    case .verify: "verify"
    case .answers: "answers"
    case .aging: "aging"
    case .explain: "explain"
    case .clearing: "clearing"
    case .ties: "ties"
    case .replay: "replay"
    case .checkpoint: "checkpoint"
    }
  }

  /// Those of a name: `all` and `rules` are several.
  static func named(_ name: String) -> [HistoryProperty] {
    switch name {
    case "all": all
    case "rules": HistoryRuleName.allCases.map { .rule($0) }
    default: all.filter { $0.name == name }
    }
  }

  /// In a sentence.
  var meaning: String {
    switch self {
    case .legal:
      "what is allowed by what the Desk knows is accepted; only an old event that cannot be undone "
        + "any more may be refused"
    case .nearLegal:
      "what is allowed but for one thing is refused with the code for it, and changes nothing"
    case .rule(let rule): rule.meaning
    case .verify: "every check of `daybook verify` on log, books, staff, stock and visits passes"
    case .answers:
      "trial balance, receivables and statements on D as known at S are what books that never knew "
        + "more than S add up to"
    case .aging:
      "on every day the buckets of aging come to the accounts of receivables, credit to those of "
        + "credits and deposits"
    case .explain: "the events that explain a figure of D and S sum to it"
    case .clearing:
      "claims, remittances, bank statements and goods not invoiced on D as known at S are what books "
        + "that never knew more than S say, and tie to the accounts"
    case .ties:
      "statements, tax return, ledgers and registers on D as known at S come to the trial balance, in "
        + "histories that are short enough to list"
    case .replay:
      "at ten random places the live decision state and every read model are what a replay makes "
        + "of the log"
    case .checkpoint:
      "at ten random places the book is closed and opened again: checkpoint + tail are what was "
        + "live, and nothing that was told is lost"
    }
  }
}

/// A property that did not hold.
struct BrokenProperty: Error, Equatable, CustomStringConvertible {
  var property: HistoryProperty
  /// How many actions had been lived.
  var action: Int
  var what: String

  var description: String { "\(property.name), action \(action): \(what)" }
}
