public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about appointments.
public enum SchedulingRefusal: RefusalCase, Hashable {
  /// Only an import books the past.
  case startsInThePast(Instant)
  /// The practitioner has another appointment then.
  case practitionerBusy(StaffID, AppointmentID)
  /// The patient has another appointment then.
  case patientBusy(PatientID, AppointmentID)
  /// The room, chair or device is held by another appointment then.
  case resourceBusy(ResourceID, AppointmentID)
  /// Two appointments of one series share time.
  case seriesOverlaps(Instant)
  /// The clinic, or the resource, is not open for the whole time.
  case closed(Instant, Instant)
  /// The practitioner has shifts in that week, and none that holds the time.
  case offShift(StaffID, Instant)
  /// The resource is out of use.
  case resourceRetired(ResourceID)
  /// A steriliser holds no patient.
  case notBookable(ResourceID)
  /// A series that nobody has begun.
  case noSuchSeries(SeriesID)
  /// The appointment was called off.
  case cancelled(AppointmentID)
  /// The appointment was missed.
  case missed(AppointmentID)
  /// The patient has arrived for it.
  case arrived(AppointmentID, at: Instant)
  /// The patient has not arrived.
  case notArrived(AppointmentID)
  /// The patient is being seen, or was.
  case seen(AppointmentID)
  /// Its time has not come.
  case notYet(Instant)
  /// The request was booked or called off.
  case requestEnded(RequestID)
  /// The request is another patient's.
  case requestOfOther(RequestID, PatientID)
  /// Both an appointment and a request are named, or neither is.
  case oneOfTwo
  /// Calling off needs a reason.
  case reasonMissing
  /// A service that is no fee.
  case notAFee(ServiceID)
  /// History says of one appointment that it was called off, missed or kept, and more than one of it.
  case severalEnds

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .practitionerBusy, .patientBusy, .resourceBusy, .seriesOverlaps: .overlap
    case .closed, .offShift: .outsideHours
    case .noSuchSeries: .unknownReference
    case .notYet: .futureNotAllowed
    case .oneOfTwo: .fieldRequired
    case .reasonMissing: .reasonRequired
    case .startsInThePast, .resourceRetired, .notBookable, .cancelled, .missed, .arrived,
      .notArrived, .seen, .requestEnded, .requestOfOther, .notAFee, .severalEnds:
      .invalidState
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .startsInThePast(let start): "\(start) has passed; book a time to come"
    case .practitionerBusy(let staff, let appointment):
      "\(staff) has \(appointment) at that time; choose another time, or overbook knowingly"
    case .patientBusy(let patient, let appointment):
      "\(patient) has \(appointment) at that time, and cannot be elsewhere; choose another time"
    case .resourceBusy(let resource, let appointment):
      "\(resource) is held by \(appointment) at that time; choose another, or overbook knowingly"
    case .seriesOverlaps(let start):
      "the appointment of the series at \(start) begins before another ends; space them out"
    case .closed(let start, let end):
      "\(start) to \(end) is not within the hours kept; choose another time, or overbook knowingly"
    case .offShift(let staff, let start):
      "\(staff) is not on shift at \(start); choose a time of a shift, or overbook knowingly"
    case .resourceRetired(let resource): "\(resource) is out of use; choose another one"
    case .notBookable(let resource): "\(resource) is a steriliser; name a room, chair or device"
    case .noSuchSeries(let series): "there is no series \(series); begin one with further times"
    case .cancelled(let appointment): "\(appointment) was called off; book another one"
    case .missed(let appointment): "\(appointment) was missed; book another one"
    case .arrived(let appointment, let at):
      "the patient of \(appointment) has been here since \(at); go on with that visit"
    case .notArrived(let appointment):
      "the patient of \(appointment) has not arrived; record a no-show"
    case .seen(let appointment): "the patient of \(appointment) was seen; complete the encounter"
    case .notYet(let start): "it begins at \(start); wait until then, or call it off"
    case .requestEnded(let request): "\(request) is not waiting any more; make another request"
    case .requestOfOther(let request, let patient):
      "\(request) is of \(patient); book it for that patient"
    case .oneOfTwo: "name an appointment, or a request of the waiting list"
    case .reasonMissing: "say who called it off, and why"
    case .notAFee(let service): "\(service) is no fee; name a service of that type"
    case .severalEnds: "it was called off, missed or kept; say one of them"
    }
  }
}

extension Review {
  /// The practitioner has no appointment within the interval.
  mutating func requireFree(
    _ practitioner: StaffID, _ state: DeskState, from start: Instant, to end: Instant,
    except: AppointmentID? = nil, _ field: String
  ) {
    if let other = state.scheduling.appointment(
      of: practitioner, from: start, to: end, except: except)
    {
      question(SchedulingRefusal.practitionerBusy(practitioner, other), field)
    }
  }

  /// The patient has no appointment within the interval.
  mutating func requireFree(
    _ patient: PatientID, _ state: DeskState, from start: Instant, to end: Instant,
    except: AppointmentID? = nil, _ field: String
  ) {
    if let other = state.scheduling.appointment(of: patient, from: start, to: end, except: except) {
      question(SchedulingRefusal.patientBusy(patient, other), field)
    }
  }

  /// No appointment holds the resource within the interval.
  mutating func requireFree(
    _ resource: ResourceID, _ state: DeskState, from start: Instant, to end: Instant,
    except: AppointmentID? = nil, _ field: String
  ) {
    if let other = state.scheduling.appointment(of: resource, from: start, to: end, except: except)
    {
      question(SchedulingRefusal.resourceBusy(resource, other), field)
    }
  }
}
