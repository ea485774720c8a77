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
  public static func deferred(_ view: Snapshot<AccountingModel>, _ query: AccountingQuery) -> Report
  {
    let scope = Scope(view, query)
    let ledger = DeferredLedger(scope)
    return query.from == nil ? schedule(ledger, scope) : rollForward(ledger, scope)
  }

  private static func schedule(_ ledger: DeferredLedger, _ scope: Scope) -> Report {
    var report = scope.report(
      "deferred", "Deferred income",
      packageColumns + [
        Column("service", .text), Column("sold", .day), Column("sessions", .count),
        Column("used", .count), Column("left", .count), Column("price", .amount),
        Column("value", .amount), Column("expires", .day),
      ])
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
      report.append(scope.cells(line) + words)
    }
    report.total("value")
    report.footer = scope.footer(entries: ledger.moveCount, debits: ledger.new)
    return report
  }

  private static func rollForward(_ ledger: DeferredLedger, _ scope: Scope) -> Report {
    var report = scope.report(
      "deferred", "Deferred income, roll-forward",
      packageColumns + [
        Column("opening", .amount), Column("new", .amount), Column("used", .amount),
        Column("expired", .amount), Column("cancelled", .amount), Column("closing", .amount),
      ])
    for line in ledger.lines where line.opening != 0 || line.hasMoved || line.closing != 0 {
      let figures =
        [line.opening] + PackageMoveType.allCases.map { line.moved[Int($0.rawValue)] }
        + [line.closing]
      let amounts: [Cell] = figures.map { .amount(Amount(minorUnits: $0, line.currency)) }
      report.append(scope.cells(line) + amounts)
    }
    report.total("opening", "new", "used", "expired", "cancelled", "closing")
    report.footer = scope.footer(entries: ledger.moveCount, debits: ledger.new)
    return report
  }

  private static var packageColumns: [Column] {
    [Column("package", .identifier), Column("patient", .identifier), Column("ref", .text)]
  }
}

extension Scope {
  fileprivate func cells(_ line: DeferredLedger.Line) -> [Cell] {
    guard let package = line.package else { return [.text("without a package"), .empty, .empty] }
    let patient = PartyKey(rawValue: model.current(package.patient, at: position))
    return [.identifier(PackageID(UInt64(package.package)))] + cells(patient)
  }
}

/// Deferred income package by package, beside the postings of its account.
struct DeferredLedger {
  /// One package; all that was charged without one stands under one line.
  struct Line {
    let number: UInt32
    let package: PackageRow?
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

  init(_ scope: Scope) {
    let book = scope.model.packages
    // Only asked for a key, never iterated.
    var places: [UInt64: Int] = [:]
    for row in book.moves.rows(through: scope.position) {
      guard row.day <= scope.through, scope.includes(clinic: row.clinic) else { continue }
      let package = row.package == 0 ? nil : book.package(row.package)
      let currency = scope.currency(row.clinic)
      // What is sold without a package is added up by currency.
      let key = row.package == 0 ? UInt64(row.clinic) << 32 : UInt64(row.package)
      let place = places[key] ?? lines.count
      if place == lines.count {
        places[key] = place
        lines.append(Line(number: row.package, package: package, currency: currency))
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
    }
    lines.sort { $0.number < $1.number }
  }
}
