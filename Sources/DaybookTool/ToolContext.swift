#if Tool
  public import ArgumentParser
  public import Daybook
  public import DaybookBytes

  /// What a run of the tool works with: the book's catalogue, the world, and where its words go.
  ///
  /// Commands are made by the argument parser, which passes nothing on; they find it here.
  public struct ToolContext: Sendable {
    // A task-local value, not a global: tests run many tools at once, each in a world of its own.
    @TaskLocal static var current = ToolContext()

    /// Families, decision states and read models that the tool knows.
    public var catalogue: Catalogue
    /// Commands of a third party, beside our own.
    public var commands: [any ParsableCommand.Type]
    /// Files, clock and randomness.
    public var world: World
    /// Actions of a third party that `record` takes beside the clinic's.
    public var actions: [RecordAction]
    /// Where answers go.
    public var output: any ToolOutput
    /// Appends up to so many bytes of standard input; returns 0 at its end.
    public var input: @Sendable (Int, inout ByteWriter) throws(FileError) -> Int
    /// What the environment says, by variable.
    public var variable: @Sendable (String) -> String?

    /// The clinic's tool, at the terminal.
    public init(
      catalogue: Catalogue = .clinic, commands: [any ParsableCommand.Type] = [],
      actions: [RecordAction] = [], world: World = .live,
      output: any ToolOutput = TerminalOutput(),
      input: @escaping @Sendable (Int, inout ByteWriter) throws(FileError) -> Int = {
        (count, buffer) throws(FileError) in try StandardInput.read(count: count, into: &buffer)
      },
      variable: @escaping @Sendable (String) -> String? = { Environment.variable($0) }
    ) {
      self.catalogue = catalogue
      // Names are what people type: kept in checkpoints beside the other read models.
      self.catalogue.add(model: Register.self)
      self.catalogue.add(model: OpenWork.self)
      self.commands = commands
      self.actions = actions
      self.world = world
      self.output = output
      self.input = input
      self.variable = variable
    }
  }

  /// Where the tool's words go: the answer to one place, everything beside it to another.
  public protocol ToolOutput: Sendable {
    /// Writes a part of the answer.
    ///
    /// - Throws: what keeps it from being written: a pipe without a reader, a full disk.
    func write(_ bytes: Span<UInt8>) throws(FileError)
    /// Says something beside the answer.
    func say(_ text: String)
    /// Columns of the terminal that the answer goes to; nil where it goes elsewhere.
    var columns: Int? { get }
    /// Whether what is said beside the answer is read by a person as it comes.
    var isWatched: Bool { get }
    /// Whether nobody wants more of the answer: its reader is gone, or the tool was asked to end.
    ///
    /// A command whose answer has no end of its own asks this again and again.
    var isEnough: Bool { get }
  }

  extension ToolOutput {
    /// Writes a part of the answer.
    func write(_ text: String) throws(FileError) { try write(Array(text.utf8).span) }

    /// An answer is wanted to its end unless something says otherwise.
    public var isEnough: Bool { false }
  }

  /// Standard output and standard error.
  public struct TerminalOutput: ToolOutput {
    /// The process's own.
    public init() {}

    public func write(_ bytes: Span<UInt8>) throws(FileError) { try StandardOutput.write(bytes) }
    public func say(_ text: String) { StandardError.write(text) }
    public var columns: Int? { Terminal.output.isTerminal ? Terminal.output.columns ?? 80 : nil }
    public var isWatched: Bool { Terminal.error.isTerminal }
    public var isEnough: Bool { ProcessSignals.endWasAsked || StandardOutput.hasNoReader }
  }
#endif
