#if Tool
  public import ArgumentParser
  import Daybook
  import DaybookBytes
  import DaybookInterchange

  extension ReportFormat: ExpressibleByArgument {}

  /// In which form an answer is given, and where it goes.
  struct OutputOptions: ParsableArguments {
    static let formatHelp = ArgumentHelp("In which form the answer is given.", valueName: "form")
    static let pathName: NameSpecification = [.customShort("o"), .customLong("output")]
    static let pathHelp = ArgumentHelp(
      "A file instead of standard output; written aside and renamed. - is standard output.",
      valueName: "file")
    static let quietHelp: ArgumentHelp = "No progress bar."
    static let noColorHelp: ArgumentHelp = "No colours; so far there are none."

    @Option(help: formatHelp)
    var format = ReportFormat.text

    @Option(name: pathName, help: pathHelp)
    var path: String?

    @Flag(help: quietHelp)
    var quiet = false

    @Flag(help: noColorHelp)
    var noColor = false

    mutating func validate() throws { try Self.validate(path) }

    /// Refuses an output that names nothing.
    static func validate(_ path: String?) throws {
      if path?.isEmpty == true { throw ValidationError("-o is empty; name a file") }
    }

    /// The file that was asked for; nil for standard output.
    private var file: String? {
      guard let path, path != "-", path != "/dev/stdout" else { return nil }
      return path
    }

    /// Prints a report, or writes it to the file that was asked for.
    func give(_ report: Report) throws {
      try give(render(report, as: format, width: width))
    }

    /// The same once `check` has found nothing wrong: behind the making of all that is printed, of which
    /// the digest is made last and may read pages of a checkpoint.
    func give(_ report: Report, after check: () throws -> Void) throws {
      let text = render(report, as: format, width: width)
      try check()
      try give(text)
    }

    /// Prints a text, or writes it to the file that was asked for.
    func give(_ text: String) throws {
      let context = ToolContext.current
      if let file {
        try context.world.files.replaceFile(file, with: Array(text.utf8).span)
      } else {
        try context.output.write(text)
      }
    }

    /// Writes bytes as they are.
    func give(_ bytes: [UInt8]) throws {
      let context = ToolContext.current
      if let file {
        try context.world.files.replaceFile(file, with: bytes.span)
      } else {
        try context.output.write(bytes.span)
      }
    }

    /// Passes text on as `body` makes it: an answer that may be longer than memory.
    func stream(_ body: ((String) throws -> Void) throws -> Void) throws {
      let context = ToolContext.current
      if let file {
        var whole = try ExportFile(file, in: context.world.files)
        try body { try whole.write($0) }
        return try whole.commit()
      }
      var waiting = ""
      try body { text in
        waiting += text
        guard waiting.utf8.count >= Self.chunkBytes else { return }
        try context.output.write(waiting)
        waiting = ""
      }
      try context.output.write(waiting)
    }

    private static let chunkBytes = 65_536

    /// Columns that text is fitted to.
    var width: Int? { file == nil ? ToolContext.current.output.columns : nil }

    /// A bar for work that may take long.
    func progress(_ what: String) -> ProgressBar {
      let output = ToolContext.current.output
      return ProgressBar(what, to: quiet || !output.isWatched ? nil : output)
    }
  }
#endif
