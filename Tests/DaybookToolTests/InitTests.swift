import Daybook
import DaybookTool
import Testing

@Suite struct `Making a book` {
  @Test func `names the clinic and its first administrator`() async throws {
    let bench = try Bench()
    let made = await bench.run(
      "init", "--name", "Clínica Sol", "--currency", "EUR", "--zone", "Europe/Madrid", "--admin",
      "Ana Gil")
    #expect(made.status == .done)
    #expect(made.answer.contains("clinic L1 Clínica Sol"))
    #expect(made.answer.contains("administrator D1 Ana Gil"))
    let clinics = await bench.run("list", "clinics", "--format", "csv")
    #expect(
      clinics.answer == "id,ref,name,currency,timeZone\r\nL1,,Clínica Sol,EUR,Europe/Madrid\r\n")
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `without a name makes an empty book that reports nothing`() async throws {
    let bench = try Bench()
    #expect(await bench.run("init").status == .done)
    let balance = await bench.run("accounts", "trial-balance", "--format", "csv")
    #expect(balance.status == .done)
    #expect(balance.answer == "account,name,opening,debit,credit,balance\r\n")
    #expect(await bench.run("status").status == .done)
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `refuses to make a book where one is`() async throws {
    let bench = try Bench()
    _ = await bench.run("init", "--name", "Clínica Sol")
    let again = await bench.run("init", "--name", "Clínica Luna")
    #expect(again.status == .usage)
    #expect(again.said.contains("there is a daybook here already"))
    #expect(again.said.contains("name another directory"))
    #expect(await bench.run("list", "clinics").answer.contains("Clínica Sol"))
  }

  @Test(arguments: [
    ["--name", "Clínica Sol", "--currency", "XXZ"],
    ["--name", "Clínica Sol", "--zone", "Mars/Ares"],
    ["--name", " "], ["--admin", "Ana Gil"],
  ])
  func `a mistyped option makes nothing`(_ options: [String]) async throws {
    let bench = try Bench()
    let run = await bench.run(["init"] + options)
    #expect(run.status == .usage)
    #expect(!LiveFileSystem().exists(bench.book))
  }

  @Test func `a locked book is waited for, then names who holds it`() async throws {
    let bench = try Bench()
    _ = await bench.run("init", "--name", "Clínica Sol")
    let office = try BackOffice.open(bench.book, world: bench.world)
    let run = await bench.run("import", "synthea", Fixtures.synthea, "--wait", "0")
    await office.close()
    #expect(run.status == .locked)
    #expect(run.said.contains("process \(ProcessFacts.live.processID)"))
  }
}
