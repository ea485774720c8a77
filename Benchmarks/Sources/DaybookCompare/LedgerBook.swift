import Daybook
import DaybookInterchange
import DaybookScenarios

/// A book of so many journal entries, and the same as a journal for each of the plain-text tools.
struct LedgerBook {
  let path: String
  /// How many entries it was to have, and has or a few more.
  let nominal: Int

  /// Makes the book in `folder`, or finds it there.
  init(_ nominal: Int, in folder: String, world: World) throws {
    self.nominal = nominal
    path = FilePath.join(folder, "ledgers-\(nominal)")
    if try world.files.isDirectory(path) && books(world).entries >= nominal { return }
    if world.files.isDirectory(path) { try world.files.removeAll(path) }
    note("living through \(nominal) journal entries")
    let engine = try Engine(
      path, catalogue: .clinic, world: world, options: LogOptions(creation: .mustBeNew))
    defer { engine.close() }
    var life = ClinicLife(engine, seed: 7)
    var goal = nominal * 2
    while true {
      try life.live(until: goal)
      let entries = try books(world).entries
      if entries >= nominal { break }
      goal += max(500, (nominal - entries) * goal / max(1, entries))
    }
  }

  /// Writes the journals beside the book, and says how large all is.
  func export(for tools: [PlainTextTool], world: World) throws {
    let (view, entries) = try books(world)
    note("\(entries) entries of \(view.asOf) events, \(view.model.postingCount()) postings")
    for format in JournalFormat.allCases where tools.contains(where: { $0.format == format }) {
      try JournalExport(view).write(as: format, to: journal(format), in: world.files)
    }
  }

  func journal(_ format: JournalFormat) -> String { "\(path).\(format.rawValue)" }

  /// What the book comes to by a replay.
  private func books(_ world: World) throws -> (view: Snapshot<AccountingModel>, entries: Int) {
    var log = try LogReader(path, in: world)
    let host = ProjectionHost(.clinic, only: AccountingModel.self)
    try host.catchUp(&log)
    let view: Snapshot<AccountingModel> = host.snapshot()
    return (view, AccountingReports.trialBalance(view, AccountingQuery()).footer.entries)
  }
}
