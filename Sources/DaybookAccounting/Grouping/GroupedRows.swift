import DaybookReporting
import DaybookValues

/// The rows of a report as a `RowForm` asks for them: one by one, in sums, or crosswise.
///
/// A report gives every row once, with its cells and with its group under each dimension; sums are those
/// of the cells that would be printed, so that all forms have the same totals.
struct GroupedRows {
  private let form: RowForm
  private let names: any GroupNames
  private let sieve: RowSieve
  private var report: Report
  /// The columns that are added up.
  private let sums: [Column]
  private let places: [Int]
  /// Which of the sums is crossed.
  private let figure: Int
  private let countsRows: Bool
  private var groups: [Group] = []
  // Only asked for a key, never iterated.
  private var groupPlaces: [Place: Int] = [:]
  /// The place of the first group of each small number; -1 for none.
  private var smallPlaces: [Int] = []

  private struct Place: Hashable {
    let key: GroupKey
    let currency: Currency
  }

  /// One row of sums.
  private struct Group {
    let place: Place
    var rows: Int64 = 0
    var figures: [MinorSum]
    // Asked for the columns that all groups have, never iterated for what is printed.
    var crossed: [GroupKey: MinorSum] = [:]
  }

  /// - Parameters:
  ///   - report: Heading and columns of the rows themselves, without rows.
  ///   - sums: The columns that are added up: amounts and counts.
  ///   - figure: Which of them is crossed; the columns of a crosswise form are of amounts.
  ///   - countsRows: Whether sums say of how many rows they are; of counts none does.
  init(
    _ report: Report, _ form: RowForm, sums: [String], figure: String, _ names: any GroupNames,
    countsRows: Bool = true
  ) {
    self.form = form
    self.names = names
    self.report = report
    sieve = RowSieve(form, names)
    places = sums.map { name in
      guard let place = report.columns.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("\(report.name) has no column \(name) to sum up")
      }
      return place
    }
    let columns = places.map { report.columns[$0] }
    self.sums = columns
    self.countsRows = countsRows && !columns.contains { $0.kind == .count }
    guard let crossed = sums.firstIndex(of: figure) else {
      preconditionFailure("\(report.name) does not sum up \(figure)")
    }
    self.figure = crossed
  }

  /// Takes a row, if it is asked for.
  ///
  /// - Returns: Whether it is.
  @discardableResult mutating func append(
    _ key: (ReportDimension) -> GroupKey, _ cells: @autoclosure () -> [Cell]
  ) -> Bool {
    guard sieve.takes(key) else { return false }
    let cells = cells()
    guard let by = form.by else {
      report.append(cells)
      return true
    }
    let place = place(key(by), cells)
    groups[place].rows += 1
    for (index, column) in places.enumerated() {
      groups[place].figures[index].add(cells[column].minorUnits)
    }
    if let pivot = form.pivot {
      groups[place].crossed[key(pivot), default: MinorSum()].add(
        cells[places[figure]].minorUnits)
    }
    return true
  }

  /// Whether rows of those groups are asked for.
  func takes(_ key: (ReportDimension) -> GroupKey) -> Bool { sieve.takes(key) }

  /// Adds to the sums of a group, for a report that is never asked for its rows: nothing is allocated.
  ///
  /// - Parameter change: Adds to the sums, which stand in the order of their columns.
  /// - Returns: Whether it is asked for.
  @discardableResult mutating func add(
    _ key: (ReportDimension) -> GroupKey, _ currency: Currency, _ change: (inout [MinorSum]) -> Void
  ) -> Bool {
    guard sieve.takes(key), let by = form.by else { return false }
    let place = place(key(by), currency)
    groups[place].rows += 1
    let before = groups[place].figures[figure].total
    change(&groups[place].figures)
    if let pivot = form.pivot {
      let added = groups[place].figures[figure].total - before
      groups[place].crossed[key(pivot), default: MinorSum()].total += added
    }
    return true
  }

  private mutating func place(_ key: GroupKey, _ cells: [Cell]) -> Int {
    for column in places {
      if case .amount(let amount) = cells[column], amount.currency != .unspecified {
        return place(key, amount.currency)
      }
    }
    return place(key, .unspecified)
  }

  /// The place of the group; an amount that has no group of its currency yet makes one.
  private mutating func place(_ key: GroupKey, _ currency: Currency) -> Int {
    let place = Place(key: key, currency: currency)
    // Most groups are few numbers, which need not be hashed.
    var small: Int?
    if case .number(let number) = key, number < 4096 { small = Int(number) }
    if let small, small < smallPlaces.count {
      let known = smallPlaces[small]
      if known >= 0, groups[known].place == place { return known }
    }
    if let known = groupPlaces[place] { return known }
    if let small {
      while smallPlaces.count <= small { smallPlaces.append(-1) }
      if smallPlaces[small] < 0 { smallPlaces[small] = groups.count }
    }
    groupPlaces[place] = groups.count
    groups.append(
      Group(place: place, figures: Array(repeating: MinorSum(), count: places.count)))
    return groups.count - 1
  }

  /// The report, with its totals.
  func finished() -> Report {
    guard let by = form.by else {
      var report = report
      for column in sums { report.total(column.name) }
      return report
    }
    let sorted = groups.sorted {
      ($0.place.key, $0.place.currency) < ($1.place.key, $1.place.currency)
    }
    if let pivot = form.pivot { return crosswise(sorted, by, pivot) }
    var summed = titled(by.columns + (countsRows ? [Column("rows", .count)] : []) + sums)
    for group in sorted where countsRows || group.figures.contains(where: { $0.total != 0 }) {
      let figures = zip(sums, group.figures).map { column, sum in
        cell(sum, column.kind, group.place.currency)
      }
      summed.append(
        by.cells(group.place.key, names) + (countsRows ? [.count(group.rows)] : []) + figures)
    }
    if countsRows { summed.total("rows") }
    for (index, column) in sums.enumerated() {
      if fits(sorted.map { $0.figures[index] }) {
        summed.total(column.name)
      } else {
        summed.notes.append(
          "No total of \(column.name): a sum there is beyond the range of money, and its cell empty."
        )
      }
    }
    return summed
  }

  private func crosswise(
    _ groups: [Group], _ by: ReportDimension, _ pivot: ReportDimension
  ) -> Report {
    let keys = Set(groups.flatMap(\.crossed.keys)).sorted()
    var taken = Set(by.columns.map(\.name) + ["total"])
    let columns = keys.map { key in
      let title = pivot.name(key, names)
      var name = title
      // A series may be called as a column is.
      while !taken.insert(name).inserted { name += "'" }
      return Column(name, .amount, title: title, each: pivot.rawValue)
    }
    var crossed = titled(by.columns + columns + [Column("total", .amount)])
    crossed.title += ": \(sums[figure].title)"
    crossed.eachColumn = Column(pivot.rawValue, .amount, each: pivot.rawValue)
    for group in groups {
      let cells = keys.map { key in
        group.crossed[key].map { cell($0, .amount, group.place.currency) } ?? .empty
      }
      let total = cell(group.figures[figure], .amount, group.place.currency)
      crossed.append(by.cells(group.place.key, names) + cells + [total])
    }
    for (key, column) in zip(keys, columns) where fits(groups.compactMap { $0.crossed[key] }) {
      crossed.total(column.name)
    }
    if fits(groups.map { $0.figures[figure] }) { crossed.total("total") }
    return crossed
  }

  /// The same heading over other columns.
  private func titled(_ columns: [Column]) -> Report {
    var titled = Report(
      name: report.name, title: report.title + form.words, book: report.book, on: report.on,
      from: report.from, to: report.to, periodHeader: report.periodHeader,
      knownAt: report.knownAt, columns: columns, footer: report.footer, notes: report.notes)
    titled.mayHaveSeveralCurrencies = report.mayHaveSeveralCurrencies
    return titled
  }

  /// A sum as a cell; empty where it leaves the range of money.
  private func cell(_ sum: MinorSum, _ kind: Column.Kind, _ currency: Currency) -> Cell {
    guard let narrow = Int64(exactly: sum.total) else { return .empty }
    return kind == .count ? .count(narrow) : .amount(Amount(minorUnits: narrow, currency))
  }

  /// Whether all sums are in the range of money: a column with one that is not has no total.
  private func fits(_ sums: [MinorSum]) -> Bool {
    sums.allSatisfy { Int64(exactly: $0.total) != nil }
  }
}

extension Cell {
  /// What an amount or a count adds to a sum; nothing for an empty cell.
  fileprivate var minorUnits: Int64 {
    switch self {
    case .amount(let amount): amount.minorUnits
    case .count(let count): count
    default: 0
    }
  }
}
