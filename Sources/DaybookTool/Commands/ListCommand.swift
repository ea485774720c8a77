#if Tool
  import ArgumentParser
  import Daybook

  extension RegisterKind: ExpressibleByArgument {}

  struct ListCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Who and what is registered, with names.",
      discussion: """
        With --on or --to, what was registered by that day; with --from, only what was registered since. \
        --clinic keeps the clinic itself and the members of staff who work there.
        """)

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
        name: "list-\(kind.rawValue)", title: kind.title, book: "", on: question.on,
        from: question.from, to: question.to, knownAt: position,
        columns: [Column("id", .identifier), Column("ref", .text), Column("name", .text)]
          + kind.columns)
      let wanted = text?.lowercased()
      let through = question.to ?? question.on
      for entry in register.entries(kind, knownAt: position, through: through) {
        if let from = question.from, entry.since < from { continue }
        if let clinic = question.clinic, !entry.belongs(to: clinic) { continue }
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
