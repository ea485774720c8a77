#if Tool
  import ArgumentParser
  import Daybook

  /// What the report commands are and which columns their reports have: found by asking each of them
  /// of a sample book, so that no list of columns is kept beside the reports.
  struct ReportReference {
    /// One command with all that it can answer.
    struct Entry {
      /// `accounts trial-balance`.
      var command: String
      var aliases: [String]
      var about: String
      /// The arguments that not all reports take.
      var arguments: [CommandArgument]
      /// Every way that was asked.
      var forms: [ReportForm]
      /// The reports that it gives, in the order in which they came.
      var reports: [DescribedReport]
    }

    private(set) var entries: [Entry] = []
    /// The options that all reports take.
    private(set) var common: [CommandArgument] = []

    /// Asks every report command of the tool, or those whose words begin with `wanted`.
    static func made(of wanted: [String] = []) async throws -> ReportReference {
      try await SampleBook.with { try ReportReference(of: wanted, book: $0) }
    }

    private let wanted: [String]

    private init(of wanted: [String], book: String) throws {
      self.wanted = wanted
      common = try CommandArgument.all(of: AnyReport.self)
      try add(RootCommand.configuration.subcommands, under: [], book)
    }

    private mutating func add(
      _ commands: [any ParsableCommand.Type], under path: [String], _ book: String
    ) throws {
      for command in commands {
        let configuration = command.configuration
        let path = path + [configuration.commandName ?? ""]
        if let report = command as? any ReportCommand.Type, path.starts(with: wanted) {
          let own = try CommandArgument.all(of: report).filter { !common.contains($0) }
          let forms: [ReportForm]
          do {
            forms = try ReportForm.all(of: report, own: own, book: book)
          } catch {
            throw ToolFailure(
              .refused,
              "`\(path.joined(separator: " "))` has no example that can be asked: "
                + ToolFailure(error).message)
          }
          entries.append(
            Entry(
              command: path.joined(separator: " "), aliases: configuration.aliases,
              about: configuration.abstract, arguments: own, forms: forms,
              reports: DescribedReport.all(of: forms)))
        }
        try add(configuration.subcommands, under: path, book)
      }
    }

    /// The shapes of all reports; of a report that several commands give, all columns together.
    var shapes: [ReportShape] {
      var names: [String] = []
      var forms: [String: [ReportForm]] = [:]
      for entry in entries {
        for form in entry.forms {
          let name = form.report.name
          if forms[name] == nil { names.append(name) }
          forms[name, default: []].append(form)
        }
      }
      return names.flatMap { DescribedReport.all(of: forms[$0] ?? []).map(\.shape) }
    }
  }

  /// A command with nothing but what all reports take.
  private struct AnyReport: ParsableCommand {
    @OptionGroup var options: ReadingOptions
  }
#endif
