import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// The proofs that `verify` prints for the registers of sales.
public enum DocumentsChecks {
  /// Proves what was known at `position`; all that the models hold if nil.
  ///
  /// - Parameters:
  ///   - model: The documents.
  ///   - books: The books, of the same log at the same position.
  /// - Returns: One check a claim, always the same ones in the same order.
  /// - Complexity: O(documents, and their postings).
  public static func run(
    _ model: DocumentsModel, _ books: AccountingModel, at position: Position? = nil
  ) -> [Check] {
    let rows = model.documents.rows(through: position ?? Position(.max))
    return [addUp(rows), agree(rows, books)]
  }

  /// What a document comes to is the sum of its rules of tax.
  private static func addUp(_ rows: Slice<History<DocumentRow>>) -> Check {
    var found: String?
    forEachDocument(rows) { document in
      let sum = document.reduce(Int128(0)) { $0 + Int128($1.base) + Int128($1.tax) }
      if found == nil, sum != Int128(document[0].total) {
        found =
          "\(document[0].printedNumber) at position \(document[0].position) says "
          + "\(document[0].total) minor units, its rates come to \(sum)"
      }
    }
    return Check(
      "documents come to what their rates come to", found: found, over: "\(rows.count) rows")
  }

  /// What credit notes, tickets and returns come to, and the cents of rounding of invoices, is what
  /// their own entries post to output tax, to sales and to credit notes.
  private static func agree(
    _ rows: Slice<History<DocumentRow>>, _ books: AccountingModel
  ) -> Check {
    let taxes = books.accountRules.meanings(of: .outputTax)
    let bases = books.accountRules.meanings(of: .productSales)
      .union(books.accountRules.meanings(of: .goodwill))
    var found: String?
    forEachDocument(rows) { document in
      guard found == nil else { return }
      var (base, tax) = (Int128(0), Int128(0))
      for row in document {
        base += Int128(row.postedBase)
        tax += Int128(row.postedTax)
      }
      var (postedBase, postedTax) = (Int128(0), Int128(0))
      for posting in books.postings(at: document[0].position) {
        if taxes.contains(posting.account) { postedTax -= Int128(posting.amount) }
        if bases.contains(posting.account) { postedBase -= Int128(posting.amount) }
      }
      if (base, tax) != (postedBase, postedTax) {
        found =
          "\(document[0].printedNumber) at position \(document[0].position): base \(base) and tax "
          + "\(tax) minor units, posted are \(postedBase) and \(postedTax)"
      }
    }
    return Check(
      "documents post what the registers say", found: found, over: "\(rows.count) rows")
  }

  /// Calls `body` with the rows of each document, and of each that undoes one.
  private static func forEachDocument(
    _ rows: Slice<History<DocumentRow>>, _ body: ([DocumentRow]) -> Void
  ) {
    var document: [DocumentRow] = []
    for row in rows {
      if let last = document.last, last.position != row.position {
        body(document)
        document = []
      }
      document.append(row)
    }
    if !document.isEmpty { body(document) }
  }
}
