#if Tool
  import ArgumentParser
  import Daybook

  struct StockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stock", abstract: "What is on hand, where it came from and where it went.",
      subcommands: [OnHandCommand.self, MovementsCommand.self, RecallCommand.self])
  }

  struct OnHandCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "on-hand", abstract: "What is on hand of each item and lot.")

    @Argument(help: "One item: I5, its code, or a part of its name.")
    var item: String?

    @Flag(help: "Lots of which nothing is left, too.")
    var all = false

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      var query = try StockQuery(question, item: item, in: book)
      query.includesEmpty = all
      let known: Snapshot<LogisticsModel> = try book.snapshot(options.output)
      return try StockOnHandReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }

  struct MovementsCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "movements", abstract: "What came in and went out, with what is left.")

    @Argument(help: "One item: I5, its code, or a part of its name.")
    var item: String?

    @OptionGroup var options: ReadingOptions

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      let query = try StockQuery(question, item: item, in: book)
      let known: Snapshot<LogisticsModel> = try book.snapshot(options.output)
      return try StockMovementsReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }

  struct RecallCommand: ReportCommand {
    static let configuration = CommandConfiguration(
      commandName: "recall", abstract: "A lot from its receipt to the patients who have it.",
      usage: "daybook stock recall [<item>] [<lot>] [<options>]")

    @Argument(help: "An item, a lot, or an item and its lot; all lots by default.")
    var subject: [String] = []

    @OptionGroup var options: ReadingOptions

    var takesFirstDay: Bool { false }

    func report(_ book: OpenBook, _ question: Question) throws -> Report {
      var query = StockQuery(question)
      let known: Snapshot<LogisticsModel> = try book.snapshot(options.output)
      switch subject.count {
      case 0: break
      case 1:
        // A lot is meant where there is one of that name: it is what a recall notice gives.
        if known.model.hasLot(subject[0]) {
          query.lot = subject[0]
        } else {
          query.item = ItemID(try book.find(subject[0], among: .items).stream.number)
        }
      case 2:
        query.item = ItemID(try book.find(subject[0], among: .items).stream.number)
        query.lot = subject[1]
        guard known.model.hasLot(subject[1]) else {
          throw ToolFailure.usage(
            "no lot is called \(subject[1].quoted); `daybook stock on-hand --all` lists them")
        }
      default: throw ToolFailure.usage("give an item, a lot, or an item and its lot")
      }
      return try StockRecallReport.report(
        from: known.model, asOf: known.asOf, skipped: known.skipped, query)
    }
  }

  extension StockQuery {
    fileprivate init(_ question: Question, item: String?, in book: OpenBook) throws {
      self.init(question)
      self.item = try item.map { ItemID(try book.find($0, among: .items).stream.number) }
    }
  }
#endif
