import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// What a business must remember of its money: what the bank will show, and whom it owes.
struct LifeBooks: Sendable {
  /// Something that a bank statement will show.
  struct BankNote: Sendable {
    var with: StatementCounterpart
    var due: Day
    var isCard: Bool
    var text: String
  }

  struct Payable: Sendable {
    var invoice: SupplierInvoiceID
    var supplier: Int
    var due: Day
  }

  struct Commission: Sendable {
    var staff: StaffID
    var amount: Int64
  }

  var bank: [BankNote] = []
  var bankLines = 0
  var payables: [Payable] = []
  var documents = 0
  /// Tax withheld and social security that are not paid yet.
  var withheld: Int64 = 0
  var social: Int64 = 0
  /// Commission of contractors that they have not invoiced yet.
  var commissions: [Commission] = []
  var taxOffice = PartyID()
  var socialOffice = PartyID()
  var landlord = 0
  var utility = 0
  /// Who counts the cash was short or over, day by day, as it was stated.
  var variances: [Int64] = []
}

// MARK: - Bank

extension BusinessLife {
  /// The last payment came or went through the bank.
  mutating func noteBankPayment(_ state: DeskState, isCard: Bool = false) {
    let payment = PaymentID(UInt64(state.billing.payments.count))
    noteBank(.payment(payment), isCard: isCard, "\(payment)")
  }

  /// An event of the last action is what the bank shows.
  mutating func noteBankEvent(_ state: DeskState, isCard: Bool = false, _ text: String) {
    var position = state.periods.lastPosition
    while position > before {
      if state.ledger.bankItem(at: position.number) != nil {
        return noteBank(.position(position), isCard: isCard, text)
      }
      position = position.previous
    }
  }

  private mutating func noteBank(_ with: StatementCounterpart, isCard: Bool, _ text: String) {
    books.bank.append(
      LifeBooks.BankNote(
        with: with, due: day.advanced(by: isCard ? 2 : 1), isCard: isCard, text: text))
  }

  mutating func planBank() {
    guard day.weekday == .tuesday || day.weekday == .friday else { return }
    plan(at: LifeCalendar.at(10, 5)) { life, state in life.reconcile(state) }
  }

  private mutating func reconcile(_ state: DeskState) -> [Deed] {
    let today = day
    let due = books.bank.filter { $0.due <= today }
    books.bank.removeAll { $0.due <= today }
    var deeds: [Deed] = []
    for note in due where !note.isCard {
      guard let amount = Self.amount(of: note, state) else { continue }
      deeds += bankLine(amount, [StatementMatch(note.with)], note.text)
    }
    let cards = due.filter(\.isCard)
    if !cards.isEmpty { deeds += settleCards(cards, state) }
    if day.weekday == .friday, day.day <= 7 {
      deeds += bankLine(
        -1_250, [StatementMatch(.account("6210"), Self.amount(-1_250))], "fees of the account")
    }
    if isTurn(29, 3) {
      deeds += bankLine(
        4_000, [StatementMatch(.account("1980"), Self.amount(4_000))], "nobody knows from whom")
    }
    return deeds
  }

  private static func amount(of note: LifeBooks.BankNote, _ state: DeskState) -> Int64? {
    let item =
      switch note.with {
      case .payment(let payment): state.ledger.bankItem(of: payment)
      case .position(let position): state.ledger.bankItem(at: position.number)
      case .account: nil as BankItem?
      }
    guard let item, !item.isMatched else { return nil }
    return item.amount
  }

  /// The acquirer pays what came in by card, less its fee of 0.9 %.
  private mutating func settleCards(
    _ cards: [LifeBooks.BankNote], _ state: DeskState
  ) -> [Deed] {
    var matches: [StatementMatch] = []
    var sum: Int64 = 0
    for note in cards {
      guard let amount = Self.amount(of: note, state) else { continue }
      matches.append(StatementMatch(note.with))
      sum += amount
    }
    let fee = max(0, sum) * 90 / 10_000
    guard !matches.isEmpty, sum - fee != 0 else { return [] }
    if fee > 0 { matches.append(StatementMatch(.account("6200"), Self.amount(-fee))) }
    return bankLine(sum - fee, matches, "\(cards.count) card payments less the fee")
  }

  private mutating func bankLine(
    _ amount: Int64, _ matches: [StatementMatch], _ text: String
  ) -> [Deed] {
    books.bankLines += 1
    let line = ReconcileBankLine.with {
      $0.line = "\(day.year)/\(books.bankLines)"
      $0.amount = Self.amount(amount)
      $0.matches = Few(matches)
    }
    return [
      Deed(
        bookkeeper, .accountant, line,
        "explains the bank's line \(books.bankLines) of \(Self.money(amount)): \(text)")
    ]
  }
}
