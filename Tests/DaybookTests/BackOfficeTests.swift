import Daybook
import Testing

/// A clinic's book in a directory of its own, opened and with its first clinic and reception.
struct OpenBook {
  let folder: TemporaryDirectory
  let path: String
  let office: BackOffice

  init(
    _ world: World = .live, _ options: LogOptions = LogOptions(creation: .ifMissing),
    checkpoints habit: CheckpointHabit = CheckpointHabit()
  ) async throws {
    folder = try TemporaryDirectory()
    path = folder.file("book")
    office = try BackOffice.open(path, world: world, options: options, checkpoints: habit)
    var clinic = DefineClinic()
    clinic.name = "Clínica Sol"
    clinic.timeZone = "UTC"
    clinic.currency = .eur
    clinic.fiscalYearStartMonth = 1
    clinic.transitions = [ZoneTransition()]
    var founding = Envelope()
    founding.role = .system
    _ = try await office.perform(clinic, founding)
  }

  func register(_ name: String, reference: String? = nil) async throws -> ActionReceipt {
    try await office.perform(patient(name), importing(reference))
  }
}

func patient(_ name: String) -> RegisterPatient {
  RegisterPatient.with {
    $0.person = .with { $0.familyName = name }
    $0.birthYear = 1_980
  }
}

/// Registering is left to an importer, which needs no staff.
func importing(_ reference: String? = nil) -> Envelope {
  var envelope = Envelope()
  envelope.actor = Importer.journal.actor
  envelope.role = .import
  envelope.reference = reference
  return envelope
}

@Suite struct `An office that answers before the disk has it` {
  @Test func `has it on the disk where that is asked for`() async throws {
    let book = try await OpenBook(
      .live, LogOptions(durability: .none, creation: .ifMissing))
    let receipt = try await book.register("García")
    #expect(book.office.log.watermark == .start)
    try await book.office.sync()
    #expect(book.office.log.watermark == receipt.last)
    let known: Snapshot<VisitsModel> = try await book.office.snapshot()
    #expect(known.asOf == receipt.last)
    await book.office.close()
    await #expect(throws: LogError.self) {
      try await book.office.log.sync(through: receipt.last.next)
    }
  }

  /// What a checkpoint holds may be in no log after a crash, where it does not wait.
  @Test func `writes no checkpoint of what the disk does not have`() async throws {
    let book = try await OpenBook(
      .live, LogOptions(durability: .none, creation: .ifMissing))
    let receipt = try await book.register("García")
    let written = try await book.office.checkpoint()
    #expect(!written.isEmpty)
    #expect(book.office.log.watermark == receipt.last)
    await book.office.close()
  }
}

@Suite struct `The back office` {
  @Test func `answers when the disk has it`() async throws {
    let book = try await OpenBook()
    let receipt = try await book.register("García")
    #expect(receipt.first(.patient) == 1)
    #expect(book.office.log.watermark >= receipt.last)
    await book.office.close()
  }

  @Test func `gives every one of many callers a number of its own`() async throws {
    let book = try await OpenBook()
    let numbers = try await withThrowingTaskGroup(of: UInt64?.self) { group in
      for index in 0..<200 {
        group.addTask { try await book.register("N\(index)").first(.patient) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(numbers.compactMap(\.self).sorted() == Array(1...200))
    await book.office.close()
    var archive = try Archive(book.path, catalogue: .clinic, world: .live)
    #expect(try archive.host().position == Position(201))
  }

  @Test func `carries out what was queued though its caller has gone`() async throws {
    let book = try await OpenBook()
    let office = book.office
    let task = Task { try await office.perform(patient("Gone"), importing()) }
    task.cancel()
    _ = try? await task.value
    try await office.settle()
    #expect(await office.lastPosition == Position(2))
    await office.close()
  }

  @Test func `answers a repeat as the first time and refuses other content`() async throws {
    let book = try await OpenBook()
    let first = try await book.register("García", reference: "p-1")
    let again = try await book.register("García", reference: "p-1")
    #expect(again.isRepeat)
    #expect(again.events == first.events)
    await #expect(throws: Refusal.self) { try await book.register("Pérez", reference: "p-1") }
    #expect(await book.office.lastPosition == first.last)
    await book.office.close()
  }

  @Test func `has live what a replay has, digest for digest`() async throws {
    let book = try await OpenBook()
    for index in 0..<50 { _ = try await book.register("N\(index)") }
    let live = try await book.office.snapshot(of: HumanResourcesModel.self)
    for index in 50..<80 { _ = try await book.register("N\(index)") }
    let later = try await book.office.snapshot(of: HumanResourcesModel.self)
    await book.office.close()
    var archive = try Archive(book.path, catalogue: .clinic, world: .live)
    let replayed = try archive.snapshot(of: HumanResourcesModel.self)
    #expect(live.asOf == Position(51))
    #expect(later.asOf == replayed.asOf)
    #expect(later.model.digest == replayed.model.digest)
    let past = try archive.snapshot(of: HumanResourcesModel.self, at: live.asOf)
    #expect(past.model.digest == live.model.digest)
  }

  @Test func `locks its book against a second one`() async throws {
    let book = try await OpenBook()
    #expect(throws: LogError.self) { try BackOffice.open(book.path) }
    await book.office.close()
    let again = try BackOffice.open(book.path)
    #expect(await again.lastPosition == Position(1))
    await again.close()
  }

  @Test func `is not made where there is no book`() throws {
    let folder = try TemporaryDirectory()
    #expect(throws: LogError.self) { try BackOffice.open(folder.file("none")) }
  }
}
