#if Tool
  public import ArgumentParser
  import Daybook

  extension StatementBasis: ExpressibleByArgument {}

  /// The columns of a statement, and which postings it is made of.
  struct StatementOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("Only these accounts: 4000 6100.", valueName: "account"))
    var accounts: [String] = []

    @Flag(name: [.long, .customShort("M")], help: "A column for each month.")
    var monthly = false

    @Flag(name: [.long, .customShort("Q")], help: "A column for each quarter of the fiscal year.")
    var quarterly = false

    @Flag(name: [.long, .customShort("Y")], help: "A column for each fiscal year.")
    var yearly = false

    @Flag(name: [.long, .customShort("A")], help: "A column of the average of all periods.")
    var average = false

    @Flag(
      name: [.long, .customShort("%")],
      help: "A column of what each figure is of all income, or of all assets.")
    var percent = false

    @Option(
      help: ArgumentHelp(
        """
        Another column beside: the period before, the same days a year before, or the same days as they \
        were known at a position, time or day.
        """, valueName: "previous|year-before|position|time|day"))
    var compare: String?

    @Option(
      help: ArgumentHelp(
        "One after the other by clinic, practitioner, service, payer or tax-code.",
        valueName: "dimension"))
    var by: LedgerDimension?

    @Option(
      help: ArgumentHelp(
        "A column for each clinic, practitioner, service, payer or tax-code.",
        valueName: "dimension"))
    var pivot: LedgerDimension?

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    /// Whether a statement of how things stand has anything that begins on a first day: columns of periods,
    /// or the days before.
    var goesBackToFirstDay: Bool {
      monthly || quarterly || yearly || ["previous", "prior"].contains(compare?.lowercased())
    }

    /// The form that the options come to.
    ///
    /// - Throws: usage, where they exclude each other or something is not known.
    func form(_ book: OpenBook, _ question: Question) throws -> StatementForm {
      var form = StatementForm()
      let steps: [(Bool, StatementStep)] = [
        (monthly, .monthly), (quarterly, .quarterly), (yearly, .yearly),
      ]
      let asked = steps.filter(\.0).map(\.1)
      guard asked.count < 2 else {
        throw ToolFailure.usage("give one of --monthly, --quarterly and --yearly")
      }
      form.step = asked.first
      if quarterly || yearly { form.yearStart = try book.fiscalYearStart(question.clinic) }
      form.comparison = try compare.map {
        try comparison($0, DayReader(book: book, clinic: question.clinic))
      }
      (form.hasAverage, form.hasPercent) = (average, percent)
      (form.by, form.pivot) = (by, pivot)
      if form.pivot != nil, form.by != nil || form.step != nil || form.comparison != nil {
        throw ToolFailure.usage(
          "--pivot makes the columns: give it without --by, --compare, --monthly, --quarterly and --yearly"
        )
      }
      if form.step != nil, form.comparison != nil {
        throw ToolFailure.usage("give --compare, or a column for each period, not both")
      }
      if form.comparison == .previous, question.from == nil {
        throw ToolFailure.usage(
          "--compare previous takes the days before a first day: give --period or --from")
      }
      form.filter = try postings.filter(book)
      form.filter.accounts += accounts
      return form
    }

    private func comparison(_ text: String, _ days: DayReader) throws -> StatementComparison {
      switch text.lowercased() {
      case "previous", "prior": .previous
      case "year-before": .yearBefore
      default: .knownAt(try days.position(text, "--compare"))
      }
    }
  }

  struct IncomeStatementCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "income-statement", abstract: "What was earned, and what that cost.",
      aliases: ["is"])

    @OptionGroup var statement: StatementOptions

    @Option(help: "accrual: when earned and incurred; cash: when paid.")
    var basis = StatementBasis.accrual

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      var form = try statement.form(book, question)
      form.basis = basis
      return try AccountingReports.incomeStatement(
        form, try accounts(book), AccountingQuery(question))
    }
  }

  struct BalanceSheetCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "balance-sheet", abstract: "What there is, and whose it is.", aliases: ["bs"])

    @OptionGroup var statement: StatementOptions

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { statement.goesBackToFirstDay }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.balanceSheet(
        try statement.form(book, question), try accounts(book), AccountingQuery(question))
    }
  }

  struct CashFlowCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "cash-flow", abstract: "What came in and went out in cash, and for what.",
      aliases: ["cf"])

    @OptionGroup var statement: StatementOptions

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      if statement.percent {
        throw ToolFailure.usage("--percent goes with income or assets, not with cash")
      }
      return try AccountingReports.cashFlow(
        try statement.form(book, question), try accounts(book), AccountingQuery(question))
    }
  }
#endif
