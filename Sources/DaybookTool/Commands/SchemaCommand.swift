#if Tool
  import ArgumentParser
  import Daybook

  struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "The .proto of every event, for any other language.")

    @Option(
      name: [.customShort("o"), .customLong("output")], help: "A file instead of standard output.")
    var file: String?

    mutating func run() throws {
      var output = OutputOptions()
      output.file = file
      try output.give(try ToolContext.current.catalogue.schema())
    }
  }
#endif
