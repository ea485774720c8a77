import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Two clinics of one group, and people who work at both: a nurse by the hour, an assistant by the
/// month, and a clerk who keeps time and payroll.
enum People {
  static let second = ClinicID(2)
  static let nurse = StaffID(5)
  static let assistant = StaffID(6)
  static let clerk = StaffID(7)

  static func hire(
    _ name: String, _ basis: PayBasis, _ rate: Int64, _ change: (inout HireStaff) -> Void = { _ in }
  ) -> HireStaff {
    .with {
      $0.person.name = name
      $0.clinics = [Clinic.id, second]
      $0.contract = .employee
      $0.weekSeconds = 40 * 3600
      $0.payBasis = basis
      $0.payRate = UnitPrice(tenThousandths: rate)
      $0.leaveDays = Quantity(thousandths: 20_000)
      $0.start = Clinic.day("2026-01-01")
      change(&$0)
    }
  }

  static func roles(_ staff: StaffID, _ roles: Few<ClinicRole>, at clinic: ClinicID) -> SetRoles {
    .with {
      $0.staff = staff
      $0.clinic = clinic
      $0.roles = roles
    }
  }

  /// The clerk acts, at the first clinic, on Monday at nine.
  static var open: Spec {
    var north = Clinic.defineClinic
    north.name = "South"
    return Clinic.open.by(.staff(1), .admin).at(clinic: 0).given(north)
      .given(hire("Nora", .hour, 200_000) { $0.overtimePremium = Rate(basisPoints: 2_500) })
      .given(hire("Max", .month, 26_000_000) { $0.overtimePremium = Rate(basisPoints: 2_500) })
      .given(hire("Vera", .unspecified, 0))
      .at(clinic: 1)
      .given(roles(nurse, [.practitioner], at: Clinic.id))
      .given(roles(assistant, [.reception], at: Clinic.id))
      .given(roles(clerk, [.payroll], at: Clinic.id))
      .at(clinic: 2)
      .given(roles(nurse, [.practitioner], at: second))
      .given(roles(assistant, [.reception], at: second))
      .given(roles(clerk, [.payroll], at: second))
      .at(clinic: 1).by(.staff(7), .payroll)
  }

  static func shift(
    _ start: String, _ end: String, of staff: StaffID = nurse, breakSeconds: UInt32 = 0
  ) -> ScheduleShift {
    .with {
      $0.staff = staff
      $0.role = "nurse"
      $0.start = Clinic.moment(start).instant
      $0.end = Clinic.moment(end).instant
      $0.breakSeconds = breakSeconds
    }
  }

  static func clockIn(_ at: String, of staff: StaffID = nurse) -> ClockIn {
    .with {
      $0.staff = staff
      $0.at = Clinic.moment(at).instant
    }
  }

  static func clockOut(
    _ at: String, of staff: StaffID = nurse, breakSeconds: UInt32 = 0
  ) -> ClockOut {
    .with {
      $0.staff = staff
      $0.at = Clinic.moment(at).instant
      $0.breakSeconds = breakSeconds
    }
  }

  /// The assistant's line in a run of the first clinic: 2,600.00 a month.
  static func salary(
    _ amount: Int64, _ change: (inout PayrollLine) -> Void = { _ in }
  ) -> PayrollLine {
    .with {
      $0.staff = assistant
      $0.contract = .employee
      $0.components = [
        PayrollComponent("salary", .earning, at: Clinic.id, cents(amount), base: cents(260_000))
      ]
      $0.net = cents(amount)
      change(&$0)
    }
  }

  static func absence(
    _ type: AbsenceType, _ from: String, _ to: String, of staff: StaffID = nurse,
    requested: Bool = false
  ) -> RecordAbsence {
    .with {
      $0.staff = staff
      $0.type = type
      $0.from = Clinic.day(from)
      $0.to = Clinic.day(to)
      $0.requested = requested
    }
  }
}

extension DeciderSpec where State == DeskState {
  /// A whole entry of time, clocked when it happened; it is the later of the two times afterwards.
  func worked(_ start: String, _ end: String, of staff: StaffID = People.nurse) -> Self {
    self.at(Clinic.moment(start)).given(People.clockIn(start, of: staff))
      .at(Clinic.moment(end)).given(People.clockOut(end, of: staff))
  }

  /// The same at another time.
  func on(_ moment: String) -> Self { at(Clinic.moment(moment)) }
}
