public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A figure that only a whole read model can give, as a department handed it to the Desk.
///
/// The Desk cannot compute it, and stays pure: the figure comes inside the command, with the position
/// that it is known at. It is refused where an event that may have changed it stands after that
/// position; `verify` computes it anew.
public struct Statement: Payload, Hashable {
  /// The figure: of a trial balance, the sum of all debits.
  public var figure = Amount.zero
  /// The last event that the figure rests on.
  public var position = Position.start
  /// SHA-256 of all that the figure was added up from.
  public var digest: [UInt8] = []
  /// Of a trial balance, every account that anything was posted to, so that a digest that no longer
  /// holds can be told account by account; none where the department gives no accounts.
  public var accounts: Few<StatedAccount> = []

  /// Nothing: to be filled in.
  public init() {}

  /// `figure` as known at `position`.
  public init(_ figure: Amount, at position: Position, digest: SHA256Hash) {
    self.figure = figure
    self.position = position
    self.digest = digest.bytes
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "figure", &figure)
    try fields.visit(2, "position", &position)
    try fields.visit(3, "digest", &digest)
    try fields.visit(4, "accounts", &accounts)
  }
}

/// What went to either side of an account, as a trial balance states it.
public struct StatedAccount: Payload, Hashable {
  /// The account's code.
  public var account = ""
  /// The sum of its debits.
  public var debit = Amount.zero
  /// The sum of its credits.
  public var credit = Amount.zero

  /// Nothing: to be filled in.
  public init() {}

  /// What `account` had on either side.
  public init(_ account: String, debit: Amount, credit: Amount) {
    self.account = account
    self.debit = debit
    self.credit = credit
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "account", &account)
    try fields.visit(2, "debit", &debit)
    try fields.visit(3, "credit", &credit)
  }
}
