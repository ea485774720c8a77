import DaybookClinicRules

/// The chart of accounts: every account by its index, in the order of the codes.
public struct Chart: Hashable, Sendable {
  /// The accounts, ascending by code.
  public let accounts: [Account]

  /// A chart of these accounts; codes are distinct.
  init(_ accounts: [Account]) {
    let sorted = accounts.sorted { $0.code < $1.code }
    precondition(
      zip(sorted, sorted.dropFirst()).allSatisfy { $0.code < $1.code }, "an account stands twice")
    self.accounts = sorted
  }

  /// The index of the account with this code; nil if there is none.
  public func index(of code: String) -> Int? {
    accounts.firstIndex { $0.code == code }
  }

  /// The neutral chart that every book begins with.
  ///
  /// Source: Books, section 2; a country's pack gives the accounts other codes and names.
  public static let standard = Chart(
    StandardChart.accounts.map { Account($0.code, $0.name, AccountKind($0.type)) })
}
