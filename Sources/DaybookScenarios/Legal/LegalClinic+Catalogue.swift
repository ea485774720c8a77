import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Prices, tax codes, rooms, accounts and rules.
  static let catalogue: [(weight: Int, make: Maker)] = [
    (2, { clinic, state, now in clinic.price(state, now) }),
    (1, { clinic, state, _ in clinic.taxCode(state) }),
    (1, { clinic, state, now in clinic.missedFee(state, now) }),
    (1, { clinic, state, _ in clinic.room(state) }),
    (1, { clinic, state, _ in clinic.account(state) }),
  ]

  /// A price of a service from today on, or from a later day.
  private mutating func price(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let service = ServiceID(
      UInt64(dice.from(1...min(3, state.administration.services.count))))
    let payer = dice.chance(30) ? PartyID(1) : nil
    let key = PriceKey(.service(service), payer: payer, clinic: ClinicID(1))
    let today = Moment(now).day
    let last = state.catalogue.priceLine(key).flatMap(state.catalogue.lastPriceDay) ?? today
    guard last <= today else { return nil }
    let set = SetPrice.with {
      $0.priced = .service(service)
      $0.payer = payer
      $0.unitPrice = UnitPrice(tenThousandths: Int64(dice.from(0...200_0000)))
    }
    return LegalCommand(set, .admin)
  }

  private mutating func taxCode(_ state: DeskState) -> LegalCommand? {
    let count = state.catalogue.taxCodes.count
    let known = count > 1 && dice.chance(60) ? pick(count, TaxCodeKind.self) : nil
    let taxed = dice.chance(70)
    let code = known.flatMap { state.catalogue.taxCodes[$0]?.code } ?? word("T")
    guard known != nil || state.catalogue.taxCode(code) == nil else { return nil }
    let set = SetTaxCode.with {
      $0.taxCode = known
      $0.code = code
      $0.rate = taxed ? Rate(basisPoints: Int64(dice.from(0...2_700))) : .zero
      $0.taxClass = taxed ? .standard : .exempt
    }
    return LegalCommand(set, .accountant)
  }

  /// The third service is the fee of missed appointments, taxed by what rules there are.
  private mutating func missedFee(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let count = state.administration.services.count
    guard count < 3 || state.administration.services[ServiceID(3)]?.at(now).type == .fee else {
      return nil
    }
    var fee = RandomClinic.service("Missed appointment")
    fee.service = count < 3 ? nil : ServiceID(3)
    fee.type = .fee
    fee.taxCode = pick(state.catalogue.taxCodes.count, TaxCodeKind.self)
    return LegalCommand(fee, .admin)
  }

  private mutating func room(_ state: DeskState) -> LegalCommand? {
    let serial = word("SN-")
    guard state.catalogue.resource(serial: serial) == nil else { return nil }
    let define = DefineResource.with {
      $0.type = .room
      $0.name = word("Room")
      $0.serial = serial
    }
    return LegalCommand(define, .admin)
  }

  /// An account of the clinic's own, or a rule that gives it the discounts from now on.
  private mutating func account(_ state: DeskState) -> LegalCommand? {
    let count = state.catalogue.accounts.count
    if let id = pick(count, LedgerAccountKind.self), dice.chance(50),
      let account = state.catalogue.accounts[id]
    {
      let set = SetPostingRule.with {
        $0.eventType = "ChargePosted"
        $0.slots = [PostingSlot("discount", account: account.code)]
      }
      return LegalCommand(set, .accountant)
    }
    let code = "4\(dice.from(500...899))"
    guard state.catalogue.accountType(code) == nil else { return nil }
    let define = DefineAccount.with {
      $0.code = code
      $0.name = word("Discounts ")
      $0.type = .income
    }
    return LegalCommand(define, .accountant)
  }
}
