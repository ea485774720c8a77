#if Tool
  import ArgumentParser
  import Daybook

  /// A report whose rows may be summed up.
  protocol GroupedCommand: ReportCommand {
    /// Which report it is: what its rows may be summed up by.
    static var grouped: GroupedReport { get }
  }

  /// A dimension that the report of a command has.
  struct Grouping<Command: GroupedCommand>: ExpressibleByArgument, Hashable {
    let dimension: ReportDimension

    init?(argument: String) {
      guard let dimension = ReportDimension(rawValue: argument.lowercased()),
        Command.grouped.dimensions.contains(dimension)
      else { return nil }
      self.dimension = dimension
    }

    static var allValueStrings: [String] { Command.grouped.dimensions.map(\.rawValue) }

    static var words: String { ListText.or(allValueStrings) }
  }

  /// What the rows of a report are summed up by.
  struct GroupingOptions<Command: GroupedCommand>: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "Sums by \(Grouping<Command>.words), which stands first.", valueName: "dimension"))
    var by: Grouping<Command>?

    @Option(
      help: ArgumentHelp(
        """
        Sums of one figure, a column for each of these; by \
        \(Grouping<Command>.allValueStrings[0]) if --by is left out.
        """, valueName: "dimension"))
    var pivot: Grouping<Command>?

    /// Whether sums are asked for.
    var areWanted: Bool { by != nil || pivot != nil }

    /// The form that the options come to, of the rows that `terms` ask for: each with what somebody
    /// typed, if anything.
    ///
    /// - Throws: usage, where both are one dimension, or something is not known or not unique.
    func form(
      _ book: OpenBook, _ terms: [(ReportDimension, String?)] = []
    ) throws -> RowForm {
      var form = RowForm(by: by?.dimension, pivot: pivot?.dimension)
      form.terms = try book.terms(terms)
      if form.pivot != nil, form.by == nil {
        form.by = Command.grouped.dimensions.first { $0 != form.pivot }
      }
      if let pivot, pivot == by {
        throw ToolFailure.usage(
          "--by and --pivot are both \(pivot.dimension.rawValue): give two dimensions")
      }
      return form
    }
  }

  extension OpenBook {
    /// The terms of a form out of what was typed for each.
    ///
    /// - Throws: usage, where somebody or something is not known or not unique.
    func terms(_ asked: [(ReportDimension, String?)]) throws -> [ReportDimension: UInt64] {
      var terms: [ReportDimension: UInt64] = [:]
      for (dimension, text) in asked {
        guard let text else { continue }
        terms[dimension] = try number(of: text, dimension)
      }
      return terms
    }

    private func number(of text: String, _ dimension: ReportDimension) throws -> UInt64 {
      let kind: RegisterKind
      switch dimension {
      case .party: return UInt64(try partyKey(text).rawValue)
      case .practitioner: kind = .staff
      case .service: kind = .services
      case .payer: kind = .payers
      case .supplier: kind = .suppliers
      case .item: kind = .items
      case .taxCode: kind = .taxes
      default: preconditionFailure("\(dimension.rawValue) is no term of a report")
      }
      return try find(text, among: kind).stream.number
    }
  }
#endif
