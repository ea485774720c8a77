import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// What patients agree to behind a treatment: a plan, a package, the next time, a toothbrush.
extension BusinessLife {
  mutating func offerNext(_ persona: Int, _ offer: Int, _ state: DeskState) -> [Deed] {
    if practice.personas[persona].isBooked { return [] }
    if offer == Self.consultation, practice.personas[persona].plan == nil, dice.chance(18) {
      return accept(persona)
    }
    if offer == Self.cleaning, practice.personas[persona].packages.isEmpty, dice.chance(35) {
      return sellPackage(persona)
    }
    guard dice.chance(offer == Self.consultation ? 75 : 40) else { return [] }
    let hasPackage = practice.personas[persona].packages.contains { isUsable($0, state) }
    let next = hasPackage || dice.chance(45) ? Self.cleaning : Self.filling
    return book(persona, next, .desk, from: day.advanced(by: 3), within: 18, state)
  }

  // MARK: - Plans

  private mutating func accept(_ persona: Int) -> [Deed] {
    let price: Int64 = 90_000
    let validTo = day.advanced(by: 120)
    let accept = AcceptTreatmentPlan.with {
      $0.patient = Self.patient(persona)
      $0.lines = [PlannedService(Self.service(Self.implant), units: 1, Self.amount(price))]
      $0.validTo = validTo
    }
    return [
      Deed(
        hand(.reception), .reception, accept,
        "has \(practice.personas[persona].name) sign a plan: an implant for \(Self.money(price))"
      ) { life, state in
        let plan = PlanID(UInt64(state.packages.plans.count))
        life.practice.personas[persona].plan = plan
        life.plan(after: 60) { life, _ in life.takePlanDeposit(persona, plan) }
        life.plan(after: 150) { life, state in
          life.book(
            persona, Self.implant, .desk, from: life.day.advanced(by: 5), within: 16, state)
        }
      }
    ]
  }

  private func takePlanDeposit(_ persona: Int, _ plan: PlanID) -> [Deed] {
    let receive = ReceivePayment.with {
      $0.from = .party(.patient(Self.patient(persona)))
      $0.amount = Self.amount(20_000)
      $0.method = .card(CardTender.with { $0.terminal = "TPV1" })
      $0.deposit = Deposit.with { $0.purpose = .plan(plan) }
    }
    return [
      Deed(
        hand(.cashier), .cashier, receive,
        "receives a deposit of 200.00 from \(practice.personas[persona].name) by card"
      ) { life, state in
        let payment = PaymentID(UInt64(state.billing.payments.count))
        life.practice.personas[persona].deposit = payment
        life.noteBankPayment(state, isCard: true)
      }
    ]
  }

  // MARK: - Packages

  func isUsable(_ package: PackageID, _ state: DeskState) -> Bool {
    guard let known = state.packages.packages[package] else { return false }
    return known.isLive && known.sessionsLeft > 0 && known.expires.map { $0 >= day } ?? true
  }

  private mutating func sellPackage(_ persona: Int) -> [Deed] {
    let expires = day.advanced(by: 365)
    let sell = SellPackage.with {
      $0.patient = Self.patient(persona)
      $0.service = Self.service(Self.cleanings)
      $0.covers = [Self.service(Self.cleaning)]
      $0.sessions = 5
      $0.expires = expires
    }
    return [
      Deed(
        hand(.reception), .reception, sell,
        "sells \(practice.personas[persona].name) a package of five cleanings"
      ) { life, state in
        let package = PackageID(UInt64(state.packages.packages.count))
        life.practice.personas[persona].packages.append(package)
        let charge = ChargeID(UInt64(state.billing.charges.count))
        life.practice.personas[persona].fresh.append(charge)
        life.plan(after: 30) { life, state in
          guard let record = state.billing.charges[charge] else { return [] }
          let owed = Self.amount(record.owed)
          return [
            life.payment(
              persona, record.owed, [ChargeAmount(charge, owed)],
              .card(CardTender.with { $0.terminal = "TPV1" }), "by card")
          ]
        }
      }
    ]
  }

  /// Somebody moves away: half of what is left of the package is given back. Where an invoice asks
  /// for it, the invoice is put right first.
  mutating func endPackage(_ state: DeskState) -> [Deed] {
    for persona in practice.personas.indices where !practice.personas[persona].isGone {
      for package in practice.personas[persona].packages where isUsable(package, state) {
        guard let known = state.packages.packages[package], known.used > 0, let id = known.charge,
          let charge = state.billing.charges[id], charge.owed == 0
        else { continue }
        let refund = min(known.rest / 2, 9_000)
        guard refund > 0 else { continue }
        if !charge.isInvoiced { return [end(package, of: persona, known, refund)] }
        if let place = Self.invoice(of: id, state) {
          return [rectify(place, by: refund, package, persona)]
        }
      }
    }
    return []
  }

  private func end(
    _ package: PackageID, of persona: Int, _ known: PackageRecord, _ refund: Int64,
    credit: Int64? = nil
  ) -> Deed {
    let cancel = CancelPackage.with {
      $0.package = package
      $0.sessionsLeft = known.sessionsLeft
      $0.refundDue = Self.amount(refund)
      $0.reason = .patient
    }
    let due = credit ?? refund
    return Deed(
      hand(.cashier), .cashier, cancel,
      "ends package \(package) of \(practice.personas[persona].name), "
        + "\(Self.money(due)) to give back"
    ) { life, _ in
      life.plan(after: 60) { life, state in life.giveBack(persona, due, state) }
    }
  }

  private func rectify(
    _ place: (invoice: InvoiceID, line: UInt32), by refund: Int64, _ package: PackageID,
    _ persona: Int
  ) -> Deed {
    let approver = approver
    let rectify = RectifyInvoice.with {
      $0.invoice = place.invoice
      $0.lines = [RectifiedShare(place.line, Self.amount(refund))]
      $0.reason = "the package ends"
      $0.approver = approver
    }
    return Deed(
      bookkeeper, .accountant, rectify,
      "takes \(Self.money(refund)) off invoice \(place.invoice), since package \(package) ends"
    ) { life, _ in
      life.plan(after: 90) { life, state in
        guard let known = state.packages.packages[package] else { return [] }
        return [life.end(package, of: persona, known, 0, credit: refund)]
      }
    }
  }

  /// Where an invoice asks for a charge, the latest one.
  private static func invoice(
    of charge: ChargeID, _ state: DeskState
  ) -> (invoice: InvoiceID, line: UInt32)? {
    let invoices = state.invoices.invoices
    for number in stride(from: UInt64(invoices.count), to: 0, by: -1) {
      guard let known = invoices[InvoiceID(number)], !known.isRectifying,
        let line = known.lines.firstIndex(where: { $0.charge == charge })
      else { continue }
      return (InvoiceID(number), UInt32(line) + 1)
    }
    return nil
  }

  /// Credit is paid out, in cash where there is enough, else by transfer.
  func giveBack(_ persona: Int, _ most: Int64, _ state: DeskState) -> [Deed] {
    let party = Party.patient(Self.patient(persona))
    let amount = min(most, state.billing.accounts[party].credit)
    guard amount > 0 else { return [] }
    let isCash = cash(state) >= amount + 2_000
    let approver = approver
    let by = hand(.cashier)
    let refund = PayRefund.with {
      $0.to = party
      $0.amount = Self.amount(amount)
      $0.method = isCash ? .cash(CashTender()) : .transfer(BankTender())
      $0.reason = "asked for by the patient"
      if by != manager { $0.approver = approver }
    }
    return [
      Deed(
        by, .cashier, refund,
        "gives \(Self.money(amount)) back to \(practice.personas[persona].name) "
          + (isCash ? "in cash" : "by transfer")
      ) { life, state in
        if !isCash { life.noteBankPayment(state) }
      }
    ]
  }

  // MARK: - Tickets

  mutating func sellTicket(_ persona: Int, _ state: DeskState) -> [Deed] {
    guard session(state) != nil else { return [] }
    let good = dice.chance(60) ? Self.toothbrush : Self.mouthwash
    let count = Int64(dice.from(1...2))
    let isCard = dice.chance(50)
    let sale = CompleteSale.with {
      $0.patient = Self.patient(persona)
      $0.lines = [
        TicketItem.with {
          $0.item = Self.item(good)
          $0.quantity = Self.pieces(count)
        }
      ]
      $0.tenders = [TicketTender(isCard ? .card(CardTender()) : .cash(CashTender()))]
    }
    return [
      Deed(
        hand(.cashier), .cashier, sale,
        "sells \(practice.personas[persona].name) \(said(count * 1000, good)) "
          + (isCard ? "by card" : "for cash")
      ) { life, state in
        let sale = SaleID(UInt64(state.sales.sales.count))
        life.practice.lastSale = sale
        if isCard { life.noteBankEvent(state, isCard: true, "\(sale)") }
      }
    ]
  }

  mutating func takeTicketBack(_ state: DeskState) -> [Deed] {
    guard let id = practice.lastSale, let sale = state.sales.sales[id],
      let line = sale.lines.first, line.returned == 0, cash(state) >= sale.total
    else { return [] }
    practice.lastSale = nil
    let back = ReturnSale.with {
      $0.sale = id
      $0.lines = [
        ReturnedItem.with {
          $0.line = 1
          $0.restock = true
        }
      ]
      $0.tenders = [TicketTender(.cash(CashTender()))]
      $0.reason = "not opened, not wanted"
    }
    return [Deed(hand(.cashier), .cashier, back, "takes one piece of \(id) back")]
  }
}
