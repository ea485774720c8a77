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

  private static let invoices = """
    Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID
    1,22,Box,4,2010-01-01T10:00:00,2.5,
    2,22,Box,1,2010-01-01T10:05:00,2.5,7

    """

  @Test func `makes the clinic of a book that has none, as it is said`() async throws {
    let bench = try Bench()
    let file = try bench.write(Self.invoices, to: "i.csv")
    #expect(await bench.run("import", "retail", file).status == .noBook)
    #expect(!LiveFileSystem().exists(bench.book))
    #expect(await bench.run("init").status == .done)
    let made = await bench.run(
      "import", "retail", file, "--clinic", "Corner", "--currency", "usd", "--zone", "UTC")
    #expect(made.status == .done)
    let clinics = await bench.run("list", "clinics", "--format", "csv")
    #expect(
      clinics.answer == "id,ref,name,currency,timeZone\r\nL1,clinic,Corner,USD,UTC\r\n")
    let again = await bench.run("import", "retail", file, "--format", "csv")
    #expect(again.status == .done && again.answer.contains("\r\nappended,events,0,"))
    for (option, value) in [("--currency", "EUR"), ("--zone", "Europe/London"), ("--clinic", "x")] {
      #expect(await bench.run("import", "retail", file, option, value).status == .usage)
    }
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `goes to the only clinic, and asks which of several`() async throws {
    let bench = try Bench()
    let file = try bench.write(Self.invoices, to: "i.csv")
    _ = await bench.run("init", "--name", "North", "--admin", "Ana")
    #expect(await bench.run("import", "retail", file).status == .done)
    let south = await bench.run(
      "record", "define-clinic", "South", "--book-currency", "EUR", "--time-zone", "Europe/Madrid")
    #expect(south.status == .done, "\(south.said)")
    #expect(await bench.run("import", "retail", file).status == .usage)
    #expect(await bench.run("import", "retail", file, "--clinic", "north").status == .done)
    // Another clinic is another book of its own, as far as references go.
    let other = await bench.run("import", "retail", file, "--clinic", "South", "--format", "csv")
    #expect(other.status == .done && other.answer.contains("\r\nappended,actions,2,"))
  }

  @Test func `a refused row is exit 1, and the report names it`() async throws {
    let bench = try Bench()
    let file = try bench.write(
      Self.invoices + "3,22,Box,x,2010-01-01T10:05:00,2.5,7\n", to: "i.csv")
    _ = await bench.run("init", "--name", "North")
    let run = await bench.run("import", "retail", file, "--format", "csv")
    #expect(run.status == .refused)
    #expect(run.answer.contains("refused,badValue,1,i.csv,3,Quantity,"))
    #expect(run.answer.contains("appended,rows,2,"))
  }
}
