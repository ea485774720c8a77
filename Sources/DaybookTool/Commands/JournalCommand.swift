#if Tool
  import ArgumentParser
  import Daybook

  struct JournalCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "journal", abstract: "Every posting, in the order in which it was recorded.")

    static let grouped = GroupedReport.journal

    @Flag(
      help: """
        What audit files need of each line beside: the entry's number, document date and reference, \
        tax code, what it is settled with, who recorded it, and the dimensions.
        """)
    var audit = false

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<JournalCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let (view, query) = (try accounts(book), AccountingQuery(question))
      let filter = try postings.filter(book)
      if grouping.areWanted {
        guard !audit else {
          throw ToolFailure.usage("give --by or --pivot, or --audit, not both")
        }
        return try AccountingReports.journal(
          filter, form: try grouping.form(book), view, query)
      }
      guard audit else { return try AccountingReports.journal(filter, view, query) }
      return try AccountingReports.auditJournal(filter, view, query) {
        try book.details(of: $0)
      }
    }
  }
#endif
