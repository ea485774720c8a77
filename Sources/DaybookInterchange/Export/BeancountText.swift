import DaybookAccounting
import DaybookValues

/// The text that beancount reads.
struct BeancountText {
  private let accountWidth: Int

  init(_ model: AccountingModel) {
    accountWidth = model.accountList.map { $0.exportName.count }.max() ?? 0
  }

  /// What stands before the first transaction: currencies are declared and accounts opened.
  func heading(_ scope: ExportScope, _ extent: BookExtent) -> String {
    var text = ""
    for line in ExportHeading.lines(scope, extent) {
      text += "; \(PlainText.description(line))\n"
    }
    let codes = ExportHeading.commodities(extent).map { $0.code }
    text += "\n"
    for code in codes { text += "option \"operating_currency\" \"\(code)\"\n" }
    // Whatever the day of an empty book is, accounts are opened on one.
    let opened = extent.firstDay ?? scope.day ?? Day(daysSince1970: 0)
    text += "\n"
    for code in codes { text += "\(opened) commodity \(code)\n" }
    text += "\n"
    let currencies = codes.isEmpty ? "" : " " + codes.joined(separator: ",")
    for account in scope.model.accountList {
      text += "\(opened) open \(account.exportName)\(currencies)\n"
      text += "  name: \(PlainText.quoted(account.name))\n"
    }
    return text
  }

  func transaction(_ entry: JournalEntry) -> String {
    let first = entry.first
    var text = "\n\(first.day) * \(PlainText.quoted(first.text))\n"
    append(("entry", "\(first.entry.whole)"), indent: "  ", to: &text)
    for tag in entry.tags { append(tag, indent: "  ", to: &text) }
    for posting in entry.postings {
      let name = posting.account.exportName
      let amount = posting.amount.decimal
      let gap = accountWidth + 2 - name.count + max(0, 14 - amount.count)
      text += "  \(name)\(String(repeating: " ", count: gap))\(amount)"
      text += " \(posting.amount.currency.exportCode)\n"
      for tag in entry.tags(of: posting) { append(tag, indent: "    ", to: &text) }
    }
    return text
  }

  private func append(
    _ tag: (name: String, value: String), indent: String, to text: inout String
  ) {
    text += "\(indent)\(tag.name): \(PlainText.quoted(tag.value))\n"
  }
}
