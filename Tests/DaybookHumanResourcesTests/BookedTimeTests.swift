import DaybookClinicEvents
import DaybookEvents
import DaybookHumanResources
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Booked time` {
  /// Half an hour with D3 on the 2nd of March.
  private func booked() throws -> Clinic {
    var clinic = try Clinic()
    try clinic.feed.append(
      AppointmentBooked.with {
        $0.appointment = AppointmentID(1)
        $0.practitioner = StaffID(3)
        $0.start = try time("2026-03-02T09:00:00Z")
        $0.durationSeconds = 1800
      }, to: 1, at: "2026-03-01T09:00:00Z")
    return clinic
  }

  @Test func `goes with an appointment that is moved, to whom and where it went`() throws {
    var clinic = try booked()
    try clinic.feed.append(
      AppointmentMoved.with {
        $0.appointment = AppointmentID(1)
        $0.practitioner = StaffID(4)
        $0.start = try time("2026-03-04T09:00:00Z")
        $0.durationSeconds = 2700
      }, to: 1, at: "2026-03-01T10:00:00Z")
    let after = try clinic.utilisation {
      $0.from = try day("2026-03-03")
      $0.to = try day("2026-03-31")
    }
    #expect(after.csvRows == ["D4,provider-b,1,2700,0,0,0,0"])
    let before = try clinic.utilisation { $0.to = try day("2026-03-02") }
    #expect(before.csvRows == ["D3,provider-a,0,0,0,0,0,0"])
  }

  @Test func `is free again when the appointment is called off, and not when it is missed`()
    throws
  {
    var cancelled = try booked()
    try cancelled.feed.append(
      AppointmentCancelled.with {
        $0.appointment = AppointmentID(1)
        $0.by = .patient
      }, to: 1, at: "2026-03-01T10:00:00Z")
    #expect(
      try cancelled.utilisation { $0.to = try day("2026-03-31") }.csvRows == [
        "D3,provider-a,0,0,0,0,0,0"
      ])
    var missed = try booked()
    try missed.feed.append(
      AppointmentMissed.with {
        $0.appointment = AppointmentID(1)
        $0.type = .noShow
      }, to: 1, at: "2026-03-02T10:00:00Z")
    #expect(
      try missed.utilisation { $0.to = try day("2026-03-31") }.csvRows == [
        "D3,provider-a,1,1800,0,0,0,0"
      ])
  }
}
