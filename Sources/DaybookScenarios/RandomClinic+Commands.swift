import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// A command, and a role that may give it.
struct MadeCommand {
  var command: any Command<DeskState>
  var role: ClinicRole
}

extension RandomClinic {
  /// A command by the weights that the type states.
  mutating func make(at now: Instant) -> MadeCommand {
    switch dice.below(100) {
    case ..<16: MadeCommand(command: treatment(), role: .practitioner)
    case ..<28: MadeCommand(command: payment(), role: .cashier)
    case ..<36: MadeCommand(command: patientOrChange(), role: .reception)
    case ..<44: MadeCommand(command: diary(now), role: .reception)
    case ..<52: MadeCommand(command: arrival(), role: .reception)
    case ..<60: MadeCommand(command: encounter(), role: .practitioner)
    case ..<68: MadeCommand(command: visit(now), role: .practitioner)
    case ..<73: MadeCommand(command: completion(), role: .practitioner)
    case ..<78: MadeCommand(command: coverage(now), role: .reception)
    case ..<83: MadeCommand(command: claim(), role: .accountant)
    case ..<87: MadeCommand(command: allocation(), role: .cashier)
    case ..<91: MadeCommand(command: transfer(), role: .accountant)
    case ..<95: MadeCommand(command: receipt(now), role: .buyer)
    case ..<99: MadeCommand(command: stockOrBilling(), role: .accountant)
    default: MadeCommand(command: definition(now), role: .admin)
    }
  }

  private mutating func stockOrBilling() -> any Command<DeskState> {
    switch dice.below(10) {
    case ..<4: issue()
    case ..<7: adjustment()
    default: adjudication()
    }
  }

  private mutating func definition(_ now: Instant) -> any Command<DeskState> {
    switch dice.below(7) {
    case 0: Self.party(name("Payer"), dice.chance(50) ? .payer : .supplier)
    case 1: Self.service(name("Service"))
    default: catalogue(now)
    }
  }

  // MARK: Parts

  /// The number of something that exists, as a rule.
  mutating func pick(_ kind: StreamKind) -> UInt64 {
    let count = known[kind] ?? 0
    // The newest half of the time: what is open is rarely old.
    if count > 3, dice.chance(50) { return count - UInt64(dice.below(3)) }
    return UInt64(dice.below(Int(count) + (dice.chance(10) || count == 0 ? 2 : 0))) + 1
  }

  mutating func name(_ word: String) -> String { "\(word)\(dice.below(900))" }

  private mutating func cents(_ range: ClosedRange<Int>) -> Amount {
    Amount(minorUnits: Int64(dice.from(range)), .usd)
  }

  private mutating func debtor() -> Debtor {
    switch dice.below(4) {
    case ..<2: .patient(PatientID(pick(PatientKind.streamKind)))
    case 2: .payer(PartyID(1), .primary)
    default: .payer(PartyID(2), .secondary)
    }
  }

  private mutating func charge() -> ChargeID { ChargeID(pick(ChargeKind.streamKind)) }

  private mutating func device() -> Device {
    .with {
      $0.item = ItemID(2)
      $0.lot = dice.chance(50) ? "A" : "B"
    }
  }

  // MARK: Front desk

  mutating func appointment(_ now: Instant) -> BookAppointment {
    let ahead = Int64(dice.from(-20...400)) * 1_800_000
    return .with {
      $0.patient = PatientID(pick(PatientKind.streamKind))
      $0.practitioner = StaffID(UInt64(dice.from(1...3)))
      $0.services = [ServiceID(pick(ServiceKind.streamKind))]
      if dice.chance(20) { $0.resource = ResourceID(pick(ResourceKind.streamKind)) }
      if dice.chance(5) { $0.request = RequestID(pick(RequestKind.streamKind)) }
      $0.start = Instant(milliseconds: now.milliseconds + ahead)
      $0.durationSeconds = UInt32(dice.from(0...4)) * 900
      $0.overbook = dice.chance(20)
      $0.channel = .desk
    }
  }

  private mutating func arrival() -> CheckInPatient {
    .with {
      if dice.chance(50) {
        $0.appointment = AppointmentID(pick(AppointmentKind.streamKind))
      } else {
        $0.patient = PatientID(pick(PatientKind.streamKind))
      }
    }
  }

  private mutating func coverage(_ now: Instant) -> SetCoverage {
    let today = Moment(now).day
    return .with {
      $0.patient = PatientID(pick(PatientKind.streamKind))
      $0.payer = PartyID(UInt64(dice.from(1...3)))
      $0.priority = dice.chance(70) ? .primary : .secondary
      $0.from = Day(daysSince1970: today.daysSince1970 - Int32(dice.below(400)))
      if dice.chance(70) {
        $0.to = Day(daysSince1970: today.daysSince1970 + Int32(dice.from(-20...400)))
      }
    }
  }

  // MARK: Care

  private mutating func encounter() -> StartEncounter {
    .with {
      $0.visit = VisitID(pick(VisitKind.streamKind))
      $0.practitioner = StaffID(UInt64(dice.from(1...2)))
    }
  }

  private mutating func treatment() -> PerformTreatment {
    .with {
      $0.encounter = EncounterID(pick(EncounterKind.streamKind))
      $0.service = ServiceID(pick(ServiceKind.streamKind))
      $0.units = UInt32(dice.from(0...3))
      if dice.chance(90) {
        $0.listPrice = cents(0...9_000)
        $0.priceReason = .agreed
      }
      if dice.chance(20) { $0.discount = cents(0...900) }
      if dice.chance(10) { $0.taxCode = TaxCodeID(pick(TaxCodeKind.streamKind)) }
      if dice.chance(40) { $0.responsible = debtor() }
      if dice.chance(15) { $0.devices = [device()] }
    }
  }

  private mutating func completion() -> CompleteEncounter {
    .with {
      $0.encounter = EncounterID(pick(EncounterKind.streamKind))
      $0.outcome = .completed
    }
  }

  private mutating func visit(_ now: Instant) -> RecordVisit {
    let start = now.milliseconds - Int64(dice.below(72)) * 3_600_000
    return .with {
      $0.patient = PatientID(pick(PatientKind.streamKind))
      $0.practitioner = StaffID(UInt64(dice.from(1...2)))
      $0.start = Instant(milliseconds: start)
      $0.end = Instant(milliseconds: start + Int64(dice.from(5...90)) * 60_000)
      $0.outcome = .completed
      for _ in 0..<dice.from(0...5) {
        let line: RecordedTreatment = .with {
          $0.service = ServiceID(pick(ServiceKind.streamKind))
          $0.listPrice = cents(0...9_000)
          if dice.chance(50) { $0.responsible = debtor() }
          if dice.chance(10) { $0.devices = [device()] }
        }
        $0.lines.append(line)
      }
    }
  }

  // MARK: Billing

  private mutating func payment() -> ReceivePayment {
    .with {
      $0.from =
        switch dice.below(6) {
        case ..<4: .owing(charge())
        case 4: .party(.patient(PatientID(pick(PatientKind.streamKind))))
        default: .party(.walkIn)
        }
      $0.amount = cents(0...4_000)
      $0.method = dice.chance(50) ? .card(CardTender()) : .cash(CashTender())
      if dice.chance(60) { $0.settling = [charge(), charge()] }
      if dice.chance(20) { $0.allocations = [ChargeAmount(charge(), cents(0...900))] }
      if dice.chance(10) { $0.deposit = Deposit() }
    }
  }

  private mutating func allocation() -> AllocatePayment {
    .with {
      $0.payment = PaymentID(pick(PaymentKind.streamKind))
      if dice.chance(50) { $0.allocations = [ChargeAmount(charge(), cents(1...900))] }
      $0.settling = [charge()]
    }
  }

  private mutating func transfer() -> TransferResponsibility {
    .with {
      $0.charge = charge()
      if dice.chance(50) { $0.from = debtor() }
      $0.to = debtor()
      $0.amount = cents(1...4_000)
      $0.reason = .imported
    }
  }

  private mutating func adjustment() -> PostAdjustment {
    .with {
      $0.charge = charge()
      $0.type = AdjustmentType(rawValue: UInt32(dice.below(7))) ?? .unspecified
      $0.amount = cents(0...900)
      $0.upToOwed = dice.chance(60)
    }
  }

  private mutating func claim() -> SubmitClaim {
    .with {
      $0.payer = PartyID(UInt64(dice.from(1...2)))
      $0.priority = dice.chance(80) ? .primary : .secondary
      for _ in 0..<dice.from(1...2) { $0.charges.append(ClaimRequest(charge())) }
    }
  }

  private mutating func adjudication() -> AdjudicateClaim {
    .with {
      $0.claim = ClaimID(pick(ClaimKind.streamKind))
      $0.outcome = .adjudicated
    }
  }

  // MARK: Stock

  private mutating func receipt(_ now: Instant) -> ReceiveGoods {
    let today = Moment(now).day
    return .with {
      $0.supplier = PartyID(dice.chance(90) ? 3 : 1)
      $0.lines = [
        .with {
          $0.item = ItemID(1)
          $0.quantity = Quantity(thousandths: Int64(dice.from(-1...200)) * 1000)
          $0.value = cents(0...9_000)
        },
        .with {
          $0.item = ItemID(2)
          $0.lot = dice.chance(50) ? "A" : "B"
          $0.expiry = Day(daysSince1970: today.daysSince1970 / 1000 * 1000 + 2000)
          $0.quantity = Quantity(thousandths: Int64(dice.from(1...20)) * 1000)
          $0.value = cents(0...9_000)
        },
      ]
    }
  }

  private mutating func issue() -> IssueStock {
    .with {
      $0.item = ItemID(UInt64(dice.from(1...2)))
      $0.quantity = Quantity(thousandths: Int64(dice.from(0...9)) * 500)
      $0.purpose = IssuePurpose(rawValue: UInt32(dice.below(6))) ?? .unspecified
    }
  }
}
