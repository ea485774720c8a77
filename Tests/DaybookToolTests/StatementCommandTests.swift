import Daybook
import DaybookTool
import Testing

@Suite struct `Statements on the command line` {
  @Test func `stand under their short names, and come to the trial balance`() async throws {
    let bench = try await Bench.withBundledExport()
    let income = await bench.run("accounts", "is", "--format", "csv")
    #expect(
      income.answer == "group,account,name,amount\r\n"
        + "income,4000,\"Treatment income, exempt\",152619.80\r\n")
    let sheet = await bench.run("accounts", "bs", "--format", "json")
    #expect(sheet.answer.contains("\"report\":\"balance-sheet\""))
    #expect(
      sheet.answer.contains(
        "\"totals\":{\"group\":\"liabilities and equity\",\"amount\":\"153411.66\"}"))
    let flow = await bench.run("accounts", "cf", "--format", "json")
    #expect(flow.answer.contains("\"totals\":{\"group\":\"change\",\"amount\":\"141954.07\"}"))
  }

  @Test func `have a column for each month, whole figures in 80 columns`() async throws {
    let bench = try await Bench.withBundledExport()
    let report = await bench.run(
      "accounts", "income-statement", "-M", "--period", "2022", "-A", "-%", "--format", "csv")
    let columns = report.answer.prefix { $0 != "\r\n" }.split(separator: ",")
    #expect(columns.count == 3 + 12 + 3)
    #expect(columns[3] == "2022-01" && columns.suffix(3) == ["total", "average", "percent"])
  }

  @Test func `on a cash basis are what was collected`() async throws {
    let bench = try await Bench.withBundledExport()
    let income = await bench.run("accounts", "is", "--basis", "cash", "--format", "csv")
    #expect(income.answer.contains("4000,\"Treatment income, exempt\",141162.21"))
  }

  @Test(arguments: [
    ["is", "--pivot", "clinic", "--by", "payer"], ["bs", "--monthly", "--quarterly"],
    ["cf", "--monthly", "--compare", "previous"], ["is", "9999"], ["is", "--basis", "both"],
    ["bs", "--compare", "never"],
  ])
  func `that cannot be made are refused, with what to do instead`(_ words: [String]) async throws {
    let bench = try await Bench.withBundledExport()
    let run = await bench.run(["accounts"] + words)
    #expect(run.status == .usage)
    #expect(run.answer.isEmpty)
    #expect(!run.said.isEmpty)
  }

  @Test func `of a day before everything say that there is nothing`() async throws {
    let bench = try await Bench.withBundledExport()
    for name in ["is", "bs", "cf"] {
      let run = await bench.run("accounts", name, "--on", "1900-01-01")
      #expect(run.status == .done)
      #expect(run.answer.contains("Nothing to report."), "\(name)")
    }
  }
}
