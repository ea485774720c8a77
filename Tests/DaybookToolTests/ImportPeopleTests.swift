import Daybook
import DaybookTesting
import DaybookTool
import Testing

@Suite struct `Importing people from the command line` {

  /// Imports a fixture twice into a book; both times the tool says what was refused.
  private func twice(
    _ bench: Bench, _ kind: String, _ path: String, _ options: String...
  ) async throws -> (first: String, second: String) {
    let imports = FilePath.join(FilePath.folder(of: Fixtures.synthea), "imports")
    let fixture = FilePath.join(imports, "\(kind)\(path)")
    let arguments = ["import", kind, fixture, "--format", "csv"] + options
    let first = await bench.run(arguments)
    #expect(first.status == .refused, "\(first.said)")
    let second = await bench.run(arguments)
    #expect(second.status == .refused, "\(second.said)")
    #expect(second.answer.contains("appended,events,0,"))
    return (first.answer, second.answer)
  }

  @Test func `makes the clinics of a diary in the book of another, as often as it is asked`()
    async throws
  {
    let bench = try Bench()
    #expect(await bench.run("init", "--name", "Head office").status == .done)
    let (first, second) = try await twice(bench, "appointments", "")
    #expect(first.contains("refused,rows,2,"))
    #expect(second.contains("refused,rows,2,"))
    let clinics = await bench.run("list", "clinics", "--format", "csv")
    #expect(clinics.answer.contains("appointments/clinics/north"))
    let attendance = await bench.run("visits", "attendance", "--by", "clinic", "--format", "csv")
    #expect(attendance.answer.hasPrefix("clinic,ref,visits,seen,waited,meanWait,attended\r\n"))
    #expect(attendance.answer.contains("appointments/clinics/north"))
    #expect(await bench.run("verify").status == .done)
  }

  @Test(arguments: [
    ("billing", "/billing.csv"), ("treatments", "/treatments.csv"), ("hours", "/hours.csv"),
    ("absences", "/absences.csv"),
  ])
  func `takes a file into a book, and tells it the second time`(
    _ kind: String, _ path: String
  ) async throws {
    let bench = try Bench()
    #expect(await bench.run("init", "--name", "Clinic").status == .done)
    let (first, _) = try await twice(bench, kind, path)
    #expect(kind != "billing" || first.contains("figure,neverBilled,"))
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `puts absences into the year that is stated`() async throws {
    let bench = try Bench()
    #expect(await bench.run("init", "--name", "Clinic").status == .done)
    _ = try await twice(bench, "absences", "/absences.csv", "--year", "2010")
    let events = await bench.run("log", "read", "--format", "json")
    #expect(events.answer.contains("absences/2010/"))
    #expect(!events.answer.contains("absences/2001/"))
  }
}
