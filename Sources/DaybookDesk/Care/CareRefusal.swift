public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about visits, encounters and treatments.
public enum CareRefusal: RefusalCase, Hashable {
  /// The appointment's patient has arrived already.
  case alreadyCheckedIn(at: Instant)
  /// The appointment is another patient's.
  case otherPatient(AppointmentID, PatientID)
  /// An encounter begins before its patient arrived.
  case beforeArrival(Instant)
  /// The patient left before being seen.
  case leftUnseen(AppointmentID)
  /// The practitioner has no valid credential of that kind on that day.
  case credentialMissing(StaffID, String, Day)
  /// The encounter has ended.
  case completed(EncounterID)
  /// An encounter ends before it began.
  case endsBeforeStart(Instant)
  /// A discount above the price.
  case discountAboveList(Amount)
  /// Another price than that of the list of the day needs a reason.
  case priceReason
  /// The payer does not cover the patient on that day.
  case notCovered(PartyID, PatientID, Day)
  /// Somebody else's patient stands as who owes.
  case otherDebtor(PatientID)
  /// A line that the encounter does not have.
  case noSuchLine(UInt32)
  /// The encounter is another patient's than the command says.
  case otherEncounter(EncounterID, PatientID)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .alreadyCheckedIn, .otherPatient, .beforeArrival, .completed, .endsBeforeStart,
      .otherDebtor, .otherEncounter, .leftUnseen:
      .invalidState
    case .credentialMissing: .credentialExpired
    case .discountAboveList: .amountNegative
    case .priceReason: .reasonRequired
    case .notCovered: .coverageNotActive
    case .noSuchLine: .unknownReference
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .alreadyCheckedIn(let at): "the patient has been here since \(at); go on with that visit"
    case .otherPatient(let appointment, let patient):
      "\(appointment) is for \(patient); leave the patient out, or name their appointment"
    case .beforeArrival(let at): "the patient arrived at \(at); give a later time"
    case .leftUnseen(let appointment):
      "the patient of \(appointment) has left; check them in again"
    case .credentialMissing(let staff, let kind, let day):
      "\(staff) has no \(kind) that is valid on \(day); record one, or choose somebody else"
    case .completed(let encounter):
      "\(encounter) is completed; start another encounter of the visit"
    case .endsBeforeStart(let start): "the encounter began at \(start); give a later end"
    case .discountAboveList(let list): "the discount is above the price of \(list); lower it"
    case .priceReason: "no list of the day has this price; say why it is taken"
    case .notCovered(let payer, let patient, let day):
      "\(payer) does not cover \(patient) on \(day); set the coverage, or charge the patient"
    case .otherDebtor(let patient):
      "the charge is for another patient than \(patient); name that one, or a payer"
    case .noSuchLine(let line): "the encounter has no line \(line); name one of its treatments"
    case .otherEncounter(let encounter, let patient):
      "\(encounter) is of \(patient); name its own patient, or leave the patient out"
    }
  }
}

extension Review {
  /// The encounter's record where it exists, is here and goes on.
  mutating func openEncounter(
    _ encounter: EncounterID, _ state: DeskState, _ field: String
  ) -> EncounterRecord? {
    guard let known = known(encounter, in: state.care.encounters, field) else { return nil }
    requireHere(known.clinic, "encounter \(encounter)", field)
    if !known.isOpen { refuse(CareRefusal.completed(encounter), field) }
    return known
  }
}
