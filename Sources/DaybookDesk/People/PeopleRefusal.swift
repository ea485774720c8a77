public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about contracts, shifts, time and absences.
public enum PeopleRefusal: RefusalCase, Hashable {
  /// The contract does not cover the day.
  case notEngaged(StaffID, Day)
  /// The person has left.
  case hasLeft(StaffID, Day)
  /// A shift after the last day.
  case shiftAfter(ShiftID, Day)
  /// An appointment after the last day.
  case appointmentAfter(AppointmentID, Day)
  /// The last day comes before the first.
  case leavesBeforeStart(Day)
  /// A range of days ends before it begins.
  case endsBefore(Day)
  /// The person has another shift then, at whatever clinic.
  case shiftBusy(StaffID, ShiftID, clinic: ClinicID)
  /// The person is on leave then.
  case onLeave(StaffID, AbsenceID)
  /// A shift within the leave.
  case shiftInLeave(ShiftID)
  /// Less rest between two shifts than there should be.
  case restTooShort(StaffID, ShiftID)
  /// More time in a week than there should be.
  case weekTooLong(StaffID, seconds: Int64, limit: Int64)
  /// The person is clocked in, at whatever clinic.
  case alreadyClockedIn(TimeEntryID, since: Instant)
  /// An entry was never ended.
  case leftOpen(TimeEntryID, since: Instant)
  /// The person is not clocked in.
  case notClockedIn(StaffID)
  /// The entry has ended.
  case entryEnded(TimeEntryID, at: Instant)
  /// Another entry holds that time.
  case entryTaken(TimeEntryID)
  /// The entry ends before it began.
  case endsBeforeEntry(Instant)
  /// The entry counts nothing until it is corrected.
  case needsCorrection(TimeEntryID)
  /// Hours of that day are known from elsewhere.
  case hoursKnown(StaffID, Day)
  /// The person has clocked on that day.
  case hasClocked(StaffID, Day, TimeEntryID)
  /// Another absence holds one of the days.
  case absenceTaken(AbsenceID)
  /// More leave than is left.
  case leaveExceeded(StaffID, left: Int64, asked: Int64)
  /// The absence was decided already.
  case decided(AbsenceID, AbsenceOutcome)
  /// Somebody else than the person must approve.
  case secondPerson(StaffID)
  /// There is nobody else who could approve.
  case worksAlone(StaffID)
  /// The payroll of the day is approved.
  case payrollApproved(PayrollRunID, Day)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .notEngaged, .hasLeft, .decided: .invalidState
    case .shiftAfter, .appointmentAfter: .hasDependents
    case .leavesBeforeStart, .endsBefore, .endsBeforeEntry, .needsCorrection: .outOfRange
    case .shiftBusy, .onLeave, .shiftInLeave, .entryTaken, .hoursKnown, .hasClocked,
      .absenceTaken:
      .overlap
    case .restTooShort, .weekTooLong: .outsideHours
    case .alreadyClockedIn, .leftOpen: .alreadyClockedIn
    case .notClockedIn, .entryEnded: .notClockedIn
    case .leaveExceeded: .leaveExceeded
    case .secondPerson, .worksAlone: .needsSecondPerson
    case .payrollApproved: .periodClosed
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .notEngaged(let staff, let day):
      "the contract of \(staff) does not cover \(day); hire them, or choose another day"
    case .hasLeft(let staff, let day): "\(staff) leaves on \(day) already; nothing is to be done"
    case .shiftAfter(let shift, let day):
      "\(shift) is on \(day); reverse the shift, or choose a later last day"
    case .appointmentAfter(let appointment, let day):
      "\(appointment) is on \(day); move or cancel it, or choose a later last day"
    case .leavesBeforeStart(let start): "the contract begins on \(start); give a later last day"
    case .endsBefore(let from): "the last day comes before the first, \(from); exchange them"
    case .shiftBusy(let staff, let shift, let clinic):
      "\(staff) has \(shift) at \(clinic) then; choose another time, or reverse that shift"
    case .onLeave(let staff, let absence):
      "\(staff) is away then (\(absence)); choose another day, or cancel the absence"
    case .shiftInLeave(let shift): "\(shift) lies within the absence; find somebody else for it"
    case .restTooShort(let staff, let shift):
      "\(staff) rests less than 11 hours beside \(shift); move one of the shifts"
    case .weekTooLong(let staff, let seconds, let limit):
      "\(staff) has \(Self.hours(seconds)) in that week, more than \(Self.hours(limit)); "
        + "give a shift to somebody else"
    case .alreadyClockedIn(let entry, let since):
      "clocked in since \(since) (\(entry)); clock out first"
    case .leftOpen(let entry, let since):
      "\(entry) is open since \(since); correct it, until then it counts nothing"
    case .notClockedIn(let staff): "\(staff) is not clocked in; clock in, or correct an entry"
    case .entryEnded(let entry, let at): "\(entry) ended at \(at); correct it instead"
    case .entryTaken(let entry): "\(entry) holds that time; correct it, or give another time"
    case .endsBeforeEntry(let start): "the entry began at \(start); give a later time"
    case .needsCorrection(let entry):
      "\(entry) is longer than 24 hours; correct it, until then it counts nothing"
    case .hoursKnown(let staff, let day):
      "hours of \(staff) on \(day) are recorded from elsewhere; leave the clock to that source"
    case .hasClocked(let staff, let day, let entry):
      "\(staff) has clocked on \(day) (\(entry)); correct that entry instead"
    case .absenceTaken(let absence):
      "\(absence) holds one of the days; cancel it, or choose other days"
    case .leaveExceeded(let staff, let left, let asked):
      "\(staff) has \(Self.hours(left)) of leave left, \(Self.hours(asked)) are asked for; "
        + "shorten it, or take the rest unpaid"
    case .decided(let absence, let outcome): "\(absence) is \(outcome); record another one"
    case .secondPerson(let staff): "somebody else than \(staff) must approve; name another one"
    case .worksAlone(let staff): "\(staff) approves their own, since nobody else is there"
    case .payrollApproved(let run, let day):
      "\(run) has settled the payroll of \(day); reverse it first"
    }
  }

  /// Hours and minutes.
  private static func hours(_ seconds: Int64) -> String {
    let minutes = abs(seconds / 60)
    let rest = minutes % 60
    return "\(seconds < 0 ? "-" : "")\(minutes / 60):\(rest < 10 ? "0" : "")\(rest) h"
  }
}

/// What the Desk refuses about payroll and commission.
public enum PayrollRefusal: RefusalCase, Hashable {
  /// Another run holds one of the days.
  case runOverlaps(PayrollRunID)
  /// An entry of time within the run is open, or counts nothing until it is corrected.
  case openEntry(TimeEntryID, StaffID)
  /// A line is not what follows from contract, time, absence and commission.
  case line(StaffID, String, expected: Int64, found: Int64)
  /// A person who is to be paid has no line.
  case missingLine(StaffID)
  /// What the lines were worked out from is another.
  case sourceChanged
  /// A net pay below zero.
  case negativeNet(StaffID, Amount)
  /// Only a deduction may not be below zero.
  case negativeDeduction(String)
  /// Another rule of the person holds for some of the same charges.
  case scopeTaken(CommissionRuleID)
  /// The rule is somebody else's.
  case otherRule(CommissionRuleID, StaffID)
  /// A share above the whole.
  case shareTooLarge(Rate)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .runOverlaps, .scopeTaken: .overlap
    case .openEntry, .otherRule: .invalidState
    case .line, .missingLine, .sourceChanged: .unbalanced
    case .negativeNet, .negativeDeduction: .amountNegative
    case .shareTooLarge: .outOfRange
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .runOverlaps(let run): "\(run) holds one of the days; choose others, or reverse it"
    case .openEntry(let entry, let staff):
      "\(entry) of \(staff) counts nothing yet; correct it before paying"
    case .line(let staff, let what, let expected, let found):
      "\(what) of \(staff) is \(found), the log says \(expected); work the run out again"
    case .missingLine(let staff): "\(staff) has no line; work the run out again"
    case .sourceChanged: "something has changed since; work the run out again"
    case .negativeNet(let staff, let net):
      "the net pay of \(staff) is \(net); withhold less, and the rest in the next run"
    case .negativeDeduction(let code): "\(code) is below zero; give it without its sign"
    case .scopeTaken(let rule):
      "\(rule) holds for some of the same services and payers; end it first, or narrow the scope"
    case .otherRule(let rule, let staff): "\(rule) is of \(staff); set a rule of its own"
    case .shareTooLarge(let share): "\(share) is not from 0 to 100 %; correct it"
    }
  }
}
