import Daybook
import DaybookClinicEvents
import DaybookScenarios
import DaybookTesting
import Testing

@Suite struct `The checkpoints of a clinic` {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `and the log behind them are what a replay is, in every department`(
    _ seed: UInt64
  ) throws {
    var clinic = try CheckpointedClinic(seed: seed)
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<8 {
      try clinic.live(Int(numbers.next() % 60))
      try clinic.checkpoint()
      if numbers.next() % 3 == 0 { try clinic.losePower() }
      try clinic.live(Int(numbers.next() % 20))
      let (stored, notices) = try clinic.host(fromCheckpoints: true)
      let (replayed, _) = try clinic.host(fromCheckpoints: false)
      #expect(notices == [], "seed \(seed)")
      #expect(stored.position == replayed.position)
      #expect(stored.skipped == replayed.skipped)
      #expect(stored.digests.map(\.digest) == replayed.digests.map(\.digest), "seed \(seed)")
      #expect(
        try CheckpointedClinic.state(stored) == CheckpointedClinic.state(replayed), "seed \(seed)")
    }
    let checks = try clinic.checks()
    #expect(checks.count == 14)
    #expect(checks.filter { !$0.passed } == [])
  }

  @Test func `are proved by verify, which names the file and the page that is another`() throws {
    var clinic = try CheckpointedClinic(seed: 7)
    try clinic.live(100)
    try clinic.checkpoint()
    let files = clinic.machine.start().files
    let names = try files.list("/book/checkpoints")
    let pack = try #require(names.first { $0.hasPrefix("small-logistics-") })
    let path = FilePath.join("/book/checkpoints", pack)
    var bytes = try files.bytes(of: path, atMost: 1 << 24)
    bytes[10] ^= 4
    let file = try files.open(path, .readWrite)
    try file.write(bytes.span, at: 0)
    file.close()
    let failed = try clinic.checks().filter { !$0.passed }
    #expect(failed.map(\.name) == ["the checkpoint of small-logistics is what a replay comes to"])
    #expect(failed.first?.detail.contains("checkpoints/\(pack), page 0 of movements") == true)
    #expect(failed.first?.detail.contains("delete it, nothing is lost") == true)
  }
}

@Suite struct `Models of which no page can be had` {
  private func unreadable<Model: Checkpointed>(_ model: Model, _ fresh: Model) throws -> Model {
    var model = model
    guard let draft = try CheckpointDraft(of: &model) else { return fresh }
    return try MemoryPages.copy(&model, into: fresh, damaged: Set(draft.slots.map(\.name))).model
  }

  /// Nothing of them is shown; but to stop the program is no answer either.
  @Test func `are computed from without a trap`() throws {
    var clinic = try CheckpointedClinic(seed: 8)
    try clinic.live(300)
    let host = try clinic.host(fromCheckpoints: false).host
    let staff = try unreadable(
      host.snapshot(of: Small<HumanResourcesModel>.self).model.model, .small())
    _ = StaffListReport.report(from: staff, asOf: host.position, StaffQuery())
    _ = try? StaffUtilisationReport.report(from: staff, asOf: host.position, StaffQuery())
    let stock = try unreadable(
      host.snapshot(of: Small<LogisticsModel>.self).model.model, .small())
    var query = StockQuery()
    query.includesEmpty = true
    for query in [StockQuery(), query] {
      _ = try? StockOnHandReport.report(from: stock, asOf: host.position, query)
      _ = try? StockMovementsReport.report(from: stock, asOf: host.position, query)
      _ = try? StockRecallReport.report(from: stock, asOf: host.position, query)
    }
    #expect(stock.digest == host.snapshot(of: Small<LogisticsModel>.self).model.digest)
    let documents = try unreadable(
      host.snapshot(of: Small<DocumentsModel>.self).model.model, .small())
    _ = DocumentsReport.register(
      Snapshot(documents, asOf: host.position), AccountingQuery())
    _ = documents.documents(numbered: "A-1", knownAt: host.position)
    let visits = try unreadable(
      host.snapshot(of: Small<VisitsModel>.self).model.model, .small())
    _ = DayListReport.report(from: visits, asOf: host.position, VisitsQuery())
    _ = FreeSlotsReport.report(FreeTime(), from: visits, asOf: host.position, VisitsQuery())
    _ = PatientCardReport.report(
      of: PatientID(1), from: visits, asOf: host.position, VisitsQuery())
  }
}

@Suite struct `A back office and its checkpoints` {
  private func fill(_ office: BackOffice, _ actions: Int, seed: UInt64) async throws {
    var clinic = RandomClinic(seed: seed)
    let now = World.live.clock.now()
    for action in RandomClinic.opening(at: now) {
      _ = try await office.submit(action)
    }
    for _ in 0..<actions {
      if case .success(let receipt) = try await office.submit(clinic.next(at: now)).result {
        clinic.note(receipt)
      }
    }
    try await office.settle()
  }

  private func open(_ path: String, _ habit: CheckpointHabit) throws -> BackOffice {
    try BackOffice.open(
      path, options: LogOptions(durability: .synced, creation: .ifMissing), checkpoints: habit)
  }

  @Test func `writes a checkpoint when it is asked to, and goes on from it`() async throws {
    let folder = try TemporaryDirectory()
    let path = folder.file("book")
    let office = try open(path, .never)
    try await fill(office, 100, seed: 1)
    let written = try await office.checkpoint()
    #expect(
      written.map(\.model) == [
        "accounting", "clearing", "decisions", "documents", "earnings", "human-resources",
        "logistics", "visits",
      ])
    #expect(written.map(\.position) == Array(repeating: await office.lastPosition, count: 8))
    #expect(try await office.checkpoint() == [])
    let digest = try await office.snapshot(of: AccountingModel.self).model.digest
    await office.close()
    let again = try open(path, .never)
    let snapshot = try await again.snapshot(of: AccountingModel.self)
    #expect(snapshot.model.digest == digest)
    #expect(throws: Never.self) { try snapshot.check() }
    #expect(again.checkpoints.notices == [])
    await again.close()
  }

  @Test func `writes one on closing where it is worth it, and none where it is not`() async throws {
    let folder = try TemporaryDirectory()
    let path = folder.file("book")
    let office = try open(path, CheckpointHabit(onClose: 10_000))
    try await fill(office, 50, seed: 2)
    await office.close()
    let files = try World.live.files.list(FilePath.join(path, "checkpoints"))
    #expect(files.filter { $0.hasSuffix(".root") } == [])
    let again = try open(path, CheckpointHabit(onClose: 10))
    await again.close()
    #expect(World.live.files.exists(FilePath.join(path, "checkpoints/accounting.root")))
  }

  @Test func `writes them while it is open, beside its callers`() async throws {
    let folder = try TemporaryDirectory()
    let path = folder.file("book")
    let office = try open(path, CheckpointHabit(onClose: .max, whileOpen: 60))
    try await fill(office, 300, seed: 3)
    await office.close()
    let log = try LogReader(path, in: .live)
    let list = Checkpoints(path, in: .live).list(of: log.logID)
    #expect(list.count == 8)
    #expect(list.allSatisfy { $0.position.number >= 60 && $0.position <= log.durable })
    var archive = try Archive(path, catalogue: .clinic, world: .live)
    let digests = try archive.host().digests.map(\.digest)
    #expect(digests == (try archive.host(fromCheckpoints: false)).digests.map(\.digest))
  }

  @Test func `goes on where no checkpoint can be written, and says so`() async throws {
    let folder = try TemporaryDirectory()
    let path = folder.file("book")
    let office = try open(path, CheckpointHabit(onClose: 1))
    try await fill(office, 50, seed: 4)
    // A file stands where the folder belongs.
    try World.live.files.removeAll(FilePath.join(path, "checkpoints"))
    let file = try World.live.files.open(FilePath.join(path, "checkpoints"), .create)
    file.close()
    await #expect(throws: FileError.self) { try await office.checkpoint() }
    try await fill(office, 5, seed: 5)
    #expect(office.checkpoints.notices.allSatisfy { $0.kind == .notWritten })
    #expect(office.checkpoints.notices.count == 8)
    await office.close()
  }

  /// Seven models that could be written say nothing of one that could not.
  @Test func `tells instruments how far the oldest is behind, by all of them`() async throws {
    let folder = try TemporaryDirectory()
    let heard = Heard()
    var world = World.live
    world.instruments = heard.instruments
    let path = folder.file("book")
    let office = try BackOffice.open(
      path, world: world, options: LogOptions(creation: .ifMissing), checkpoints: .never)
    try await fill(office, 50, seed: 6)
    try await office.checkpoint()
    #expect(heard.values(Instruments.Name.checkpointAge) == [0, 0])
    let stood = await office.lastPosition
    // A folder stands where the root of accounting belongs.
    let root = FilePath.join(path, "checkpoints/accounting.root")
    try world.files.remove(root)
    try world.files.createDirectory(root)
    let last = try await office.perform(patient("García"), importing()).last
    await #expect(throws: FileError.self) { try await office.checkpoint() }
    let behind = Int64(last.number - stood.number)
    #expect(behind > 0)
    #expect(heard.values(Instruments.Name.checkpointAge) == [0, 0, behind])
    await office.close()
    #expect(heard.values(Instruments.Name.checkpointAge) == [0, 0, behind, behind])
  }
}

@Suite struct `What a clinic's engine decides on` {
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `is the same from a checkpoint and the tail as from the whole log`(_ seed: UInt64) throws {
    var clinic = try CheckpointedClinic(seed: seed)
    for round in 0..<3 {
      try clinic.live(40)
      #expect(try clinic.checkpointDecisions() != nil)
      try clinic.live(round * 10)
      let live = try clinic.decisions()
      try clinic.losePower()
      let stored = try clinic.decisions()
      #expect(stored.notices == [])
      #expect(stored.digest == live.digest, "seed \(seed), round \(round)")
      try clinic.removeCheckpoints()
      try clinic.losePower()
      #expect(try clinic.decisions().digest == live.digest, "seed \(seed), round \(round)")
    }
  }
}
