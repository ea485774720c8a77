import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues

/// A document as it is being written down.
struct DocumentPage {
  let source: DocumentSource
  let model: DocumentsModel
  let currency: Currency
  private let number: String
  private let type: SalesDocumentType
  private let customer: PartyKey
  var report: Report
  private var sums = DocumentSums()
  private var total = Amount.zero

  init(_ source: DocumentSource, _ model: DocumentsModel, _ row: DocumentRow, book: String) {
    self.source = source
    self.model = model
    currency = model.currency(ofClinic: row.clinic)
    number = row.printedNumber
    type = row.type
    customer = PartyKey(rawValue: row.party)
    report = Report(
      name: "document", title: "\(type.title) \(number)", book: book, on: row.day,
      knownAt: source.position, columns: DocumentColumns.all)
    report.headingColumns = DocumentColumns.hidden
  }

  // MARK: - The four sorts

  mutating func write(_ issued: InvoiceIssued) {
    for (index, line) in issued.lines.enumerated() {
      var written = DocumentLine(
        number: Int64(index) + 1, taxCode: line.taxCode, net: line.net, rate: line.rate,
        tax: line.tax)
      if let charge = line.charge {
        describe(charge, asked: line.net, line.tax, rounding: line.rounding, in: &written)
      } else if let deposit = line.deposit {
        describe(deposit, "Advance", in: &written)
      } else if let sale = line.sale {
        describe(sale, in: &written)
      }
      report.append(written.cells(currency))
    }
    for part in issued.deductions {
      var written = DocumentLine(taxCode: part.taxCode, rate: part.rate)
      written.net = less(part.net)
      written.tax = less(part.tax)
      describe(part.payment, "Less what was invoiced in advance", in: &written)
      report.append(written.cells(currency))
    }
    (sums, total) = (DocumentSums(issued.taxes), issued.total)
    let cents = sum(issued.lines.map(\.rounding))
    if !cents.isZero {
      report.notes.append("Of the tax, \(printed(cents)) is from rounding the whole document.")
    }
    let due = issued.due.map { part in
      part.amount.minorUnits == issued.total.minorUnits
        ? "\(part.date)" : "\(part.date): \(printed(part.amount))"
    }
    head(
      issuer: issued.issuer.lines, issued.customer,
      [Letterhead.Fact("Due", due.joined(separator: ", "))])
  }

  mutating func write(_ rectified: InvoiceRectified) {
    for line in rectified.lines {
      var written = DocumentLine(
        number: Int64(line.line), taxCode: line.taxCode, net: line.net, rate: line.rate,
        tax: line.tax)
      if let charge = line.charge {
        describe(charge, asked: line.net, line.tax, in: &written)
      } else if let deposit = line.deposit {
        describe(deposit, "Advance", in: &written)
      }
      report.append(written.cells(currency))
    }
    (sums, total) = (DocumentSums(rectified.taxes), rectified.total)
    let credit = sum(rectified.released.map(\.allocation.amount))
    if !credit.isZero {
      report.notes.append("Of it, \(printed(credit)) had been paid and is credit now.")
    }
    let original = source.original
    head(
      issuer: original?.issuer.lines ?? source.clinic.lines,
      original?.customer ?? InvoiceCustomer(),
      [
        Letterhead.Fact(
          "Rectifies",
          original.map { "\($0.series)-\($0.number) of \($0.date)" } ?? "\(rectified.original)"),
        Letterhead.Fact("Reason", rectified.reason),
      ])
  }

  mutating func write(_ sold: SaleCompleted) {
    for (index, line) in sold.lines.enumerated() {
      var written = DocumentLine(
        number: Int64(index) + 1, taxCode: line.taxCode, text: name(line.item, line.service),
        quantity: line.quantity, price: line.unitPrice, discount: line.discount, rate: line.rate,
        tax: line.tax)
      written.net = (try? line.amount.subtracting(line.tax)) ?? line.amount
      add(written, line.amount)
    }
    total = sold.total
    report.notes += sold.tenders.map { "Paid, \($0.method.type): \(printed($0.amount))." }
    if let charge = sold.charge {
      let paid = sum(sold.tenders.map(\.amount))
      let rest = (try? sold.total.subtracting(paid)) ?? .zero
      report.notes.append("Not paid yet, in \(charge): \(printed(rest)).")
    }
    report.notes.append("Prices hold the tax.")
    head(issuer: source.clinic.lines, InvoiceCustomer(), [])
  }

  mutating func write(_ returned: SaleReturned) {
    for (index, line) in returned.lines.enumerated() {
      var written = DocumentLine(
        number: Int64(index) + 1, taxCode: line.taxCode, text: name(line.item, line.service),
        quantity: line.quantity, rate: line.rate, tax: line.tax)
      written.net = (try? line.amount.subtracting(line.tax)) ?? line.amount
      add(written, line.amount)
    }
    total = returned.total
    report.notes += returned.tenders.map { "Given back, \($0.method.type): \(printed($0.amount))." }
    let sale = returned.sale.flatMap { source.sales[$0] }
    head(
      issuer: source.clinic.lines, InvoiceCustomer(),
      [
        Letterhead.Fact("Of ticket", sale.map { "\($0.series)-\($0.number)" } ?? "not known"),
        Letterhead.Fact("Reason", returned.reason),
      ])
  }

  // MARK: - Below the lines

  /// The sums of each rule of tax, why some is not taxed, and what all of it comes to.
  mutating func end() {
    for part in sums.parts {
      let rule = source.tax(part.taxCode, on: source.day)
      let code = rule?.code ?? part.taxCode.map { "\($0)" } ?? "not taxed"
      report.endSection(
        "", label: "at \(part.rate), \(code)",
        totals: Array(repeating: .empty, count: 8) + [
          cell(part.base), .rate(part.rate), cell(part.tax), cell(try? part.base.adding(part.tax)),
        ])
      if let reason = rule?.reason, !reason.isEmpty {
        report.notes.insert("\(code): \(reason)", at: 0)
      }
    }
    report.setTotal("net", cell(sum(sums.parts.map(\.base))))
    report.setTotal("tax", cell(sum(sums.parts.map(\.tax))))
    report.setTotal("total", cell(total))
  }

  private mutating func head(
    issuer: [String], _ customer: InvoiceCustomer, _ facts: [Letterhead.Fact]
  ) {
    let who = self.customer == .walkIn ? "" : self.customer.description
    report.letterhead = Letterhead(
      issuer: issuer, recipient: customer.lines,
      facts: [Letterhead.Fact("Date", "\(source.day)")] + facts
        + [Letterhead.Fact("Customer", who)])
  }

  private mutating func add(_ line: DocumentLine, _ gross: Amount) {
    try? sums.add(line.taxCode, line.rate, gross: gross, tax: line.tax)
    report.append(line.cells(currency))
  }

  // MARK: - Words

  /// Quantity and price are those of the charge where all of it is asked for, else which part it is.
  private func describe(
    _ id: ChargeID, asked net: Amount, _ tax: Amount, rounding: Amount = .zero,
    in line: inout DocumentLine
  ) {
    line.document = "\(id)"
    guard let charge = source.charges[id] else {
      line.text = "Charge \(id)"
      return
    }
    let event = charge.event
    line.day = charge.day
    let what = event.sale.map { "Ticket \($0)" } ?? source.services[event.service]
    line.text = "\(what ?? "\(event.service)"), \(charge.day)"
    let whole = sum([event.net, event.tax])
    let asked = sum([net, tax, less(rounding)])
    guard asked.minorUnits == whole.minorUnits else {
      line.text += ", \(printed(asked)) of \(printed(whole))"
      return
    }
    line.quantity = try? Quantity(units: Int64(event.units))
    line.discount = event.discount
    let list = Amount(minorUnits: event.list.minorUnits, currency)
    if let quantity = line.quantity, let price = try? UnitPrice(list, per: quantity),
      (try? price.times(quantity, in: currency)) == list
    {
      line.price = price
    }
  }

  private func describe(_ id: PaymentID, _ what: String, in line: inout DocumentLine) {
    line.document = "\(id)"
    line.day = source.payments[id]
    line.text = line.day.map { "\(what), \(id) of \($0)" } ?? "\(what), \(id)"
  }

  private func describe(_ id: SaleID, in line: inout DocumentLine) {
    line.document = "\(id)"
    line.text = source.sales[id].map { "Ticket \($0.series)-\($0.number)" } ?? "Ticket \(id)"
  }

  private func name(_ item: ItemID?, _ service: ServiceID?) -> String {
    if let item {
      guard let known = source.items[item] else { return "\(item)" }
      return known.baseUnit.isEmpty ? known.name : "\(known.name) (\(known.baseUnit))"
    }
    return service.map { source.services[$0] ?? "\($0)" } ?? ""
  }

  private func printed(_ amount: Amount) -> String {
    Amount(minorUnits: amount.minorUnits, currency).description
  }

  private func cell(_ amount: Amount?) -> Cell {
    .amount(amount.map { Amount(minorUnits: $0.minorUnits, currency) })
  }

  // The events' own totals were checked when they were written: these never leave their range.

  private func sum(_ amounts: some Sequence<Amount>) -> Amount {
    (try? Amount.sum(amounts.map { Amount(minorUnits: $0.minorUnits) })) ?? .zero
  }

  private func less(_ amount: Amount) -> Amount { (try? amount.negated()) ?? .zero }
}

extension SalesDocumentType {
  /// What the document is called on top of it.
  fileprivate var title: String {
    switch self {
    case .invoice: "Invoice"
    case .creditNote: "Credit note"
    case .ticket: "Simplified invoice"
    case .saleReturn: "Return"
    }
  }
}
