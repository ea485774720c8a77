import DaybookValues

/// A tool of plain-text accounting that the books are exported to.
public enum JournalFormat: String, CaseIterable, Hashable, Sendable {
  /// hledger; the text is the same as ledger's.
  case hledger
  /// ledger, with `--pedantic`.
  case ledger
  /// beancount, versions 2 and 3.
  case beancount

  /// The years that the tool's dates reach, both inclusive.
  ///
  /// Source: tried with hledger 1.25, ledger 3.3.0 (dates of Boost) and beancount 2.3.5 (its lexer).
  var years: ClosedRange<Int> {
    switch self {
    case .hledger: 1...9999
    case .ledger: 1400...9999
    case .beancount: 1700...2099
    }
  }
}
