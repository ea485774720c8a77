import Daybook
import DaybookInterchange

/// Who else can tell what each account comes to, from a journal as a text.
enum PlainTextTool: String, CaseIterable {
  case ledger, hledger, beancount
  /// The same with the copy that beancount keeps beside a journal, in Python's own form.
  case beancountCached = "beancount.cached"

  /// The program that is run.
  var program: String {
    switch self {
    case .ledger: "ledger"
    case .hledger: "hledger"
    case .beancount, .beancountCached: "bean-query"
    }
  }

  var format: JournalFormat {
    switch self {
    case .ledger: .ledger
    case .hledger: .hledger
    case .beancount, .beancountCached: .beancount
    }
  }

  /// The question as it is asked: one balance an account.
  func arguments(_ journal: String) -> [String] {
    let query = [
      program, "-q", "-f", "csv", journal, "SELECT account, sum(position) GROUP BY account",
    ]
    return switch self {
    case .ledger: [program, "--args-only", "-f", journal, "balance", "--flat", "--no-total"]
    case .hledger: [program, "-f", journal, "balance", "--flat", "--no-total"]
    case .beancount: ["env", "BEANCOUNT_DISABLE_LOAD_CACHE=1"] + query
    case .beancountCached: query
    }
  }

  /// Whether a journal of that many entries is for it: the others take minutes and gigabytes.
  func takes(_ entries: Int, of most: Int) -> Bool { self == .ledger || entries < most }

  /// Where the program stands; nil where it is missing.
  func path(_ world: World) -> String? {
    (Environment.variable("PATH") ?? "").split(separator: ":").lazy
      .map { FilePath.join(String($0), program) }.first { world.files.isPlainFile($0) }
  }
}

/// What each account comes to, in cents, by the account's code.
struct AccountBalances {
  private(set) var cents: [String: Int64] = [:]

  /// Our own: the first and the last column.
  init(csv: String) throws {
    for line in csv.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let code = cells.first, let balance = cells.last.flatMap(Self.minorUnits) else {
        throw Failure("a row of the trial balance: \(line)")
      }
      cents[String(code), default: 0] += balance
    }
  }

  /// A line of any of the tools has an account, and an amount unless that is nothing.
  init(answer: String) throws {
    for line in answer.split(whereSeparator: \.isNewline) {
      let words = line.split { " ,\"\r".contains($0) }
      guard let account = words.first(where: { $0.contains(":") }) else { continue }
      let name = account.split(separator: ":").last ?? account
      let amounts = words.compactMap(Self.minorUnits)
      guard amounts.count < 2 else { throw Failure("several amounts: \(line)") }
      cents[String(name.prefix { $0 != "-" }), default: 0] += amounts.first ?? 0
    }
  }

  /// Holds the answer of `tool` against ours, account by account; an account left out has nothing.
  func check(_ other: AccountBalances, of tool: PlainTextTool) throws {
    guard cents.count > 2, other.cents.count > 2 else {
      throw Failure("\(tool.rawValue): \(other.cents.count) accounts beside our \(cents.count)")
    }
    for code in Set(cents.keys).union(other.cents.keys).sorted() {
      let (ours, theirs) = (cents[code] ?? 0, other.cents[code] ?? 0)
      guard ours == theirs else {
        throw Failure("account \(code): \(theirs) cents by \(tool.rawValue), \(ours) by us")
      }
    }
  }

  private static func minorUnits(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 1 { return Int64(parts[0]).map { $0 * 100 } }
    guard parts.count == 2, parts[1].utf8.count == 2 else { return nil }
    return Int64(parts[0] + parts[1])
  }
}
