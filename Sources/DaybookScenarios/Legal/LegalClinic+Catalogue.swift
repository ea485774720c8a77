import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Prices, tax codes, rooms, accounts and rules.
  static let catalogue: Makers = [
    (.price, { clinic, state, now in clinic.price(state, now) }),
    (.taxCode, { clinic, state, _ in clinic.taxCode(state) }),
    (.room, { clinic, state, _ in clinic.room(state) }),
    (.account, { clinic, state, _ in clinic.account(state) }),
  ]

  /// A price at the clinic from today on, or from a later day.
  private mutating func price(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let priced: Priced =
      dice.chance(30)
      ? .item(dice.chance(50) ? Self.gloves : Self.cream)
      : .service(ServiceID(UInt64(dice.from(1...5))))
    let payer = dice.chance(30) ? Self.insurer : nil
    let today = day(now, state)
    let line = state.catalogue.priceLine(PriceKey(priced, payer: payer, clinic: here))
    let last = line.flatMap(state.catalogue.lastPriceDay) ?? today
    guard last <= today else { return nil }
    let set = SetPrice.with {
      $0.priced = priced
      $0.payer = payer
      $0.unitPrice = UnitPrice(tenThousandths: Int64(dice.from(0...200_0000)))
      // Of half the contracts it is taken off with the treatment.
      if case .service = priced, payer != nil {
        $0.allowance = $0.unitPrice.tenThousandths.isMultiple(of: 2)
      }
      $0.from = dice.chance(20) ? today.advanced(by: dice.from(1...20)) : nil
    }
    return LegalCommand(set, .admin)
  }

  private mutating func taxCode(_ state: DeskState) -> LegalCommand? {
    let count = state.catalogue.taxCodes.count
    let known = dice.chance(60) ? pick(count, TaxCodeKind.self) : nil
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
        $0.eventType = ["ChargePosted", "SaleCompleted", "AdjustmentPosted"][dice.below(3)]
        $0.slots = [
          PostingSlot(
            ["discount", "productSales", "goodwill"][dice.below(3)], account: account.code)
        ]
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
