import Daybook
import DaybookTool
import Testing

@Suite struct `Importing from the command line` {
  @Test(arguments: [
    ["import", "sinthea", "x"], ["import", "synthea", "x", "--year", "2010"],
    ["import", "synthea", "x", "--clinic", "Shop"], ["import", "synthea", "x", "--year", "0"],
    ["import", "synthea"],
  ])
  func `refuses what the kind does not take, and touches nothing`(
    _ arguments: [String]
  ) async throws {
    let bench = try Bench()
    #expect(await bench.run(arguments).status == .usage)
    #expect(!LiveFileSystem().exists(bench.book))
  }
}
