import DaybookClinicEvents
import DaybookEvents
import DaybookHumanResources
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `Staff list` {
  @Test func `lists who works where and since when`() throws {
    let clinic = try Clinic()
    #expect(
      try clinic.list { $0.on = try day("2026-02-01") }.csvRows == [
        "D3,provider-a,GENERAL PRACTICE,contractor,L1,clinic-sol,2026-01-01",
        "D4,provider-b,SURGERY,contractor,L1,clinic-sol,2026-02-01",
      ])
  }

  @Test func `somebody whose first day is yet to come is not on it`() throws {
    let clinic = try Clinic()
    #expect(try clinic.list { $0.on = try day("2026-01-31") }.rows.count == 1)
  }

  @Test func `one row for each clinic, and none for clinics not asked for`() throws {
    var clinic = try Clinic()
    try clinic.hire(5, "NURSE", from: "2026-01-15", clinics: [ClinicID(2), ClinicID(1)])
    let all = try clinic.list { $0.on = try day("2026-03-01") }
    #expect(all.csvRows.filter { $0.hasPrefix("D5") }.count == 2)
    #expect(all.footer.entries == 3)
    #expect(
      try clinic.list {
        $0.on = try day("2026-03-01")
        $0.clinic = 2
      }.csvRows == ["D5,,NURSE,contractor,L2,,2026-01-15"])
  }
}
