public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about tills.
public enum TillRefusal: RefusalCase, Hashable {
  /// The till has a session that has not been closed.
  case alreadyOpen(TillID, TillSessionID)
  /// The till has no open session.
  case notOpen(TillID)
  /// Several tills are open, and none is named.
  case severalOpen([TillID])
  /// It is dated before the session was opened.
  case beforeOpening(TillID, Moment)
  /// A session would begin before the one before it ended.
  case beforeClosing(TillID, Moment)
  /// More cash than the till should hold.
  case aboveCash(TillID, held: Amount)
  /// Petty cash is spent on something, by an account of small expenses such as that one.
  case notPetty(account: String, such: String)
  /// A handover goes from one open till to another.
  case handover
  /// More tax than the amount holds, or more deductible than the tax.
  case taxAboveAmount(Amount)
  /// What a closed till did is undone in its open session.
  case closedSession(TillID)
  /// A ticket is undone in the session that made it.
  case endedSession(TillSessionID)
  /// More would stay in the till than was counted.
  case leftAboveCount(Amount)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .alreadyOpen: .tillAlreadyOpen
    case .notOpen: .tillNotOpen
    case .severalOpen: .fieldRequired
    case .aboveCash, .leftAboveCount: .quantityExceeded
    case .taxAboveAmount: .unbalanced
    case .notPetty: .unknownReference
    case .beforeOpening, .beforeClosing, .handover, .closedSession, .endedSession: .invalidState
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .alreadyOpen(let till, let session):
      "\(till) is open (\(session)); close it first"
    case .notOpen(let till): "\(till) is not open; open it first"
    case .severalOpen(let tills):
      "\(tills.map { "\($0)" }.joined(separator: ", ")) are open; name the till"
    case .beforeOpening(let till, let opened):
      "\(till) was opened at \(opened); give a time after that"
    case .beforeClosing(let till, let closed):
      "\(till) was closed at \(closed); give a time after that"
    case .aboveCash(let till, let held):
      "\(till) should hold \(held) in cash; take at most that, or count it"
    case .notPetty(let account, let such):
      "\(account.isEmpty ? "no account" : "account \(account)") is none that petty cash is spent on; "
        + "name one, such as \(such)"
    case .handover: "a handover goes out of an open till into another one here; name that one"
    case .taxAboveAmount(let amount): "the tax is more than \(amount) holds; correct it"
    case .closedSession(let till):
      "\(till) is closed since; open it, and undo it there"
    case .endedSession(let session):
      "\(session) has ended; take the goods back by a return"
    case .leftAboveCount(let counted):
      "\(counted) was counted; at most that can stay in the till"
    }
  }
}
