#if Tool
  import ArgumentParser
  import Daybook

  /// Which book a command is about.
  struct BookOption: ParsableArguments {
    static let name = NameSpecification.customLong("book")
    static let help = ArgumentHelp(
      "The book's directory; else $DAYBOOK, else ./daybook.", valueName: "directory")

    @Option(name: name, help: help)
    var directory: String?

    /// The directory, as it is to be opened.
    var path: String {
      if let directory, !directory.isEmpty { return directory }
      if let variable = ToolContext.current.variable("DAYBOOK"), !variable.isEmpty {
        return variable
      }
      return "daybook"
    }

    /// Opens the book for reading.
    func open() throws -> OpenBook { try OpenBook(path) }
  }
#endif
