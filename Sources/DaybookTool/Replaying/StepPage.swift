#if Tool
  import Daybook

  /// Events one after the other, each with its entry and the balances that it changed.
  struct StepPage {
    /// The columns of a report of steps: the event, and then a line of its entry.
    static let columns =
      [
        Column("position", .position), Column("date", .day), Column("recordedAt", .instant),
        Column("event", .text), Column("document", .identifier), Column("clinic", .identifier),
        Column("actor", .identifier), Column("text", .text),
      ] + BookStep.columns

    private let catalogue = ToolContext.current.catalogue

    /// The rows of one event: one a line of its entry, and one where it makes none.
    func rows(_ record: RecordView, _ step: BookStep, _ register: Register) throws -> [[Cell]] {
      let header = record.header
      let event: [Cell] = [
        .position(header.position), .day(header.effective.day), .instant(header.recorded),
        .text(words(header, step)), .identifier(catalogue.shortName(of: header.stream)),
        .identifier(ClinicID(header.clinic)), .identifier(catalogue.name(of: header.actor)),
        .text(try meaning(of: record, register)),
      ]
      if step.lines.isEmpty { return [event + BookStep.columns.map { _ in Cell.empty }] }
      return step.lines.map { event + $0.cells }
    }

    /// One event as a person reads it.
    func text(
      _ record: RecordView, _ step: BookStep, _ register: Register, width: Int?
    ) throws -> String {
      let header = record.header
      let clinic = header.clinic == 0 ? "" : " at \(ClinicID(header.clinic))"
      let late =
        register.moment(header.recorded, clinic: header.clinic).day > header.effective.day
        ? ", recorded \(header.recorded)" : ""
      var lines = [
        "\(header.position)  \(header.effective.day)  \(words(header, step)), "
          + "\(catalogue.shortName(of: header.stream))\(clinic) by \(catalogue.name(of: header.actor))"
          + late
      ]
      if let meaning = try meaning(of: record, register) { lines.append("    " + meaning) }
      if step.lines.isEmpty {
        lines.append("    no entry")
      } else {
        var table = Report(
          name: "step", title: "", book: "", knownAt: header.position, columns: BookStep.columns)
        for line in step.lines { table.append(line.cells) }
        lines += renderTable(table, width: width.map { $0 - 4 }).map { "    " + $0 }
      }
      return lines.joined(separator: "\n") + "\n\n"
    }

    private func words(_ header: RecordHeader, _ step: BookStep) -> String {
      let words = EventWords.words(for: catalogue.name(of: header))
      return step.reverses.map { "\(words) of \($0)" } ?? words
    }

    private func meaning(of record: RecordView, _ register: Register) throws -> String? {
      try RecordMeanings.line(of: record, register)?.first
    }
  }
#endif
