#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  /// What can be imported so far.
  enum ImportKind: String, CaseIterable, ExpressibleByArgument {
    case synthea
  }

  struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Real data into the book, through the Desk.",
      discussion: """
        synthea: a folder with the CSV files of a Synthea export. The book is made if there is none. \
        What stands in the book already is found by its source reference and not appended again. \
        Exit 1 if a row was refused; all others are imported.
        """)

    @Argument(help: "synthea.")
    var kind: ImportKind

    @Argument(help: "The folder of the export.")
    var path: String

    @OptionGroup var book: BookOption

    @Flag(help: "Stop at the first row that is refused.")
    var strict = false

    @OptionGroup var writing: WritingOptions
    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
      if path.isEmpty { throw ValidationError("the path is empty; name the folder of the export") }
    }

    mutating func run() async throws {
      let world = ToolContext.current.world
      let source = SyntheaImport(directory: path, world: world, strict: strict)
      try source.check()
      let office = try writing.open(book.path, creation: .ifMissing)
      let result: ImportReport
      do {
        let bar = output.progress("importing")
        defer { bar.clear() }
        result = try await source.run(into: office) { done in
          bar.show(done.bytesRead, of: done.bytesTotal, done.stage)
        }
        try await writing.close(office)
      } catch {
        await office.close()
        throw error
      }
      await office.sayNotices()
      let open = try book.open()
      try output.give(result.report(book: try open.name(), knownAt: open.last))
      guard result.isComplete else {
        let rows = result.rowsRefused == 1 ? "1 row was" : "\(result.rowsRefused) rows were"
        throw ToolFailure(.refused, "\(rows) refused; the report names each with its reason")
      }
    }
  }
#endif
