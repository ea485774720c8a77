import DaybookReporting
import DaybookValues
import Testing

@Suite struct `A report` {
  private func oneColumn(_ kind: Column.Kind) -> Report {
    Report(
      name: "x", title: "X", book: "b", knownAt: .start, columns: [Column("figure", kind)])
  }

  @Test func `adds up to the last minor unit`() throws {
    var report = oneColumn(.amount)
    for minorUnits in [Int64.max, 1, -1, -5] {
      report.append([.amount(Amount(minorUnits: minorUnits, .eur))])
    }
    report.append([.empty])
    try report.sumTotals("figure")
    #expect(report.totals == [.amount(Amount(minorUnits: .max - 5, .eur))])
  }

  @Test func `refuses to add two currencies`() throws {
    var report = oneColumn(.amount)
    report.append([.amount(Amount(minorUnits: 1, .eur))])
    report.append([.amount(Amount(minorUnits: 1, .usd))])
    #expect(throws: ValueError.self) { try report.sumTotals("figure") }
    #expect(report.totals.isEmpty)
  }

  @Test(arguments: [Column.Kind.seconds, .count])
  func `refuses a total that does not fit`(_ kind: Column.Kind) throws {
    var report = oneColumn(kind)
    for number in [Int64.max, 1] {
      report.append([kind == .count ? .count(number) : .seconds(number)])
    }
    #expect(throws: ValueError.self) { try report.sumTotals("figure") }
  }

  @Test func `heads a column by its name in words`() {
    #expect(Column("recordedAt", .instant).title == "recorded at")
    #expect(Column("d30", .amount).title == "d30")
    #expect(Column("d30", .amount, title: "1-30").title == "1-30")
  }

  @Test func `what is missing is empty, not zero`() {
    #expect(Cell.amount(Amount?.none) == .empty)
    #expect(Cell.day(Day?.none) == .empty)
    #expect(Cell.text(String?.none) == .empty)
    #expect(Cell.identifier(Identifier<Thing>(0)) == .empty)
    #expect(Cell.identifier(Identifier<Thing>(17)) == .identifier("X17"))
  }

  @Test func `traps on a row of another length`() async {
    await #expect(processExitsWith: .failure) {
      var report = Report(
        name: "x", title: "X", book: "b", knownAt: .start, columns: [Column("n", .count)])
      report.append([.count(1), .count(2)])
    }
  }

  @Test func `traps on a cell of another kind`() async {
    await #expect(processExitsWith: .failure) {
      var report = Report(
        name: "x", title: "X", book: "b", knownAt: .start, columns: [Column("n", .count)])
      report.append([.text("many")])
    }
  }

  @Test func `traps on two columns of one name`() async {
    await #expect(processExitsWith: .failure) {
      _ = Report(
        name: "x", title: "X", book: "b", knownAt: .start,
        columns: [Column("n", .count), Column("n", .text)])
    }
  }

  @Test func `traps on a total of no column`() async {
    await #expect(processExitsWith: .failure) {
      var report = Report(
        name: "x", title: "X", book: "b", knownAt: .start, columns: [Column("n", .count)])
      report.setTotal("m", .count(1))
    }
  }
}

private enum Thing: IdentifierKind {
  static let prefix = "X"
  static let name = "thing"
  static let number: UInt16 = 900
}
