import DaybookEvents
import DaybookReporting
import DaybookValues

/// The cells of a journal's line that audit files need beside those of every journal.
struct AuditCells {
  static let columns = [
    Column("number", .count), Column("documentDate", .day), Column("reference", .text),
    Column("partyRef", .text), Column("taxCode", .identifier), Column("match", .identifier),
    Column("matchedOn", .day), Column("opening", .text), Column("user", .identifier),
    Column("userRef", .text), Column("clinic", .identifier), Column("clinicRef", .text),
    Column("practitioner", .identifier), Column("practitionerRef", .text),
    Column("service", .identifier), Column("serviceRef", .text), Column("payer", .identifier),
    Column("payerRef", .text), Column("reversedBy", .position),
  ]

  private let scope: Scope
  private let details: EventDetails
  private let matches: MatchedParts
  private let items: MatchedItems
  private let dimensions: PostingDimensions
  // Only asked for a key, never iterated.
  private let reversals: [Position: Position]

  init(_ lines: [JournalLineRow], _ scope: Scope, _ details: EventDetails) {
    self.scope = scope
    self.details = details
    matches = MatchedParts(of: lines.lazy.map(\.row), scope)
    items = MatchedItems(of: lines, scope)
    dimensions = PostingDimensions(scope)
    var reversals: [Position: Position] = [:]
    for row in scope.model.reversals.rows(through: scope.position) {
      reversals[row.of] = row.position
    }
    self.reversals = reversals
  }

  func cells(_ line: JournalLineRow, _ posting: BookedPosting) -> [Cell] {
    let row = line.row
    let detail = details[row.position]
    let match = matches.match(row) ?? items.match(line.index)
    let date = detail?.documentDate ?? posting.day
    let reference = detail?.reference(ofLine: row.line) ?? ""
    var cells: [Cell] = [.count(Int64(line.entry)), .day(date), .text(reference)]
    cells.append(scope.cells(posting.party)[1])
    if let code = posting.taxCode { cells.append(.identifier(code)) } else { cells.append(.empty) }
    if let match {
      cells += [.identifier(match.code), .day(match.day)]
    } else {
      cells += [.empty, .empty]
    }
    cells.append(detail?.isOpening == true ? .text("opening") : .empty)
    cells += scope.cells(posting.actor)
    for dimension in [LedgerDimension.clinic, .practitioner, .service, .payer] {
      cells += dimensions.cells(dimension, dimensions.value(dimension, of: row))
    }
    if let by = reversals[row.position] {
      cells.append(.position(by))
    } else {
      cells.append(.empty)
    }
    return cells
  }
}
