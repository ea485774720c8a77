#if Tool
  import ArgumentParser

  struct RootCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        commandName: "daybook",
        abstract: "The books of a clinic, from a log of everything that happened.",
        discussion: """
          A book is one directory: --book DIR, else $DAYBOOK, else ./daybook. Reading commands need no \
          lock and never change a file.
          Exit codes: 0 done; 1 a check failed or something was refused; 2 usage; 3 no book, or a \
          damaged one; 4 locked by another writer; 5 a file or disk error.
          """,
        version: DaybookTool.version,
        subcommands: [
          InitCommand.self, StatusCommand.self, RecordCommand.self, ImportCommand.self,
          ListCommand.self,
          ShowCommand.self, AccountsCommand.self, StaffCommand.self, StockCommand.self,
          VisitsCommand.self,
          ReplayCommand.self, VerifyCommand.self, LogCommand.self, ExportCommand.self,
          BackupCommand.self, RestoreCommand.self,
          SchemaCommand.self, ReportsCommand.self,
        ] + ToolContext.current.commands)
    }
  }
#endif
