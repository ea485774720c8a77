import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// What the bank shows, and entries made by hand.
  static let ledger: Makers = [
    (.bankLine, { clinic, state, now in clinic.bankLine(state, now) }),
    (.entry, { clinic, state, now in clinic.entry(state, now) }),
    (.openingEntry, { clinic, state, now in clinic.openingEntry(state, now) }),
    (.openItemPayment, { clinic, state, _ in clinic.openItemPayment(state) }),
  ]

  func bankAccount(_ state: DeskState, of clinic: ClinicID) -> BankAccountID {
    let accounts = state.ledger.bankAccounts
    for number in 0..<UInt64(accounts.count) {
      let id = BankAccountID(number + 1)
      if accounts[id]?.clinic == clinic { return id }
    }
    return BankAccountID(UInt64(accounts.count) + 1)
  }

  /// A payment, a ticket or money from a till that a statement shows, with what the bank takes for it.
  private mutating func bankLine(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let (with, item) = banked(state) else { return nil }
    var line = ReconcileBankLine()
    line.bankAccount = bankAccount(state, of: item.clinic)
    line.line = word("line ")
    line.date = day(now, state, at: item.clinic)
    line.matches = [StatementMatch(with, dice.chance(50) ? nil : dollars(item.amount))]
    var amount = item.amount
    if dice.chance(30), amount != 35 {
      line.matches.append(StatementMatch(.account("6210"), dollars(-35)))
      amount -= 35
    }
    line.amount = dollars(amount)
    if state.ledger.isReconciled(line.line, of: line.bankAccount) { return nil }
    return LegalCommand(line, .accountant, at: item.clinic)
  }

  private mutating func banked(_ state: DeskState) -> (StatementCounterpart, BankItem)? {
    if dice.chance(30), let position = one(of: recent)?.event.position,
      let item = state.ledger.bankItem(at: position.number), !item.isMatched
    {
      return (.position(position), item)
    }
    let ledger = state.ledger
    let payment = find(state.billing.payments.count, PaymentKind.self) {
      ledger.bankItem(of: $0)?.isMatched == false
    }
    guard let payment, let item = ledger.bankItem(of: payment) else { return nil }
    return (.payment(payment), item)
  }

  /// Rent, or what one clinic bears for the other.
  private mutating func entry(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let amount = cents(1...50_000)
    let accounts = ["1100", "1480", "1500", "2050", "3000", "6100", "6110", "6400"]
    var lines: Few<JournalLine> = []
    let clinics: [ClinicID?] = dice.chance(30) ? [here, elsewhere()] : [nil]
    for clinic in clinics {
      let debit = dice.below(accounts.count)
      lines.append(
        .with {
          $0.account = accounts[debit]
          $0.debit = amount
          $0.clinic = clinic
        })
      lines.append(
        .with {
          $0.account = accounts[(debit + 1 + dice.below(accounts.count - 1)) % accounts.count]
          $0.credit = amount
          $0.clinic = clinic
        })
    }
    let post = PostJournal.with {
      $0.lines = lines
      $0.memo = "month end"
    }
    // Of two clinics both must be open then.
    let at = clinics.count == 1 ? lately(state, now) : now
    return LegalCommand(post, .accountant, effective: at)
  }

  /// What was open when the books began: a debt of a patient, of a payer, a credit, what is owed.
  private mutating func openingEntry(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let patient = livePatient(state) else { return nil }
    let amount = cents(1...20_000)
    let today = day(now, state)
    let supplier = Self.suppliers[dice.below(2)]
    let choices: [(account: String, party: Counterparty, isDebit: Bool)] = [
      ("1200", .patient(patient), true), ("1210", .party(Self.insurer), true),
      ("2150", .patient(patient), false), ("2100", .patient(patient), false),
      ("2000", .party(supplier), false), ("2300", .staff(StaffID(1)), false),
    ]
    let choice = choices[dice.below(choices.count)]
    // Now and then of the other clinic.
    let clinic: ClinicID? = dice.chance(30) ? elsewhere() : nil
    let post = PostJournal.with {
      $0.opening = true
      $0.memo = "opening"
      $0.lines = [
        .with {
          $0.account = choice.account
          if choice.isDebit { $0.debit = amount } else { $0.credit = amount }
          $0.party = choice.party
          $0.patient = patient
          $0.document = word("old ")
          $0.due = today
          $0.clinic = clinic
        },
        .with {
          $0.account = "3000"
          $0.clinic = clinic
          if choice.isDebit { $0.credit = amount } else { $0.debit = amount }
        },
      ]
    }
    return LegalCommand(post, .accountant)
  }

  /// What the clinic owed when the books began is paid.
  private mutating func openItemPayment(_ state: DeskState) -> LegalCommand? {
    let ledger = state.ledger
    let entry = find(ledger.entries.count, JournalKind.self) {
      ledger.openItem(OpeningItem($0, line: 1))?.open ?? 0 > 0
    }
    guard let entry, let item = ledger.openItem(OpeningItem(entry, line: 1)) else { return nil }
    let amount = dollars(part(of: item.open))
    let pay = MakePayment.with {
      $0.to = item.party
      $0.amount = amount
      $0.settles = [PaidItem(.opening(OpeningItem(entry, line: 1)), amount)]
      $0.approver = other
    }
    return LegalCommand(pay, .accountant, at: item.clinic)
  }
}
