import DaybookAccounting
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Books from a checkpoint` {
  @Test(arguments: [(1, 1), (2, 3), (3, 4), (4, 64), (5, 1024), (6, 65_536)] as [(UInt64, Int)])
  func `go on as those do that were never stored, to the last byte`(
    _ seed: UInt64, _ chunkRows: Int
  ) throws {
    var plain = try RandomBooks(seed: seed, chunkRows: chunkRows)
    var stored = try RandomBooks(seed: seed, chunkRows: chunkRows)
    for step in 0..<240 {
      try plain.step()
      try stored.step()
      if step % 17 == Int(seed) {
        stored.books.model = try MemoryPages.copy(
          &stored.books.model, into: AccountingModel(chunkRows: chunkRows)
        ).model
        #expect(stored.books.model.digest == plain.books.model.digest, "seed \(seed), step \(step)")
      }
    }
    #expect(
      try MemoryPages.state(of: stored.books.model) == MemoryPages.state(of: plain.books.model))
    for _ in 0..<40 {
      let position = plain.somePosition()
      #expect(
        stored.books.model.digest(at: position) == plain.books.model.digest(at: position),
        "seed \(seed), position \(position)")
      let query = AccountingQuery(on: plain.someDay(), knownAt: position)
      #expect(
        AccountingReports.trialBalance(stored.books.view, query)
          == AccountingReports.trialBalance(plain.books.view, query), "seed \(seed)")
    }
    #expect(AccountingChecks.run(stored.books.model).filter { !$0.passed } == [])
  }

  @Test func `give a trial balance without reading a full chunk`() throws {
    var random = try RandomBooks(seed: 9, chunkRows: 8)
    try random.steps(200)
    guard let draft = try CheckpointDraft(of: &random.books.model) else { return }
    let open = random.books.model.postingCount() / 8
    let full = Set(
      draft.slots.map(\.name).filter {
        $0.part != "ledger.turnovers" && $0.part != "days.steps"
          && $0 != PageName(part: "ledger.postings", index: open)
      })
    let stored = try MemoryPages.copy(
      &random.books.model, into: AccountingModel(chunkRows: 8), damaged: full
    ).model
    #expect(
      AccountingReports.trialBalance(Snapshot(stored), AccountingQuery()).rows
        == AccountingReports.trialBalance(random.books.view, AccountingQuery()).rows)
  }

  @Test func `age what is owed without reading the postings of a full chunk`() throws {
    var random = try RandomBooks(seed: 9, chunkRows: 8)
    try random.steps(200)
    guard let draft = try CheckpointDraft(of: &random.books.model) else { return }
    let open = random.books.model.postingCount() / 8
    let postings = Set(
      draft.slots.map(\.name).filter { $0.part == "ledger.postings" && $0.index != open })
    #expect(postings.count == open)
    let stored = try MemoryPages.copy(
      &random.books.model, into: AccountingModel(chunkRows: 8), damaged: postings
    ).model
    #expect(
      AccountingReports.receivables(Snapshot(stored), AccountingQuery()).rows
        == AccountingReports.receivables(random.books.view, AccountingQuery()).rows)
  }

  @Test func `are computed from without a trap where nothing of them can be read`() throws {
    var random = try RandomBooks(seed: 10, chunkRows: 8)
    try random.steps(200)
    guard let draft = try CheckpointDraft(of: &random.books.model) else { return }
    let stored = try MemoryPages.copy(
      &random.books.model, into: AccountingModel(chunkRows: 8),
      damaged: Set(draft.slots.map(\.name))
    ).model
    let view = Snapshot(stored)
    _ = AccountingReports.trialBalance(view, AccountingQuery())
    _ = AccountingReports.journal(view, AccountingQuery())
    _ = AccountingReports.receivables(view, AccountingQuery())
    _ = AccountingReports.openReceivables(view, AccountingQuery())
    _ = AccountingReports.payables(view, AccountingQuery())
    _ = AccountingReports.statement(ofParty: PartyID(1), view, AccountingQuery())
    _ = AccountingReports.revenue(by: .service, view, AccountingQuery())
    _ = AccountingReports.statement(of: PatientID(5), view, AccountingQuery())
    _ = try AccountingReports.explain(.account("1200"), view, AccountingQuery())
    _ = AccountingChecks.run(stored)
  }
}
