import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Clinics, roles, prices, tax, rooms and accounts.
  static let catalogue: [Maker] = [
    { near, state, now in near.pricedBackwards(state, now) },
    { near, _, _ in near.pricedBelowNothing() },
    { near, _, _ in near.taxedExempt() },
    { near, state, _ in near.roomTwice(state) },
    { near, _, _ in near.otherCurrency() },
    { near, _, _ in near.heldAccount() },
    { near, _, _ in near.otherBaseUnit() },
  ]

  private mutating func pricedBackwards(_ state: DeskState, _ now: Instant) -> Nearly? {
    let key = PriceKey(.service(ServiceID(1)), payer: nil, clinic: legal.here)
    guard let last = state.catalogue.priceLine(key).flatMap(state.catalogue.lastPriceDay) else {
      return nil
    }
    let set = SetPrice.with {
      $0.priced = .service(ServiceID(1))
      $0.from = last.advanced(by: -1)
    }
    return (LegalCommand(set, .admin), .invalidState)
  }

  private func pricedBelowNothing() -> Nearly? {
    let set = SetPrice.with {
      $0.priced = .service(ServiceID(1))
      $0.unitPrice = UnitPrice(tenThousandths: -1)
    }
    return (LegalCommand(set, .admin), .amountNegative)
  }

  private mutating func taxedExempt() -> Nearly? {
    let set = SetTaxCode.with {
      $0.code = legal.word("E")
      $0.rate = Rate(basisPoints: 1)
      $0.taxClass = .exempt
    }
    return (LegalCommand(set, .accountant), .outOfRange)
  }

  private mutating func roomTwice(_ state: DeskState) -> Nearly? {
    guard let (_, room) = legal.find(in: state.catalogue.resources, { !$0.serial.isEmpty }) else {
      return nil
    }
    let define = DefineResource.with {
      $0.type = .room
      $0.name = "Again"
      $0.serial = room.serial
    }
    return (LegalCommand(define, .admin), .duplicateSource)
  }

  /// Once anything is posted the currency is fixed; the opening stock is.
  private func otherCurrency() -> Nearly? {
    var define = LegalClinic.clinic("North", .utc)
    define.clinic = LegalClinic.north
    define.currency = .eur
    define.limits = ClinicLimits()
    return (LegalCommand(define, .admin), .invalidState)
  }

  /// Income and expenses alone may go to other accounts.
  private func heldAccount() -> Nearly? {
    let set = SetPostingRule.with {
      $0.eventType = "ChargePosted"
      $0.slots = [PostingSlot("discount", account: "1010")]
    }
    return (LegalCommand(set, .accountant), .invalidState)
  }

  private func otherBaseUnit() -> Nearly? {
    let define = DefineItem.with {
      $0.item = LegalClinic.gloves
      $0.name = "Gloves"
      $0.baseUnit = "pair"
    }
    return (LegalCommand(define, .buyer), .invalidState)
  }
}
