/// One proof that `verify` prints: what was proved, whether it held, and the figures.
public struct Check: Hashable, Sendable {
  /// What is proved, as a claim: `every entry balances`.
  public let name: String
  /// Whether it holds.
  public let passed: Bool
  /// How much was looked at; where it does not hold, the first place and its figures.
  public let detail: String

  /// A check and how it went.
  public init(_ name: String, passed: Bool, detail: String) {
    self.name = name
    self.passed = passed
    self.detail = detail
  }

  /// A check that holds unless something was found: `found` names place and figures.
  public init(_ name: String, found: String?, over detail: String) {
    self.init(name, passed: found == nil, detail: found ?? detail)
  }
}
