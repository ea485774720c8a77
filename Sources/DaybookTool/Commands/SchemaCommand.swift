#if Tool
  import ArgumentParser
  import Daybook

  struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema",
      abstract: "The .proto of every event, or the JSON Schema of every report.")

    @Flag(help: "The JSON Schema of what reports give with --format json, instead of the .proto.")
    var reports = false

    @Option(
      name: [.customShort("o"), .customLong("output")],
      help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
    var path: String?

    mutating func validate() throws { try OutputOptions.validate(path) }

    mutating func run() async throws {
      var output = try OutputOptions.parse([])
      output.path = path
      try output.give(
        reports
          ? reportSchema(try await ReportReference.made().shapes)
          : try ToolContext.current.catalogue.schema())
    }
  }
#endif
