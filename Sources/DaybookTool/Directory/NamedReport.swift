#if Tool
  import Daybook

  extension OpenBook {
    /// A report with names beside the identifiers of patients and members of staff.
    ///
    /// No report of a department knows them: whoever prints names has asked for it.
    func naming(_ report: Report) throws -> Report {
      let register = try register()
      let kinds: [String: StreamKind] = ["patient": .patient, "practitioner": .staff]
      let columns = report.columns.flatMap { column in
        kinds[column.name] == nil
          ? [column] : [column, Column(column.name + "Name", .text)]
      }
      var named = Report(
        name: report.name, title: report.title, book: report.book, on: report.on,
        from: report.from, to: report.to, periodHeader: report.periodHeader,
        knownAt: report.knownAt, columns: columns, footer: report.footer, notes: report.notes)
      named.mayHaveSeveralCurrencies = report.mayHaveSeveralCurrencies
      named.currencyTotals = report.currencyTotals
      for row in report.rows {
        named.append(
          zip(report.columns, row).flatMap { column, cell in
            guard let kind = kinds[column.name] else { return [cell] }
            return [cell, name(cell, kind, register, report.knownAt)]
          })
      }
      for (column, total) in zip(report.columns, report.totals) where total != .empty {
        named.setTotal(column.name, total)
      }
      return named
    }

    private func name(
      _ cell: Cell, _ kind: StreamKind, _ register: Register, _ known: Position
    ) -> Cell {
      guard case .identifier(let text) = cell,
        let known = ToolContext.current.catalogue.streamKind(kind),
        case let digits = text.dropFirst(known.prefix.count), text.hasPrefix(known.prefix),
        let number = UInt64(digits)
      else { return .empty }
      return .text(register.entry(StreamID(kind, number), knownAt: Position(.max))?.name)
    }
  }
#endif
