import Daybook
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookInterchange
import DaybookScenarios
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// A book of a clinic that only defines things.
struct DefinedBook {
  let engine: Engine
  let world: World
  private var envelope = Envelope()

  init(_ name: String, at time: String = "2026-01-05T08:00:00Z") throws {
    let machine = SimulatedMachine(seed: 1, now: try Instant(parsing: time))
    world = machine.start()
    engine = try Engine(
      "/book", catalogue: .clinic, world: world,
      options: LogOptions(preallocateBytes: 1 << 20, creation: .ifMissing), driver: .caller)
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    envelope.effective = try Moment(parsing: time)
    try define(
      DefineClinic.with {
        $0.name = name
        $0.legalName = name
        $0.timeZone = "UTC"
        $0.transitions = [ZoneTransition()]
        $0.currency = .eur
        $0.fiscalYearStartMonth = 1
      })
    envelope.clinic = 1
  }

  mutating func define<C: Command>(
    _ command: C, _ reference: String? = nil
  ) throws where C.State == DeskState {
    var envelope = envelope
    envelope.reference = reference
    _ = try engine.submit(command, envelope).result.get()
    engine.log.step()
  }

  static func account(_ name: String, _ type: LedgerAccountType = .income) -> DefineAccount {
    .with {
      $0.code = "7055"
      $0.name = name
      $0.type = type
    }
  }

  static func tax(_ percent: Int64) -> SetTaxCode {
    .with {
      $0.code = "S"
      $0.rate = Rate(basisPoints: percent * 100)
      $0.taxClass = .standard
      $0.from = Day(daysSince1970: 20_000)
    }
  }

  static func rule(_ account: String) -> SetPostingRule {
    .with {
      $0.eventType = "ChargePosted"
      $0.slots = [
        PostingSlot.with {
          $0.slot = "taxableIncome"
          $0.account = account
        }
      ]
      $0.from = Day(daysSince1970: 20_000)
    }
  }

  static func device(_ name: String) -> DefineResource {
    .with {
      $0.type = .device
      $0.name = name
      $0.serial = "9"
    }
  }

  static func party(_ name: String, days: UInt32 = 30) -> RegisterParty {
    .with {
      $0.type = .supplier
      $0.name = name
      $0.taxID = "B123"
      $0.termsDays = days
    }
  }
}

@Suite struct `What two books say of one thing` {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Words of the reason; nil where they are merged.
    var reason: String?
    /// Events of the second book that are not appended.
    var left: Int
    var first: @Sendable (inout DefinedBook) throws -> Void
    var second: @Sendable (inout DefinedBook) throws -> Void

    init(
      _ name: String, _ reason: String?, left: Int = 0,
      _ first: @escaping @Sendable (inout DefinedBook) throws -> Void,
      _ second: @escaping @Sendable (inout DefinedBook) throws -> Void
    ) {
      testDescription = name
      self.reason = reason
      self.left = left
      self.first = first
      self.second = second
    }
  }

  static let cases: [Case] = [
    Case(
      "an account alike", nil, left: 1, { try $0.define(DefinedBook.account("Courses")) },
      { try $0.define(DefinedBook.account("Courses")) }),
    Case(
      "an account of another name", "account 7055 is \"Courses\" (income) in the book",
      { try $0.define(DefinedBook.account("Courses")) },
      { try $0.define(DefinedBook.account("Rent")) }),
    Case(
      "an account of another kind", "define it alike first",
      { try $0.define(DefinedBook.account("Courses")) },
      { try $0.define(DefinedBook.account("Courses", .expense)) }),
    Case(
      "an account of one book alone", nil, { _ in },
      { try $0.define(DefinedBook.account("Courses")) }),
    Case(
      "a tax code alike", nil, left: 1, { try $0.define(DefinedBook.tax(21)) },
      { try $0.define(DefinedBook.tax(21)) }),
    Case(
      "a tax code of another rate", "tax code S is not set alike",
      { try $0.define(DefinedBook.tax(21)) }, { try $0.define(DefinedBook.tax(20)) }),
    Case(
      "a posting rule alike", nil, left: 2,
      {
        try $0.define(DefinedBook.account("Courses"))
        try $0.define(DefinedBook.rule("7055"))
      },
      {
        try $0.define(DefinedBook.account("Courses"))
        try $0.define(DefinedBook.rule("7055"))
      }),
    Case(
      "a posting rule of the book alone",
      "the posting rule of ChargePosted is set in the book alone",
      {
        try $0.define(DefinedBook.account("Courses"))
        try $0.define(DefinedBook.rule("7055"))
      }, { _ in }),
    Case(
      "a posting rule of the export alone",
      "the posting rule of ChargePosted is set in the export alone", { _ in },
      {
        try $0.define(DefinedBook.account("Courses"))
        try $0.define(DefinedBook.rule("7055"))
      }),
    Case(
      "a supplier of the same tax number", nil, left: 1,
      { try $0.define(DefinedBook.party("Depot")) }, { try $0.define(DefinedBook.party("Depot")) }),
    Case(
      "a supplier of the same tax number and other terms", "one tax number is one party",
      { try $0.define(DefinedBook.party("Depot")) },
      { try $0.define(DefinedBook.party("Depot", days: 60)) }),
    Case(
      "a device of the same serial number", "give one of them another",
      { try $0.define(DefinedBook.device("Laser")) }, { try $0.define(DefinedBook.device("Lamp")) }),
    Case(
      "a reference of the same clinic number", nil,
      { try $0.define(DefinedBook.party("A"), "ref") },
      { try $0.define(RegisterPatient.with { $0.person.familyName = "B" }, "ref") }),
  ]

  @Test(arguments: cases)
  func `is one where it is the same, and refused where it is not`(_ one: Case) async throws {
    var first = try DefinedBook("North")
    var second = try DefinedBook("South", at: "2026-01-06T08:00:00Z")
    try one.first(&first)
    try one.second(&second)
    let merged = try await MergedBook(of: "/book", in: first.world)
    let before = try merged.book.linesOfCopy()
    let report = try await merged.merge("/book", in: second.world)
    if let reason = one.reason {
      #expect(report.eventsAppended == 0 && !report.isComplete)
      #expect(report.refused.first?.reason.contains(reason) == true, "\(report.refused)")
      #expect(try merged.book.linesOfCopy() == before)
    } else {
      #expect(report.refused == [])
      #expect(report.rowsWithoutEvent == one.left)
      #expect(try merged.book.failures() == [])
      #expect(try await merged.book.take().eventsAppended == 0)
    }
    first.engine.close()
    second.engine.close()
  }
}
