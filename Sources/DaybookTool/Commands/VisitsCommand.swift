#if Tool
  public import ArgumentParser
  import Daybook

  struct VisitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "visits", abstract: "Who is to come, who came, who waits, and who is free.",
      discussion: """
        At a terminal the day is that of the clock at the clinic unless another is given; elsewhere it \
        is the latest day of anything that happened, as for all reports.
        """,
      subcommands: [
        VisitsListCommand<DayListReport>.self, FreeCommand.self,
        VisitsListCommand<WaitingReport>.self, VisitsListCommand<UnresolvedReport>.self,
        NoShowsCommand.self, AttendanceCommand.self, CardCommand.self,
      ])
  }

  /// A report of the front office, which at a terminal is of the clock's day.
  protocol VisitsReportCommand: ReportCommand {
    var names: NameOptions { get }

    /// The report that `query` asks of what is known.
    func report(
      _ known: Snapshot<VisitsModel>, _ query: VisitsQuery, _ book: OpenBook
    ) throws -> Report
  }

  extension VisitsReportCommand {
    static var isOfTheClock: Bool { true }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let known: Snapshot<VisitsModel> = try book.snapshot(options.output)
      let report = try report(known, VisitsQuery(question), book)
      return names.areWanted ? try book.naming(report) : report
    }
  }

  /// Whether names stand beside identifiers.
  struct NameOptions: ParsableArguments {
    @Flag(name: .customLong("names"), help: "Names of patients and staff beside their identifiers.")
    var areWanted = false
  }

  /// Whom and what a list is narrowed to.
  struct PlaceOptions: ParsableArguments {
    @Option(
      name: .customLong("with"),
      help: ArgumentHelp(
        "One practitioner: D3, ref:REFERENCE or a part of the name.", valueName: "who"))
    var practitioner: String?

    @Option(
      name: .customLong("in"),
      help: ArgumentHelp("One room, chair or device: Q2 or a part of its name.", valueName: "room"))
    var resource: String?

    /// The query for whom and what was named.
    func narrowed(_ query: VisitsQuery, in book: OpenBook) throws -> VisitsQuery {
      var query = query
      query.practitioner = try practitioner.map {
        StaffID(try book.find($0, among: .staff).stream.number)
      }
      query.resource = try resource.map {
        ResourceID(try book.find($0, among: .rooms).stream.number)
      }
      return query
    }
  }

  /// A list of the front office that is narrowed to a practitioner or a room, and to nothing else.
  protocol VisitsList {
    static var word: String { get }
    static var about: String { get }
    /// As that of its command.
    static var takesFirstDay: Bool { get }

    static func report(
      from model: VisitsModel, asOf: Position, skipped: Int, _ query: VisitsQuery
    ) -> Report
  }

  extension VisitsList {
    static var takesFirstDay: Bool { true }
  }

  struct VisitsListCommand<List: VisitsList>: VisitsReportCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(commandName: List.word, abstract: List.about)
    }

    @OptionGroup var place: PlaceOptions
    @OptionGroup var names: NameOptions
    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { List.takesFirstDay }

    func report(
      _ known: Snapshot<VisitsModel>, _ query: VisitsQuery, _ book: OpenBook
    ) throws -> Report {
      List.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped,
        try place.narrowed(query, in: book))
    }
  }

  extension DayListReport: VisitsList {
    static var word: String { "day-list" }
    static var about: String { "The appointments of a day, and what became of them." }
  }

  extension WaitingReport: VisitsList {
    static var word: String { "waiting" }
    static var about: String { "Who is here and with nobody, and who wants a time." }
    static var takesFirstDay: Bool { false }
  }

  extension UnresolvedReport: VisitsList {
    static var word: String { "unresolved" }
    static var about: String { "Appointments of earlier days of which nothing is known." }
  }

  extension AppointmentDimension: ExpressibleByArgument {}

  struct NoShowsCommand: VisitsReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "no-shows", abstract: "How many of those who were booked did not come.")

    @Option(help: ArgumentHelp("What is counted by.", valueName: "dimension"))
    var by = AppointmentDimension.practitioner

    @Flag(help: "Each missed appointment, one by one.")
    var list = false

    @OptionGroup var place: PlaceOptions
    @OptionGroup var names: NameOptions
    @OptionGroup var options: ReadingOptions

    func report(
      _ known: Snapshot<VisitsModel>, _ query: VisitsQuery, _ book: OpenBook
    ) throws -> Report {
      let query = try place.narrowed(query, in: book)
      return list
        ? MissedListReport.report(
          from: known.model, asOf: known.asOf, skipped: known.skipped, query)
        : try NoShowReport.report(
          by: by, from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }

  struct AttendanceCommand: VisitsReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "attendance", abstract: "How long patients waited, and how long they were seen.")

    @Option(help: ArgumentHelp("What is counted by.", valueName: "dimension"))
    var by = AppointmentDimension.practitioner

    @OptionGroup var place: PlaceOptions
    @OptionGroup var names: NameOptions
    @OptionGroup var options: ReadingOptions

    func report(
      _ known: Snapshot<VisitsModel>, _ query: VisitsQuery, _ book: OpenBook
    ) throws -> Report {
      try AttendanceReport.report(
        by: by, from: known.model, asOf: known.asOf, skipped: known.skipped,
        try place.narrowed(query, in: book))
    }
  }

  struct CardCommand: VisitsReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "card", abstract: "A patient: coverage, appointments and visits.")

    static let examples = [["P1"]]

    @Argument(help: "The patient: P17, ref:REFERENCE or a part of the name.")
    var patient: String

    @OptionGroup var names: NameOptions
    @OptionGroup var options: ReadingOptions

    func report(
      _ known: Snapshot<VisitsModel>, _ query: VisitsQuery, _ book: OpenBook
    ) throws -> Report {
      let entry = try book.find(patient, among: .patients)
      var report = PatientCardReport.report(
        of: PatientID(entry.stream.number), from: known.model, asOf: known.asOf,
        skipped: known.skipped, query)
      if names.areWanted { report.title += " \(entry.name)" }
      return report
    }
  }

  extension VisitsQuery {
    init(_ question: Question) {
      self.init()
      (on, from, to) = (question.on, question.from, question.to)
      (knownAt, clinic) = (question.knownAt, question.clinic)
    }
  }
#endif
