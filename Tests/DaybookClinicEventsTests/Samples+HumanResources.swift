import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  /// What happens to people beside being hired.
  static func people() throws -> [EventSample] {
    try contracts() + times() + absences() + pay()
  }

  private static func note(_ text: String) -> StaffNote {
    var note = StaffNote(text, about: 3)
    note.sealed = [9]
    return note
  }

  private static func contracts() throws -> [EventSample] {
    [
      try EventSample(
        full: ContractAmended.with {
          $0.staff = StaffID(3)
          $0.from = Day(daysSince1970: 20_500)
          $0.positions = ["GENERAL PRACTICE"]
          $0.clinics = [ClinicID(2), ClinicID(1)]
          $0.contract = .employee
          $0.weekSeconds = 108_000
          $0.payBasis = .month
          $0.payRate = UnitPrice(tenThousandths: 21_000_000)
          $0.leaveDays = Quantity(thousandths: 25_000)
          $0.overtimePremium = Rate(basisPoints: 5_000)
          $0.reason = note("half a post")
        },
        minimal: ContractAmended.with {
          $0.staff = StaffID(3)
          $0.from = Day(daysSince1970: 20_500)
          $0.clinics = [ClinicID(1)]
          $0.contract = .contractor
        }),
      try EventSample(
        full: StaffLeft.with {
          $0.staff = StaffID(3)
          $0.lastDay = Day(daysSince1970: 20_600)
          $0.reason = .retired
        },
        minimal: StaffLeft.with {
          $0.staff = StaffID(3)
          $0.lastDay = Day(daysSince1970: 20_600)
          $0.reason = .resigned
        }),
      try EventSample(
        full: CredentialRecorded.with {
          $0.staff = StaffID(3)
          $0.type = .training
          $0.name = "laser"
          $0.person.personID = PersonID(3)
          $0.person.sealed = [9]
          $0.person.number = "28/2861234"
          $0.from = Day(daysSince1970: 20_000)
          $0.to = Day(daysSince1970: 20_730)
        },
        minimal: CredentialRecorded.with {
          $0.staff = StaffID(3)
          $0.type = .licence
          $0.from = Day(daysSince1970: 20_000)
        }),
    ]
  }

  private static func times() throws -> [EventSample] {
    [
      try EventSample(
        full: ShiftScheduled.with {
          $0.shift = ShiftID(17)
          $0.staff = StaffID(3)
          $0.clinic = ClinicID(1)
          $0.role = "nurse"
          $0.start = after(seconds: 60)
          $0.end = after(seconds: 28_860)
          $0.breakSeconds = 1_800
        },
        minimal: ShiftScheduled.with {
          $0.shift = ShiftID(17)
          $0.staff = StaffID(3)
          $0.clinic = ClinicID(1)
          $0.start = after(seconds: 0)
          $0.end = after(seconds: 28_800)
        }),
      try EventSample(
        full: ClockedIn.with {
          $0.entry = TimeEntryID(17)
          $0.staff = StaffID(3)
          $0.clinic = ClinicID(1)
          $0.at = after(seconds: -60)
          $0.method = .terminal
        },
        minimal: ClockedIn.with {
          $0.entry = TimeEntryID(17)
          $0.staff = StaffID(3)
          $0.clinic = ClinicID(1)
          $0.at = after(seconds: 0)
        }),
      try EventSample(
        full: ClockedOut.with {
          $0.entry = TimeEntryID(17)
          $0.at = after(seconds: -60)
          $0.breakSeconds = 1_800
        },
        minimal: ClockedOut.with {
          $0.entry = TimeEntryID(17)
          $0.at = after(seconds: 0)
        }),
      try EventSample(
        full: TimeEntryCorrected.with {
          $0.entry = TimeEntryID(17)
          $0.clockIn = after(seconds: 60)
          $0.clockOut = after(seconds: 28_800)
          $0.breakSeconds = 1_800
          $0.reason = note("forgot to clock out")
          $0.approver = StaffID(1)
        },
        minimal: TimeEntryCorrected.with {
          $0.entry = TimeEntryID(17)
          $0.clockIn = after(seconds: 0)
          $0.clockOut = after(seconds: 28_800)
          $0.reason = StaffNote("forgot", about: 3)
        }),
      try EventSample(
        full: HoursRecorded.with {
          $0.clinic = ClinicID(1)
          $0.day = Day(daysSince1970: 20_500)
          $0.role = "RN"
          $0.contract = .employee
          $0.seconds = 288_000
          $0.staff = StaffID(3)
          $0.source = "payroll journal"
        },
        minimal: HoursRecorded.with {
          $0.clinic = ClinicID(1)
          $0.day = Day(daysSince1970: 20_500)
          $0.role = "RN"
          $0.seconds = 36
        }),
    ]
  }

  private static func absences() throws -> [EventSample] {
    [
      try EventSample(
        full: AbsenceRecorded.with {
          $0.absence = AbsenceID(17)
          $0.staff = StaffID(3)
          $0.type = .holiday
          $0.from = Day(daysSince1970: 20_500)
          $0.to = Day(daysSince1970: 20_510)
          $0.seconds = 201_600
          $0.requested = true
        },
        minimal: AbsenceRecorded.with {
          $0.absence = AbsenceID(17)
          $0.staff = StaffID(3)
          $0.type = .sick
          $0.from = Day(daysSince1970: 20_500)
          $0.to = Day(daysSince1970: 20_500)
        }),
      try EventSample(
        full: AbsenceDecided.with {
          $0.absence = AbsenceID(17)
          $0.outcome = .refused
          $0.approver = StaffID(1)
        },
        minimal: AbsenceDecided.with {
          $0.absence = AbsenceID(17)
          $0.outcome = .approved
        }),
    ]
  }

  private static func pay() throws -> [EventSample] {
    [
      try EventSample(
        full: CommissionRuleSet.with {
          $0.rule = CommissionRuleID(2)
          $0.staff = StaffID(3)
          $0.services = [ServiceID(12), ServiceID(13)]
          $0.payer = PartyID(4)
          $0.basis = .charged
          $0.yield = .fixed(dollars(1_500))
          $0.deductMaterials = true
          $0.from = Day(daysSince1970: 20_000)
          $0.to = Day(daysSince1970: 20_365)
        },
        minimal: CommissionRuleSet.with {
          $0.rule = CommissionRuleID(2)
          $0.staff = StaffID(3)
          $0.basis = .collected
          $0.yield = .share(Rate(basisPoints: 3_000))
          $0.from = Day(daysSince1970: 20_000)
        }),
      try EventSample(
        full: CommissionAccrued.with {
          $0.rule = CommissionRuleID(2)
          $0.staff = StaffID(3)
          $0.charge = ChargeID(311)
          $0.cause = .refund
          $0.basis = dollars(-7_000)
          $0.amount = dollars(-2_100)
        },
        minimal: CommissionAccrued.with {
          $0.rule = CommissionRuleID(2)
          $0.staff = StaffID(3)
          $0.charge = ChargeID(311)
          $0.cause = .charge
          $0.basis = euros(7_000)
          $0.amount = euros(2_100)
        }),
      try EventSample(
        full: PayrollApproved.with {
          $0.run = PayrollRunID(1)
          $0.clinic = ClinicID(1)
          $0.from = Day(daysSince1970: 20_500)
          $0.to = Day(daysSince1970: 20_530)
          $0.lines = [
            PayrollLine.with {
              $0.staff = StaffID(3)
              $0.contract = .employee
              $0.seconds = 576_000
              $0.overtimeSeconds = 3_600
              $0.components = [
                PayrollComponent(
                  "wage", .earning, at: ClinicID(1), dollars(400_000), base: dollars(2_500),
                  seconds: 576_000),
                PayrollComponent(
                  "tax", .taxWithheld, at: ClinicID(1), dollars(60_000), base: dollars(402_100)),
              ]
              $0.commission = dollars(2_100)
              $0.net = dollars(342_100)
            }
          ]
          $0.position = Position(81_377)
          $0.sourceDigest = [1, 2, 3, 4]
          $0.approver = StaffID(1)
        },
        minimal: PayrollApproved.with {
          $0.run = PayrollRunID(1)
          $0.clinic = ClinicID(1)
          $0.from = Day(daysSince1970: 20_500)
          $0.to = Day(daysSince1970: 20_530)
          $0.lines = [
            PayrollLine.with {
              $0.staff = StaffID(3)
              $0.contract = .contractor
              $0.commission = euros(2_100)
              $0.net = euros(0)
            }
          ]
        }),
    ]
  }
}
