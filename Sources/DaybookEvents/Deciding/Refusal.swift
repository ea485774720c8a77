public import DaybookBytes
public import DaybookValues

/// Why a command was refused, as programs see it; people read the case.
///
/// The list may grow; a code is never renamed.
@nonexhaustive
public enum RefusalCode: String, CaseIterable, Hashable, Sendable {
  /// The stream does not stand at the version that the command expected.
  case versionConflict
  /// The source reference was used before, with other content.
  case duplicateSource
  /// Something that the command names does not exist.
  case unknownReference
  /// The actor's role does not allow it at this clinic.
  case notPermitted
  /// Above the clinic's limit, someone else must approve it.
  case needsSecondPerson
  /// It would take effect in a closed period.
  case periodClosed
  /// A fact cannot take effect in the future.
  case futureNotAllowed
  /// What it concerns is not in a state that allows it.
  case invalidState
  /// The event was reversed before.
  case alreadyReversed
  /// Events of this type cannot be reversed.
  case notReversible
  /// Something that still stands depends on the event.
  case hasDependents
  /// It must give a reason.
  case reasonRequired
  /// The amount must be above zero.
  case amountNotPositive
  /// The amount must not be below zero.
  case amountNegative
  /// The currency is not the clinic's.
  case currencyMismatch
  /// Parts that must add up do not.
  case unbalanced
  /// More is allocated than is owed or was received.
  case overAllocated
  /// It overlaps something that already holds that time.
  case overlap
  /// It falls outside the hours kept.
  case outsideHours
  /// There is not enough on hand.
  case insufficientStock
  /// The lot has expired.
  case lotExpired
  /// The lot is held and may not be used.
  case lotHeld
  /// The item is kept by lot, and no lot is named.
  case lotRequired
  /// The item needs an expiry date, and none is given.
  case expiryRequired
  /// The service is not offered at that time.
  case serviceInactive
  /// The practitioner's credential is not valid on that day.
  case credentialExpired
  /// The till has no open session.
  case tillNotOpen
  /// The till has an open session.
  case tillAlreadyOpen
  /// It uses more credit than there is.
  case creditExceeded
  /// The number does not follow the last of its series.
  case numberGap
  /// No session of the package is left.
  case packageExhausted
  /// The package has expired.
  case packageExpired
  /// The coverage is not in force on that day.
  case coverageNotActive
  /// The quantity is more than may still be taken.
  case quantityExceeded
  /// The member of staff is clocked in.
  case alreadyClockedIn
  /// The member of staff is not clocked in.
  case notClockedIn
  /// It takes more leave than is left.
  case leaveExceeded
  /// A text, list or record is larger than its limit.
  case tooLarge
  /// A field that must be given is empty.
  case fieldRequired
  /// A value lies outside what its field can hold or mean.
  case outOfRange
}

/// A domain "no" in words: a case with its values, such as `.alreadyCheckedIn(at:)`.
public protocol RefusalCase: Sendable {
  /// The stable code.
  var code: RefusalCode { get }

  /// What is wrong and what to do about it, for a person.
  var message: String { get }
}

/// One rule that a command breaks.
public struct Violation: Sendable {
  /// The field of the command that is at fault.
  public let field: String
  /// What is wrong, with its values.
  public let reason: any RefusalCase

  /// Names a broken rule.
  public init(_ reason: any RefusalCase, field: String) {
    self.reason = reason
    self.field = field
  }

  /// The stable code.
  public var code: RefusalCode { reason.code }
}

extension Violation: Hashable {
  /// Equal in code, field and words.
  public static func == (left: Violation, right: Violation) -> Bool {
    left.field == right.field && left.code == right.code
      && left.reason.message == right.reason.message
  }

  /// Hashes code, field and words.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(field)
    hasher.combine(code)
    hasher.combine(reason.message)
  }
}

/// A rule that recorded history breaks, noted where a decision in the making would be refused.
///
/// An import records what happened, it does not decide it: the event is appended all the same, and
/// the finding goes back to the importer's report. It is not stored in the log.
public struct Finding: Hashable, Sendable {
  /// The stable code of the rule.
  public let code: RefusalCode
  /// The field of the command that it is about.
  public let field: String
  /// What was found, for a person.
  public let message: String

  /// Notes a broken rule.
  public init(_ reason: any RefusalCase, field: String) {
    code = reason.code
    self.field = field
    message = reason.message
  }
}

/// A domain "no": one or more broken rules. Nothing was appended.
public struct Refusal: Error, Hashable, Sendable {
  /// The broken rules, in the order of the command's fields.
  public let violations: [Violation]

  /// Refuses for several reasons.
  public init(_ violations: [Violation]) {
    precondition(!violations.isEmpty, "a refusal names a reason")
    self.violations = violations
  }

  /// Refuses for one reason.
  public init(_ reason: any RefusalCase, field: String) {
    self.init([Violation(reason, field: field)])
  }
}

extension Refusal: CustomStringConvertible {
  /// Every broken rule: code, field and what to do.
  public var description: String {
    violations.map { "\($0.code.rawValue) (\($0.field)): \($0.reason.message)" }
      .joined(separator: "\n")
  }
}

/// What any log refuses, whatever its events.
public enum GeneralRefusal: RefusalCase, Hashable {
  /// The stream is not where the command expected it.
  case streamMoved(stream: StreamID, expected: ExpectedVersion, found: UInt64)
  /// The reference was used by another command.
  case referenceUsed(reference: String, at: UInt64)
  /// The reference is over its limit.
  case referenceTooLong(bytes: Int)
  /// The action is more than the log keeps in one piece.
  case actionTooLarge(records: Int)
  /// An event takes effect at a time that no calendar has.
  case timeOutOfRange(Moment)
  /// An event names a cause that does not stand before it.
  case causeNotEarlier
  /// An action with a reference begins with an event of another clinic than its own.
  case otherClinic(UInt64, given: UInt64)
  /// An event cannot be written: a text, a list or the whole is over its limit.
  case notWritable(WireError)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .streamMoved: .versionConflict
    case .referenceUsed: .duplicateSource
    case .referenceTooLong, .actionTooLarge: .tooLarge
    case .timeOutOfRange, .otherClinic: .outOfRange
    case .causeNotEarlier: .unknownReference
    case .notWritable(let error):
      switch error.kind {
      case .tooLarge, .tooDeep: .tooLarge
      case .mixedCurrencies: .currencyMismatch
      default: .invalidState
      }
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .streamMoved(let stream, let expected, let found):
      "stream \(stream.kind.number)/\(stream.number) holds \(found) events, expected \(expected); read it again and decide anew"
    case .referenceUsed(let reference, let position):
      "reference \(reference) stands at position \(position) with other content; give another reference, or correct the source"
    case .referenceTooLong(let bytes):
      "a reference of \(bytes) bytes is over the limit of \(ActionSource.referenceBytesMax); shorten it or hash it"
    case .actionTooLarge(let records):
      "an action of \(records) events is more than the log keeps in one piece; split it"
    case .timeOutOfRange(let moment):
      "\(moment) lies outside the years 0001 to 9999, or its offset is a day or more; correct it"
    case .causeNotEarlier:
      "the cause is not an event before this one; name one that stands in the log"
    case .otherClinic(let clinic, let given):
      "the action begins at clinic \(clinic), its reference was given for clinic \(given); "
        + "give one and the same"
    case .notWritable(let error): "\(error); shorten or split it"
    }
  }
}
