import Daybook

/// What the events of a trade come to, added up without any report.
struct TradeTotals: ReadModel {
  static let name = "trade-totals"
  static let version: UInt32 = 1

  /// How many events there are of each type.
  private(set) var counts: [String: Int] = [:]
  /// Quantity times price of all lines sold, in ten-thousandths, by whether the reference begins
  /// with C.
  private(set) var sold: [Bool: Int64] = [:]
  /// Cents of all lines that came back.
  private(set) var takenBack: Int64 = 0
  /// Cents debited by entries of the journal, less those credited, by account.
  private(set) var journal: [String: Int64] = [:]
  /// Documents by the first part of their reference.
  private(set) var documents: Set<String> = []
  /// Cents received, and how many lines came after they were due.
  private(set) var received: Int64 = 0
  private(set) var late = 0
  /// Sales outside of a till session.
  private(set) var withoutTill = 0

  private var due: [OrderID: Day] = [:]
  /// The reference of the action that is being read.
  private var reference = ""

  init() {}

  var digest: String { "" }

  mutating func apply(_ event: borrowing Event) throws {
    if event.header.actionIndex == 0 { reference = event.sourceReference ?? "" }
    switch event.header.family {
    case .accounting: try applyAccounting(event)
    case .logistics: try applyLogistics(event)
    default: break
    }
  }

  private mutating func note(_ name: String) {
    counts[name, default: 0] += 1
    documents.insert(String(reference.prefix { $0 != "/" }))
  }

  private mutating func applyAccounting(_ event: borrowing Event) throws {
    guard let tag = AccountingTag(rawValue: event.header.tag) else { return }
    note("\(tag)")
    if tag == .saleCompleted {
      let sale = try event.payload(SaleCompleted.self)
      if sale.tillSession == nil { withoutTill += 1 }
      for line in sale.lines {
        sold[reference.hasPrefix("C"), default: 0] +=
          line.quantity.thousandths * line.unitPrice.tenThousandths / 1_000
      }
    } else if tag == .saleReturned {
      takenBack += try event.payload(SaleReturned.self).total.minorUnits
    } else if tag == .journalPosted {
      for line in try event.payload(JournalPosted.self).lines {
        journal[line.account, default: 0] += line.debit.minorUnits - line.credit.minorUnits
      }
    }
  }

  private mutating func applyLogistics(_ event: borrowing Event) throws {
    guard let tag = LogisticsTag(rawValue: event.header.tag) else { return }
    if tag != .itemDefined { note("\(tag)") }
    if tag == .purchaseOrderPlaced {
      let placed = try event.payload(PurchaseOrderPlaced.self)
      due[placed.order] = placed.due
    } else if tag == .goodsReceived {
      let goods = try event.payload(GoodsReceived.self)
      for line in goods.lines {
        received += line.value.minorUnits
        let due = goods.due ?? goods.order.flatMap { self.due[$0] }
        if let due, event.header.effective.day > due { late += 1 }
      }
    }
  }
}

extension ImportedBook {
  /// What the events of the book say, once it is closed.
  func totals() throws -> TradeTotals {
    var catalogue = Catalogue.clinic
    catalogue.add(model: TradeTotals.self)
    var archive = try Archive(path, catalogue: catalogue, world: .live)
    return try archive.snapshot(of: TradeTotals.self).model
  }

  /// Every check of `verify` that fails, one a line, once the book is closed.
  func failedChecks() throws -> [String] {
    var failed: [String] = []
    _ = try LogVerifier.verify(path, in: .live) { if !$0.passed { failed.append($0.name) } }
    var archive = try Archive(path, catalogue: .clinic, world: .live)
    let host = try archive.host()
    let accounting: Snapshot<AccountingModel> = host.snapshot()
    let staff: Snapshot<HumanResourcesModel> = host.snapshot()
    let stock: Snapshot<LogisticsModel> = host.snapshot()
    let visits: Snapshot<VisitsModel> = host.snapshot()
    let checks =
      AccountingChecks.run(accounting.model) + HumanResourcesChecks.run(staff.model)
      + LogisticsChecks.run(stock.model) + VisitsChecks.run(visits.model)
    failed += checks.filter { !$0.passed }.map { "\($0.name): \($0.detail)" }
    return failed
  }
}
