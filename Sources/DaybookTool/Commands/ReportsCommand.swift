#if Tool
  import ArgumentParser
  import Daybook

  struct ReportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reports",
      abstract: "What each report is: its command, columns and options.",
      discussion: """
        Made by asking every command of a small book of its own; no book is needed. With --format csv or \
        json a row for each way to ask, each column and each option. `daybook schema --reports` prints \
        the JSON Schema.
        """)

    @Argument(help: "Only commands that begin so: accounts, accounts tax.")
    var command: [String] = []

    @OptionGroup var output: OutputOptions

    mutating func run() async throws {
      let reference = try await ReportReference.made(of: command)
      let entries = reference.entries
      let wanted = command.joined(separator: " ")
      guard !entries.isEmpty else {
        throw ToolFailure.usage(
          "no report is called \(wanted.quoted); `daybook reports` tells of all")
      }
      if output.format == .text {
        try output.give(
          ReferenceText(entries, common: wanted.isEmpty ? reference.common : [], output.width ?? 80)
            .text)
      } else {
        try output.give(ReferencePage.report(entries, common: reference.common))
      }
    }
  }
#endif
