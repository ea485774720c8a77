import Daybook

/// What the events themselves say, for what no report tells by itself.
struct EventTotals: ReadModel {
  static let name = "totals"
  static let version: UInt32 = 1

  struct Charge {
    var patient: UInt64
    var amount: Int64
    var owed: Int64
  }

  private(set) var references: [StreamID: String] = [:]
  private(set) var counts: [String: Int64] = [:]
  /// Sums by the name of what is summed and a key.
  private(set) var sums: [String: [String: Int64]] = [:]
  private(set) var charges: [UInt64: Charge] = [:]
  private var patientOfVisit: [UInt64: UInt64] = [:]

  init() {}

  var digest: String { "" }

  func reference(_ kind: StreamKind, _ number: UInt64) -> String {
    references[StreamID(kind, number)] ?? "?"
  }

  private mutating func add(_ amount: Int64, _ name: String, _ key: String) {
    sums[name, default: [:]][key, default: 0] += amount
  }

  private mutating func count(_ name: String) { counts[name, default: 0] += 1 }

  mutating func apply(_ event: borrowing Event) throws {
    if event.header.version == 1, let reference = event.sourceReference {
      references[event.header.stream] = reference
    }
    let header = event.header
    let clinic = reference(.clinic, header.clinic)
    switch header.family {
    case .administration: count("\(AdministrationTag(rawValue: header.tag).map { "\($0)" } ?? "")")
    case .frontOffice:
      let tag = FrontOfficeTag(rawValue: header.tag)
      count("\(tag.map { "\($0)" } ?? "")")
      if tag == .patientCheckedIn {
        let checkedIn = try event.payload(PatientCheckedIn.self)
        patientOfVisit[checkedIn.visit.number] = checkedIn.patient.number
      }
      if tag == .encounterStarted {
        add(1, "encounters by month", "\(header.effective.day.monthOf)")
        add(1, "encounters by organization", clinic)
      }
    case .accounting: try applyAccounting(event)
    default: break
    }
  }

  private mutating func applyAccounting(_ event: borrowing Event) throws {
    switch AccountingTag(rawValue: event.header.tag) {
    case .chargePosted:
      let posted = try event.payload(ChargePosted.self)
      count("charges")
      if posted.net.isZero { count("zero charges") }
      let patient = posted.patient.number
      charges[posted.charge.number] = Charge(
        patient: patient, amount: posted.net.minorUnits, owed: posted.net.minorUnits)
      add(posted.net.minorUnits, "charges by patient", reference(.patient, patient))
    case .responsibilityTransferred:
      let transferred = try event.payload(ResponsibilityTransferred.self)
      let to = if case .patient = transferred.to { "patient" } else { "payer" }
      add(transferred.amount.minorUnits, "transfers to", to)
    case .paymentReceived:
      let received = try event.payload(PaymentReceived.self)
      for allocation in received.allocations { settle(allocation) }
      let amount = received.amount.minorUnits
      let patient = reference(.patient, patientOfVisit[event.header.correlation] ?? 0)
      count("payments")
      switch received.from {
      case .patient: add(amount, "paid by patient", patient)
      case .payer(let payer):
        add(amount, "paid by payer", patient)
        add(amount, "payments by payer", reference(.party, payer.number))
      case .other, .walkIn: count("strange payments")
      }
    case .paymentAllocated:
      settle(try event.payload(PaymentAllocated.self).allocation)
    case .claimSubmitted: count("claims submitted")
    case .claimAdjudicated: count("claims adjudicated")
    case .adjustmentPosted: count("adjustments")
    case .invoiceIssued, .invoiceRectified, .allocationReleased, .paymentReturned, .refundPaid,
      .remittanceReceived, .tillOpened, .tillCashMoved, .tillClosed, .saleCompleted,
      .saleReturned, .supplierInvoiceRecorded, .paymentMade, .bankLineReconciled, .journalPosted,
      .periodClosed, .periodReopened, .yearClosed,
      nil:
      break
    }
  }

  private mutating func settle(_ allocation: Allocation) {
    charges[allocation.charge.number]?.owed -= allocation.amount.minorUnits
  }
}
