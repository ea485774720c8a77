import Daybook
import DaybookAccounting
import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookReporting
import DaybookValues
import Testing

/// What the registers have of random histories, against what their events posted.
///
/// Charges, tickets and advances post the tax; an invoice collects it, and posts the cent of its rounding
/// alone. So the tax of an invoice's lines of charges, less that cent, is a share of what those charges
/// posted to output tax: all of it where all of a charge is invoiced. Credit notes, tickets and returns post
/// what they come to themselves.
@Suite struct `Registers of a random history` {
  private struct Invoiced {
    var asked: Int64 = 0
    var tax: Int64 = 0
  }

  @Test(arguments: [UInt64(3), 4, 5])
  func `have the tax that their events and their charges posted`(
    _ seed: UInt64
  ) throws {
    let book = try RandomBook(seed: seed, actions: 1_200, start: "2026-01-05T08:00:00Z")
    var log = try LogReader("/book", in: book.world)
    let host = ProjectionHost(.clinic)
    try host.catchUp(&log)
    let books: Snapshot<AccountingModel> = host.snapshot()
    let documents: Snapshot<DocumentsModel> = host.snapshot()
    #expect(
      DocumentsChecks.run(documents.model, books.model).filter { !$0.passed } == [], "seed \(seed)")

    var posted: [UInt64: [String: Int64]] = [:]
    books.model.forEachPosting {
      posted[$0.position.number, default: [:]][$0.account.code, default: 0] -=
        $0.amount.minorUnits
    }
    // What lowers a charge's tax beside a credit note is an adjustment, which no invoice knows.
    var charges: [ChargeID: ChargePosted] = [:]
    var places: [ChargeID: UInt64] = [:]
    var invoiced: [ChargeID: Invoiced] = [:]
    var (credited, taxCredited) = (Int64(0), Int64(0))
    try log.scan(from: Position(1)) { record in
      let event = Event(record, EventDecoder())
      let at = record.header.position.number
      guard record.header.family == .accounting else { return }
      switch AccountingTag(rawValue: record.header.tag) {
      case .chargePosted:
        let charge = try event.payload(ChargePosted.self)
        charges[charge.charge] = charge
        places[charge.charge] = at
      case .invoiceIssued:
        for line in try event.payload(InvoiceIssued.self).lines {
          guard let charge = line.charge else { continue }
          let tax = line.tax.minorUnits - line.rounding.minorUnits
          invoiced[charge, default: Invoiced()].asked += line.net.minorUnits + tax
          invoiced[charge, default: Invoiced()].tax += tax
        }
      case .invoiceRectified:
        credited += posted[at]?["4095"] ?? 0
        taxCredited += posted[at]?["2200"] ?? 0
      default: break
      }
    }
    var whole = 0
    for (id, sum) in invoiced {
      let charge = try #require(charges[id])
      #expect(sum.tax >= 0 && sum.tax <= charge.tax.minorUnits, "seed \(seed), \(id)")
      guard sum.asked == charge.net.minorUnits + charge.tax.minorUnits, charge.sale == nil else {
        continue
      }
      whole += 1
      #expect(sum.tax == charge.tax.minorUnits, "seed \(seed), \(id)")
      // A taxed package that is sold posts its tax with its price as well.
      #expect(sum.tax == posted[places[id] ?? 0]?["2200"] ?? 0, "seed \(seed), \(id)")
    }
    #expect(whole > 3, "seed \(seed): \(whole) charges are invoiced as a whole")

    let notes = DocumentsReport.register(
      of: [.creditNote], documents, AccountingQuery(on: Day(daysSince1970: 40_000)))
    var (base, tax) = (Int64(0), Int64(0))
    for row in notes.rows {
      if case .amount(let amount) = row[8] { base += amount.minorUnits }
      if case .amount(let amount) = row[10] { tax += amount.minorUnits }
    }
    #expect(!notes.rows.isEmpty, "seed \(seed)")
    // Advances that are taken back post nothing by the credit note: those are the difference.
    #expect(base <= credited && tax <= taxCredited, "seed \(seed)")
  }
}
