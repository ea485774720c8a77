import ArgumentParser
import DaybookReporting
import DaybookValues
import DaybookWorld
import Testing

@testable import DaybookTool

@Suite struct `A report that is printed` {
  @Test(arguments: ["text", "json"])
  func `is checked when its digest is made, and not printed where that read what is damaged`(
    form: String
  ) throws {
    struct Damaged: Error {}
    let isMade = Locked(false)
    var report = Report(
      name: "trial-balance", title: "Trial balance", book: "b", knownAt: Position(1), columns: [])
    report.footer = Footer(
      position: Position(1),
      digest: {
        isMade.withLock { $0 = true }
        return "00"
      })
    let output = try OutputOptions.parse(["--format", form])
    let collected = CapturedOutput()
    ToolContext.$current.withValue(ToolContext(output: collected)) {
      #expect(throws: Damaged.self) {
        try output.give(report) { if isMade.withLock({ $0 }) { throw Damaged() } }
      }
    }
    #expect(collected.answer.isEmpty)
  }
}
