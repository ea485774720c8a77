import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Which version of which rule made how many entries, and whether each stands in the accounts that
/// this version means.
struct RuleScan {
  private let model: AccountingModel
  private let hasVersions: Bool
  /// By rule and version, from 1: how many entries.
  private var counts: [[Int]]
  /// By rule and version: whether an account is one that a slot means; made when first asked for.
  private var meant: [[[Bool]]]
  /// Whether the event itself names accounts, by rule.
  private let namesAccounts: [Bool]
  private var version = Int(PostingRule.builtInVersion)
  private var found: String?

  init(_ model: AccountingModel) {
    self.model = model
    hasVersions = !model.accountRules.isEmpty
    counts = Array(repeating: [], count: PostingRule.builtIn.count)
    meant = Array(repeating: [], count: PostingRule.builtIn.count)
    namesAccounts = PostingRule.builtIn.map(\.namesAccounts)
  }

  /// Begins the entry of which this is the first posting.
  mutating func begin(_ row: Posting) {
    if hasVersions { version = Int(model.ruleVersion(row)) }
    let rule = Int(row.rule)
    while counts[rule].count < version { counts[rule].append(0) }
    counts[rule][version - 1] += 1
  }

  /// Looks at a posting of the entry that was begun last.
  mutating func add(_ row: Posting) {
    let rule = Int(row.rule)
    if namesAccounts[rule] || found != nil { return }
    while meant[rule].count < version { note(version: meant[rule].count + 1, of: rule) }
    guard !meant[rule][version - 1][Int(row.account)] else { return }
    found =
      "position \(row.position) stands in \(model.chart.accounts[Int(row.account)].code), which "
      + "version \(version) of the rule for \(PostingRule.builtIn[rule].event) does not mean"
  }

  private mutating func note(version: Int, of rule: Int) {
    let accounts = model.accountRules.accounts(
      PostingRule.builtIn[rule].first, version: UInt16(clamping: version))
    meant[rule].append(
      model.chart.accounts.indices.map { accounts.contains(UInt16($0)) })
  }

  /// The claim, with how many entries each version has made.
  var check: Check {
    let builtIn = counts.reduce(0) { $0 + ($1.first ?? 0) }
    var made = ["version 1: \(builtIn) entries"]
    for rule in PostingRule.builtIn.indices where PostingRule.builtIn[rule].first == rule {
      let same = PostingRule.builtIn.indices.filter { PostingRule.builtIn[$0].first == rule }
      let versions = same.map { counts[$0].count }.max() ?? 0
      for version in 1..<max(versions, 1) {
        let count = same.reduce(0) {
          $0 + (version < counts[$1].count ? counts[$1][version] : 0)
        }
        guard count > 0,
          let origin = model.accountRules.origin(rule, version: UInt16(clamping: version + 1))
        else { continue }
        made.append(
          "\(PostingRule.builtIn[rule].event) version \(version + 1) from \(origin.from), set at "
            + "position \(origin.position): \(count) \(count == 1 ? "entry" : "entries")")
      }
    }
    return Check(
      "every entry stands in the accounts of the rule that made it", found: found,
      over: made.joined(separator: "; "))
  }
}

extension PostingRule {
  /// Whether the event itself names accounts, beside those that slots mean.
  var namesAccounts: Bool {
    isOf(SupplierInvoiceRecorded.self) || isOf(PaymentMade.self) || isOf(BankLineReconciled.self)
      || isOf(JournalPosted.self) || isOf(TillCashMoved.self) || isOf(YearClosed.self)
  }
}
