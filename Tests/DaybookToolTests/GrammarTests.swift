import Daybook
import DaybookTool
import Testing

@Suite struct `The command line` {
  @Test func `prints its version`() async throws {
    let run = try await Bench().run("--version")
    #expect(run.status == .done)
    #expect(run.answer == DaybookTool.version + "\n")
  }

  @Test(arguments: ["accounts", "staff", "stock", "visits", "log"])
  func `lists the verbs of a noun that stands alone`(_ noun: String) async throws {
    let run = try await Bench().run(noun)
    #expect(run.status == .done)
    #expect(run.answer.contains("SUBCOMMANDS"))
  }

  @Test(arguments: [
    ["no-such-command"], ["accounts", "trial-balance", "--no-such-option"],
    ["accounts", "revenue", "--by", "weather"],
    ["visits", "no-shows", "--by", "weather"], ["visits", "card"], ["list"], ["list", "unicorns"],
    ["log", "read", "--raw"], ["export", "hledger"], ["init", "--wait", "-1"],
    ["import", "synthea", ""], ["schema", "-o", ""],
  ])
  func `a command that is not understood ends with 2 and says why`(_ words: [String]) async throws {
    let run = try await Bench().run(words)
    #expect(run.status == .usage)
    #expect(run.answer.isEmpty)
    #expect(run.said.contains("Error"))
  }

  @Test(arguments: [
    ["status"], ["list", "patients"], ["show", "P1"], ["accounts", "trial-balance"],
    ["accounts", "journal"], ["accounts", "receivables"], ["accounts", "receivables", "--items"],
    ["accounts", "payables"], ["accounts", "statement", "P1"], ["accounts", "revenue"],
    ["accounts", "explain", "1200"], ["staff", "list"], ["staff", "utilisation"],
    ["stock", "on-hand"], ["stock", "movements"], ["stock", "recall"],
    ["visits", "day-list"], ["visits", "free"], ["visits", "card", "P1"],
    ["replay"], ["verify"], ["log", "info"], ["log", "verify"], ["log", "read"],
    ["export", "csv", "-o", "nowhere"],
  ])
  func `a missing book ends every reading command with 3`(_ words: [String]) async throws {
    let bench = try Bench()
    let run = await bench.run(words)
    #expect(run.status == .noBook)
    #expect(run.said.contains("there is no daybook here"))
    #expect(run.said.contains("daybook init"))
    #expect(!LiveFileSystem().exists(bench.book))
  }

  @Test func `a book under --book goes before the one of the environment`() async throws {
    let bench = try Bench()
    let other = bench.folder.file("other")
    #expect(await bench.run("init", "--name", "Clínica Sol", "--book", other).status == .done)
    #expect(await bench.run("status").status == .noBook)
    #expect(await bench.run("status", "--book", other).status == .done)
  }

  @Test func `the schema needs no book`() async throws {
    let run = try await Bench().run("schema")
    #expect(run.status == .done)
    #expect(run.answer.contains("message PaymentReceived {"))
  }
}
