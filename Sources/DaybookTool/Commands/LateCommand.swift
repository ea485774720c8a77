#if Tool
  import ArgumentParser
  import Daybook

  struct LateCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "late",
      abstract: "What was recorded after a position or time with effect up to a day: by whom, why.",
      discussion:
        """
        The day is --on, and inclusive. With several of --weekend, --night, --round and \
        --own-approval an entry has all of them.
        """)

    static let grouped = GroupedReport.late

    static let examples = [["--since", "1"]]

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "What the log held then is not late: a position, a time, or a day, which means its end.",
        valueName: "position|time|day"))
    var since: String

    @Flag(help: "Only what was recorded on a Saturday or Sunday.") var weekend = false
    @Flag(help: "Only what was recorded from 22:00 to 06:00 of the clinic.") var night = false
    @Flag(help: "Only entries whose debits are whole hundreds: 500.00.") var round = false
    @Flag(help: "Only what was approved by who recorded it.") var ownApproval = false

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<LateCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let days = DayReader(book: book, clinic: question.clinic)
      let known = try days.position(since, "--since")
      return try AccountingReports.late(
        since: known, try accounts(book), AccountingQuery(question), signs: signs,
        filter: try postings.filter(book), form: try grouping.form(book)
      ) { try book.details(of: $0) }
    }

    private var signs: LateSigns {
      var signs: LateSigns = []
      if weekend { signs.insert(.weekend) }
      if night { signs.insert(.night) }
      if round { signs.insert(.round) }
      if ownApproval { signs.insert(.ownApproval) }
      return signs
    }
  }
#endif
