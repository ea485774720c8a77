#if Tool
  import ArgumentParser
  import Daybook

  /// One way to ask for a report, and the columns that the answer has.
  struct ReportForm {
    /// What was asked beside the command: `P1`, `--by clinic`.
    var asked: [Step]
    var report: Report

    /// What one argument adds to a command.
    struct Step: Hashable {
      var name: String
      /// The value, where it is one of several known ones.
      var value = ""

      /// As it is typed.
      var words: [String] {
        (name.split(separator: " ").map(String.init) + [value]).filter { !$0.isEmpty }
      }
    }

    /// Everything that is typed behind the command.
    var words: [String] { asked.flatMap(\.words) }
  }

  extension ReportForm {
    /// The ways to ask a command: as its examples have it, and each with one more argument, of those that
    /// take no value or known ones; all that of everything, of one clinic and of a year.
    ///
    /// - Parameter own: The arguments that the command does not share with all reports.
    /// - Throws: what the command throws at one of its examples.
    static func all(
      of type: any ReportCommand.Type, own: [CommandArgument], book: String
    ) throws -> [ReportForm] {
      var forms: [ReportForm] = []
      let examples = examples(of: type, own)
      for example in examples {
        let first = example.isEmpty ? [] : [Step(name: example.joined(separator: " "))]
        forms += try ask(type, first, book)
        // What excludes the example is no way to ask.
        for step in steps(own) { forms += (try? ask(type, first + [step], book)) ?? [] }
      }
      return forms
    }

    /// What has to be given: the command's own examples, or each value of its first word.
    private static func examples(
      of type: any ReportCommand.Type, _ own: [CommandArgument]
    ) -> [[String]] {
      let needed = own.filter { $0.kind == .positional && !$0.isOptional }
      guard type.examples == [[]], needed.count == 1 else { return type.examples }
      return needed[0].values.isEmpty ? type.examples : needed[0].values.map { [$0] }
    }

    private static func steps(_ own: [CommandArgument]) -> [Step] {
      own.flatMap { argument -> [Step] in
        switch argument.kind {
        case .positional: []
        case .flag: [Step(name: argument.name)]
        case .option: argument.values.map { Step(name: argument.name, value: $0) }
        }
      }
    }

    private static let clinic = Step(name: "--clinic", value: "L1")
    private static let year = Step(name: "--period", value: "2026")

    /// What a command answers: of everything, of one clinic, and of a year.
    ///
    /// - Throws: what it throws where it answers none.
    private static func ask<Command: ReportCommand>(
      _ type: Command.Type, _ steps: [Step], _ path: String
    ) throws -> [ReportForm] {
      var command = try type.parse(steps.flatMap(\.words) + ["--book", path])
      var forms: [ReportForm] = []
      var failure: (any Error)?
      // `--compare previous` takes a range, and others take none.
      func answer(_ more: [Step]) {
        do {
          let (book, question) = try command.options.ask()
          forms.append(
            ReportForm(asked: steps + more, report: try command.report(book, question)))
        } catch {
          failure = failure ?? error
        }
      }
      answer([])
      command.options.clinic = clinic.value
      answer([clinic])
      command.options.clinic = nil
      command.options.period = year.value
      answer([year])
      if forms.isEmpty, let failure { throw failure }
      return forms
    }
  }
#endif
