#if Tool
  import ArgumentParser
  import Daybook

  extension RegisterKind: ExpressibleByArgument {}

  struct ListCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Who and what is registered, with names.")

    @Argument(
      help: "patients, payers, suppliers, parties, staff, items, services, rooms or clinics.")
    var kind: RegisterKind

    @Argument(help: "Only those whose identifier, reference, code or name holds this.")
    var text: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let known: Snapshot<Register> = try book.snapshot(options.output)
      let register = known.model
      let position = min(question.knownAt ?? known.asOf, known.asOf)
      var report = Report(
        name: "list-\(kind.rawValue)", title: kind.title, book: question.book,
        knownAt: position,
        columns: [Column("id", .identifier), Column("ref", .text), Column("name", .text)]
          + kind.columns)
      let wanted = text?.lowercased()
      for entry in register.entries(kind, knownAt: position) {
        let reference = register.reference(entry.stream, knownAt: position)
        if let wanted {
          let texts = [entry.id, reference, entry.code, entry.name]
          guard texts.contains(where: { $0.lowercased().contains(wanted) }) else { continue }
        }
        report.append([.identifier(entry.id), .text(reference), .text(entry.name)] + entry.details)
      }
      report.footer = Footer(
        position: position, entries: report.rows.count, skipped: known.skipped)
      return report
    }
  }
#endif
