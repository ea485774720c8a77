import DaybookAccounting
import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues

/// Two tills in which anything may happen for some days, and what their events come to by themselves.
struct TillLife {
  var day: TillDay
  private var random: SeededNumbers
  private var today = Day(daysSince1970: 20_514)

  init(seed: UInt64) throws {
    random = SeededNumbers(seed: seed)
    day = try TillDay()
  }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  private mutating func amount() -> Int64 { Int64(below(5_000)) + 1 }

  /// Cash, which the coins round one time in two.
  private mutating func cash() -> PaymentMethod {
    TillDay.cash(rounding: below(2) == 0 ? Int64(below(5)) - 2 : nil)
  }

  /// Tries so many things; what is refused does not happen.
  mutating func live(_ steps: Int) throws {
    for _ in 0..<steps {
      if below(9) == 0 {
        today = today.advanced(by: 1)
        try day.desk.on("\(today)")
      }
      try step()
    }
  }

  private mutating func step() throws {
    let till = TillID(UInt64(below(2)) + 1)
    switch below(14) {
    case 0:
      let known = day.desk.spec.state.tills.tills.count
      try act(
        OpenTill.with {
          $0.till = Int(till.number) <= known ? till : nil
          $0.float = money(amount())
        })
    case 1:
      let sums = day.desk.spec.state.tills.tills[till]?.session.flatMap {
        day.desk.spec.state.tills.sessions[$0]?.sums
      }
      let off = Int64(below(3)) - 1
      try act(
        CloseTill.with {
          $0.till = till
          $0.counts = [CountedMethod(.cash, money(max(0, (sums?[.cash] ?? 0) + off)))]
        })
    case 2, 3, 4:
      let methods: [PaymentMethod] = [
        cash(), .card(CardTender()), .cheque(BankTender()), .voucher(VoucherTender()),
      ]
      try act(
        ReceivePayment.with {
          $0.from = .party(.patient(PatientID(1)))
          $0.amount = money(amount())
          $0.method = methods[below(4)]
          $0.deposit = below(2) == 0 ? Deposit() : nil
          $0.tip = below(3) == 0 ? money(amount()) : nil
          $0.till = till
        })
    case 5, 6:
      try act(
        CompleteSale.with {
          $0.lines = [TillDay.line(1, Int64(below(3_000)) + 1, at: 28_000)]
          $0.tenders = [TicketTender(below(2) == 0 ? cash() : .card(CardTender()))]
          $0.till = till
        })
    case 7:
      try act(
        PayRefund.with {
          $0.to = .patient(PatientID(1))
          $0.amount = money(amount())
          $0.method = cash()
          $0.ofDeposit = below(2) == 0
          $0.reason = "too much"
          $0.till = till
        })
    case 8:
      let sales = UInt64(max(1, day.desk.spec.state.sales.sales.count))
      var back = TicketTender(cash())
      back.tip = below(3) == 0 ? money(amount()) : nil
      try act(
        ReturnSale.with {
          $0.sale = SaleID(random.next() % sales + 1)
          $0.lines = [
            ReturnedItem.with {
              $0.line = 1
              $0.quantity = Quantity(thousandths: 1 + Int64(below(500)))
            }
          ]
          $0.tenders = [back]
          $0.till = till
          $0.reason = "bruised"
        })
    case 9:
      let types: [CashMoveType] = [.bank, .float, .petty, .handover]
      let type = types[below(4)]
      try act(
        MoveTillCash.with {
          $0.till = till
          $0.direction = type == .handover || below(2) == 0 ? .out : .into
          $0.type = type
          $0.amount = money(amount())
          $0.account = type == .petty ? "6120" : ""
          $0.document = type == .petty ? "soap" : ""
          $0.toTill = type == .handover ? TillID(3 - till.number) : nil
        })
    case 10: try payOut(from: till)
    default:
      let position = Position(random.next() % max(1, day.desk.books.position) + 1)
      try act(
        ReverseEvent.with {
          $0.of = position
          $0.reason = "typed wrongly"
        })
    }
  }

  /// Coffee, or by hand something that no till knows of.
  private mutating func payOut(from till: TillID) throws {
    let paid = money(amount())
    guard below(4) > 0 else {
      _ = try day.desk.attempt(
        as: .accountant,
        PostJournal.with {
          $0.memo = "found"
          $0.lines = [
            .with {
              $0.account = "1010"
              $0.debit = paid
            },
            .with {
              $0.account = "4900"
              $0.credit = paid
            },
          ]
        })
      return
    }
    try act(
      MakePayment.with {
        $0.to = .party(PartyID(2))
        $0.amount = paid
        $0.method = cash()
        $0.till = till
        $0.settles = [PaidItem(.account("6120"), paid)]
      })
  }

  private mutating func act<C: Command>(_ command: C) throws where C.State == DeskState {
    try day.desk.attempt(as: .cashier, command)
  }

  /// A day and a position to ask for.
  mutating func question() -> (Day, Position) {
    let first = Day(daysSince1970: 20_514)
    let days = Int(today.daysSince1970 - first.daysSince1970) + 1
    return (
      first.advanced(by: below(days)),
      Position(random.next() % day.desk.books.position + 1)
    )
  }

  // MARK: - By the events alone

  private struct Session {
    var till: UInt64
    var day: Day
    var float: Int64
    var sums = TillSums()
    var closed: TillClosed?
    var closedOn: Day?
  }

  private struct Story {
    var sessions: [Session] = []
    var takings: [Int: Int64] = [:]

    mutating func add(
      _ amount: Int64, _ method: PaymentMethod, tip: Int64 = 0, in session: Int, sign: Int64 = 1
    ) {
      let rounding = method.rounding?.minorUnits ?? 0
      _ = sessions[session].sums.add(sign * (amount + tip + rounding), by: method.type)
    }
  }

  /// Sessions by their number less one, as the events up to `known` tell them; of those that are open
  /// only what takes effect up to `on`.
  private func story(_ on: Day, _ known: Position) -> Story {
    var story = Story()
    let events = day.desk.taken.prefix(Int(known.number))
    // Which sessions were closed by then.
    var closed: Set<Int> = []
    for event in events {
      if let end = try? event.decoded(as: TillClosed.self), event.effective.day <= on {
        closed.insert(Int(end.session.number) - 1)
      }
    }
    for event in events {
      if let opened = try? event.decoded(as: TillOpened.self) {
        story.sessions.append(
          Session(
            till: opened.till.number, day: event.effective.day, float: opened.float.minorUnits))
        _ = story.sessions[story.sessions.count - 1].sums.add(
          opened.float.minorUnits, by: .cash)
      } else if let end = try? event.decoded(as: TillClosed.self) {
        let index = Int(end.session.number) - 1
        story.sessions[index].closed = end
        story.sessions[index].closedOn = event.effective.day
      } else {
        take(event, &story, on, closed)
      }
    }
    return story
  }

  /// The session in which an event counts: its own, or for what is undone the latest of its till.
  private func session(_ session: TillSessionID?, _ story: Story, isUndone: Bool) -> Int? {
    guard let session else { return nil }
    let own = Int(session.number) - 1
    guard isUndone else { return own }
    return story.sessions.lastIndex { $0.till == story.sessions[own].till }
  }

  private func take(
    _ event: DecidedEvent, _ story: inout Story, _ on: Day, _ closed: Set<Int>
  ) {
    if let reversed = try? event.decoded(as: Reversed.self) {
      if let payment = try? reversed.original(PaymentReceived.self) {
        count(payment, event, &story, on, closed, sign: -1)
      } else if let sale = try? reversed.original(SaleCompleted.self) {
        count(sale, event, &story, on, closed, sign: -1)
      } else if let returned = try? reversed.original(SaleReturned.self) {
        count(returned, event, &story, on, closed, sign: 1)
      } else if let refund = try? reversed.original(RefundPaid.self) {
        count(refund, event, &story, on, closed, sign: 1)
      } else if let made = try? reversed.original(PaymentMade.self) {
        count(made, event, &story, on, closed, sign: 1)
      } else if let moved = try? reversed.original(TillCashMoved.self) {
        count(moved, event, &story, on, closed, sign: -1)
      }
    } else if let payment = try? event.decoded(as: PaymentReceived.self) {
      count(payment, event, &story, on, closed, sign: 1)
    } else if let sale = try? event.decoded(as: SaleCompleted.self) {
      count(sale, event, &story, on, closed, sign: 1)
    } else if let returned = try? event.decoded(as: SaleReturned.self) {
      count(returned, event, &story, on, closed, sign: -1)
    } else if let refund = try? event.decoded(as: RefundPaid.self) {
      count(refund, event, &story, on, closed, sign: -1)
    } else if let made = try? event.decoded(as: PaymentMade.self) {
      count(made, event, &story, on, closed, sign: -1)
    } else if let moved = try? event.decoded(as: TillCashMoved.self) {
      count(moved, event, &story, on, closed, sign: 1)
    }
  }

  /// Whether a session takes an event in: not once it is closed, nor what is later than `on` while it
  /// is open then.
  private func counts(
    _ index: Int, _ event: DecidedEvent, _ story: Story, _ on: Day, _ closed: Set<Int>
  ) -> Bool {
    if closed.contains(index) { return story.sessions[index].closed == nil }
    return event.effective.day <= on
  }

  private func count(
    _ amount: Int64, _ method: PaymentMethod, tip: Int64 = 0, of session: TillSessionID?,
    _ event: DecidedEvent, _ story: inout Story, _ on: Day, _ closed: Set<Int>, sign: Int64,
    isUndone: Bool, isTaking: Bool
  ) {
    guard let index = self.session(session, story, isUndone: isUndone) else { return }
    if isTaking, closed.contains(index) || event.effective.day <= on {
      story.takings[index, default: 0] += sign * amount
    }
    guard counts(index, event, story, on, closed) else { return }
    story.add(amount, method, tip: tip, in: index, sign: sign)
  }

  private func count(
    _ payment: PaymentReceived, _ event: DecidedEvent, _ story: inout Story, _ on: Day,
    _ closed: Set<Int>, sign: Int64
  ) {
    count(
      payment.amount.minorUnits, payment.method, tip: payment.tip?.minorUnits ?? 0,
      of: payment.tillSession, event, &story, on, closed, sign: sign, isUndone: sign < 0,
      isTaking: true)
  }

  private func count(
    _ sale: SaleCompleted, _ event: DecidedEvent, _ story: inout Story, _ on: Day,
    _ closed: Set<Int>, sign: Int64
  ) {
    for tender in sale.tenders {
      count(
        tender.amount.minorUnits, tender.method, tip: tender.tip?.minorUnits ?? 0,
        of: sale.tillSession, event, &story, on, closed, sign: sign, isUndone: sign < 0,
        isTaking: true)
    }
  }

  private func count(
    _ returned: SaleReturned, _ event: DecidedEvent, _ story: inout Story, _ on: Day,
    _ closed: Set<Int>, sign: Int64
  ) {
    for tender in returned.tenders {
      count(
        tender.amount.minorUnits, tender.method, tip: tender.tip?.minorUnits ?? 0,
        of: returned.tillSession, event, &story, on, closed, sign: sign, isUndone: sign > 0,
        isTaking: true)
    }
  }

  private func count(
    _ refund: RefundPaid, _ event: DecidedEvent, _ story: inout Story, _ on: Day,
    _ closed: Set<Int>, sign: Int64
  ) {
    count(
      refund.amount.minorUnits, refund.method, of: refund.tillSession, event, &story, on, closed,
      sign: sign, isUndone: sign > 0, isTaking: true)
  }

  private func count(
    _ made: PaymentMade, _ event: DecidedEvent, _ story: inout Story, _ on: Day,
    _ closed: Set<Int>, sign: Int64
  ) {
    count(
      made.amount.minorUnits, made.method, of: made.tillSession, event, &story, on, closed,
      sign: sign, isUndone: sign > 0, isTaking: false)
  }

  private func count(
    _ moved: TillCashMoved, _ event: DecidedEvent, _ story: inout Story, _ on: Day,
    _ closed: Set<Int>, sign: Int64
  ) {
    let direction: Int64 = moved.direction == .out ? -1 : 1
    for (session, way) in [(moved.session, direction), (moved.toSession, -direction)]
      as [(TillSessionID?, Int64)]
    {
      count(
        moved.amount.minorUnits, .cash(CashTender()), of: session, event, &story, on, closed,
        sign: sign * way, isUndone: sign < 0, isTaking: false)
    }
  }

  /// The rows of a report by way of paying, without the ways that a session does not know.
  func brute(_ on: Day, _ known: Position) -> [String] {
    let story = story(on, known)
    let shown = story.sessions.enumerated().filter { isShown($0.element, on) }
    return shown.sorted { ($0.element.till, $0.offset) < ($1.element.till, $1.offset) }
      .flatMap { index, session in rows(index, session, on, known) }
  }

  private func isShown(_ session: Session, _ on: Day) -> Bool {
    guard session.day <= on else { return false }
    if let closedOn = session.closedOn, closedOn <= on { return closedOn == on }
    return true
  }

  private func rows(
    _ index: Int, _ session: Session, _ on: Day, _ known: Position
  ) -> [String] {
    let closed = session.closedOn.map { $0 <= on } ?? false ? session.closed : nil
    let report = AccountingReports.dayEnd(
      by: .method, day.desk.books.view, AccountingQuery(on: on, knownAt: known))
    let listed = report.texts("session", "method").filter { $0.hasPrefix("TS\(index + 1) ") }
    let names = ["cash", "card", "transfer", "direct debit", "cheque", "voucher", "online"]
    return zip(TillSums.methods, names).compactMap { method, name in
      let count = closed?.counts.first { $0.method == method }
      let expected = session.sums[method]
      // A way of paying that came and went is known to the report, and nothing is expected of it.
      guard
        method == .cash || expected != 0 || count != nil
          || listed.contains("TS\(index + 1) \(name)")
      else { return nil }
      let z = closed.map { "Z\($0.number)" } ?? "X"
      let counted = count?.counted?.decimal ?? "-"
      return "T\(session.till) \(z) TS\(index + 1) \(name) "
        + "\(Amount(minorUnits: expected, .eur).decimal) \(counted)"
    }
  }

  /// What each session's till took up to its end.
  func grandTotals(_ on: Day, _ known: Position) -> [String] {
    let story = story(on, known)
    let shown = story.sessions.enumerated().filter { isShown($0.element, on) }
    return shown.sorted { ($0.element.till, $0.offset) < ($1.element.till, $1.offset) }
      .map { index, session in
        let sum = story.sessions.indices.filter {
          $0 <= index && story.sessions[$0].till == session.till
        }.reduce(Int64(0)) { $0 + story.takings[$1, default: 0] }
        return "TS\(index + 1) grand total of the till \(Amount(minorUnits: sum, .eur).decimal)"
      }
  }
}
