import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// Commands with every field set, so that none is forgotten in a description.
@Suite struct `Commands on the wire` {
  func survives<C: Command & Equatable>(
    _ command: C, fields: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let bytes = try command.encoded()
    #expect(try C(decoding: bytes) == command, sourceLocation: sourceLocation)
    #expect(
      Mirror(reflecting: command).children.count == fields,
      "a new field wants a place here and in the description", sourceLocation: sourceLocation)
    for length in 0..<bytes.count {
      // Cut anywhere: an error or another command, never a trap.
      if let cut = try? C(decoding: Array(bytes[..<length])) {
        #expect(cut != command, sourceLocation: sourceLocation)
      }
    }
  }

  private let party = Debtor.payer(PartyID(3), .tertiary)
  private let person: UInt64 = 4

  @Test func `administration reads back`() throws {
    try survives(
      DefineClinic.with {
        $0.clinic = ClinicID(1)
        $0.name = "n"
        $0.legalName = "l"
        $0.taxID = "t"
        $0.address = .with { $0.city = "c" }
        $0.timeZone = "z"
        $0.transitions = [ZoneTransition(), ZoneTransition(at: Instant(), offset: .utc)]
        $0.currency = .eur
        $0.fiscalYearStartMonth = 4
        $0.proRata = Rate(basisPoints: 1)
        $0.limits.refund = cents(0)
        $0.openHours = [OpenHours(.monday, from: 0, to: 1)]
        $0.taxRounding = .perDocument
        $0.badDebtTax = .relieved
      }, fields: 14)
    try survives(
      AdoptPack.with {
        $0.accounts = [
          PackAccount.with {
            $0.standsFor = "1010"
            $0.code = "570"
            $0.name = "Caja"
            $0.type = .asset
          }
        ]
        $0.rules = [
          PackRule.with {
            $0.eventType = "GoodsReceived"
            $0.slots = [PostingSlot("purchases", account: "600")]
          }
        ]
        $0.taxCodes = [
          PackTaxCode.with {
            $0.code = "G"
            $0.rate = Rate(basisPoints: 1)
            $0.taxClass = .reduced
            $0.reason = "r"
            $0.from = Day(daysSince1970: 1)
          }
        ]
      }, fields: 3)
    try survives(
      SetRoles.with {
        $0.staff = StaffID(1)
        $0.clinic = ClinicID(2)
        $0.roles = [.admin, .auditor]
      }, fields: 3)
    try survives(
      HireStaff.with {
        $0.person.name = "n"
        $0.positions = ["p"]
        $0.clinics = [ClinicID(1)]
        $0.contract = .owner
        $0.weekSeconds = 1
        $0.payBasis = .hour
        $0.payRate = UnitPrice(tenThousandths: 1)
        $0.leaveDays = .one
        $0.start = Day(daysSince1970: 1)
        $0.overtimePremium = Rate(basisPoints: 1)
      }, fields: 10)
    try survives(
      RegisterParty.with {
        $0.type = .other
        $0.name = "n"
        $0.taxID = "t"
        $0.termsDays = 30
        $0.address = .with { $0.city = "c" }
        $0.person = .with { $0.name = "n" }
      }, fields: 6)
    try survives(
      DefineService.with {
        $0.service = ServiceID(1)
        $0.code = "c"
        $0.name = "n"
        $0.type = .fee
        $0.durationSeconds = 1
        $0.taxCode = TaxCodeID(1)
        $0.commissionable = true
        $0.credentialKinds = ["k"]
        $0.recipe = [RecipeLine(ItemID(1), .one)]
      }, fields: 10)
  }

  @Test func `the catalogue reads back`() throws {
    try survives(
      DefineAccount.with {
        $0.account = LedgerAccountID(1)
        $0.code = "c"
        $0.name = "n"
        $0.type = .expense
        $0.group = "g"
      }, fields: 5)
    try survives(
      SetPostingRule.with {
        $0.eventType = "e"
        $0.variant = "v"
        $0.slots = [PostingSlot("s", account: "a")]
        $0.from = Day(daysSince1970: 1)
      }, fields: 4)
    for priced in [Priced.service(ServiceID(1)), .item(ItemID(2))] {
      try survives(
        SetPrice.with {
          $0.priced = priced
          $0.payer = PartyID(1)
          $0.unitPrice = UnitPrice(tenThousandths: 1)
          $0.from = Day(daysSince1970: 1)
          $0.allowance = true
        }, fields: 5)
    }
    try survives(
      SetTaxCode.with {
        $0.taxCode = TaxCodeID(1)
        $0.code = "c"
        $0.rate = Rate(basisPoints: 1)
        $0.taxClass = .reverseCharge
        $0.reason = "r"
        $0.deductible = true
        $0.returnBox = "b"
        $0.from = Day(daysSince1970: 1)
      }, fields: 8)
    try survives(
      DefineResource.with {
        $0.resource = ResourceID(1)
        $0.type = .chair
        $0.name = "n"
        $0.serial = "s"
        $0.openHours = [OpenHours(.sunday, from: 1, to: 2)]
        $0.retired = true
      }, fields: 6)
  }

  @Test func `patients and appointments read back`() throws {
    try survives(
      RegisterPatient.with {
        $0.person.note = "n"
        $0.birthYear = 0
        $0.sex = .other
      }, fields: 3)
    try survives(
      AmendPatient.with {
        $0.patient = PatientID(1)
        $0.person.note = "n"
        $0.birthYear = 0
        $0.sex = .other
        $0.reason = .corrected
      }, fields: 5)
    try survives(
      MergePatients.with {
        $0.from = PatientID(1)
        $0.into = PatientID(2)
        $0.reason = .duplicate
      }, fields: 3)
    try survives(
      SetCoverage.with {
        $0.patient = PatientID(1)
        $0.payer = PartyID(1)
        $0.priority = .tertiary
        $0.from = Day(daysSince1970: 1)
        $0.to = Day(daysSince1970: 2)
        $0.copay = .fixed(cents(1))
        $0.policy = "p"
        $0.authorisation = "a"
      }, fields: 8)
    try survives(
      BookAppointment.with {
        $0.patient = PatientID(1)
        $0.practitioner = StaffID(1)
        $0.services = [ServiceID(1)]
        $0.start = Instant(milliseconds: 1)
        $0.durationSeconds = 1
        $0.overbook = true
        $0.channel = .phone
        $0.resource = ResourceID(1)
        $0.series = SeriesID(1)
        $0.request = RequestID(1)
        $0.further = [Instant(milliseconds: 2)]
      }, fields: 11)
    try survives(
      MoveAppointment.with {
        $0.appointment = AppointmentID(1)
        $0.start = Instant()
        $0.durationSeconds = 1
        $0.practitioner = StaffID(1)
        $0.resource = ResourceID(1)
        $0.releasesResource = true
        $0.overbook = true
      }, fields: 7)
    try survives(
      RequestAppointment.with {
        $0.patient = PatientID(1)
        $0.services = [ServiceID(1)]
        $0.practitioner = StaffID(1)
        $0.from = Day()
        $0.to = Day()
        $0.weekdays = [.monday]
        $0.priority = .soon
      }, fields: 7)
    try survives(
      CancelAppointment.with {
        $0.appointment = AppointmentID(1)
        $0.request = RequestID(1)
        $0.by = .clinic
        $0.reason = .other
        $0.feeService = ServiceID(1)
      }, fields: 5)
    try survives(
      MissAppointment.with {
        $0.appointment = AppointmentID(1)
        $0.type = .noShow
        $0.feeService = ServiceID(1)
      }, fields: 3)
  }

  @Test func `care reads back`() throws {
    try survives(
      CheckInPatient.with {
        $0.appointment = AppointmentID(1)
        $0.patient = PatientID(1)
        $0.arrivedAt = Instant()
      }, fields: 3)
    try survives(
      StartEncounter.with {
        $0.visit = VisitID(1)
        $0.practitioner = StaffID(1)
        $0.resource = ResourceID(1)
        $0.start = Instant()
      }, fields: 4)
    try survives(
      CompleteEncounter.with {
        $0.encounter = EncounterID(1)
        $0.end = Instant()
        $0.outcome = .admitted
      }, fields: 3)
    let device = Device.with {
      $0.item = ItemID(1)
      $0.expiry = Day()
    }
    try survives(
      PerformTreatment.with {
        $0.encounter = EncounterID(1)
        $0.service = ServiceID(1)
        $0.units = 2
        $0.practitioner = StaffID(1)
        $0.bodySite = "b"
        $0.diagnoses = ["d"]
        $0.listPrice = cents(2)
        $0.discount = cents(1)
        $0.priceReason = .warranty
        $0.taxCode = TaxCodeID(1)
        $0.devices = [device]
        $0.responsible = party
        $0.approver = StaffID(2)
        $0.uses = [
          .with {
            $0 = ItemUse(ItemID(1), .one, lot: "l")
            $0.lotOverride = .with { $0.reason = "r" }
          }
        ]
        $0.planLine = PlanLine(PlanID(1), line: 1)
        $0.package = PackageID(1)
      }, fields: 16)
    try survives(
      RecordAppointment.with {
        $0.patient = PatientID(1)
        $0.practitioner = StaffID(1)
        $0.start = Instant(milliseconds: 1)
        $0.durationSeconds = 2
        $0.cancelledAt = Instant(milliseconds: 3)
        $0.cancelledBy = .clinic
        $0.missedAt = Instant(milliseconds: 4)
        $0.arrivedAt = Instant(milliseconds: 5)
        $0.began = Instant(milliseconds: 6)
        $0.ended = Instant(milliseconds: 7)
      }, fields: 10)
    try survives(
      RecordCharge.with {
        $0.patient = PatientID(1)
        $0.service = ServiceID(1)
        $0.units = 2
        $0.listPrice = cents(2)
        $0.discount = cents(1)
        $0.responsible = party
      }, fields: 6)
    try survives(
      RecordVisit.with {
        $0.patient = PatientID(1)
        $0.practitioner = StaffID(1)
        $0.start = Instant(milliseconds: 1)
        $0.end = Instant(milliseconds: 2)
        $0.outcome = .completed
        $0.lines = [
          .with {
            $0.at = Instant()
            $0.clinic = ClinicID(1)
            $0.service = ServiceID(1)
            $0.practitioner = StaffID(1)
            $0.listPrice = cents(2)
            $0.discount = cents(1)
            $0.responsible = party
            $0.diagnoses = ["d"]
            $0.devices = [device]
          }
        ]
        $0.uses = [
          .with {
            $0.at = Instant()
            $0.line = 1
            $0.item = ItemID(1)
            $0.quantity = .one
            $0.lot = "l"
          }
        ]
      }, fields: 7)
  }

  @Test func `billing and claims read back`() throws {
    for from in [PaidBy.party(.walkIn), .party(.other(PartyID(1))), .owing(ChargeID(1))] {
      try survives(
        ReceivePayment.with {
          $0.from = from
          $0.amount = cents(1)
          $0.method = .voucher(.with { $0.code = "c" })
          $0.allocations = [ChargeAmount(ChargeID(1), cents(1))]
          $0.settling = [ChargeID(2)]
          $0.deposit = Deposit()
          $0.tip = cents(0)
          $0.remittance = "r"
          $0.till = TillID(1)
        }, fields: 9)
    }
    try survives(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.allocations = [ChargeAmount(ChargeID(1), cents(1))]
        $0.settling = [ChargeID(2)]
      }, fields: 3)
    try survives(
      TransferResponsibility.with {
        $0.charge = ChargeID(1)
        $0.from = party
        $0.to = .patient(PatientID(1))
        $0.amount = cents(1)
        $0.reason = .covered
      }, fields: 5)
    try survives(
      PostAdjustment.with {
        $0.charge = ChargeID(1)
        $0.debtor = party
        $0.type = .recovery
        $0.amount = cents(1)
        $0.reasonCode = "r"
        $0.approver = StaffID(1)
        $0.upToOwed = true
        $0.provided = cents(1)
        $0.badDebtTax = .borne
      }, fields: 9)
    try survives(
      SubmitClaim.with {
        $0.payer = PartyID(1)
        $0.priority = .primary
        $0.charges = [ClaimRequest(ChargeID(1)), ClaimRequest(ChargeID(2), cents(0))]
        $0.total = cents(0)
        $0.replaces = ClaimID(1)
      }, fields: 5)
    try survives(
      AdjudicateClaim.with {
        $0.claim = ClaimID(1)
        $0.outcome = .denied
        $0.lines = [.with { $0.other = cents(-1) }]
        $0.remittance = "r"
        $0.payment = .transfer(BankTender())
      }, fields: 5)
  }

  @Test func `packages and remittances read back`() throws {
    try survives(
      AcceptTreatmentPlan.with {
        $0.patient = PatientID(1)
        $0.lines = [PlannedService(ServiceID(1), units: 2, cents(1))]
        $0.total = cents(1)
        $0.validTo = Day()
      }, fields: 4)
    try survives(
      SellPackage.with {
        $0.patient = PatientID(1)
        $0.sharers = [PatientID(2)]
        $0.service = ServiceID(1)
        $0.covers = [ServiceID(2)]
        $0.sessions = 3
        $0.price = cents(9)
        $0.discount = cents(1)
        $0.expires = Day()
        $0.opening = true
        $0.approver = StaffID(1)
        $0.priceReason = .promotion
      }, fields: 11)
    try survives(
      CancelPackage.with {
        $0.package = PackageID(1)
        $0.sessionsLeft = 0
        $0.refundDue = cents(1)
        $0.reason = .clinic
      }, fields: 4)
    try survives(
      ReceiveRemittance.with {
        $0.payer = PartyID(1)
        $0.reference = "r"
        $0.date = Day()
        $0.lines = [RemittedCharge(ClaimID(1), ChargeID(1), cents(-1))]
        $0.providerAdjustments = [ProviderAdjustment(.fee, "c", cents(-1))]
        $0.total = cents(0)
      }, fields: 6)
  }

  @Test func `purchases, bank and journal read back`() throws {
    try survives(
      RecordSupplierInvoice.with {
        $0.supplier = PartyID(1)
        $0.number = "n"
        $0.date = Day(daysSince1970: 1)
        $0.due = Day()
        $0.lines = [
          .with {
            $0.receipt = ReceiptID(1)
            $0.quantity = .one
            $0.account = "6100"
            $0.net = cents(1)
            $0.taxCode = TaxCodeID(1)
            $0.tax = cents(1)
            $0.deductible = Rate(basisPoints: 1)
            $0.reverseCharge = true
            $0.staff = StaffID(1)
            $0.run = PayrollRunID(1)
          }
        ]
        $0.withheld = Withholding(cents(1), "w")
        $0.total = cents(1)
        $0.approver = StaffID(1)
      }, fields: 8)
    try survives(
      MakePayment.with {
        $0.to = .staff(StaffID(1))
        $0.amount = cents(1)
        $0.method = .cash(CashTender())
        $0.settles = [PaidItem(.account("1240"), cents(1))]
        $0.approver = StaffID(1)
        $0.till = TillID(1)
      }, fields: 6)
    try survives(
      ReconcileBankLine.with {
        $0.bankAccount = BankAccountID(2)
        $0.line = "l"
        $0.date = Day()
        $0.amount = cents(-1)
        $0.matches = [
          StatementMatch(.payment(PaymentID(1)), cents(0)), StatementMatch(.position(Position(3))),
          StatementMatch(.account("1980"), cents(1)),
        ]
      }, fields: 5)
    try survives(
      PostJournal.with {
        $0.lines = [.with { $0.account = "6100" }]
        $0.memo = "m"
        $0.opening = true
      }, fields: 3)
  }

  @Test func `stock reads back`() throws {
    try survives(
      DefineItem.with {
        $0.item = ItemID(1)
        $0.code = "c"
        $0.name = "n"
        $0.gtin = "g"
        $0.baseUnit = "b"
        $0.packs = [Pack("p", .one)]
        $0.lotTracked = true
        $0.expiryTracked = true
        $0.reorderPoint = .one
        $0.reorderQuantity = .one
        $0.leadDays = 1
        $0.sterilisable = true
        $0.implant = true
        $0.controlled = true
        $0.taxCode = TaxCodeID(1)
      }, fields: 15)
    try survives(
      ReceiveGoods.with {
        $0.order = OrderID(1)
        $0.supplier = PartyID(1)
        $0.lines = [
          .with {
            $0.item = ItemID(1)
            $0.lot = "l"
            $0.expiry = Day()
            $0.quantity = .one
            $0.unitCost = UnitPrice(tenThousandths: 1)
            $0.value = cents(0)
            $0.unit = "u"
          }
        ]
        $0.opening = true
        $0.due = Day(daysSince1970: 1)
      }, fields: 5)
    try survives(
      IssueStock.with {
        $0.item = ItemID(1)
        $0.quantity = .one
        $0.lot = "l"
        $0.purpose = .lost
        $0.encounterLine = EncounterLine(EncounterID(1))
        $0.patient = PatientID(1)
        $0.lotOverride = LotOverride()
      }, fields: 7)
  }

  @Test func `purchasing and moving stock reads back`() throws {
    try survives(
      PlacePurchaseOrder.with {
        $0.supplier = PartyID(1)
        $0.lines = [
          .with {
            $0.item = ItemID(1)
            $0.quantity = .one
            $0.unitCost = UnitPrice(tenThousandths: 1)
            $0.unit = "u"
          }
        ]
        $0.due = Day()
        $0.tolerance = Rate(basisPoints: 1)
      }, fields: 4)
    try survives(
      ClosePurchaseOrder.with {
        $0.order = OrderID(1)
        $0.reason = .cancelled
        $0.note = "n"
      }, fields: 3)
    try survives(
      ReturnGoods.with {
        $0.receipt = ReceiptID(1)
        $0.lines = [
          .with {
            $0.item = ItemID(1)
            $0.lot = "l"
            $0.quantity = .one
          }
        ]
        $0.reason = "r"
      }, fields: 3)
    let request = TransferRequest.with {
      $0.item = ItemID(1)
      $0.lot = "l"
      $0.quantity = .one
    }
    try survives(
      DispatchTransfer.with {
        $0.to = ClinicID(2)
        $0.lines = [request]
      }, fields: 2)
    try survives(
      ReceiveTransfer.with {
        $0.transfer = TransferID(1)
        $0.lines = [request]
        $0.differences = [
          .with {
            $0.item = ItemID(1)
            $0.lot = "l"
            $0.quantity = .one
            $0.explanation = .lost
          }
        ]
        $0.everything = true
      }, fields: 4)
  }

  @Test func `counting, lots and equipment read back`() throws {
    try survives(
      CountStock.with {
        $0.lines = [
          .with {
            $0.item = ItemID(1)
            $0.lot = "l"
            $0.counted = .one
            $0.unit = "u"
            $0.unitCost = UnitPrice(tenThousandths: 1)
          }
        ]
        $0.countedAt = Instant(milliseconds: 1)
      }, fields: 2)
    try survives(
      SetLotStatus.with {
        $0.item = ItemID(1)
        $0.lot = "l"
        $0.status = .recalled
        $0.notice = "n"
        $0.reason = "r"
        $0.approver = StaffID(1)
      }, fields: 6)
    try survives(
      RecordSterilisation.with {
        $0.steriliser = ResourceID(1)
        $0.number = 1
        $0.programme = "p"
        $0.start = Instant(milliseconds: 1)
        $0.end = Instant(milliseconds: 2)
        $0.trays = [
          .with {
            $0.item = ItemID(1)
            $0.tray = "t"
            $0.failed = true
          }
        ]
        $0.result = .failed
        $0.operatedBy = StaffID(1)
      }, fields: 8)
    try survives(
      ServiceEquipment.with {
        $0.resource = ResourceID(1)
        $0.type = .repair
        $0.result = .unfit
        $0.cost = cents(1)
        $0.nextDue = Day()
        $0.supplier = PartyID(1)
      }, fields: 6)
  }

  @Test func `no two commands share a name, since the name is part of their digest`() {
    let names = [
      DefineClinic.typeName, SetRoles.typeName, HireStaff.typeName, RegisterParty.typeName,
      DefineService.typeName, RegisterPatient.typeName, SetCoverage.typeName,
      BookAppointment.typeName, CheckInPatient.typeName, StartEncounter.typeName,
      PerformTreatment.typeName, CompleteEncounter.typeName, RecordVisit.typeName,
      RecordAppointment.typeName, RecordCharge.typeName,
      ReceivePayment.typeName, AllocatePayment.typeName, TransferResponsibility.typeName,
      PostAdjustment.typeName, SubmitClaim.typeName, AdjudicateClaim.typeName,
      DefineItem.typeName, ReceiveGoods.typeName, IssueStock.typeName,
      DefineAccount.typeName, SetPostingRule.typeName, SetPrice.typeName, SetTaxCode.typeName,
      DefineResource.typeName, AmendPatient.typeName, MergePatients.typeName,
      RequestAppointment.typeName, MoveAppointment.typeName, CancelAppointment.typeName,
      MissAppointment.typeName,
      PlacePurchaseOrder.typeName, ClosePurchaseOrder.typeName, ReturnGoods.typeName,
      DispatchTransfer.typeName, ReceiveTransfer.typeName, CountStock.typeName,
      SetLotStatus.typeName, RecordSterilisation.typeName, ServiceEquipment.typeName,
    ]
    #expect(Set(names).count == names.count)
    #expect(names.contains("ReceivePayment"))
  }
}
