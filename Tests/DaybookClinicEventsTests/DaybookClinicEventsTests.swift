import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues
import Testing

@Suite struct `Every event` {
  @Test func `has a sample and stands in the list of its family`() throws {
    let sampled = try Samples.all().map(\.description.name).sorted()
    let listed = ClinicEvents.families.flatMap(\.events).map(\.name).sorted()
    #expect(sampled == listed)
  }

  @Test(arguments: try Samples.all())
  func `comes back from its bytes as it was`(_ sample: EventSample) throws {
    #expect(sample.roundTrips)
    #expect(try sample.rewritten(sample.full) == sample.full)
    #expect(try sample.rewritten(sample.minimal) == sample.minimal)
  }

  @Test(arguments: try Samples.all())
  func `has ascending field numbers, all of them in its full sample`(
    _ sample: EventSample
  ) throws {
    let numbers = sample.schemaNumbers
    #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
    #expect(numbers.allSatisfy { (1...511).contains($0) })
    #expect(try fieldNumbers(in: sample.full).filter { $0 != 15 } == numbers.filter { $0 != 15 })
  }

  @Test(arguments: try Samples.all())
  func `names the event's currency in field 15 if it holds an amount`(
    _ sample: EventSample
  ) throws {
    let holdsAmount = sample.schema.contains("_minor")
    #expect(sample.schemaNumbers.contains(15) == holdsAmount)
  }

  @Test(arguments: try Samples.all())
  func `is small when it says little`(_ sample: EventSample) {
    #expect(sample.minimal.count <= 32)
  }

  @Test(arguments: try Samples.all())
  func `cut anywhere is another canonical event or a typed error`(_ sample: EventSample) {
    for length in 0..<sample.full.count {
      let cut = Array(sample.full[..<length])
      guard let rewritten = try? sample.rewritten(cut) else { continue }
      #expect(rewritten == cut, "cut to \(length) bytes")
    }
  }

  @Test(arguments: try Samples.all())
  func `with any byte changed is another canonical event or a typed error`(
    _ sample: EventSample
  ) {
    for index in sample.full.indices {
      for mask: UInt8 in [0x01, 0x02, 0x08, 0x80, 0xff] {
        var changed = sample.full
        changed[index] ^= mask
        guard let rewritten = try? sample.rewritten(changed) else { continue }
        #expect(rewritten == changed, "byte \(index) changed by \(mask)")
      }
    }
  }
}

@Suite struct `Numbers on disk` {
  /// Never changed, only added to: old logs are read by these.
  static let frozen = [
    "1.1 ClinicDefined 1", "1.2 RolesSet 4", "1.3 AccountDefined 50", "1.4 PostingRuleSet 51",
    "1.5 ServiceDefined 6", "1.6 PriceSet 52", "1.7 TaxCodeSet 9", "1.8 PartyRegistered 5",
    "1.9 ResourceDefined 8",
    "2.1 PatientRegistered 10", "2.2 PatientAmended 10", "2.3 PatientsMerged 10",
    "2.4 CoverageSet 10", "2.5 AppointmentRequested 16", "2.6 AppointmentBooked 11",
    "2.7 AppointmentMoved 11", "2.8 AppointmentCancelled 11", "2.9 AppointmentMissed 11",
    "2.10 PatientCheckedIn 12", "2.11 EncounterStarted 13", "2.12 TreatmentPerformed 13",
    "2.13 EncounterCompleted 13",
    "2.14 TreatmentPlanAccepted 14", "2.15 PackageSold 15", "2.16 PackageCancelled 15",
    "3.1 ChargePosted 20", "3.2 ResponsibilityTransferred 20", "3.3 AdjustmentPosted 20",
    "3.4 InvoiceIssued 26", "3.5 InvoiceRectified 26",
    "3.6 PaymentReceived 21", "3.7 PaymentAllocated 21", "3.8 AllocationReleased 21",
    "3.9 PaymentReturned 21", "3.10 RemittanceReceived 21", "3.11 RefundPaid 21",
    "3.12 ClaimSubmitted 22", "3.13 ClaimAdjudicated 22", "3.14 TillOpened 23",
    "3.15 TillCashMoved 23", "3.16 TillClosed 23", "3.17 SaleCompleted 25",
    "3.18 SaleReturned 37", "3.19 SupplierInvoiceRecorded 36", "3.20 PaymentMade 21",
    "3.21 BankLineReconciled 29", "3.22 JournalPosted 27", "3.23 PeriodClosed 28",
    "3.24 PeriodReopened 28", "3.25 YearClosed 28",
    "4.1 StaffHired 3", "4.2 ContractAmended 3", "4.3 StaffLeft 3", "4.4 CredentialRecorded 3",
    "4.5 ShiftScheduled 40", "4.6 ClockedIn 41", "4.7 ClockedOut 41", "4.8 TimeEntryCorrected 41",
    "4.9 AbsenceRecorded 42", "4.10 AbsenceDecided 42", "4.11 CommissionRuleSet 43",
    "4.12 CommissionAccrued 43", "4.13 HoursRecorded 1", "4.14 PayrollApproved 44",
    "5.1 ItemDefined 7", "5.2 PurchaseOrderPlaced 32", "5.3 PurchaseOrderClosed 32",
    "5.4 GoodsReceived 30", "5.5 GoodsReturned 30", "5.6 StockIssued 31",
    "5.7 StockTransferDispatched 33", "5.8 StockTransferReceived 33", "5.9 StockCounted 34",
    "5.10 LotStatusSet 7", "5.11 SterilisationRecorded 35", "5.12 EquipmentServiced 8",
    "6.1 Reversed 0",
  ]

  @Test func `of families, tags and streams stay as they are`() {
    let found = ClinicEvents.families.flatMap(\.events).map {
      "\($0.family.rawValue).\($0.tag) \($0.name) \($0.streamKind.number)"
    }
    #expect(found == Self.frozen)
  }

  @Test func `of a family are those of its tags`() {
    func tags<T: FamilyTag>(_: T.Type) -> [String] {
      T.allCases.map { "\(T.family.rawValue).\($0.rawValue)" }
    }
    let declared =
      tags(AdministrationTag.self) + tags(FrontOfficeTag.self) + tags(AccountingTag.self)
      + tags(HumanResourcesTag.self) + tags(LogisticsTag.self)
      + tags(CorrectionsTag.self)
    let described = ClinicEvents.families.flatMap { family in
      family.events.map { "\(family.number.rawValue).\($0.tag)" }
    }
    #expect(declared == described)
  }

  @Test func `of stream kinds, their names and their prefixes are unique`() {
    let kinds = ClinicEvents.streamKinds
    #expect(Set(kinds.map(\.kind)).count == kinds.count)
    #expect(Set(kinds.map(\.name)).count == kinds.count)
    #expect(Set(kinds.map(\.prefix)).count == kinds.count)
    #expect(kinds.map(\.kind) == kinds.map(\.kind).sorted())
    #expect(!kinds.contains { $0.kind.number == PersonKind.number })
  }

  @Test func `of every stream that an event lives in are described`() {
    let described = Set(ClinicEvents.streamKinds.map(\.kind))
    for event in ClinicEvents.families.flatMap(\.events) where event.streamKind != .ofTarget {
      #expect(described.contains(event.streamKind), "\(event.name)")
    }
  }

  @Test func `of importers and roles stay as they are`() {
    #expect(
      Importer.allCases.map(\.name) == [
        "synthea", "appointments", "billing", "treatments", "retail", "tickets", "deliveries",
        "absences", "hours", "journal", "jsonl",
      ])
    #expect(Importer.allCases.map(\.rawValue) == Array(1...11))
    #expect(Importer(named: "tickets") == .tickets)
    #expect(Importer(named: "nobody") == nil)
    #expect(Importer.synthea.actor.importerNumber == 1)
    #expect(
      ClinicRole.allCases.map { "\($0)" } == [
        "unspecified", "admin", "reception", "practitioner", "cashier", "buyer", "accountant",
        "payroll", "import", "system", "auditor",
      ])
    #expect(ClinicRole.allCases.map(\.rawValue) == Array(0...10))
    #expect(ClinicRole(Role.cashier) == .cashier)
    #expect(ClinicRole(Role(0)) == nil && ClinicRole(Role(999)) == nil)
  }
}

@Suite struct `The published language` {
  @Test func `calls a plan what may lie in the future, and a fact everything else`() {
    let plans = ClinicEvents.families.flatMap(\.events).filter { $0.nature == .plan }.map(\.name)
    #expect(
      plans == [
        "PostingRuleSet", "PriceSet", "TaxCodeSet",
        "CoverageSet", "AppointmentRequested", "AppointmentBooked", "AppointmentMoved",
        "StaffHired", "ContractAmended", "StaffLeft", "ShiftScheduled", "AbsenceRecorded",
        "AbsenceDecided", "CommissionRuleSet", "PurchaseOrderPlaced",
      ])
  }

  @Test func `says of every event which areas it feeds`() {
    func names(_ area: Areas) -> [String] {
      ClinicEvents.families.flatMap(\.events).filter { $0.areas.contains(area) }.map(\.name)
    }
    for event in ClinicEvents.families.flatMap(\.events) {
      #expect(!event.areas.isEmpty, "\(event.name)")
      #expect(event.areas.isSubset(of: [.accounting, .humanResources, .logistics, .tax]))
    }
    #expect(names(.accounting).contains("ResponsibilityTransferred"))
    #expect(names(.humanResources).contains("RolesSet"))
    #expect(names(.logistics).contains("StockIssued"))
    #expect(names(.tax).contains("ChargePosted") && !names(.tax).contains("StockIssued"))
  }

  @Test func `prints identifiers as people write them`() {
    #expect("\(PatientID(17)) \(StaffID(3)) \(VisitID(88)) \(ChargeID(311))" == "P17 D3 V88 C311")
    #expect("\(OrderID(88)) \(TillID(1))" == "PO88 T1")
    #expect(AppointmentID(123).stream == StreamID(.appointment, 123))
  }

  @Test func `keeps what it says of a person in words inside the personal groups`() throws {
    for sample in try Samples.all() {
      for line in sample.schema.split(separator: "\n") where line.contains(" phone = ") {
        let owner = sample.schema[..<line.startIndex].split(separator: "\n").last {
          $0.hasPrefix("message ")
        }
        #expect(owner?.hasSuffix("Person {") == true, "\(sample.description.name): \(line)")
      }
    }
  }

  @Test func `refuses a payer without a priority`() {
    let transfer = ResponsibilityTransferred.with {
      $0.to = .payer(PartyID(4), .unspecified)
      $0.amount = Amount(minorUnits: 1)
    }
    #expect(throws: WireError.self) { try transfer.encoded() }
  }

  @Test func `refuses two currencies in one event`() {
    let payment = PaymentReceived.with {
      $0.amount = Amount(minorUnits: 100, .usd)
      $0.allocations = [Allocation(ChargeID(1), owedBy: Debtor(), Amount(minorUnits: 1, .eur))]
    }
    #expect(throws: WireError.self) { try payment.encoded(currency: .usd) }
    #expect(throws: WireError.self) { try payment.encoded(currency: .eur) }
  }

  @Test func `leaves what is not allocated to the party that paid`() throws {
    let payment = PaymentReceived.with {
      $0.amount = Amount(minorUnits: 7_749, .usd)
      $0.allocations = [
        Allocation(ChargeID(1), owedBy: Debtor(), Amount(minorUnits: 7_000, .usd)),
        Allocation(ChargeID(2), owedBy: Debtor(), Amount(minorUnits: 700, .usd)),
      ]
    }
    #expect(try payment.unapplied() == Amount(minorUnits: 49, .usd))
  }

  @Test(arguments: try Samples.all())
  func `gives the fields of a message names of their own`(_ sample: EventSample) {
    for message in sample.schema.split(separator: "\n}\n") {
      let names = message.split(separator: "\n").compactMap { line in
        line.firstRange(of: " = ").flatMap { line[..<$0.lowerBound].split(separator: " ").last }
      }
      #expect(Set(names).count == names.count, "\(message)")
    }
  }

  @Test func `is one schema in which every message stands once`() throws {
    var schema = Schema()
    for event in ClinicEvents.families.flatMap(\.events) { try event.add(to: &schema) }
    let names = schema.text().split(separator: "\n")
      .filter { $0.hasPrefix("message ") || $0.hasPrefix("enum ") }
    #expect(Set(names).count == names.count)
    for event in ClinicEvents.families.flatMap(\.events) {
      #expect(names.contains("message \(event.name) {"))
    }
  }
}
