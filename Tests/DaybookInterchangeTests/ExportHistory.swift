import Daybook

extension ExportBook {
  static let patient = Debtor.patient(PatientID(1))
  static let payer = Debtor.payer(PartyID(1), .primary)
  static let second = Debtor.payer(PartyID(2), .secondary)
  /// It hurts in each of the tools: comment, quotation, payee, comma, tag, date and line breaks.
  static let hostileName =
    "Sol; \"y\" | Mar, L\\da\n2026-03-02 * x\r\n:a: [2020-01-01]\u{2028}é\t\u{1F9B7}"

  /// Three clinics, two of them with one currency, and what every posting rule makes of every case.
  static func everyPosting() throws -> ExportBook {
    var book = try ExportBook()
    try book.clinic(1, .eur, name: "Sol")
    try book.clinic(2, .eur, name: hostileName)
    try book.clinic(3, try Currency("JPY"), name: "Hana")
    try book.people()
    try book.service(1, .treatment)
    try book.service(2, .fee)
    try book.service(3, .package)
    try book.charges()
    try book.adjustments()
    try book.payments()
    try book.stock()
    return book
  }

  private mutating func people() throws {
    var patient = PatientRegistered()
    patient.patient = PatientID(1)
    patient.person.person = 1
    patient.person.familyName = "Quevedo"
    patient.person.note = "allergic to \"latex\"; see [file]"
    try take(patient, on: 1, day: "2026-01-02", reference: "p, \"1\"\n")
    for (number, type) in [(1, .payer), (2, .payer), (3, .supplier)] as [(UInt64, PartyType)] {
      var party = PartyRegistered()
      party.party = PartyID(number)
      party.type = type
      party.name = "Party \(number)"
      try take(party, on: number, day: "2026-01-02", reference: "party-\(number)")
    }
  }

  private mutating func charges() throws {
    try together(reference: "visit-1") { book in
      try book.charge(1, to: ExportBook.patient, 10_000, discount: 1_000)
      try book.charge(2, to: ExportBook.patient, 10_000, discount: 500, tax: 1_995)
      try book.charge(3, to: ExportBook.payer, 20_000)
    }
    try charge(4, to: ExportBook.patient, 0)
    try charge(5, to: ExportBook.patient, 2_500, service: 2)
    try charge(6, to: ExportBook.patient, 30_000, service: 3)
    try charge(7, to: ExportBook.patient, 8_000, day: "2025-12-31", clinic: 2)
    try charge(8, to: ExportBook.patient, 5_400, clinic: 3)
    try transfer(3, from: ExportBook.payer, to: ExportBook.patient, 2_000)
    try transfer(3, from: ExportBook.payer, to: ExportBook.second, 3_000)
    try transfer(3, from: ExportBook.second, to: ExportBook.patient, 1)
  }

  private mutating func adjustments() throws {
    try adjust(3, of: ExportBook.payer, .contractual, 4_000)
    try adjust(3, of: ExportBook.payer, .denied, 1_000)
    try adjust(1, of: ExportBook.patient, .writeOff, 500)
    try adjust(1, of: ExportBook.patient, .writeOff, 501)
    try adjust(1, of: ExportBook.patient, .badDebt, 1_000)
    try adjust(1, of: ExportBook.patient, .recovery, 300)
    try adjust(1, of: ExportBook.patient, .rounding, 1)
    try adjust(2, of: ExportBook.patient, .courtesy, 1_001)
  }

  private mutating func payments() throws {
    let one = Party.patient(PatientID(1))
    let patient = ExportBook.patient
    try pay(1, from: one, 3_000, by: .cash(CashTender()), [allocation(1, patient, 2_500)])
    var tender = CashTender()
    tender.rounding = Amount(minorUnits: -2)
    try pay(2, from: .walkIn, 1_002, by: .cash(tender)) {
      $0.tillSession = TillSessionID(1)
      $0.tip = Amount(minorUnits: 100)
    }
    try pay(3, from: one, 1_000, by: .card(CardTender()), [allocation(2, patient, 1_000)])
    try pay(
      4, from: .payer(PartyID(1)), 6_000, by: .transfer(BankTender()),
      [
        allocation(3, ExportBook.payer, 5_000), allocation(3, patient, 500),
      ])
    try pay(5, from: one, 1_100, by: .directDebit(BankTender()), [allocation(2, patient, 1_100)])
    try pay(6, from: one, 1_200, by: .cheque(BankTender()), [allocation(2, patient, 1_200)])
    try pay(7, from: one, 1_300, by: .voucher(VoucherTender()), [allocation(2, patient, 1_300)])
    try pay(8, from: one, 1_400, by: .online(CardTender()), [allocation(2, patient, 1_400)])
    try pay(9, from: .other(PartyID(2)), 5_000, by: .card(CardTender())) {
      $0.deposit = Deposit()
    }
    // Money at one clinic for what is owed at another.
    try pay(10, from: one, 8_000, by: .card(CardTender()), [allocation(7, patient, 8_000)])
    try pay(
      11, from: one, 6_000, by: .cash(CashTender()), [allocation(8, patient, 5_400)], clinic: 3)
    var allocated = PaymentAllocated()
    allocated.payment = PaymentID(1)
    allocated.from = one
    allocated.allocation = allocation(5, patient, 500)
    try take(allocated, on: 1, day: "2026-03-06")
    allocated.payment = PaymentID(9)
    allocated.from = .other(PartyID(2))
    allocated.allocation = allocation(5, patient, 2_000)
    allocated.ofDeposit = true
    try take(allocated, on: 9, day: "2026-03-06")
  }

  private mutating func stock() throws {
    var received = GoodsReceived()
    received.receipt = ReceiptID(1)
    received.clinic = ClinicID(1)
    received.supplier = PartyID(3)
    for value in [1_000, 0, 250] as [Int64] {
      var line = ReceiptLine()
      line.lot = "L;7"
      line.value = Amount(minorUnits: value)
      received.lines.append(line)
    }
    try take(received, on: 1)
    received.receipt = ReceiptID(2)
    received.supplier = nil
    received.opening = true
    try take(received, on: 2)
    let purposes: [IssuePurpose] = [.treatment, .sale, .internal, .expired, .damaged, .lost]
    for (index, purpose) in purposes.enumerated() {
      var issued = StockIssued()
      issued.clinic = ClinicID(1)
      issued.item = ItemID(1)
      issued.purpose = purpose
      issued.patient = purpose == .treatment ? PatientID(1) : nil
      issued.lines = [
        IssueLine(lot: "L;7", quantity: .one, value: Amount(minorUnits: 70 + Int64(index))),
        IssueLine(quantity: .one, value: Amount(minorUnits: 1)),
      ]
      try take(issued, on: 1, day: "2026-03-07")
    }
  }
}
