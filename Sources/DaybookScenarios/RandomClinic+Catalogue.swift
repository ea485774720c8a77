import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension RandomClinic {
  /// Mostly a new patient; now and then one who is amended, or merged into another.
  mutating func patientOrChange() -> any Command<DeskState> {
    switch dice.below(20) {
    case 0:
      return MergePatients.with {
        $0.from = PatientID(pick(PatientKind.streamKind))
        $0.into = PatientID(pick(PatientKind.streamKind))
        $0.reason = .duplicate
      }
    case ..<4:
      return AmendPatient.with {
        $0.patient = PatientID(pick(PatientKind.streamKind))
        $0.person.familyName = name("Family")
        $0.reason = dice.chance(90) ? .changed : .unspecified
      }
    default: return Self.patient(name("Family"))
    }
  }

  /// Mostly an appointment; else one that is asked for, moved, called off or missed.
  mutating func diary(_ now: Instant) -> any Command<DeskState> {
    let appointment = AppointmentID(pick(AppointmentKind.streamKind))
    switch dice.below(20) {
    case ..<2:
      return MoveAppointment.with {
        $0.appointment = appointment
        $0.start = Instant(
          milliseconds: now.milliseconds + Int64(dice.from(-10...400)) * 1_800_000)
        if dice.chance(30) { $0.practitioner = StaffID(UInt64(dice.from(1...3))) }
        $0.overbook = dice.chance(20)
      }
    case ..<4:
      return CancelAppointment.with {
        if dice.chance(80) {
          $0.appointment = appointment
        } else {
          $0.request = RequestID(pick(RequestKind.streamKind))
        }
        $0.by = dice.chance(50) ? .patient : .clinic
        $0.reason = .other
        if dice.chance(20) { $0.feeService = ServiceID(pick(ServiceKind.streamKind)) }
      }
    case ..<6:
      return MissAppointment.with {
        $0.appointment = appointment
        $0.type = dice.chance(80) ? .noShow : .leftUnseen
      }
    case 6:
      return RequestAppointment.with {
        $0.patient = PatientID(pick(PatientKind.streamKind))
        $0.services = [ServiceID(pick(ServiceKind.streamKind))]
      }
    default: return self.appointment(now)
    }
  }

  /// A price, a rule of tax, a room, an account or a rule of posting.
  mutating func catalogue(_ now: Instant) -> any Command<DeskState> {
    switch dice.below(6) {
    case ..<2:
      return SetPrice.with {
        $0.priced = .service(ServiceID(pick(ServiceKind.streamKind)))
        $0.unitPrice = UnitPrice(tenThousandths: Int64(dice.from(-5...9_000)) * 100)
        if dice.chance(30) {
          $0.from = Day(daysSince1970: Moment(now).day.daysSince1970 + Int32(dice.from(-3...3)))
        }
      }
    case 2:
      return SetTaxCode.with {
        $0.code = name("T")
        $0.rate = Rate(basisPoints: Int64(dice.from(0...2_500)))
        $0.taxClass = dice.chance(80) ? .standard : .exempt
      }
    case 3:
      return DefineResource.with {
        $0.type = .room
        $0.name = name("Room")
        $0.serial = dice.chance(50) ? name("SN") : ""
      }
    case 4:
      return DefineAccount.with {
        $0.code = "4\(dice.from(500...899))"
        $0.name = name("Account")
        $0.type = dice.chance(80) ? .income : .unspecified
      }
    default:
      return SetPostingRule.with {
        $0.eventType = "ChargePosted"
        $0.slots = [
          PostingSlot("exemptIncome", account: dice.chance(50) ? "4005" : "4010")
        ]
      }
    }
  }
}
