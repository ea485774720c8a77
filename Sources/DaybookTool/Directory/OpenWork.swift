#if Tool
  import Daybook

  /// What was done and not charged, or charged and not answered: what `status` counts of money.
  struct OpenWork: ReadModel {
    static var name: String { "open-work" }
    static var version: UInt32 { 3 }

    private var treated: Set<EncounterLine> = []
    private var claimed: Set<ClaimID> = []
    private(set) var facts = LatestDays()

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

    var digest: String {
      var writer = ByteWriter(capacity: 4096)
      treatedLines.store(to: &writer)
      claimed.sorted().store(to: &writer)
      return writer.withSpan { SHA256.hash($0) }.description
    }

    /// The treatments that are not charged, each as encounter and line, in order.
    private var treatedLines: [UInt64] {
      treated.sorted { ($0.encounter, $0.line) < ($1.encounter, $1.line) }
        .flatMap { [$0.encounter.number, UInt64($0.line)] }
    }
  }

  // What a checkpoint keeps. Raise `version` with every change of a part.
  extension OpenWork: Checkpointed {
    mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
      var (lines, claims) = (treatedLines, claimed.sorted())
      try parts.visit("treated", &lines)
      try parts.visit("claimed", &claims)
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
