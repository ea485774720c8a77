#if Tool
  import Daybook

  /// What was begun and is not done: what `status` counts.
  struct OpenWork: ReadModel {
    static var name: String { "open-work" }
    static var version: UInt32 { 2 }

    private var booked: [AppointmentID: Day] = [:]
    private var arrived: Set<VisitID> = []
    private var begun: Set<EncounterID> = []
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
      case .appointmentBooked:
        let made = try event.payload(AppointmentBooked.self)
        booked[made.appointment] = Moment(made.start, event.header.effective.offset).day
      case .appointmentMoved:
        let made = try event.payload(AppointmentMoved.self)
        booked[made.appointment] = Moment(made.start, event.header.effective.offset).day
      case .appointmentCancelled:
        booked[try event.payload(AppointmentCancelled.self).appointment] = nil
      case .appointmentMissed:
        booked[try event.payload(AppointmentMissed.self).appointment] = nil
      case .patientCheckedIn:
        let made = try event.payload(PatientCheckedIn.self)
        if let appointment = made.appointment { booked[appointment] = nil }
        arrived.insert(made.visit)
      case .encounterStarted:
        let made = try event.payload(EncounterStarted.self)
        arrived.remove(made.visit)
        begun.insert(made.encounter)
      case .treatmentPerformed:
        let made = try event.payload(TreatmentPerformed.self)
        treated.insert(.with { ($0.encounter, $0.line) = (made.encounter, made.line) })
      case .encounterCompleted:
        begun.remove(try event.payload(EncounterCompleted.self).encounter)
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

    /// Appointments whose day is over, and nobody came or was marked as absent.
    func unresolved(before day: Day?) -> Int {
      booked.values.count { booked in day.map { booked < $0 } ?? false }
    }

    /// Patients who arrived and are not with anybody yet.
    var waiting: Int { arrived.count }
    /// Encounters that began and are not completed.
    var inProgress: Int { begun.count }
    /// Treatments for which nothing was charged, not even zero.
    var unbilled: Int { treated.count }
    /// Claims that no payer has answered.
    var unanswered: Int { claimed.count }

    var digest: String {
      var writer = ByteWriter(capacity: 4096)
      for (appointment, day) in booked.sorted(by: { $0.key < $1.key }) {
        appointment.store(to: &writer)
        day.store(to: &writer)
      }
      arrived.sorted().store(to: &writer)
      begun.sorted().store(to: &writer)
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
      try parts.visit("booked", &booked)
      var (visits, encounters, claims) = (arrived.sorted(), begun.sorted(), claimed.sorted())
      var lines = treatedLines
      try parts.visit("arrived", &visits)
      try parts.visit("begun", &encounters)
      try parts.visit("treated", &lines)
      try parts.visit("claimed", &claims)
      try parts.visit("facts", &facts)
      guard parts.isReading else { return }
      (arrived, begun, claimed) = (Set(visits), Set(encounters), Set(claims))
      treated = []
      for index in stride(from: 0, to: lines.count - 1, by: 2) {
        let line = UInt32(truncatingIfNeeded: lines[index + 1])
        treated.insert(EncounterLine(EncounterID(lines[index]), line: line))
      }
    }
  }
#endif
