#if Tool
  import Daybook

  /// The reference of reports as a table, for programs.
  enum ReferencePage {
    static let columns = [
      Column("command", .text), Column("report", .identifier), Column("part", .text),
      Column("name", .text), Column("kind", .text), Column("when", .text), Column("about", .text),
    ]

    /// When CSV and JSON have a column more, and what it is.
    static let currencyWhen = "where the clinics asked for keep several currencies"
    static let currencyAbout = "the currency of the row's amounts, behind all other columns"

    /// A row for each way to ask (`form`), each column and each option of the commands.
    static func report(
      _ entries: [ReportReference.Entry], common: [CommandArgument]
    ) -> Report {
      var page = Report(
        name: "reports", title: "Reports", book: "", knownAt: .start, columns: columns)
      for entry in entries {
        for name in entry.aliases {
          page.append(row(entry.command, "", "alias", name, "", "", ""))
        }
        for form in entry.forms {
          let words = form.words.joined(separator: " ")
          page.append(row(entry.command, form.report.name, "form", words, "", "", entry.about))
        }
        for report in entry.reports {
          for part in report.parts {
            page.append(
              row(
                entry.command, report.name, "column", part.printedName,
                part.column.kind.rawValue, part.when, part.about(in: report.name)))
          }
          if report.shape.mayNameCurrency {
            page.append(
              row(
                entry.command, report.name, "column", Column.currency.name,
                Column.currency.kind.rawValue, currencyWhen, currencyAbout))
          }
        }
        for argument in entry.arguments + common {
          page.append(
            row(
              entry.command, "", argument.kind.rawValue, argument.names.joined(separator: " "),
              argument.value, argument.isOptional ? "" : "always", argument.about))
        }
        page.endSection(entry.command)
      }
      page.headingColumns = 1
      page.footer = Footer(position: .start, entries: page.rows.count)
      return page
    }

    private static func row(_ texts: String...) -> [Cell] {
      texts.map { $0.isEmpty ? .empty : .text($0) }
    }
  }

  extension DescribedReport.Part {
    /// The column's name; of one that the question makes, what there is one each of: `(period)`.
    var printedName: String {
      column.each.map { "(\($0))" } ?? column.name
    }

    /// What the column is, as far as its name does not say it.
    func about(in report: String) -> String {
      if let meaning = ColumnMeanings.meaning(of: column.name, in: report) { return meaning }
      if let each = column.each { return "one for each \(each), named by it" }
      return column.title == column.name ? "" : column.title
    }
  }
#endif
