#if Tool
  import ArgumentParser
  import Daybook

  struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "The .proto of every event, for any other language.")

    @Option(
      name: [.customShort("o"), .customLong("output")],
      help: ArgumentHelp("A file instead of standard output.", valueName: "file"))
    var path: String?

    mutating func validate() throws { try OutputOptions.validate(path) }

    mutating func run() throws {
      var output = try OutputOptions.parse([])
      output.path = path
      try output.give(try ToolContext.current.catalogue.schema())
    }
  }
#endif
