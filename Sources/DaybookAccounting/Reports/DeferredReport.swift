import DaybookClinicEvents
public import DaybookEngine
import DaybookEvents
public import DaybookReporting
import DaybookValues

extension AccountingReports {
  /// What of packages is sold and not earned yet, on D as known at S: it sums to deferred income.
  ///
  /// With `from`, the roll-forward of each package from that day to D instead: what was deferred
  /// before, new, used, expired, cancelled, and what is deferred now.
  ///
  /// - Parameter form: What packages are summed up by, and the only values of those: dimensions of
  ///   `GroupedReport.deferred`. The month is that of the sale.
  public static func deferred(
    _ view: Snapshot<AccountingModel>, _ query: AccountingQuery, form: RowForm = RowForm()
  ) -> Report {
    let scope = Scope(view, query)
    let ledger = DeferredLedger(scope, splitsClinics: form.mentions(.clinic))
    return query.from == nil ? schedule(ledger, scope, form) : rollForward(ledger, scope, form)
  }

  private static func schedule(
    _ ledger: DeferredLedger, _ scope: Scope, _ form: RowForm
  ) -> Report {
    let plain = scope.report(
      "deferred", "Deferred income",
      packageColumns + [
        Column("service", .text), Column("sold", .day), Column("sessions", .count),
        Column("used", .count), Column("left", .count), Column("price", .amount),
        Column("value", .amount), Column("expires", .day),
      ])
    var rows = GroupedRows(plain, form, sums: ["value"], figure: "value", scope)
    for line in ledger.lines where line.closing != 0 || line.sessionsLeft != 0 {
      let known = line.package
      let service = known.flatMap {
        scope.model.serviceRegistry.find(UInt64($0.service), at: scope.position)?.facts
      }
      let sold = known.map { Day(daysSince1970: $0.day) }
      let expires = known.flatMap { row in
        row.expires == .max ? nil : Day(daysSince1970: row.expires)
      }
      let sessions: Cell = known.map { .count(Int64($0.sessions)) } ?? .empty
      let used: Cell = known == nil ? .empty : .count(line.sessionsUsed)
      let price = known.map { Amount(minorUnits: $0.price, line.currency) }
      let words: [Cell] = [
        .text(service.map { $0.code.isEmpty ? $0.name : $0.code }), .day(sold), sessions, used,
        .count(line.sessionsLeft), .amount(price),
        .amount(Amount(minorUnits: line.closing, line.currency)), .day(expires),
      ]
      rows.append({ scope.key($0, line) }, scope.cells(line) + words)
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: ledger.moveCount, debits: ledger.new)
    return report
  }

  private static func rollForward(
    _ ledger: DeferredLedger, _ scope: Scope, _ form: RowForm
  ) -> Report {
    let plain = scope.report(
      "deferred", "Deferred income, roll-forward",
      packageColumns + [
        Column("opening", .amount), Column("new", .amount), Column("used", .amount),
        Column("expired", .amount), Column("cancelled", .amount), Column("closing", .amount),
      ])
    var rows = GroupedRows(
      plain, form, sums: ["opening", "new", "used", "expired", "cancelled", "closing"],
      figure: "closing", scope)
    for line in ledger.lines where line.opening != 0 || line.hasMoved || line.closing != 0 {
      let figures =
        [line.opening] + PackageMoveType.allCases.map { line.moved[Int($0.rawValue)] }
        + [line.closing]
      let amounts: [Cell] = figures.map { .amount(Amount(minorUnits: $0, line.currency)) }
      rows.append({ scope.key($0, line) }, scope.cells(line) + amounts)
    }
    var report = rows.finished()
    report.footer = scope.footer(entries: ledger.moveCount, debits: ledger.new)
    return report
  }

  private static var packageColumns: [Column] {
    [Column("package", .identifier), Column("patient", .identifier), Column("ref", .text)]
  }
}

extension Scope {
  func key(_ dimension: ReportDimension, _ line: DeferredLedger.Line) -> GroupKey {
    switch dimension {
    case .party: GroupKey(line.package.map { current($0.patient) } ?? 0)
    case .service: GroupKey(line.package?.service ?? 0)
    case .clinic: GroupKey(model.slots.number(line.clinic))
    case .month: line.package.map { GroupKey(monthOf: $0.day) } ?? .none
    default: .none
    }
  }

  fileprivate func cells(_ line: DeferredLedger.Line) -> [Cell] {
    guard let package = line.package else { return [cell(ofPackage: 0), .empty, .empty] }
    let patient = PartyKey(rawValue: model.current(package.patient, at: position))
    return [cell(ofPackage: package.package)] + cells(patient)
  }

  /// The first cell of a package's row; of number 0 that of all that was charged without one.
  func cell(ofPackage number: UInt32) -> Cell {
    number == 0 ? .text("without a package") : .identifier(PackageID(UInt64(number)))
  }
}

/// Deferred income package by package, beside the postings of its account.
struct DeferredLedger {
  /// One package; all that was charged without one stands under one line.
  struct Line {
    let number: UInt32
    let package: PackageRow?
    /// The clinic of its first movement, by the index among the clinics.
    let clinic: UInt16
    let currency: Currency
    /// Before the first day; all before D where there is none.
    var opening: Int64 = 0
    /// By the number of a `PackageMoveType`, from the first day on.
    var moved = [Int64](repeating: 0, count: PackageMoveType.allCases.count + 1)
    var sessionsLeft: Int64 = 0
    var sessionsUsed: Int64 = 0

    /// What is deferred on D.
    var closing: Int64 { moved.reduce(opening, +) }
    var hasMoved: Bool { moved.contains { $0 != 0 } }
  }

  private(set) var lines: [Line] = []
  private(set) var moveCount = 0
  /// All that was deferred from the first day on.
  private(set) var new = CurrencySum()

  /// - Parameters:
  ///   - splitsClinics: Whether a package has a line at each clinic where it was moved.
  ///   - body: Called with each movement and its line, as far as it goes by then.
  init(
    _ scope: Scope, splitsClinics: Bool = false,
    _ body: ((PackageMoveRow, Line) -> Void)? = nil
  ) {
    let book = scope.model.packages
    // Only asked for a key, never iterated.
    var places: [UInt64: Int] = [:]
    for row in book.moves.rows(through: scope.position) {
      guard row.day <= scope.through, scope.includes(clinic: row.clinic) else { continue }
      let package = row.package == 0 ? nil : book.package(row.package)
      let currency = scope.currency(row.clinic)
      // What is sold without a package is added up by currency.
      let split = row.package == 0 || splitsClinics ? UInt64(row.clinic) << 32 : 0
      let key = split | UInt64(row.package)
      let place = places[key] ?? lines.count
      if place == lines.count {
        places[key] = place
        lines.append(
          Line(
            number: row.package, package: package, clinic: row.clinic, currency: currency))
      }
      moveCount += 1
      lines[place].sessionsLeft += Int64(row.sessions)
      if row.type == PackageMoveType.used.rawValue {
        lines[place].sessionsUsed -= Int64(row.sessions)
      }
      if row.day < scope.from {
        lines[place].opening += row.amount
      } else {
        lines[place].moved[Int(row.type)] += row.amount
        if row.type == PackageMoveType.new.rawValue { new.add(row.amount, currency) }
      }
      body?(row, lines[place])
    }
    lines.sort { $0.number < $1.number }
  }
}
