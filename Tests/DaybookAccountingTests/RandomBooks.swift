import DaybookAccounting
import DaybookClinicEvents
import DaybookValues

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func upTo(_ largest: Int64) -> Int64 { Int64.random(in: 1...largest, using: &self) }
}

/// Books of a random history that a Desk would have allowed: nobody pays more than is owed.
///
/// Three clinics, the third with another currency; days over four months in any order, so that much
/// is recorded late.
struct RandomBooks {
  var books: Books
  private var numbers: SeededNumbers
  private var charges: [Charge] = []
  private var payments: [Payment] = []
  private var others: UInt64 = 0

  private struct Charge {
    var clinic: UInt64
    var shares: [(debtor: Debtor, owed: Int64)]
  }

  private struct Payment {
    var party: Party
    var clinic: UInt64
    var left: Int64
    var isDeposit: Bool
  }

  /// Begins a history: clinics, patients, payers, a supplier and staff.
  init(seed: UInt64, chunkRows: Int) throws {
    books = Books(chunkRows: chunkRows)
    numbers = SeededNumbers(seed: seed)
    try books.clinic(1, writeOff: 300)
    try books.clinic(2)
    try books.clinic(3, .usd, writeOff: 200)
    for number in 1...5 as ClosedRange<UInt64> { try books.patientRegistered(number) }
    for number in 1...3 as ClosedRange<UInt64> {
      try books.partyRegistered(number, terms: UInt32(number - 1) * 30)
      try books.hired(number)
    }
    try books.partyRegistered(4, .supplier)
  }

  /// Tells one more thing.
  mutating func step() throws {
    switch numbers.upTo(20) {
    case ...7: try charge()
    case ...9: try transfer()
    case ...12: try adjust()
    case ...16: try pay()
    case ...18: try allocate()
    case 19: try receive()
    default: try issue()
    }
  }

  mutating func steps(_ count: Int) throws { for _ in 0..<count { try step() } }

  private mutating func day() -> String {
    // From 1 December 2025.
    Day(daysSince1970: 20_422 + Int32(numbers.upTo(120)) - 1).description
  }

  private mutating func charge() throws {
    let clinic = UInt64(numbers.upTo(3))
    let patientNumber = UInt64(numbers.upTo(5))
    let list = numbers.upTo(6) == 1 ? 0 : numbers.upTo(50_000)
    let discount = list > 0 && numbers.upTo(4) == 1 ? numbers.upTo(list) : 0
    let tax = numbers.upTo(4) == 1 ? (list - discount) / 5 : 0
    let debtor = numbers.upTo(2) == 1 ? patient(patientNumber) : payer(UInt64(numbers.upTo(3)))
    charges.append(
      Charge(clinic: clinic, shares: [(debtor, list - discount + tax)]))
    try books.charge(
      UInt64(charges.count), to: debtor, list, discount: discount, tax: tax,
      taxCode: tax > 0 ? UInt64(charges.count % 2 + 1) : nil, of: patientNumber,
      service: UInt64(numbers.upTo(2)),
      practitioner: numbers.upTo(5) == 1 ? nil : UInt64(numbers.upTo(3)), day: day(),
      clinic: clinic)
  }

  /// Some charge of which somebody owes something, and which of its shares that is.
  private mutating func open(sameMoneyAs clinic: UInt64? = nil) -> (charge: Int, share: Int)? {
    let open = charges.indices.filter { index in
      (clinic == nil || (charges[index].clinic == 3) == (clinic == 3))
        && charges[index].shares.contains { $0.owed > 0 }
    }
    guard let charge = open.randomElement(using: &numbers),
      let share = charges[charge].shares.firstIndex(where: { $0.owed > 0 })
    else { return nil }
    return (charge, share)
  }

  private mutating func transfer() throws {
    guard let (charge, share) = open() else { return try self.charge() }
    let from = charges[charge].shares[share].debtor
    let to = from == patient(5) ? payer(3, .secondary) : patient(5)
    let amount = numbers.upTo(charges[charge].shares[share].owed)
    charges[charge].shares[share].owed -= amount
    if let index = charges[charge].shares.firstIndex(where: { $0.debtor == to }) {
      charges[charge].shares[index].owed += amount
    } else {
      charges[charge].shares.append((to, amount))
    }
    try books.transfer(
      UInt64(charge + 1), from: from, to: to, amount, day: day(), clinic: charges[charge].clinic)
  }

  private mutating func adjust() throws {
    guard let (charge, share) = open() else { return try self.charge() }
    let types: [AdjustmentType] = [
      .contractual, .denied, .writeOff, .badDebt, .courtesy, .rounding, .recovery,
    ]
    let type = types[Int(numbers.upTo(7)) - 1]
    let amount = numbers.upTo(charges[charge].shares[share].owed)
    charges[charge].shares[share].owed += type == .recovery ? amount : -amount
    try books.adjust(
      UInt64(charge + 1), of: charges[charge].shares[share].debtor, type, amount, day: day(),
      clinic: charges[charge].clinic)
  }

  private mutating func pay() throws {
    let clinic = UInt64(numbers.upTo(3))
    var parts: [(charge: UInt64, owedBy: Debtor, cents: Int64)] = []
    for _ in 0..<numbers.upTo(3) {
      guard let (charge, share) = open(sameMoneyAs: clinic) else { break }
      let amount = numbers.upTo(charges[charge].shares[share].owed)
      charges[charge].shares[share].owed -= amount
      parts.append((UInt64(charge + 1), charges[charge].shares[share].debtor, amount))
    }
    let left = parts.isEmpty || numbers.upTo(2) == 1 ? numbers.upTo(9_000) : 0
    let parties: [Party] = [
      .patient(PatientID(UInt64(numbers.upTo(5)))), .payer(PartyID(2)), .walkIn,
    ]
    let party = parties[Int(numbers.upTo(3)) - 1]
    let methods: [PaymentMethod] = [
      .cash(CashTender()), .card(CardTender()), .transfer(BankTender()),
    ]
    let isDeposit = parts.isEmpty && numbers.upTo(2) == 1
    let tip = numbers.upTo(5) == 1 ? numbers.upTo(500) : nil
    payments.append(Payment(party: party, clinic: clinic, left: left, isDeposit: isDeposit))
    try books.pay(
      UInt64(payments.count), from: party, parts.reduce(left) { $0 + $1.cents },
      by: methods[Int(numbers.upTo(3)) - 1], parts, day: day(), clinic: clinic
    ) {
      if isDeposit { $0.deposit = Deposit() }
      $0.tip = tip.map { money($0) }
    }
  }

  private mutating func allocate() throws {
    guard
      let payment = payments.indices.filter({ payments[$0].left > 0 })
        .randomElement(using: &numbers),
      let (charge, share) = open(sameMoneyAs: payments[payment].clinic)
    else { return try pay() }
    let amount = numbers.upTo(min(payments[payment].left, charges[charge].shares[share].owed))
    payments[payment].left -= amount
    charges[charge].shares[share].owed -= amount
    try books.allocate(
      UInt64(payment + 1), of: payments[payment].party, to: UInt64(charge + 1),
      owedBy: charges[charge].shares[share].debtor, amount,
      ofDeposit: payments[payment].isDeposit, day: day(), clinic: payments[payment].clinic)
  }

  private mutating func receive() throws {
    others += 1
    let values = (0..<numbers.upTo(4)).map { _ in numbers.upTo(9_000) - 1 }
    try books.receive(others, from: 4, values, day: day(), clinic: UInt64(numbers.upTo(3)))
  }

  private mutating func issue() throws {
    others += 1
    let purposes: [IssuePurpose] = [.treatment, .sale, .internal, .lost]
    try books.issue(
      others, purposes[Int(numbers.upTo(4)) - 1], numbers.upTo(900), on: UInt64(numbers.upTo(5)),
      day: day(), clinic: UInt64(numbers.upTo(3)))
  }

  /// Some day of the history or next to it.
  mutating func someDay() -> Day { Day(daysSince1970: 20_420 + Int32(numbers.upTo(126))) }

  /// Some position of the history.
  mutating func somePosition() -> Position {
    Position(UInt64(numbers.upTo(Int64(books.position))))
  }

  mutating func oneOf<Element>(_ elements: [Element]) -> Element {
    elements[Int(numbers.upTo(Int64(elements.count))) - 1]
  }
}
