import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

/// Packages worked by hand.
///
/// PK1: five for 400.00, from before the books. PK2: ten sessions for 1,000.00, sold on 2 April; one and
/// three used on 2 May: 100.00 and 300.00 earned. PK3: three for 100.00, sold on 3 April, one used on
/// 2 May: 33.33; given up on 3 June with 40.00 due back, so that 66.67 leave. PK4: two for 50.00 until
/// 30 April, sold on 4 April: expired on 3 June, 50.00.
@Suite struct `Deferred income` {
  private func sell(
    _ sessions: UInt32, _ price: Int64, expires: String? = nil, opening: Bool = false
  ) throws -> SellPackage {
    let last = try expires.map { try Day(parsing: $0) }
    return .with {
      $0.patient = PatientID(1)
      $0.service = ServiceID(2)
      $0.sessions = sessions
      $0.price = money(price)
      $0.priceReason = .agreed
      $0.expires = last
      $0.opening = opening
    }
  }

  private func lived() throws -> DecidedBooks {
    var desk = try DecidedBooks()
    try desk.perform(
      as: .admin,
      DefineService.with {
        $0.code = "TEN"
        $0.name = "Ten sessions"
        $0.type = .package
      })
    try desk.perform(as: .accountant, try sell(5, 40_000, opening: true))
    try desk.on("2026-04-02")
    try desk.perform(as: .reception, try sell(10, 100_000))
    try desk.on("2026-04-03")
    try desk.perform(as: .reception, try sell(3, 10_000))
    try desk.on("2026-04-04")
    try desk.perform(as: .reception, try sell(2, 5_000, expires: "2026-04-30"))
    try desk.on("2026-05-02")
    try desk.see()
    try use(2, 1, in: &desk)
    try use(3, 1, in: &desk)
    try use(2, 3, in: &desk)
    try desk.on("2026-06-03")
    try cancel(3, 4_000, .patient, in: &desk)
    try cancel(4, 0, .expired, in: &desk)
    return desk
  }

  private func use(_ package: UInt64, _ units: UInt32, in desk: inout DecidedBooks) throws {
    try desk.perform(
      as: .practitioner,
      PerformTreatment.with {
        $0.encounter = EncounterID(1)
        $0.service = ServiceID(1)
        $0.units = units
        $0.package = PackageID(package)
      })
  }

  private func cancel(
    _ package: UInt64, _ refund: Int64, _ reason: PackageEnd, in desk: inout DecidedBooks
  ) throws {
    try desk.perform(
      as: .cashier,
      CancelPackage.with {
        $0.package = PackageID(package)
        $0.refundDue = money(refund)
        $0.reason = reason
      })
  }

  private func query(_ on: String?, from: String? = nil) throws -> AccountingQuery {
    AccountingQuery(
      book: "Packages", on: try on.map { try Day(parsing: $0) },
      from: try from.map { try Day(parsing: $0) })
  }

  private func expect(_ report: Report, is name: String) throws {
    for (format, end) in [(ReportFormat.text, "txt"), (.csv, "csv"), (.json, "json")] {
      try Golden.expect(render(report, as: format), is: "accounting/\(name).\(end)")
    }
  }

  @Test func `is what of packages was sold and not used`() throws {
    let desk = try lived()
    let report = AccountingReports.deferred(desk.books.view, try query("2026-05-31"))
    #expect(
      report.texts("package", "sessions", "used", "left", "price", "value", "expires") == [
        "PK1 5 0 5 400.00 400.00 -", "PK2 10 4 6 1000.00 600.00 -", "PK3 3 1 2 100.00 66.67 -",
        "PK4 2 0 2 50.00 50.00 2026-04-30",
      ])
    let now = AccountingReports.deferred(desk.books.view, try query("2026-06-30"))
    #expect(
      now.texts("package", "used", "left", "value") == ["PK1 0 5 400.00", "PK2 4 6 600.00"])
    #expect(desk.balance("2110") == -100_000)
    #expect(desk.faults == [])
    try expect(now, is: "deferred")
  }

  @Test func `rolls forward from one day to another`() throws {
    let desk = try lived()
    let report = AccountingReports.deferred(
      desk.books.view, try query("2026-06-30", from: "2026-05-01"))
    #expect(
      report.texts("package", "opening", "new", "used", "expired", "cancelled", "closing") == [
        "PK1 400.00 0.00 0.00 0.00 0.00 400.00", "PK2 1000.00 0.00 -400.00 0.00 0.00 600.00",
        "PK3 100.00 0.00 -33.33 0.00 -66.67 0.00", "PK4 50.00 0.00 0.00 -50.00 0.00 0.00",
      ])
    try expect(report, is: "deferred-roll-forward")
  }

  // Nothing when they are sold. On 2 May 100.00, 33.33 and 300.00 are earned by the treatments; of PK3
  // 66.67 - 40.00 = 26.67 are kept, and all 50.00 of PK4: 76.67.
  @Test func `is earned in the margin when sessions are used, and what is kept when they are not`()
    throws
  {
    let desk = try lived()
    let earnings = Snapshot(desk.books.earnings, asOf: desk.books.earnings.asOf)
    func rows(_ dimension: ReportDimension) throws -> [String] {
      try AccountingReports.margin(
        earnings, desk.books.view, query("2026-06-30"), form: RowForm(by: dimension)
      ).texts(dimension.rawValue, "net", "contribution")
    }
    #expect(try rows(.service) == ["X1 433.33 433.33", "X2 76.67 76.67"])
    #expect(
      try rows(.month) == ["2026-04 0.00 0.00", "2026-05 433.33 433.33", "2026-06 76.67 76.67"])
  }
}

/// What `TillDay` leaves: M3 of 20.00 in advance, of which 5.00 went back.
@Suite struct `Deposits and credits` {
  private func lived() throws -> TillDay {
    var day = try TillDay()
    try day.open()
    try day.trade()
    try day.desk.perform(
      as: .cashier,
      ReceivePayment.with {
        $0.from = .party(.patient(PatientID(1)))
        $0.amount = money(1_000)
        $0.method = .card(CardTender())
      })
    return day
  }

  private func query() throws -> AccountingQuery {
    AccountingQuery(book: "Till", on: try Day(parsing: "2026-03-02"))
  }

  @Test func `are listed by party and document`() throws {
    let day = try lived()
    let report = AccountingReports.credits(day.desk.books.view, try query())
    #expect(
      report.texts("party", "kind", "account", "document", "received", "applied", "open") == [
        "P1 patient 2100 M3 20.00 5.00 15.00", "P1 patient 2150 M5 10.00 0.00 10.00",
      ])
    #expect(day.desk.balance("2100") == -1_500 && day.desk.balance("2150") == -1_000)
    for (format, end) in [(ReportFormat.text, "txt"), (.csv, "csv"), (.json, "json")] {
      try Golden.expect(render(report, as: format), is: "accounting/credits.\(end)")
    }
  }

  // 200.00 came in; 25.00 settled a charge, of which 5.00 was taken off again: 20.00 is applied.
  @Test func `came in once, also where some of it is taken off a charge again`() throws {
    var books = Books()
    try books.clinic()
    try books.patientRegistered(1)
    try books.charge(1, to: patient(1), 10_000)
    try books.pay(1, from: .patient(PatientID(1)), 20_000)
    try books.allocate(
      1, of: .patient(PatientID(1)), to: 1, owedBy: patient(1), 2_500, day: "2026-03-03")
    try books.take(
      AllocationReleased.with {
        $0.part = ReleasedPart.with {
          $0.payment = PaymentID(1)
          $0.from = .patient(PatientID(1))
          $0.allocation = Allocation(ChargeID(1), owedBy: patient(1), money(500))
        }
        $0.reason = "another charge"
      }, on: 1, day: "2026-03-04")
    let report = AccountingReports.credits(books.view, AccountingQuery())
    #expect(
      report.texts("document", "received", "applied", "open") == ["M1 200.00 20.00 180.00"])
  }

  @Test func `equal their control accounts, as everything does that is kept item by item`() throws {
    let day = try lived()
    let report = AccountingReports.control(day.desk.books.view, try query())
    #expect(
      report.texts("account", "party", "balance", "items", "difference") == [
        "2100 - -15.00 -15.00 0.00", "2100 P1 - -15.00 -", "2150 - -10.00 -10.00 0.00",
        "2150 P1 - -10.00 -",
      ])
    #expect(report.notes == ["Every control account equals its ledger."])
    for (format, end) in [(ReportFormat.text, "txt"), (.csv, "csv"), (.json, "json")] {
      try Golden.expect(render(report, as: format), is: "accounting/control.\(end)")
    }
    let stock = ControlFigure(
      .stock, Amount(minorUnits: 100, .eur), ledger: "stock on hand")
    let off = AccountingReports.control(day.desk.books.view, try query(), figures: [stock])
    #expect(
      off.texts("account", "ledger", "balance", "items", "difference").contains(
        "1400 stock on hand 0.00 1.00 -1.00"))
    #expect(off.notes.count == 1 && off.notes != report.notes)
  }
}
