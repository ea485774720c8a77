#if Tool
  import ArgumentParser
  import Daybook

  struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "log", abstract: "The log itself: what it holds, its files, its events.",
      subcommands: [
        LogInfoCommand.self, LogVerifyCommand.self, LogReadCommand.self, LogFollowCommand.self,
        LogSalvageCommand.self, LogCompareCommand.self, LogCheckpointCommand.self,
      ])
  }

  struct LogInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "info", abstract: "How much the log holds, from when to when.")

    @OptionGroup var book: BookOption
    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let info = try LogInfo(book.path, in: ToolContext.current.world)
      let catalogue = ToolContext.current.catalogue
      let types = info.types.entries.map { entry in
        "\(catalogue.name(of: entry, in: info))=\(entry.count)"
      }
      let fields: [(Column, Cell)] = [
        (Column("events", .count), .count(Int64(clamping: info.events))),
        (Column("actions", .count), .count(Int64(clamping: info.actions))),
        (Column("segments", .count), .count(Int64(info.segments.count))),
        (Column("bytes", .count), .count(Int64(clamping: info.bytes))),
        (Column("firstRecorded", .instant), info.firstRecorded.map { .instant($0) } ?? .empty),
        (Column("lastRecorded", .instant), info.lastRecorded.map { .instant($0) } ?? .empty),
        (Column("firstEffective", .instant), info.firstEffective.map { .instant($0) } ?? .empty),
        (Column("lastEffective", .instant), info.lastEffective.map { .instant($0) } ?? .empty),
        (Column("types", .text), .text(types.joined(separator: " "))),
      ]
      try output.give(
        output.format == .text || output.format == .html
          ? try page(fields, types, info) : row(fields, info))
    }

    /// One row, for programs.
    private func row(_ fields: [(Column, Cell)], _ info: LogInfo) -> Report {
      var report = Report(
        name: "log-info", title: "Log", book: "", knownAt: info.durable, columns: fields.map(\.0))
      report.append(fields.map(\.1))
      return report
    }

    /// A line a figure, for people.
    private func page(
      _ fields: [(Column, Cell)], _ types: [String], _ info: LogInfo
    ) throws -> Report {
      var page = StatusPage("", info.durable)
      page.report.name = "log-info"
      page.report.title = "Log \(info.logID)"
      for (column, cell) in fields.dropLast() {
        let value =
          switch cell {
          case .count(let count): "\(count)"
          case .instant(let instant): "\(instant)"
          default: ""
          }
        page.add(column.title, value)
      }
      page.add(
        Checkpoints(book.path, in: ToolContext.current.world).list(of: info.logID),
        at: info.durable)
      for type in types {
        let parts = type.split(separator: "=")
        page.add("  \(parts[0])", String(parts[1]))
      }
      page.report.footer = Footer(position: info.durable, entries: Int(info.events))
      return page.report
    }
  }

  struct LogVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Checks every byte of the files; one line a check.",
      discussion: "Exit 3 if they are damaged.")

    @OptionGroup var book: BookOption
    @Flag(help: "Stop at the first check that fails, as an audit does.")
    var strict = false

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
      let world = ToolContext.current.world
      var page = CheckPage("log-verify")
      let isSound = try LogVerifier.verify(book.path, in: world, strict: strict) { page.add($0) }
      if isSound {
        let info = try LogInfo(book.path, in: world)
        page.report.knownAt = info.durable
        page.report.footer = Footer(position: info.durable, entries: Int(info.events))
      }
      try output.give(page.report)
      if !isSound { throw ToolFailure(.noBook, page.failureText) }
    }
  }
#endif
