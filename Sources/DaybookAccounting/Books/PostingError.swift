public import DaybookValues

/// An event cannot be posted: its figures are such as no Desk accepts, or leave the range of the books.
///
/// Nothing of the event was posted.
public struct PostingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  @nonexhaustive
  public enum Reason: Hashable, Sendable {
    /// An amount is below zero; the side of a posting says what a sign would.
    case negativeAmount
    /// More is allocated than was paid.
    case overAllocated
    /// An amount or the sum of all debits leaves 64 bits.
    case overflow
    /// An amount's currency is not its clinic's, or an entry crosses clinics of two currencies.
    case currencyMismatch
    /// An identifier is too large for the books.
    case identifierTooLarge
    /// A charge's number is not above those of the charges before it.
    case chargeOutOfOrder
    /// An entry has more lines than can be numbered.
    case tooManyLines
    /// An account is not in the chart.
    case unknownAccount
    /// Debits and credits differ at a clinic.
    case unbalanced
    /// There are more clinics than a book may have.
    case tooManyClinics
    /// More people and importers have recorded something than a book can tell apart.
    case tooManyActors
    /// There are more accounts, or more versions of a rule, than a book can tell apart.
    case tooManyAccounts
    /// A sort of adjustment, method or purpose is not said.
    case unspecified
  }

  /// The event's position.
  public let position: Position
  /// What is wrong.
  public let reason: Reason

  /// Names an event that cannot be posted.
  public init(_ reason: Reason, at position: Position) {
    self.reason = reason
    self.position = position
  }

  /// What, where, and what now.
  public var description: String {
    "the event at position \(position) cannot be posted: \(words); nothing of it was posted, verify the log"
  }

  private var words: String {
    switch reason {
    case .negativeAmount: "an amount is below zero"
    case .overAllocated: "more is allocated than was paid"
    case .overflow: "the sum of all debits, or an amount, leaves 64 bits"
    case .currencyMismatch: "its amounts are not all in the currency of one book"
    case .identifierTooLarge: "an identifier is too large"
    case .chargeOutOfOrder: "its charge's number is not above those before it"
    case .tooManyLines: "its entry has more than 65,535 lines"
    case .unknownAccount: "an account is not in the chart"
    case .unbalanced: "its debits and credits differ"
    case .tooManyClinics: "it is of one clinic more than the 65,535 that a book may have"
    case .tooManyActors: "it is by one actor more than the 65,535 that a book can tell apart"
    case .tooManyAccounts:
      "it is of one account, or version of a rule, more than the 65,535 that a book can tell apart"
    case .unspecified: "its type is not said"
    }
  }
}
