public import DaybookBytes
import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What clears what, beside the books: claims and their answers, what payers remit, lines of bank
/// statements, and goods that wait for their invoice.
///
/// The books have the amounts; what is kept here is what they were for. The model answers for every
/// position up to its own: its histories are rows in position order, and what is undone stays, with a
/// row that says so. Amounts are minor units of their clinic's currency.
public struct ClearingModel: ReadModel {
  /// `clearing`
  public static var name: String { "clearing" }
  /// Raised with every change of what is computed.
  public static var version: UInt32 { 1 }

  var claims: History<ClaimRow>
  var claimed: History<ClaimedRow>
  var answers: History<AnswerRow>
  var answered: History<AnsweredRow>
  var remittances: History<RemittanceRow>
  var remitted: History<RemittedRow>
  var bankLines: History<BankLineRow>
  var bankMatches: History<BankMatchRow>
  var openings: History<OpeningRow>
  var goods: History<GoodsRow>
  var goodsMoves: History<GoodsMoveRow>
  var undone: History<UndoneRow>
  var references = References()

  /// Nothing is to be cleared.
  public init() { self.init(chunkRows: 65_536) }

  /// Nothing is to be cleared; chunks are smaller in tests only.
  package init(chunkRows: Int) {
    claims = History(chunkRows: chunkRows)
    claimed = History(chunkRows: chunkRows)
    answers = History(chunkRows: chunkRows)
    answered = History(chunkRows: chunkRows)
    remittances = History(chunkRows: chunkRows)
    remitted = History(chunkRows: chunkRows)
    bankLines = History(chunkRows: chunkRows)
    bankMatches = History(chunkRows: chunkRows)
    openings = History(chunkRows: chunkRows)
    goods = History(chunkRows: chunkRows)
    goodsMoves = History(chunkRows: chunkRows)
    undone = History(chunkRows: chunkRows)
  }

  public mutating func apply(_ event: borrowing Event) throws {
    switch event.header.family {
    case .accounting: try applyAccounting(event)
    case .logistics: try applyLogistics(event)
    case .corrections: try applyCorrections(event)
    default: break
    }
  }

  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("claims", &claims)
    try parts.visit("claimed", &claimed)
    try parts.visit("answers", &answers)
    try parts.visit("answered", &answered)
    try parts.visit("remittances", &remittances)
    try parts.visit("remitted", &remitted)
    try parts.visit("bankLines", &bankLines)
    try parts.visit("bankMatches", &bankMatches)
    try parts.visit("openings", &openings)
    try parts.visit("goods", &goods)
    try parts.visit("goodsMoves", &goodsMoves)
    try parts.visit("undone", &undone)
    try parts.visit("references", &references)
  }

  public var digest: String { digest(knownAt: .end) }

  /// The digest that the model had at `position`, inclusive.
  public func digest(knownAt position: Position) -> String {
    var writer = ByteWriter(capacity: 512)
    writer.appendText(Self.name)
    writer.appendLittleEndian(Self.version)
    claims.digest(through: position).append(to: &writer)
    claimed.digest(through: position).append(to: &writer)
    answers.digest(through: position).append(to: &writer)
    answered.digest(through: position).append(to: &writer)
    remittances.digest(through: position).append(to: &writer)
    remitted.digest(through: position).append(to: &writer)
    bankLines.digest(through: position).append(to: &writer)
    bankMatches.digest(through: position).append(to: &writer)
    openings.digest(through: position).append(to: &writer)
    goods.digest(through: position).append(to: &writer)
    goodsMoves.digest(through: position).append(to: &writer)
    undone.digest(through: position).append(to: &writer)
    references.digest(through: position).append(to: &writer)
    return writer.withSpan { SHA256.hash($0) }.description
  }
}
