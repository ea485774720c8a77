import Daybook

/// A trial balance from the start of a process to its end: ours with a checkpoint and by a replay from
/// position 1, and the tools of plain-text accounting, from journals of the same book. All must give
/// the same balance of every account, or there is no figure.
func compareLedgers(
  _ options: Options, in folder: String, world: World, into results: inout Results
) throws {
  guard let daybook = options.daybook else {
    return note("the plain-text tools are not measured: --daybook names no program to stand beside")
  }
  if !world.files.isDirectory(folder) { try world.files.createDirectory(folder) }
  let tools = PlainTextTool.allCases.filter { tool in
    if tool.path(world) != nil { return true }
    note("\(tool.rawValue) is not measured: \(tool.program) is missing")
    return false
  }
  for tool in tools {
    let asked = tool.arguments("JOURNAL").joined(separator: " ")
    let version = try ProcessRun([tool.program, "--version"], in: folder, world)
    let line = version.output.split(whereSeparator: \.isNewline).first ?? ""
    note("\(tool.rawValue) is \(line), asked by: \(asked)")
  }
  for entries in [options.transactions / 10, options.transactions] {
    let book = try LedgerBook(entries, in: folder, world: world)
    let mine = tools.filter { $0.takes(entries, of: options.transactions) }
    try book.export(for: mine, world: world)
    let contest = LedgerContest(daybook: daybook, book: book, folder: folder, world: world)
    try contest.run(mine, rounds: options.quick ? 3 : 9, into: &results)
  }
}

/// One book in the hands of all that can read it.
private struct LedgerContest {
  let daybook: String
  let book: LedgerBook
  let folder: String
  let world: World

  private var checkpoints: String { FilePath.join(book.path, "checkpoints") }
  private var aside: String { FilePath.join(book.path, "aside") }

  func run(_ tools: [PlainTextTool], rounds: Int, into results: inout Results) throws {
    let write = [daybook, "log", "checkpoint", "--book", book.path]
    _ = try ProcessRun(write, in: folder, world)
    var (opened, replayed): ([ProcessRun], [ProcessRun]) = ([], [])
    // The first round reads the files into the page cache.
    for round in 0...rounds {
      let fast = try trialBalance()
      let slow = try withoutCheckpoints { try trialBalance() }
      guard fast.output == slow.output else {
        throw Failure("a replay gives another trial balance than the checkpoint")
      }
      if round > 0 {
        opened.append(fast)
        replayed.append(slow)
      }
    }
    let ours = try AccountBalances(csv: opened[0].output)
    let fast = Runs("daybook.checkpoint-\(book.nominal)", opened)
    let slow = Runs("daybook.replay-\(book.nominal)", replayed)
    for runs in [fast, slow] {
      for figure in [runs.wall, runs.processor, runs.memory] { try results.add(figure) }
    }
    for tool in tools {
      let runs = Runs("\(tool.rawValue)-\(book.nominal)", try self.runs(of: tool, ours))
      try results.add(runs.wall.times(fast.wall))
      try results.add(runs.wall.times(slow.wall, ".replay"))
      try results.add(runs.processor.times(fast.processor))
      try results.add(runs.processor.times(slow.processor, ".replay"))
      try results.add(runs.memory.times(slow.memory))
    }
  }

  private func trialBalance() throws -> ProcessRun {
    let ask = [daybook, "accounts", "trial-balance", "--format", "csv", "--book", book.path]
    return try ProcessRun(ask, in: folder, world)
  }

  private func withoutCheckpoints(_ body: () throws -> ProcessRun) throws -> ProcessRun {
    try world.files.rename(checkpoints, to: aside)
    defer { try? world.files.rename(aside, to: checkpoints) }
    let run = try body()
    guard !world.files.exists(checkpoints) else {
      throw Failure("whoever reads a book wrote a checkpoint")
    }
    return run
  }

  /// Three runs, or one where that takes half a minute.
  private func runs(of tool: PlainTextTool, _ ours: AccountBalances) throws -> [ProcessRun] {
    let ask = tool.arguments(book.journal(tool.format))
    // The first of these makes the copy.
    if tool == .beancountCached { _ = try ProcessRun(ask, in: folder, world) }
    var runs: [ProcessRun] = []
    repeat {
      note("\(tool.rawValue) adds up \(book.nominal) entries")
      let run = try ProcessRun(ask, in: folder, world)
      try ours.check(try AccountBalances(answer: run.output), of: tool)
      runs.append(run)
    } while runs.count < 3 && runs[0].wall < 30_000
    return runs
  }
}

/// Several runs of one program, as figures.
private struct Runs {
  let wall: Figure
  let processor: Figure
  let memory: Figure

  init(_ name: String, _ runs: [ProcessRun]) {
    let name = "trial-balance.\(name)"
    wall = Figure(name: name, values: runs.map(\.wall), unit: "ms")
    processor = Figure(name: "\(name).processor", values: runs.map(\.processor), unit: "ms")
    memory = Figure(name: "\(name).memory", values: runs.map(\.memory), unit: "MiB")
  }
}

extension Figure {
  /// How many times as much as `other`, by the medians: the rounds are no pairs.
  fileprivate func times(_ other: Figure, _ suffix: String = "") -> Figure {
    var figure = self
    figure.name += suffix
    figure.ratio = median / other.median
    figure.against = other.name
    return figure
  }
}
