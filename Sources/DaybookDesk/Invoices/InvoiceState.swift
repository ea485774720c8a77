package import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
package import DaybookValues

/// What sort of document a series numbers.
package enum SeriesType: UInt8, Sendable {
  case ticket = 1
  case saleReturn = 2
  case invoice = 3
  case rectification = 4

  /// The series as named, else the usual one of the sort.
  func name(_ given: String) -> String {
    let given = given.trimmed
    if !given.isEmpty { return given }
    return switch self {
    case .ticket: "T"
    case .saleReturn: "R"
    case .invoice: "A"
    case .rectification: "AR"
    }
  }
}

/// The last number of a series.
package struct SeriesRecord: Sendable {
  package var type = SeriesType.ticket
  package var last: UInt64 = 0
  package var lastDay = Day()
}

/// A series of a clinic.
package struct SeriesKey: Hashable, Sendable {
  package var clinic = ClinicID()
  package var name = ""
}

/// What the Desk knows of a line of an invoice.
package struct InvoiceLineRecord: Sendable {
  package var charge: ChargeID?
  package var owedBy: Debtor?
  package var deposit: PaymentID?
  package var sale: SaleID?
  package var net: Int64 = 0
  package var taxCode: TaxCodeID?
  package var rate = Rate()
  package var tax: Int64 = 0
  /// What rectifying invoices took off.
  package var rectifiedNet: Int64 = 0
  package var rectifiedTax: Int64 = 0
}

/// What the Desk knows of an invoice.
package struct InvoiceRecord: Sendable {
  package var clinic = ClinicID()
  package var date = Day()
  package var effective = Moment()
  package var isRectifying = false
  package var lines: Few<InvoiceLineRecord> = []
}

/// Invoices, and the numbers of all series.
package struct InvoiceState: Sendable {
  package private(set) var invoices = Dense<InvoiceKind, InvoiceRecord>()
  /// A business has few series, however many numbers.
  private var series: [SeriesKey: SeriesRecord] = [:]

  /// The series of a clinic as it stands; nil before its first number.
  package func series(_ name: String, at clinic: ClinicID) -> SeriesRecord? {
    series[SeriesKey(clinic: clinic, name: name)]
  }

  /// Notes a number that a document has.
  mutating func note(
    _ type: SeriesType, _ name: String, _ number: UInt64, on day: Day, _ header: RecordHeader
  ) {
    let key = SeriesKey(clinic: ClinicID(header.clinic), name: name)
    series[key] = SeriesRecord(type: type, last: number, lastDay: day)
  }

  mutating func issue(_ event: InvoiceIssued, _ header: RecordHeader) throws(WireError) {
    note(.invoice, event.series, event.number, on: event.date, header)
    var record = InvoiceRecord(
      clinic: ClinicID(header.clinic), date: event.date, effective: header.effective)
    for line in event.lines {
      record.lines.append(
        InvoiceLineRecord(
          charge: line.charge, owedBy: line.owedBy, deposit: line.deposit, sale: line.sale,
          net: line.net.minorUnits, taxCode: line.taxCode, rate: line.rate,
          tax: line.tax.minorUnits))
    }
    try invoices.append(record, as: event.invoice)
  }

  mutating func rectify(_ event: InvoiceRectified, _ header: RecordHeader) throws(WireError) {
    note(.rectification, event.series, event.number, on: event.date, header)
    let record = InvoiceRecord(
      clinic: ClinicID(header.clinic), date: event.date, effective: header.effective,
      isRectifying: true)
    try invoices.append(record, as: event.invoice)
    for line in event.lines {
      try invoices.update(event.original) { (invoice) throws(WireError) in
        let index = Int(line.line) - 1
        guard invoice.lines.indices.contains(index) else {
          throw WireError(.outOfRange, at: 0, field: "line")
        }
        try invoice.lines[index].rectifiedNet.increase(by: line.net.minorUnits, "net")
        try invoice.lines[index].rectifiedTax.increase(by: line.tax.minorUnits, "tax")
      }
    }
  }
}

extension InvoiceState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("invoices", &invoices)
    try parts.visit("series", &series)
  }
}

// How checkpoints keep what the Desk knows of invoices.

extension SeriesType: StoredValue {
  package static var blank: SeriesType { .ticket }
}

extension SeriesKey: Comparable {
  package static func < (a: Self, b: Self) -> Bool { (a.clinic, a.name) < (b.clinic, b.name) }
}

extension SeriesKey: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&name)
  }
}

extension SeriesRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&type)
    try fields.visit(&last)
    try fields.visit(&lastDay)
  }
}

extension InvoiceLineRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&charge)
    try fields.visit(&owedBy)
    try fields.visit(&deposit)
    try fields.visit(&sale)
    try fields.visit(&net)
    try fields.visit(&taxCode)
    try fields.visit(&rate)
    try fields.visit(&tax)
    try fields.visit(&rectifiedNet)
    try fields.visit(&rectifiedTax)
  }
}

extension InvoiceRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&date)
    try fields.visit(&effective)
    try fields.visit(&isRectifying)
    try fields.visit(&lines)
  }
}
