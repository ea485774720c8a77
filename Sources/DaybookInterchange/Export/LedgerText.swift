import DaybookAccounting
import DaybookValues

/// The text that hledger and ledger both read: `check --strict` of the one, `--pedantic` of the other.
struct LedgerText {
  private let accountWidth: Int

  init(_ model: AccountingModel) {
    accountWidth = model.accountList.map { $0.exportName.count }.max() ?? 0
  }

  /// What stands before the first transaction: commodities, tags and accounts are declared.
  func heading(_ scope: ExportScope, _ extent: BookExtent) -> String {
    var text = ""
    for line in ExportHeading.lines(scope, extent) {
      text += "; \(PlainText.description(line))\n"
    }
    text += "\n"
    for (code, exponent) in ExportHeading.commodities(extent) {
      text += "commodity \(code)\n"
      // Without decimals no format suits both tools, and both infer the right one.
      if exponent > 0 {
        text += "    format 1000.\(String(repeating: "0", count: exponent)) \(code)\n"
      }
    }
    text += "\n"
    for name in JournalEntry.tagNames { text += "tag \(name)\n" }
    text += "\n"
    for account in scope.model.accountList {
      text += "account \(account.exportName)\n    note \(PlainText.description(account.name))\n"
    }
    return text
  }

  func transaction(_ entry: JournalEntry) -> String {
    let first = entry.first
    var text = "\n\(first.day) * (\(first.entry.whole)) \(PlainText.description(first.text))\n"
    for tag in entry.tags { append(tag, to: &text) }
    for posting in entry.postings {
      let name = posting.account.exportName
      let amount = posting.amount.decimal
      let gap = accountWidth + 2 - name.count + max(0, 14 - amount.count)
      text += "    \(name)\(String(repeating: " ", count: gap))\(amount)"
      text += " \(posting.amount.currency.exportCode)\n"
      for tag in entry.tags(of: posting) { append(tag, to: &text) }
    }
    return text
  }

  private func append(_ tag: (name: String, value: String), to text: inout String) {
    text += "    ; \(tag.name): \(PlainText.tag(tag.value))\n"
  }
}
