import DaybookClinicRules

/// The chart of accounts: every account by its index, which stays.
///
/// The built-in accounts come first, ascending by code, and then a clinic's own as they were defined.
public struct Chart: Hashable, Sendable {
  /// The accounts by index.
  public private(set) var accounts: [Account]
  /// The indexes of all accounts, ascending by code: the order of reports.
  public private(set) var listing: [Int]

  /// A chart of these accounts; codes are distinct.
  init(_ accounts: [Account]) {
    let sorted = accounts.sorted { $0.code < $1.code }
    precondition(
      zip(sorted, sorted.dropFirst()).allSatisfy { $0.code < $1.code }, "an account stands twice")
    self.accounts = sorted
    listing = Array(sorted.indices)
  }

  /// The index of the account with this code; nil if there is none.
  public func index(of code: String) -> Int? {
    accounts.firstIndex { $0.code == code }
  }

  /// Whether it can take an account of that code in: postings name accounts by sixteen bits.
  func hasRoom(for code: String) -> Bool {
    accounts.count < UInt16.max || index(of: code) != nil
  }

  /// The accounts, ascending by code.
  public var list: [Account] { listing.map { accounts[$0] } }

  /// Adds an account, or gives the one of that code other words.
  mutating func define(_ account: Account) {
    if let index = index(of: account.code) {
      accounts[index] = account
      return
    }
    let place = listing.firstIndex { accounts[$0].code > account.code } ?? listing.endIndex
    listing.insert(accounts.count, at: place)
    accounts.append(account)
  }

  /// Gives a built-in account the code and the name that it has in a country's chart.
  ///
  /// - Parameter builtIn: Its code in `standard`.
  /// - Returns: Whether there is such an account.
  mutating func define(_ account: Account, standingFor builtIn: String) -> Bool {
    guard let index = StandardChart.index(of: builtIn) else { return false }
    accounts[index] = account
    listing.sort { (accounts[$0].code, $0) < (accounts[$1].code, $1) }
    return true
  }

  /// The neutral chart that every book begins with.
  ///
  /// Source: Books, section 2; a country's pack gives the accounts other codes and names.
  public static let standard = Chart(
    StandardChart.accounts.map { Account($0.code, $0.name, AccountKind($0.type)) })
}
