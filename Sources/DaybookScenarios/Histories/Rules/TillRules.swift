import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

/// What should be in a till is its float and what went in and out, at every closing and at the end; a
/// till has one session at a time, and its closings are numbered without gaps.
struct TillRules: HistoryRule {
  private struct Session {
    var till: TillID
    var clinic: UInt64
    var sums: [MethodType: Int64] = [:]
    var isOpen = true
  }

  private var sessions: [TillSessionID: Session] = [:]
  private var open: [TillID: TillSessionID] = [:]
  /// The cash in a closed till.
  private var held: [TillID: Int64] = [:]
  private var closings: [TillID: UInt64] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    guard event.header.family == .accounting else { return }
    switch AccountingTag(rawValue: event.header.tag) {
    case .tillOpened: open(try event.payload(), event.header, &faults)
    case .tillCashMoved: move(try event.payload(), 1, &faults)
    case .tillClosed: close(try event.payload(), &faults)
    case .paymentReceived:
      let paid = try event.payload(PaymentReceived.self)
      if case .cash = paid.method {
        // History has no till; nobody here takes cash without one.
        faults.require(paid.tillSession != nil, "cash without a till")
      }
      pay(paid.method, paid.amount, paid.tip, 1, paid.tillSession, event.header, &faults)
    case .refundPaid:
      let paid = try event.payload(RefundPaid.self)
      pay(paid.method, paid.amount, nil, -1, paid.tillSession, event.header, &faults)
    case .paymentMade:
      let made = try event.payload(PaymentMade.self)
      pay(made.method, made.amount, nil, -1, made.tillSession, event.header, &faults)
    case .saleCompleted:
      let sold = try event.payload(SaleCompleted.self)
      pay(sold.tenders, 1, sold.tillSession, event.header, &faults)
      requireSum(of: sold, &faults)
    case .saleReturned:
      let back = try event.payload(SaleReturned.self)
      pay(back.tenders, -1, back.tillSession, event.header, &faults)
    default: break
    }
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if reversed.isOf(TillCashMoved.self) {
      var moved = try reversed.original(TillCashMoved.self)
      moved.session = now(moved.session, &faults)
      moved.toSession = moved.toSession.map { now($0, &faults) }
      move(moved, -1, &faults)
    } else if reversed.isOf(PaymentReceived.self) {
      let paid = try reversed.original(PaymentReceived.self)
      unpay(paid.method, paid.amount, paid.tip, -1, paid.tillSession, header, &faults)
    } else if reversed.isOf(RefundPaid.self) {
      let paid = try reversed.original(RefundPaid.self)
      unpay(paid.method, paid.amount, nil, 1, paid.tillSession, header, &faults)
    } else if reversed.isOf(PaymentMade.self) {
      let made = try reversed.original(PaymentMade.self)
      unpay(made.method, made.amount, nil, 1, made.tillSession, header, &faults)
    } else if reversed.isOf(SaleCompleted.self) {
      let sold = try reversed.original(SaleCompleted.self)
      pay(sold.tenders, -1, sold.tillSession, header, &faults)
    } else if reversed.isOf(SaleReturned.self) {
      let back = try reversed.original(SaleReturned.self)
      pay(back.tenders, 1, back.tillSession, header, &faults)
    }
  }

  /// The session in which something of an earlier one is undone.
  private func now(_ session: TillSessionID, _ faults: inout Faults) -> TillSessionID {
    guard let known = sessions[session] else { return session }
    if known.isOpen { return session }
    faults.require(open[known.till] != nil, "undone in \(known.till), which is closed")
    return open[known.till] ?? session
  }

  private mutating func unpay(
    _ method: PaymentMethod, _ amount: Amount, _ tip: Amount?, _ sign: Int64,
    _ session: TillSessionID?, _ header: RecordHeader, _ faults: inout Faults
  ) {
    pay(method, amount, tip, sign, session.map { now($0, &faults) }, header, &faults)
  }

  // MARK: - Sessions

  private mutating func open(
    _ event: TillOpened, _ header: RecordHeader, _ faults: inout Faults
  ) {
    faults.require(open[event.till] == nil, "\(event.till) is opened twice")
    faults.require(
      event.held.minorUnits == held[event.till] ?? 0,
      "\(event.till) held \(held[event.till] ?? 0), not \(event.held)")
    open[event.till] = event.session
    sessions[event.session] = Session(
      till: event.till, clinic: header.clinic, sums: [.cash: event.float.minorUnits])
  }

  private mutating func close(_ event: TillClosed, _ faults: inout Faults) {
    guard let session = sessions[event.session], session.isOpen else {
      return faults.add("\(event.session) is closed twice")
    }
    let number = (closings[session.till] ?? 0) + 1
    faults.require(event.number == number, "closing \(event.number) of \(session.till)")
    closings[session.till] = event.number
    for (method, sum) in session.sums where sum != 0 {
      let count = event.counts.first { $0.method == method }
      faults.require(
        count?.expected.minorUnits == sum, "\(method): \(sum) should be in \(session.till)")
    }
    for count in event.counts {
      faults.require(
        count.expected.minorUnits == session.sums[count.method] ?? 0,
        "\(count.method): \(count.expected) is expected of \(session.till)")
      guard let counted = count.counted else { continue }
      faults.require(
        count.variance?.minorUnits == counted.minorUnits - count.expected.minorUnits,
        "\(count.method): a variance of \(count.variance ?? .zero)")
    }
    let cash = event.counts.first { $0.method == .cash }
    held[session.till] = (cash?.counted ?? cash?.expected ?? .zero).minorUnits
    sessions[event.session]?.isOpen = false
    open[session.till] = nil
  }

  // MARK: - Money

  private mutating func add(
    _ amount: Int64, _ method: MethodType, to session: TillSessionID, _ faults: inout Faults
  ) {
    guard let known = sessions[session] else { return faults.add("no \(session)") }
    sessions[session]?.sums[method, default: 0] += amount
    // What is taken out at the closing leaves with it.
    if !known.isOpen { held[known.till, default: 0] += amount }
  }

  private mutating func move(
    _ event: TillCashMoved, _ sign: Int64, _ faults: inout Faults
  ) {
    let amount = sign * event.amount.minorUnits * (event.direction == .out ? -1 : 1)
    add(amount, .cash, to: event.session, &faults)
    if let other = event.toSession {
      faults.require(sessions[other]?.isOpen == true, "handed over to a closed till")
      add(-amount, .cash, to: other, &faults)
    }
  }

  private mutating func pay(
    _ tenders: Few<Tender>, _ sign: Int64, _ session: TillSessionID?, _ header: RecordHeader,
    _ faults: inout Faults
  ) {
    for tender in tenders {
      pay(tender.method, tender.amount, tender.tip, sign, session, header, &faults)
    }
  }

  private mutating func pay(
    _ method: PaymentMethod, _ amount: Amount, _ tip: Amount?, _ sign: Int64,
    _ session: TillSessionID?, _ header: RecordHeader, _ faults: inout Faults
  ) {
    guard let session else { return }
    faults.require(sessions[session]?.isOpen == true, "\(session) has ended")
    faults.require(sessions[session]?.clinic == header.clinic, "\(session) is elsewhere")
    let rounding = method.rounding?.minorUnits ?? 0
    add(
      sign * (amount.minorUnits + (tip?.minorUnits ?? 0) + rounding), method.type, to: session,
      &faults)
  }

  /// A ticket is the sum of its lines; what of it is not paid is the patient's charge.
  private func requireSum(of sold: SaleCompleted, _ faults: inout Faults) {
    let lines = sold.lines.reduce(0) { $0 + $1.amount.minorUnits }
    let paid = sold.tenders.reduce(0) { $0 + $1.amount.minorUnits }
    faults.require(lines == sold.total.minorUnits, "\(sold.sale) does not add up")
    faults.require(
      sold.charge == nil ? paid == sold.total.minorUnits : paid < sold.total.minorUnits,
      "\(sold.sale) is paid \(paid)")
  }

  // MARK: - At the end

  func compare(with state: DeskState, _ faults: inout Faults) {
    for (till, session) in open.sorted(by: { $0.key < $1.key }) {
      let known = state.tills.openRecord(session)
      for (method, sum) in sessions[session]?.sums ?? [:] {
        faults.require(
          known?.sums[method] == sum,
          "\(sum) of \(method) should be in \(till), by the Desk "
            + "\(known?.sums[method] ?? -1)")
      }
    }
    for (till, sum) in held where open[till] == nil {
      faults.require(state.tills.tills[till]?.held == sum, "\(till) holds \(sum)")
    }
  }
}
