#if Tool
  import Daybook

  /// What was begun and is not done: treatments that are not charged, claims that are not answered,
  /// tills that are open.
  struct OpenWork: ReadModel {
    static var name: String { "open-work" }
    static var version: UInt32 { 4 }

    private var treated: Set<EncounterLine> = []
    private var claimed: Set<ClaimID> = []
    /// In the order in which they were opened.
    private var tills: [OpenTill] = []
    private(set) var facts = LatestDays()

    /// A till that is open, and since when.
    fileprivate struct OpenTill: Hashable {
      var till = TillID()
      var session = TillSessionID()
      var opened = Moment()
    }

    mutating func apply(_ event: borrowing Event) throws {
      let header = event.header
      if ClinicEvents.isFact(header) { facts.note(header) }
      switch header.family {
      case .frontOffice: try applyCare(event)
      case .accounting: try applyMoney(event)
      case .corrections: try applyCorrections(event)
      default: return
      }
    }

    private mutating func applyCare(_ event: borrowing Event) throws {
      switch FrontOfficeTag(rawValue: event.header.tag) {
      case .treatmentPerformed:
        let made = try event.payload(TreatmentPerformed.self)
        treated.insert(.with { ($0.encounter, $0.line) = (made.encounter, made.line) })
      default: return
      }
    }

    private mutating func applyMoney(_ event: borrowing Event) throws {
      switch AccountingTag(rawValue: event.header.tag) {
      case .chargePosted:
        if let line = try event.payload(ChargePosted.self).encounterLine { treated.remove(line) }
      case .claimSubmitted: claimed.insert(try event.payload(ClaimSubmitted.self).claim)
      case .claimAdjudicated: claimed.remove(try event.payload(ClaimAdjudicated.self).claim)
      case .tillOpened:
        let opened = try event.payload(TillOpened.self)
        tills.append(
          OpenTill(
            till: opened.till, session: opened.session, opened: event.header.effective))
      case .tillClosed:
        let closed = try event.payload(TillClosed.self).session
        tills.removeAll { $0.session == closed }
      default: return
      }
    }

    /// What was undone is open, or not open, as it was before.
    private mutating func applyCorrections(_ event: borrowing Event) throws {
      guard CorrectionsTag(rawValue: event.header.tag) == .reversed else { return }
      let reversed = try event.payload(Reversed.self)
      if reversed.isOf(TreatmentPerformed.self) {
        let made = try reversed.original(TreatmentPerformed.self)
        treated.remove(.with { ($0.encounter, $0.line) = (made.encounter, made.line) })
      } else if reversed.isOf(ChargePosted.self) {
        // A treatment that takes its charge along is undone after it.
        if let line = try reversed.original(ChargePosted.self).encounterLine {
          treated.insert(line)
        }
      } else if reversed.isOf(ClaimSubmitted.self) {
        claimed.remove(try reversed.original(ClaimSubmitted.self).claim)
      } else if reversed.isOf(ClaimAdjudicated.self) {
        claimed.insert(try reversed.original(ClaimAdjudicated.self).claim)
      }
    }

    /// Treatments for which nothing was charged, not even zero.
    var unbilled: Int { treated.count }
    /// Claims that no payer has answered.
    var unanswered: Int { claimed.count }
    /// The tills that are open, each with the moment from which on.
    var tillsText: String {
      tills.isEmpty ? "none" : tills.map { "\($0.till) since \($0.opened)" }.joined(separator: ", ")
    }

    var digest: String {
      var writer = ByteWriter(capacity: 4096)
      treatedLines.store(to: &writer)
      claimed.sorted().store(to: &writer)
      tills.store(to: &writer)
      return writer.withSpan { SHA256.hash($0) }.description
    }

    /// The treatments that are not charged, each as encounter and line, in order.
    private var treatedLines: [UInt64] {
      treated.sorted { ($0.encounter, $0.line) < ($1.encounter, $1.line) }
        .flatMap { [$0.encounter.number, UInt64($0.line)] }
    }
  }

  extension OpenWork.OpenTill: StoredRecord {
    static var blank: Self { Self() }

    mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
      try fields.visit(&till)
      try fields.visit(&session)
      try fields.visit(&opened)
    }
  }

  // What a checkpoint keeps. Raise `version` with every change of a part.
  extension OpenWork: Checkpointed {
    mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
      var (lines, claims) = (treatedLines, claimed.sorted())
      try parts.visit("treated", &lines)
      try parts.visit("claimed", &claims)
      try parts.visit("tills", &tills)
      try parts.visit("facts", &facts)
      guard parts.isReading else { return }
      claimed = Set(claims)
      treated = []
      for index in stride(from: 0, to: lines.count - 1, by: 2) {
        let line = UInt32(truncatingIfNeeded: lines[index + 1])
        treated.insert(EncounterLine(EncounterID(lines[index]), line: line))
      }
    }
  }
#endif
