import DaybookClinicEvents
public import DaybookEvents
import DaybookValues

/// What a document of sales comes to under one rule of tax, or that it was undone.
///
/// Amounts are minor units of the clinic's currency, as the registers add them up: what is sold is above
/// zero; what credit notes and returns take off, and what is undone, below.
struct DocumentRow: DescribedRow {
  var position = Position.start
  var type = SalesDocumentType.invoice
  /// The number of the invoice, the sale or the return.
  var document: UInt64 = 0
  var clinic: UInt64 = 0
  var series = ""
  var number: UInt64 = 0
  /// The date of the document; of what is undone, the day on which it is.
  var day = Day()
  /// The first day on which some of it is due.
  var due: Day?
  /// Who it is written to: a `PartyKey`.
  var party: UInt32 = 0
  /// The number of the invoice or sale that it takes something off; 0 for none.
  var original: UInt64 = 0
  /// The document that the row undoes; the start for the document itself.
  var undoes = Position.start
  /// The number of the tax code; 0 where nothing is taxed.
  var taxCode: UInt64 = 0
  var rate = Rate()
  /// Without tax.
  var base: Int64 = 0
  var tax: Int64 = 0
  /// What the whole document comes to by what it says itself.
  var total: Int64 = 0
  /// What of base and tax the event posts itself, and no other event has posted.
  var postedBase: Int64 = 0
  var postedTax: Int64 = 0
}

extension DocumentRow {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&type)
    try fields.visit(&document)
    try fields.visit(&clinic)
    try fields.visit(&series)
    try fields.visit(&number)
    try fields.visit(&day)
    try fields.visit(&due)
    try fields.visit(&party)
    try fields.visit(&original)
    try fields.visit(&undoes)
    try fields.visit(&taxCode)
    try fields.visit(&rate)
    try fields.visit(&base)
    try fields.visit(&tax)
    try fields.visit(&total)
    try fields.visit(&postedBase)
    try fields.visit(&postedTax)
  }

  /// The same taken back by the event at `position`.
  ///
  /// - Throws: `.overflow` of an amount that has no opposite.
  func undone(at position: Position, on day: Day) throws(ValueError) -> DocumentRow {
    var row = self
    row.undoes = self.position
    (row.position, row.day, row.due) = (position, day, nil)
    row.base = try base.opposite
    row.tax = try tax.opposite
    row.total = try total.opposite
    row.postedBase = try postedBase.opposite
    row.postedTax = try postedTax.opposite
    return row
  }
}

extension Int64 {
  /// The same below zero instead of above it.
  ///
  /// - Throws: `.overflow` for the one that has none.
  var opposite: Int64 {
    get throws(ValueError) { try Amount(minorUnits: self).negated().minorUnits }
  }
}

extension SalesDocumentType: StoredValue {
  /// An invoice.
  public static var blank: SalesDocumentType { .invoice }
}

/// Two patients became one.
struct DocumentMerge: DescribedRow {
  var position = Position.start
  /// `PartyKey`s.
  var from: UInt32 = 0
  var into: UInt32 = 0
}

extension DocumentMerge {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&from)
    try fields.visit(&into)
  }
}
