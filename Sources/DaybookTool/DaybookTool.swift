#if Tool
  public import ArgumentParser
  public import Daybook

  /// The command line, as a library: `daybook` and what others build on it.
  public enum DaybookTool {
    /// The version that `--version` prints.
    public static let version = "0.2.0"

    /// Runs the tool with the arguments of the process.
    ///
    /// - Parameters:
    ///   - catalogue: What the book is about; a third party adds its own families and read models.
    ///   - commands: Commands of a third party, beside our own.
    ///   - actions: What `record` takes beside the clinic's actions: a third party's commands.
    /// - Returns: How it ended, for the process to end with.
    public static func main(
      catalogue: Catalogue = .clinic, commands: [any ParsableCommand.Type] = [],
      actions: [RecordAction] = []
    ) async -> ToolStatus {
      // A reader such as `head` that has seen enough is no error of ours.
      ProcessSignals.ignoreBrokenPipe()
      return await run(
        Array(CommandLine.arguments.dropFirst()),
        in: ToolContext(catalogue: catalogue, commands: commands, actions: actions))
    }

    /// Ends the process as a run of the tool ended.
    public static func end(with status: ToolStatus) -> Never { ProcessEnd.exit(status.rawValue) }

    /// Runs the tool with `arguments` in `context`.
    public static func run(_ arguments: [String], in context: ToolContext) async -> ToolStatus {
      await ToolContext.$current.withValue(context) {
        do {
          var command = try RootCommand.parseAsRoot(arguments)
          if var command = command as? any AsyncParsableCommand {
            try await command.run()
          } else {
            try command.run()
          }
          return .done
        } catch {
          return end(with: error, context)
        }
      }
    }

    private static func end(with error: any Error, _ context: ToolContext) -> ToolStatus {
      if let error = error as? FileError, error.kind == .brokenPipe { return .done }
      guard let asked = parserAnswer(to: error) else {
        let failure = ToolFailure(error)
        if !failure.message.isEmpty { context.output.say("daybook: \(failure.message)\n") }
        return failure.status
      }
      do {
        if asked.status == .done {
          try context.output.write(asked.text + "\n")
        } else {
          context.output.say(asked.text + "\n")
        }
        return asked.status
      } catch {
        return error.kind == .brokenPipe ? .done : .file
      }
    }

    /// Help, version and mistyped commands, which the parser throws; nil for an error of ours.
    private static func parserAnswer(to error: any Error) -> (status: ToolStatus, text: String)? {
      let code = RootCommand.exitCode(for: error)
      if code == .success { return (.done, RootCommand.fullMessage(for: error)) }
      if code == .validationFailure { return (.usage, RootCommand.fullMessage(for: error)) }
      return nil
    }
  }
#endif
