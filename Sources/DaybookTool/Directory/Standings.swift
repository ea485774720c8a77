#if Tool
  import Daybook

  /// What the departments say of one thing, in lines.
  struct Standings {
    private let open: OpenBook
    private let position: Position
    private let output: OutputOptions

    /// As known at `position`.
    init(_ open: OpenBook, at position: Position, _ output: OutputOptions) {
      self.open = open
      self.position = position
      self.output = output
    }

    /// What is owed or unapplied of a charge, a payment, a patient or another party.
    func money(of stream: StreamID) throws -> [String] {
      let books: Snapshot<AccountingModel> = try open.snapshot(at: position, output)
      let standing = books.model.standing(of: stream)
      if standing.isEmpty {
        switch stream.kind {
        case .charge: return ["nothing is owed"]
        case .payment: return ["nothing is unapplied"]
        case .patient, .party: return ["owes nothing and has no credit"]
        default: return []
        }
      }
      return standing.map { standing in
        let party = standing.party == .none ? "" : "\(standing.party) "
        return switch standing.figure {
        case .owes: "\(party)owes \(standing.amount)"
        case .credit: "\(party)has \(standing.amount) unapplied"
        }
      }
    }

    /// Who a patient is now, when they are to come, and whether they wait.
    func visits(of patient: PatientID) throws -> [String] {
      let known: Snapshot<VisitsModel> = try open.snapshot(at: position, output)
      let card = PatientCardReport.report(
        of: patient, from: known.model, asOf: known.asOf, VisitsQuery())
      func words(_ row: [Cell], _ name: String) -> String {
        card.columns.firstIndex { $0.name == name }.flatMap { row[$0].words } ?? ""
      }
      return card.rows.compactMap { row in
        let (kind, id) = (words(row, "kind"), words(row, "id"))
        let with = words(row, "practitioner")
        switch (kind, words(row, "status")) {
        case ("patient", let status) where !status.isEmpty: return status
        case ("same", _): return "\(id) is the same person"
        case ("coming", _): return "is to come on \(words(row, "at")) to \(with): \(id)"
        case ("request", _): return "wants to come from \(words(row, "from")) on: \(id)"
        case ("visit", "arrived"): return "waits since \(words(row, "at")): \(id)"
        case ("visit", "inProgress"): return "is with \(with): \(id)"
        default: return nil
        }
      }
    }

    /// What is left of an item, a line a clinic and lot.
    func onHand(of item: ItemID, at clinic: ClinicID?) throws -> [String] {
      let stock: Snapshot<LogisticsModel> = try open.snapshot(at: position, output)
      var query = StockQuery()
      (query.item, query.clinic) = (item, clinic?.number)
      let report = try StockOnHandReport.report(from: stock.model, asOf: stock.asOf, query)
      let columns = ["clinic", "lot", "expiry", "onHand"].compactMap { name in
        report.columns.firstIndex { $0.name == name }
      }
      let lines = report.rows.map { row in
        let words = columns.map { row[$0].words ?? "" }
        let lot = words[1].isEmpty ? "" : " of lot \(words[1])"
        let expiry = words[2].isEmpty ? "" : ", expiry \(words[2])"
        return "\(words[3]) on hand at \(words[0])\(lot)\(expiry)"
      }
      return lines.isEmpty ? ["none on hand"] : lines
    }
  }

  extension Cell {
    /// What stands in a cell of a list; nil for nothing.
    var words: String? {
      switch self {
      case .text(let text), .identifier(let text): text.isEmpty ? nil : text
      case .day(let day): "\(day)"
      case .count(let count): "\(count)"
      case .quantity(let quantity): "\(quantity)"
      case .moment(let moment): "\(moment)"
      default: nil
      }
    }
  }
#endif
