import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookReporting
import DaybookTesting
import DaybookValues

/// Books that are given events one by one, as a log would lend them.
struct Books {
  var model: AccountingModel
  /// What treatments earned and cost, beside the books.
  var earnings = EarningsModel(chunkRows: 16)
  /// What clears what, of the same events.
  var clearing: ClearingModel
  var position: UInt64 = 0
  /// When the next event is recorded: 2 March 2026, 09:30.
  var recorded = Instant(milliseconds: 1_772_443_800_000)
  /// How much later the one after it is.
  var recordedStep: Int64 = 0
  /// Who records the next event.
  var actor = Actor.system
  /// What the events say, as it is read from a log.
  var details = EventDetails()
  private var versions: [StreamID: UInt64] = [:]
  private let decoder = EventDecoder()

  init(chunkRows: Int = 65_536) {
    model = AccountingModel(chunkRows: chunkRows)
    clearing = ClearingModel(chunkRows: chunkRows)
  }

  /// Takes an event in, effective at nine in the morning of `day`, UTC.
  @discardableResult
  mutating func take<E: EventPayload>(
    _ event: E, on number: UInt64, day: String = "2026-03-02", clinic: UInt64 = 1,
    reference: String? = nil
  ) throws -> UInt64 {
    try take(
      event, onStream: StreamID(E.streamKind, number), day: day, clinic: clinic,
      reference: reference)
  }

  /// The same, on whatever stream.
  @discardableResult
  mutating func take<E: EventPayload>(
    _ event: E, onStream stream: StreamID, day: String = "2026-03-02", clinic: UInt64 = 1,
    reference: String? = nil
  ) throws -> UInt64 {
    position += 1
    var header = RecordHeader()
    header.position = Position(position)
    header.stream = stream
    versions[header.stream, default: 0] += 1
    header.version = versions[header.stream, default: 1]
    header.family = E.Tag.family
    header.tag = E.tag.rawValue
    header.clinic = clinic
    header.actor = actor
    header.recorded = recorded
    recorded = Instant(milliseconds: recorded.milliseconds + recordedStep)
    header.effective = try Moment(parsing: "\(day)T09:00:00Z")
    var writer = ByteWriter()
    var fields = Fields()
    try fields.encode(event, into: &writer, base: header.effective.instant)
    try withReader(of: Array((reference ?? "").utf8)) { source in
      try writer.withReader { payload in
        let view = reference.map { _ in
          SourceView(reference: source, digest: CommandDigest(low: 0, high: 0))
        }
        let event = Event(RecordView(header: header, payload: payload, source: view), decoder)
        try model.apply(event)
        try earnings.apply(event)
        try clearing.apply(event)
        details.append(try EventDetail(event))
      }
    }
    return position
  }

  /// Takes an event in as a decider made it.
  @discardableResult
  mutating func take(_ event: DecidedEvent) throws -> UInt64 {
    position += 1
    var header = RecordHeader()
    header.position = Position(position)
    header.stream = event.stream
    versions[header.stream, default: 0] += 1
    header.version = versions[header.stream, default: 1]
    header.family = event.family
    header.tag = event.tag
    header.clinic = event.clinic
    header.recorded = recorded
    header.effective = event.effective
    header.correlation = event.correlation
    try withReader(of: event.payload) { payload in
      let event = Event(RecordView(header: header, payload: payload), decoder)
      try model.apply(event)
      try earnings.apply(event)
      try clearing.apply(event)
    }
    return position
  }

  /// The postings as short lines: `1200 P1 C1 100.00`, credits below zero.
  func lines(at position: UInt64? = nil) -> [String] {
    var lines: [String] = []
    model.forEachPosting { posting in
      if let position, posting.position.number != position { return }
      let party = posting.party == .none ? "-" : posting.party.description
      lines.append(
        "\(posting.account.code) \(party) \(posting.document) \(posting.amount.decimal)")
    }
    return lines
  }

  var view: Snapshot<AccountingModel> { Snapshot(model) }

  var clearingView: Snapshot<ClearingModel> { Snapshot(clearing, asOf: Position(position)) }
}

/// Cents.
func money(_ cents: Int64) -> Amount { Amount(minorUnits: cents) }

func patient(_ number: UInt64) -> Debtor { .patient(PatientID(number)) }

func payer(_ number: UInt64, _ priority: CoveragePriority = .primary) -> Debtor {
  .payer(PartyID(number), priority)
}

extension Books {
  mutating func clinic(
    _ number: UInt64 = 1, _ currency: Currency = .eur, writeOff: Int64? = nil
  ) throws {
    var clinic = ClinicDefined()
    clinic.clinic = ClinicID(number)
    clinic.name = "Clinic \(number)"
    clinic.currency = currency
    clinic.limits.writeOff = writeOff.map { money($0) }
    try take(clinic, on: number, day: "2026-01-01", clinic: number, reference: "clinic-\(number)")
  }

  mutating func patientRegistered(_ number: UInt64) throws {
    var event = PatientRegistered()
    event.patient = PatientID(number)
    event.person.familyName = "Garcia"
    try take(event, on: number, day: "2026-01-01", reference: "patient-\(number)")
  }

  mutating func partyRegistered(
    _ number: UInt64, _ type: PartyType = .payer, terms: UInt32 = 0
  ) throws {
    var event = PartyRegistered()
    event.party = PartyID(number)
    event.type = type
    event.termsDays = terms
    try take(event, on: number, day: "2026-01-01", reference: "party-\(number)")
  }

  @discardableResult
  mutating func charge(
    _ number: UInt64, to debtor: Debtor, _ cents: Int64, discount: Int64 = 0, tax: Int64 = 0,
    taxCode: UInt64? = nil, of patient: UInt64 = 1, service: UInt64 = 1, practitioner: UInt64? = 1,
    day: String = "2026-03-02", clinic: UInt64 = 1
  ) throws -> UInt64 {
    var event = ChargePosted()
    event.charge = ChargeID(number)
    event.patient = PatientID(patient)
    event.service = ServiceID(service)
    event.units = 1
    event.practitioner = practitioner.map { StaffID($0) }
    event.list = money(cents)
    event.discount = money(discount)
    event.net = money(cents - discount)
    event.tax = money(tax)
    event.taxCode = taxCode.map { TaxCodeID($0) }
    event.responsible = debtor
    return try take(event, on: number, day: day, clinic: clinic)
  }

  @discardableResult
  mutating func transfer(
    _ charge: UInt64, from: Debtor, to: Debtor, _ cents: Int64, day: String = "2026-03-02",
    clinic: UInt64 = 1
  ) throws -> UInt64 {
    var event = ResponsibilityTransferred()
    event.charge = ChargeID(charge)
    event.from = from
    event.to = to
    event.amount = money(cents)
    event.reason = .copay
    return try take(event, on: charge, day: day, clinic: clinic)
  }

  @discardableResult
  mutating func adjust(
    _ charge: UInt64, of debtor: Debtor, _ type: AdjustmentType, _ cents: Int64,
    day: String = "2026-03-02", clinic: UInt64 = 1
  ) throws -> UInt64 {
    var event = AdjustmentPosted()
    event.charge = ChargeID(charge)
    event.debtor = debtor
    event.type = type
    event.amount = money(cents)
    return try take(event, on: charge, day: day, clinic: clinic)
  }

  @discardableResult
  mutating func pay(
    _ number: UInt64, from party: Party, _ cents: Int64,
    by method: PaymentMethod = .cash(CashTender()),
    _ allocations: [(charge: UInt64, owedBy: Debtor, cents: Int64)] = [],
    day: String = "2026-03-02", clinic: UInt64 = 1,
    change: (inout PaymentReceived) -> Void = { _ in }
  ) throws -> UInt64 {
    var event = PaymentReceived()
    event.payment = PaymentID(number)
    event.from = party
    event.amount = money(cents)
    event.method = method
    for one in allocations {
      event.allocations.append(
        Allocation(ChargeID(one.charge), owedBy: one.owedBy, money(one.cents)))
    }
    change(&event)
    return try take(event, on: number, day: day, clinic: clinic)
  }
}

extension Books {
  mutating func hired(_ number: UInt64) throws {
    var event = StaffHired()
    event.staff = StaffID(number)
    event.person.name = "Garcia"
    try take(event, on: number, day: "2026-01-01", reference: "provider-\(number)")
  }

  @discardableResult
  mutating func allocate(
    _ payment: UInt64, of party: Party, to charge: UInt64, owedBy debtor: Debtor, _ cents: Int64,
    ofDeposit: Bool = false, day: String = "2026-03-02", clinic: UInt64 = 1
  ) throws -> UInt64 {
    var event = PaymentAllocated()
    event.payment = PaymentID(payment)
    event.from = party
    event.allocation = Allocation(ChargeID(charge), owedBy: debtor, money(cents))
    event.ofDeposit = ofDeposit
    return try take(event, on: payment, day: day, clinic: clinic)
  }

  @discardableResult
  mutating func receive(
    _ receipt: UInt64, from supplier: UInt64, _ cents: [Int64], day: String = "2026-03-02",
    clinic: UInt64 = 1
  ) throws -> UInt64 {
    var event = GoodsReceived()
    event.receipt = ReceiptID(receipt)
    event.supplier = PartyID(supplier)
    for value in cents {
      var line = ReceiptLine()
      line.value = money(value)
      event.lines.append(line)
    }
    return try take(event, on: receipt, day: day, clinic: clinic)
  }

  @discardableResult
  mutating func issue(
    _ stock: UInt64, _ purpose: IssuePurpose, _ cents: Int64, on patient: UInt64? = nil,
    day: String = "2026-03-02", clinic: UInt64 = 1
  ) throws -> UInt64 {
    var event = StockIssued()
    event.purpose = purpose
    event.patient = patient.map { PatientID($0) }
    event.lines = [IssueLine(quantity: .one, value: money(cents))]
    return try take(event, on: stock, day: day, clinic: clinic)
  }
}

extension Report {
  /// The rows as texts, for short expectations.
  func texts(_ names: String...) -> [String] {
    let indexes = names.compactMap { name in columns.firstIndex { $0.name == name } }
    return rows.map { row in
      indexes.map { index in
        switch row[index] {
        case .empty: "-"
        case .text(let text), .identifier(let text): text
        case .amount(let amount): amount.decimal
        case .count(let count): "\(count)"
        case .quantity(let quantity): "\(quantity)"
        case .day(let day): day.description
        case .month(let month): month.description
        case .position(let position): position.description
        default: "?"
        }
      }.joined(separator: " ")
    }
  }
}
