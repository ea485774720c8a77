package import DaybookBytes
package import DaybookClinicEvents
package import DaybookClinicRules
package import DaybookEvents
package import DaybookValues

/// What the Desk knows of a till.
package struct TillRecord: Sendable {
  package var clinic = ClinicID()
  /// The open session; nil while the till is closed.
  package var session: TillSessionID?
  /// The cash that it holds by the books while it is closed, in minor units.
  package var held: Int64 = 0
  /// When it was last closed; nil where it never was.
  package var closed: Moment?
  /// The number of its last closing.
  package var lastNumber: UInt64 = 0
}

/// What the Desk knows of a till session.
package struct TillSessionRecord: Sendable {
  package var till = TillID()
  package var clinic = ClinicID()
  package var opened = Moment()
  /// The member of staff who opened it; 0 for an importer.
  package var openedBy: UInt64 = 0
  package var isOpen = true
  /// What should be there.
  package var sums = TillSums()
  package var receiptCount: UInt32 = 0
}

/// Tills, and what should be in them.
package struct TillState: Sendable {
  package private(set) var tills = Dense<TillKind, TillRecord>()
  package private(set) var sessions = Dense<TillSessionKind, TillSessionRecord>()
  /// The open sessions of each clinic that has any.
  private var open: [ClinicID: Few<TillSessionID>] = [:]

  /// The open sessions of a clinic, in the order in which they were opened.
  package func openSessions(at clinic: ClinicID) -> Few<TillSessionID> { open[clinic] ?? [] }

  /// The till that has this session open; nil where it has ended.
  package func openRecord(_ session: TillSessionID) -> TillSessionRecord? {
    sessions[session].flatMap { $0.isOpen ? $0 : nil }
  }

  /// The session in which what a session did is undone: itself, or the one that is open now of its
  /// till; nil where the till is closed.
  package func sessionNow(of session: TillSessionID) -> TillSessionID? {
    guard let record = sessions[session] else { return nil }
    return record.isOpen ? session : tills[record.till]?.session
  }

  // MARK: - Events

  mutating func open(_ event: TillOpened, _ header: RecordHeader) throws(WireError) {
    let clinic = ClinicID(header.clinic)
    if !tills.contains(event.till) {
      try tills.append(TillRecord(clinic: clinic), as: event.till)
    }
    try tills.update(event.till) { $0.session = event.session }
    var record = TillSessionRecord(
      till: event.till, clinic: clinic, opened: header.effective,
      openedBy: header.actor.staffNumber ?? 0)
    _ = record.sums.add(event.float.minorUnits, by: .cash)
    try sessions.append(record, as: event.session)
    var sessions = open[clinic] ?? []
    sessions.append(event.session)
    open[clinic] = sessions
  }

  mutating func move(_ event: TillCashMoved) throws(WireError) {
    let amount =
      event.direction == .out ? 0 &- event.amount.minorUnits : event.amount.minorUnits
    try add(amount, by: .cash, to: event.session)
    if let other = event.toSession { try add(0 &- amount, by: .cash, to: other) }
  }

  mutating func close(_ event: TillClosed, _ header: RecordHeader) throws(WireError) {
    guard let record = sessions[event.session] else {
      throw WireError(.outOfRange, at: 0, field: "session")
    }
    try sessions.update(event.session) { $0.isOpen = false }
    let cash = event.counts.first { $0.method == .cash }
    let counted = cash?.counted ?? cash?.expected ?? .zero
    try tills.update(event.till) {
      $0.session = nil
      $0.held = counted.minorUnits
      $0.closed = header.effective
      $0.lastNumber = event.number
    }
    let left = Few((open[record.clinic] ?? []).filter { $0 != event.session })
    open[record.clinic] = left.isEmpty ? nil : left
  }

  /// Counts what came into a session, or below zero what went out: a tender may be of a tip alone.
  mutating func count(
    _ method: PaymentMethod, _ amount: Int64, tip: Int64 = 0, in session: TillSessionID?
  ) throws(WireError) {
    guard let session else { return }
    let rounding = method.rounding?.minorUnits ?? 0
    let isOut = amount < 0 || tip < 0
    guard
      let moved = TillSums.changesHands(
        amount, tip: tip, rounding: isOut ? 0 &- rounding : rounding)
    else { throw WireError(.outOfRange, at: 0, field: "amount") }
    try add(moved, by: method.type, to: session)
  }

  /// Counts the opposite of what a session counted, in the session that is open now of its till.
  mutating func uncount(
    _ method: PaymentMethod, _ amount: Int64, tip: Int64 = 0, in session: TillSessionID?
  ) throws(WireError) {
    guard let session else { return }
    guard let now = sessionNow(of: session) else {
      throw WireError(.outOfRange, at: 0, field: "tillSession")
    }
    try count(method, 0 &- amount, tip: 0 &- tip, in: now)
  }

  mutating func undo(_ event: TillCashMoved) throws(WireError) {
    var back = event
    guard let now = sessionNow(of: event.session) else {
      throw WireError(.outOfRange, at: 0, field: "session")
    }
    back.session = now
    back.direction = event.direction == .out ? .into : .out
    if let other = event.toSession {
      guard let now = sessionNow(of: other) else {
        throw WireError(.outOfRange, at: 0, field: "toSession")
      }
      back.toSession = now
    }
    try move(back)
  }

  /// Counts a payment, refund, sale or return of a session.
  mutating func noteReceipt(in session: TillSessionID?) throws(WireError) {
    if let session { try sessions.update(session) { $0.receiptCount &+= 1 } }
  }

  /// Adds to what should be there; what is taken out of a closed session left the till with it.
  private mutating func add(
    _ amount: Int64, by method: MethodType, to session: TillSessionID
  ) throws(WireError) {
    guard let record = sessions[session] else {
      throw WireError(.outOfRange, at: 0, field: "session")
    }
    if !record.isOpen {
      return try tills.update(record.till) { (till) throws(WireError) in
        try till.held.increase(by: amount, "amount")
      }
    }
    try sessions.update(session) { (session) throws(WireError) in
      guard session.sums.add(amount, by: method) else {
        throw WireError(.outOfRange, at: 0, field: "amount")
      }
    }
  }
}

extension TillState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("tills", &tills)
    try parts.visit("sessions", &sessions)
    try parts.visit("open", &open)
  }
}
