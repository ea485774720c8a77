import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Books in which money settles charges, or no longer does; beside them, what each event collects, as
/// it was told: nothing here reads a posting.
struct MoneyBooks {
  /// So many more cents of a charge are settled by money; below zero for less.
  struct Move {
    var position: Position
    var day: Day
    var charge: UInt64
    var cents: Int64
  }

  private struct Told {
    var stream: StreamID
    var reversed: Reversed
    var collected: [(charge: UInt64, cents: Int64)]
  }

  private(set) var books: Books
  private(set) var moves: [Move] = []
  /// When each charge was, from the first on, and who owes it.
  private var charges: [(day: Day, debtor: Debtor)] = []
  private var payments: UInt64 = 0
  private var invoices: UInt64 = 0
  private var packages: UInt64 = 0
  /// What may be undone, with what it collects.
  private var told: [Told] = []

  /// A clinic, a patient, an insurer, and a service that sells packages.
  init(chunkRows: Int = 65_536) throws {
    books = Books(chunkRows: chunkRows)
    try books.clinic()
    try books.patientRegistered(1)
    try books.partyRegistered(1)
    try books.take(
      ServiceDefined.with {
        $0.service = ServiceID(2)
        $0.code = "TEN"
        $0.type = .package
      }, on: 2, day: "2026-01-01")
  }

  /// What money has settled of all charges on a day, by all that was known at a position.
  func collected(on day: Day, knownAt position: Position) -> Int64 {
    moves.filter {
      $0.position <= position && $0.day <= day && charges[Int($0.charge) - 1].day <= day
    }.reduce(0) { $0 + $1.cents }
  }

  var chargeCount: UInt64 { UInt64(charges.count) }
  var toldCount: Int { told.count }

  private mutating func tell<E: EventPayload>(
    _ event: E, on number: UInt64, _ collected: [(charge: UInt64, cents: Int64)], _ day: String
  ) throws {
    let stream = StreamID(E.streamKind, number)
    let position = try books.take(event, onStream: stream, day: day)
    let reversed = try Reversed.with { (reversed) throws(WireError) in
      reversed.of = Position(position)
      reversed.reason = "a mistake"
      reversed.family = UInt32(E.Tag.family.rawValue)
      reversed.tag = UInt32(E.tag.rawValue)
      reversed.payload = try event.encoded(base: reversed.originalAt)
    }
    told.append(Told(stream: stream, reversed: reversed, collected: collected))
    try note(collected, day)
  }

  private mutating func note(
    _ collected: [(charge: UInt64, cents: Int64)], _ day: String
  ) throws {
    let day = try Day(parsing: day)
    for part in collected {
      moves.append(
        Move(
          position: Position(books.position), day: day, charge: part.charge, cents: part.cents))
    }
  }

  private func allocation(_ charge: UInt64, _ cents: Int64) -> Allocation {
    Allocation(ChargeID(charge), owedBy: charges[Int(charge) - 1].debtor, money(cents))
  }

  private func released(_ charge: UInt64, _ cents: Int64) -> ReleasedPart {
    .with {
      $0.payment = PaymentID(1)
      $0.from = .patient(PatientID(1))
      $0.allocation = allocation(charge, cents)
    }
  }

  /// Undoes what was told as the `index`th, from 0; what was undone is not undone again.
  mutating func undo(_ index: Int, day: String = "2026-03-09") throws {
    let undone = told.remove(at: index)
    try books.take(undone.reversed, onStream: undone.stream, day: day)
    try note(undone.collected.map { ($0.charge, -$0.cents) }, day)
  }
}

// One function an event.
extension MoneyBooks {
  /// A charge, of the insurer's or the patient's.
  @discardableResult
  mutating func charge(
    _ cents: Int64, insured: Bool = false, day: String = "2026-03-02"
  ) throws -> UInt64 {
    let debtor = insured ? payer(1) : patient(1)
    charges.append((try Day(parsing: day), debtor))
    try books.charge(chargeCount, to: debtor, cents, day: day)
    return chargeCount
  }

  /// A charge that sells a package of three sessions.
  ///
  /// - Returns: The package's number.
  mutating func sellPackage(_ cents: Int64, day: String = "2026-03-02") throws -> UInt64 {
    packages += 1
    charges.append((try Day(parsing: day), patient(1)))
    let (package, charge) = (PackageID(packages), ChargeID(chargeCount))
    try books.take(
      PackageSold.with {
        $0.package = package
        $0.patient = PatientID(1)
        $0.service = ServiceID(2)
        $0.sessions = 3
        $0.price = money(cents)
      }, on: packages, day: day)
    try books.take(
      ChargePosted.with {
        $0.charge = charge
        $0.patient = PatientID(1)
        $0.package = package
        $0.service = ServiceID(2)
        $0.units = 1
        $0.list = money(cents)
        $0.net = money(cents)
        $0.responsible = patient(1)
      }, on: charge.number, day: day)
    return package.number
  }

  /// A package is given up: so much of its charge is not owed any more, and so much becomes credit.
  mutating func cancelPackage(
    _ package: UInt64, of charge: UInt64, open: Int64, paid: Int64, kept: Int64 = 0,
    day: String = "2026-03-03"
  ) throws {
    let part = open > 0 ? [allocation(charge, open)] : []
    try tell(
      PackageCancelled.with {
        $0.package = PackageID(package)
        $0.patient = PatientID(1)
        $0.sessionsLeft = 3
        $0.rest = money(open + paid + kept)
        $0.refundDue = money(open + paid)
        $0.released = Few(part)
        $0.reason = .patient
      }, on: package, [(charge, -paid)], day)
  }

  /// The patient pays, parts of it for charges.
  mutating func pay(
    _ cents: Int64, _ parts: [(charge: UInt64, cents: Int64)] = [], day: String = "2026-03-03"
  ) throws {
    payments += 1
    let allocations = parts.map { allocation($0.charge, $0.cents) }
    try tell(
      PaymentReceived.with {
        $0.payment = PaymentID(payments)
        $0.from = .patient(PatientID(1))
        $0.amount = money(cents)
        $0.method = .cash(CashTender())
        $0.tip = money(100)
        $0.allocations = Few(allocations)
      }, on: payments, parts, day)
  }

  /// Credit is applied.
  mutating func apply(_ charge: UInt64, _ cents: Int64, day: String = "2026-03-03") throws {
    let part = allocation(charge, cents)
    try tell(
      PaymentAllocated.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(PatientID(1))
        $0.allocation = part
      }, on: 1, [(charge, cents)], day)
  }

  /// What was applied is credit again.
  mutating func release(_ charge: UInt64, _ cents: Int64, day: String = "2026-03-03") throws {
    let part = released(charge, cents)
    try tell(AllocationReleased.with { $0.part = part }, on: 1, [(charge, -cents)], day)
  }

  /// The bank takes a payment back, with a fee of its own.
  mutating func returnPayment(
    _ cents: Int64, _ parts: [(charge: UInt64, cents: Int64)], day: String = "2026-03-03"
  ) throws {
    let reopened = parts.map { allocation($0.charge, $0.cents) }
    try tell(
      PaymentReturned.with {
        $0.payment = PaymentID(1)
        $0.from = .patient(PatientID(1))
        $0.amount = money(cents)
        $0.method = .directDebit
        $0.fee = money(600)
        $0.reopened = Few(reopened)
      }, on: 1, parts.map { ($0.charge, -$0.cents) }, day)
  }

  /// The insurer pays, or below zero takes back.
  mutating func remit(
    _ parts: [(charge: UInt64, cents: Int64)], day: String = "2026-03-03"
  ) throws {
    payments += 1
    try tell(
      RemittanceReceived.with {
        $0.payment = PaymentID(payments)
        $0.payer = PartyID(1)
        $0.total = money(parts.reduce(0) { $0 + $1.cents })
        $0.lines = Few(
          parts.map { part in
            .with {
              $0.charge = ChargeID(part.charge)
              $0.paid = money(part.cents)
            }
          })
      }, on: payments, parts, day)
  }

  /// A credit note: so much of what was open, and so much of what was paid.
  mutating func creditNote(
    _ charge: UInt64, open: Int64, paid: Int64, day: String = "2026-03-03"
  ) throws {
    invoices += 1
    let parts = paid > 0 ? [released(charge, paid)] : []
    let debtor = charges[Int(charge) - 1].debtor
    try tell(
      InvoiceRectified.with {
        $0.invoice = InvoiceID(invoices)
        $0.lines = [
          .with {
            $0.charge = ChargeID(charge)
            $0.owedBy = debtor
            $0.net = money(open + paid)
          }
        ]
        $0.released = Few(parts)
      }, on: invoices, [(charge, -paid)], day)
  }

  /// An invoice whose document has less tax than its line, which was paid.
  mutating func invoice(_ charge: UInt64, less cents: Int64, day: String = "2026-03-03") throws {
    invoices += 1
    let part = released(charge, cents)
    let debtor = charges[Int(charge) - 1].debtor
    try tell(
      InvoiceIssued.with {
        $0.invoice = InvoiceID(invoices)
        $0.lines = [
          .with {
            $0.charge = ChargeID(charge)
            $0.owedBy = debtor
            $0.rounding = money(-cents)
          }
        ]
        $0.released = [part]
      }, on: invoices, [(charge, -cents)], day)
  }

  /// Something is taken off, or by a recovery owed again.
  mutating func adjust(
    _ charge: UInt64, _ type: AdjustmentType, _ cents: Int64, day: String = "2026-03-03"
  ) throws {
    let debtor = charges[Int(charge) - 1].debtor
    try tell(
      AdjustmentPosted.with {
        $0.charge = ChargeID(charge)
        $0.debtor = debtor
        $0.type = type
        $0.amount = money(cents)
      }, on: charge, [], day)
  }

  /// The other one of patient and insurer owes a part.
  mutating func transfer(_ charge: UInt64, _ cents: Int64, day: String = "2026-03-03") throws {
    let debtor = charges[Int(charge) - 1].debtor
    try tell(
      ResponsibilityTransferred.with {
        $0.charge = ChargeID(charge)
        $0.from = debtor
        $0.to = debtor == patient(1) ? payer(1) : patient(1)
        $0.amount = money(cents)
        $0.reason = .copay
      }, on: charge, [], day)
  }

  /// Credit of the patient is paid out.
  mutating func refund(_ cents: Int64, day: String = "2026-03-03") throws {
    payments += 1
    try tell(
      RefundPaid.with {
        $0.refund = PaymentID(payments)
        $0.to = .patient(PatientID(1))
        $0.amount = money(cents)
        $0.method = .transfer(BankTender())
        $0.parts = [
          .with {
            $0.payment = PaymentID(1)
            $0.amount = money(cents)
          }
        ]
      }, on: payments, [], day)
  }
}
