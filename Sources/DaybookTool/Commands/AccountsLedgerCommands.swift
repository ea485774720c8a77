#if Tool
  public import ArgumentParser
  import Daybook

  extension DayEndForm: ExpressibleByArgument {}

  struct DayEndCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "day-end",
      abstract: "The Z report of each till that was closed on a day; X while one is open.",
      aliases: ["z"])

    @Argument(help: "The day: 2026-03-31, today, yesterday or last. Default: that of --on.")
    var day: String?

    @Option(help: ArgumentHelp("One till: T1. Default: all.", valueName: "till"))
    var till: String?

    @Option(help: "line: all that a Z report says; method: a row for each way of paying.")
    var by = DayEndForm.line

    @OptionGroup var options: ReadingOptions

    mutating func run() throws {
      if day != nil, options.on != nil {
        throw ToolFailure.usage("give the day once, or --on")
      }
      let (book, question) = try options.ask(ofTheClock: Self.isOfTheClock, day: day)
      try give(try report(book, question), book, question)
    }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let number = try till.map { text in
        do throws(ValueError) {
          return try TillID(parsing: text.uppercased()).number
        } catch {
          throw ToolFailure.usage("--till \(text.quoted) is no till; give it as T1")
        }
      }
      let (view, query) = (try accounts(book), AccountingQuery(question))
      var report = AccountingReports.dayEnd(till: number, by: by, view, query)
      if options.output.format == .html {
        let clinics = AccountingReports.dayEndClinics(till: number, view, query)
        // A page of several clinics' tills has one above the other.
        report.letterhead = Letterhead(
          issuer: try clinics.flatMap {
            try book.issuer($0.number, on: report.to ?? report.on, knownAt: report.knownAt)
          })
      }
      return report
    }
  }

  struct CashBookCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "cash", abstract: "The cash book: tills, safes, cash on its way, line by line.")

    static let grouped = GroupedReport.moneyBook

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<CashBookCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.moneyBook(
        .cash, try accounts(book), AccountingQuery(question), filter: try postings.filter(book),
        form: try grouping.form(book))
    }
  }

  struct BankBookCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "bank", abstract: "The bank book: the bank and card receipts, line by line.")

    static let grouped = GroupedReport.moneyBook

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<BankBookCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.moneyBook(
        .bank, try accounts(book), AccountingQuery(question), filter: try postings.filter(book),
        form: try grouping.form(book))
    }
  }

  struct OverridesCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "overrides",
      abstract: "What people took off, paid back, wrote off and undid, by person.")

    static let grouped = GroupedReport.overrides

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<OverridesCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      try AccountingReports.overrides(
        try accounts(book), AccountingQuery(question), filter: try postings.filter(book),
        form: try grouping.form(book))
    }
  }

  extension ReportCommand {
    /// The documents of sales, where it takes them to know at what rates they are.
    fileprivate func documents(
      _ view: Snapshot<AccountingModel>, _ book: OpenBook
    ) throws -> Snapshot<DocumentsModel>? {
      guard AccountingReports.hasChangedRates(view) else { return nil }
      return try book.snapshot(of: DocumentsModel.self, options.output)
    }
  }

  struct TaxCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "tax",
      abstract:
        "The tax return: bases and tax by code and rate, what is deducted, what is to be paid.")

    static let grouped = GroupedReport.tax

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<TaxCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let view = try accounts(book)
      return try AccountingReports.tax(
        view, AccountingQuery(question), filter: try postings.filter(book),
        form: try grouping.form(book), documents: try documents(view, book))
    }
  }

  struct SalesTaxCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "sales-tax", abstract: "Sales of each day by tax code and rate.")

    static let grouped = GroupedReport.salesTax

    @OptionGroup(title: "Which postings") var postings: PostingOptions

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<SalesTaxCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let view = try accounts(book)
      return try AccountingReports.salesTax(
        view, AccountingQuery(question), filter: try postings.filter(book),
        form: try grouping.form(book), documents: try documents(view, book))
    }
  }

  struct DeferredCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "deferred",
      abstract: "Packages that were sold and not used up; with --from, how that came about.")

    static let grouped = GroupedReport.deferred

    @Option(help: ArgumentHelp("What was sold to this patient.", valueName: "patient"))
    var party: String?

    @Option(help: ArgumentHelp("Packages of this service.", valueName: "service"))
    var service: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<DeferredCommand>

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.deferred(
        try accounts(book), AccountingQuery(question),
        form: try grouping.form(book, [(.party, party), (.service, service)]))
    }
  }

  struct CreditsCommand: GroupedCommand {
    static let configuration = CommandConfiguration(
      commandName: "credits",
      abstract: "Deposits, and payments that settle nothing yet, document by document.")

    static let grouped = GroupedReport.credits

    @Option(help: ArgumentHelp("What this patient, payer or party has.", valueName: "who"))
    var party: String?

    @OptionGroup(title: "Sums") var grouping: GroupingOptions<CreditsCommand>

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      AccountingReports.credits(
        try accounts(book), AccountingQuery(question.onItsLastDay),
        form: try grouping.form(book, [(.party, party)]))
    }
  }

  struct ControlCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "control",
      abstract: "Accounts that are kept item by item against their items, party by party.")

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let view = try accounts(book)
      var question = question.onItsLastDay
      question.on = question.on ?? view.model.latestFactDay(at: question.knownAt)
      return AccountingReports.control(
        view, AccountingQuery(question), figures: try stock(book, question))
    }

    /// What the shelves hold by the books of logistics, currency by currency.
    private func stock(_ book: OpenBook, _ question: Question) throws -> [ControlFigure] {
      let known: Snapshot<LogisticsModel> = try book.snapshot(options.output)
      let report = try StockOnHandReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, StockQuery(question))
      guard let value = report.columns.firstIndex(where: { $0.name == "value" }) else { return [] }
      var sums: [Currency: Int64] = [:]
      for row in report.rows {
        if case .amount(let amount) = row[value] {
          sums[amount.currency, default: 0] += amount.minorUnits
        }
      }
      return sums.sorted { $0.key.code < $1.key.code }.map {
        ControlFigure(
          .stock, Amount(minorUnits: $0.value, $0.key), ledger: "stock on hand")
      }
    }
  }
#endif
