import Daybook
import Testing

@Suite struct `Closing through the back office` {
  private func here(_ day: String? = nil) throws -> Envelope {
    var envelope = importing()
    envelope.clinic = 1
    envelope.effective = try day.map { try Moment(parsing: "\($0)T09:00:00Z") }
    return envelope
  }

  /// A book with a charge of 100.00 on 15 January 2026.
  private func charged(_ habit: CheckpointHabit = CheckpointHabit()) async throws -> OpenBook {
    let book = try await OpenBook(checkpoints: habit)
    _ = try await book.register("García")
    _ = try await book.office.perform(
      HireStaff.with {
        $0.person.name = "Ada"
        $0.clinics = [ClinicID(1)]
        $0.contract = .owner
      }, here("2026-01-01"))
    _ = try await book.office.perform(
      DefineService.with {
        $0.name = "Consultation"
        $0.type = .consult
        $0.durationSeconds = 900
      }, here("2026-01-01"))
    let start = try Instant(parsing: "2026-01-15T10:00:00Z")
    _ = try await book.office.perform(
      RecordVisit.with {
        $0.patient = PatientID(1)
        $0.practitioner = StaffID(1)
        $0.start = start
        $0.lines = [
          .with {
            $0.service = ServiceID(1)
            $0.listPrice = Amount(minorUnits: 100_00)
          }
        ]
      }, here("2026-01-15"))
    return book
  }

  @Test func `states what each department has added up, and verify adds it up again`() async throws
  {
    let book = try await charged()
    let end = try Day(parsing: "2026-01-31")
    for area in PeriodArea.all {
      let receipt = try await book.office.close(
        ClosePeriod.with {
          $0.area = area
          $0.to = end
        }, here())
      #expect(receipt.first(.period) == UInt64(area.rawValue))
    }
    let totals = try await book.office.totals(of: .accounting, clinic: 1, through: end)
    #expect(totals.figure == Amount(minorUnits: 100_00, .eur) && totals.digest.count == 32)
    let books = try await book.office.snapshot(of: AccountingModel.self)
    let stock = try await book.office.snapshot(of: LogisticsModel.self)
    let staff = try await book.office.snapshot(of: HumanResourcesModel.self)
    let checks =
      AccountingChecks.run(books.model) + LogisticsChecks.run(stock.model)
      + HumanResourcesChecks.run(staff.model)
    for check in checks { #expect(check.passed, "\(check.name): \(check.detail)") }
    #expect(checks.filter { $0.detail == "2 statements" }.count == 1)
    #expect(checks.filter { $0.detail == "1 statements" }.count == 2)
    await book.office.close()
  }

  @Test func `takes the figures again where somebody records in the month meanwhile`() async throws
  {
    let book = try await charged()
    let end = try Day(parsing: "2026-01-31")
    let office = book.office
    let early = try here("2026-01-20")
    try await withThrowingTaskGroup { group in
      for index in 0..<40 {
        group.addTask {
          // Those who come too late are told so.
          _ = try? await office.perform(
            ReceivePayment.with {
              $0.from = .party(.patient(PatientID(1)))
              $0.amount = Amount(minorUnits: Int64(index) + 1)
              $0.method = .card(CardTender())
            }, early)
        }
      }
      let now = try here()
      group.addTask {
        _ = try await office.close(
          ClosePeriod.with {
            $0.area = .accounting
            $0.to = end
          }, now)
      }
      try await group.waitForAll()
    }
    let books = try await office.snapshot(of: AccountingModel.self)
    for check in AccountingChecks.run(books.model) {
      #expect(check.passed, "\(check.name): \(check.detail)")
    }
    let state = await office.state(of: DeskState.self)
    #expect(state.isClosed(end, for: .accounting, at: ClinicID(1)))
    await #expect(throws: Refusal.self) {
      try await office.perform(
        ReceivePayment.with {
          $0.from = .party(.patient(PatientID(1)))
          $0.amount = Amount(minorUnits: 1)
          $0.method = .card(CardTender())
        }, early)
    }
    await office.close()
  }

  private func close(_ book: OpenBook, through day: String) async throws -> ActionReceipt {
    let end = try Day(parsing: day)
    return try await book.office.close(
      ClosePeriod.with {
        $0.area = .accounting
        $0.to = end
      }, here())
  }

  private func checkpoints(of book: OpenBook) throws -> [CheckpointInfo] {
    Checkpoints(book.path, in: .live).list(of: try LogReader(book.path, in: .live).logID)
  }

  /// The answer does not wait for it, but who closes the book does.
  @Test func `leaves a checkpoint of every department, however small the book is`() async throws {
    let book = try await charged()
    let receipt = try await close(book, through: "2026-01-31")
    await book.office.close()
    let found = try checkpoints(of: book)
    #expect(found.map(\.position) == Array(repeating: receipt.last, count: 8))
    #expect(book.office.checkpoints.notices == [])
  }

  @Test func `leaves one behind a year, too`() async throws {
    let book = try await charged()
    _ = try await close(book, through: "2025-12-31")
    let end = try Day(parsing: "2025-12-31")
    let receipt = try await book.office.close(CloseYear.with { $0.yearEnd = end }, here())
    await book.office.close()
    #expect(try checkpoints(of: book).allSatisfy { $0.position == receipt.last })
    #expect(try checkpoints(of: book).count == 8)
  }

  @Test func `leaves none where it is refused`() async throws {
    let book = try await charged()
    await #expect(throws: Refusal.self) { try await close(book, through: "2026-01-15") }
    await book.office.close()
    #expect(try checkpoints(of: book) == [])
  }

  @Test func `leaves none in a book that has one only when it is asked to`() async throws {
    let book = try await charged(.never)
    _ = try await close(book, through: "2026-01-31")
    await book.office.close()
    #expect(try checkpoints(of: book) == [])
  }

  @Test func `is answered where no checkpoint can be written, and that is said`() async throws {
    let book = try await charged()
    // A file stands where the folder belongs.
    let folder = FilePath.join(book.path, "checkpoints")
    if World.live.files.isDirectory(folder) { try World.live.files.removeAll(folder) }
    let file = try World.live.files.open(folder, .create)
    file.close()
    _ = try await close(book, through: "2026-01-31")
    await book.office.close()
    #expect(book.office.checkpoints.notices.allSatisfy { $0.kind == .notWritten })
    #expect(book.office.checkpoints.notices.count == 8)
  }
}
