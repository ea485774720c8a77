import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
public import DaybookEngine
public import DaybookEvents
public import DaybookLog
import DaybookLogistics
public import DaybookValues

/// The proofs that no department can give alone: the accounts of the books against the items that the
/// Desk decides by, and against what stock and staff are worth to their departments; and the numbers
/// that documents have.
public enum BookProofs {
  /// Reads the log once more, up to where `models` stand, and compares.
  ///
  /// - Parameters:
  ///   - models: The clinic's models.
  ///   - log: The log that they were read from.
  ///   - progress: Called now and then with the position reached.
  /// - Returns: One check a claim, always the same ones in the same order; without those of items
  ///   where the Desk does not take the events in.
  /// - Throws: what reading throws.
  /// - Complexity: O(events).
  public static func run(
    _ models: ProjectionHost, _ log: inout LogReader,
    progress: (Position) -> Void = { _ in }
  ) throws -> [Check] {
    let books: Snapshot<AccountingModel> = models.snapshot()
    let stock: Snapshot<LogisticsModel> = models.snapshot()
    var desk = DeskState()
    var fault: String?
    let balances = AccountBalances(books.model, at: models.position)
    var fold = ProofFold(commissionAccount: balances.ownCode("2330"))
    try log.scan(from: Position(1), through: models.position, by: EventDecoder()) { event in
      do throws(WireError) {
        if fault == nil { try desk.evolve(event) }
      } catch {
        fault = "position \(event.header.position): \(error)"
      }
      try fold.take(event)
      if event.header.position.number & 0xffff == 0 { progress(event.header.position) }
    }
    let proof = SubledgerProof(balances)
    var checks = [
      Check(
        "the Desk takes in every event again", found: fault,
        over: "\(models.position.number) positions")
    ]
    for ledger in Subledger.allCases where fault == nil {
      var sums = desk.sums(of: ledger)
      if ledger == .credits { for (clinic, sum) in fold.carried { sums.carry(0 &- sum, clinic) } }
      checks.append(proof.check(ledger, sums))
    }
    checks.append(proof.commission(fold.commission))
    checks += proof.stock(stock.model, at: models.position)
    checks += fold.documents.checks
    return checks
  }
}

/// What the events say by themselves, added up in the order of the log.
struct ProofFold {
  /// The code that 2330 has in the book's chart.
  let commissionAccount: String
  /// What payers carry from one remittance to the next, by clinic.
  private(set) var carried: [ClinicID: Int64] = [:]
  /// Commission that was accrued and neither paid with wages nor invoiced, by clinic and person.
  private(set) var commission: [SubledgerProof.Owner: Int128] = [:]
  private(set) var documents = DocumentNumbers()

  init(commissionAccount: String) { self.commissionAccount = commissionAccount }

  mutating func take(_ event: borrowing Event) throws {
    let header = event.header
    let clinic = ClinicID(header.clinic)
    switch header.family {
    case .accounting:
      try documents.take(event)
      switch AccountingTag(rawValue: header.tag) {
      case .remittanceReceived:
        let remitted = try event.payload(RemittanceReceived.self)
        for adjustment in remitted.providerAdjustments where adjustment.type == .balance {
          carried[clinic, default: 0] &+= adjustment.amount.minorUnits
        }
      case .supplierInvoiceRecorded:
        take(try event.payload(SupplierInvoiceRecorded.self), clinic, 1)
      case .paymentMade: take(try event.payload(PaymentMade.self), clinic, 1)
      case .journalPosted: take(try event.payload(JournalPosted.self), clinic, 1)
      default: break
      }
    case .humanResources:
      switch HumanResourcesTag(rawValue: header.tag) {
      case .commissionAccrued:
        let accrued = try event.payload(CommissionAccrued.self)
        add(accrued.amount.minorUnits, clinic, accrued.staff)
      case .payrollApproved: take(try event.payload(PayrollApproved.self), clinic, 1)
      default: break
      }
    case .corrections:
      let reversed = try event.payload(Reversed.self)
      if reversed.isOf(SupplierInvoiceRecorded.self) {
        take(try reversed.original(SupplierInvoiceRecorded.self), clinic, -1)
      } else if reversed.isOf(PaymentMade.self) {
        take(try reversed.original(PaymentMade.self), clinic, -1)
      } else if reversed.isOf(JournalPosted.self) {
        take(try reversed.original(JournalPosted.self), clinic, -1)
      } else if reversed.isOf(PayrollApproved.self) {
        take(try reversed.original(PayrollApproved.self), clinic, -1)
      }
    default: break
    }
  }

  private mutating func add(_ amount: Int64, _ clinic: ClinicID, _ staff: StaffID?) {
    let owner = SubledgerProof.Owner(clinic: clinic, staff: staff ?? StaffID())
    commission[owner, default: 0] += Int128(amount)
  }

  private static func staff(_ party: Counterparty?) -> StaffID? {
    if case .staff(let staff) = party { staff } else { nil }
  }

  /// An employee's commission is paid with the wages; a contractor's is invoiced.
  private mutating func take(_ approved: PayrollApproved, _ clinic: ClinicID, _ sign: Int64) {
    for line in approved.lines where line.contract != .contractor {
      add(0 &- sign &* line.commission.minorUnits, clinic, line.staff)
    }
  }

  private mutating func take(
    _ invoice: SupplierInvoiceRecorded, _ clinic: ClinicID, _ sign: Int64
  ) {
    for line in invoice.lines where line.received == nil && line.account == commissionAccount {
      add(0 &- sign &* line.net.minorUnits, clinic, line.staff)
    }
  }

  private mutating func take(_ made: PaymentMade, _ clinic: ClinicID, _ sign: Int64) {
    for paid in made.settles {
      guard case .opening(let item) = paid.item, item.account == commissionAccount else { continue }
      add(0 &- sign &* paid.amount.minorUnits, clinic, Self.staff(made.to))
    }
  }

  private mutating func take(_ posted: JournalPosted, _ clinic: ClinicID, _ sign: Int64) {
    for line in posted.lines where line.account == commissionAccount {
      add(
        sign &* (line.credit.minorUnits &- line.debit.minorUnits), line.clinic ?? clinic,
        Self.staff(line.party))
    }
  }
}
