import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// A day of a shop.
extension BusinessLife {
  mutating func planShopDay(_ state: DeskState) {
    let isSaturday = day.weekday == .saturday
    let closes = isSaturday ? LifeCalendar.at(14, 40) : LifeCalendar.at(20, 40)
    planTimes()
    planAbsences()
    planTill(opensAt: LifeCalendar.at(8, 50), closesAt: closes)
    planShelves()
    planPurchasing()
    planBank()
    planPayroll()
    planMonthEnd()
    plan(at: LifeCalendar.at(7, 50)) { life, state in life.takeFruitIn(state) }
    plan(at: closes + 300) { life, state in life.throwAway(state) }
    if day.weekday == .thursday {
      let monday = day.advanced(by: 11)
      plan(at: LifeCalendar.at(14, 5)) { life, _ in life.shifts(monday) }
      plan(at: LifeCalendar.at(10, 55)) { life, state in life.invoiceFruit(state) }
    }
    planCustomers(isSaturday)
    if isTurn(7, 40) {
      plan(at: LifeCalendar.at(12, 10)) { life, state in life.takeBack(state) }
    }
    if isTurn(10, 41) {
      plan(at: LifeCalendar.at(13, 15)) { life, state in life.serveBar(state) }
    }
    if isTurn(9, 42) {
      plan(at: LifeCalendar.at(12, 50)) { life, _ in life.welcomeRegular() }
    }
    if monthWorkdays == 4 {
      plan(at: LifeCalendar.at(13, 30)) { life, state in life.settleAccounts(state) }
    }
    if workdays % 60 == 44 {
      plan(at: LifeCalendar.at(8, 30)) { life, _ in life.priceAnew() }
    }
  }

  /// Who comes when: most before noon, the others in the evening.
  private mutating func planCustomers(_ isSaturday: Bool) {
    let morning = isSaturday ? dice.from(22...38) : dice.from(14...26)
    for _ in 0..<morning {
      plan(at: dice.from(LifeCalendar.at(9)...LifeCalendar.at(14))) { life, state in
        life.serve(state)
      }
    }
    if isSaturday { return }
    for _ in 0..<dice.from(10...20) {
      plan(at: dice.from(LifeCalendar.at(17)...LifeCalendar.at(20, 25))) { life, state in
        life.serve(state)
      }
    }
  }

  // MARK: - Fruit

  /// The market delivers what will be sold today, without an order.
  private mutating func takeFruitIn(_ state: DeskState) -> [Deed] {
    var receive = ReceiveGoods.with { $0.supplier = store.vendors[0].party }
    for good in Array(Self.fruit) + [Self.bread] {
      let wanted: Int64 = good == Self.bread ? 30_000 : good == Self.potatoes ? 60_000 : 40_000
      let missing = wanted - onHand(good, state)
      guard missing >= 5_000 else { continue }
      let boxes = (missing + 4_999) / 5_000 + Int64(dice.below(2))
      let off = Int64(dice.from(-6...6))
      receive.lines.append(
        GoodsLine.with {
          $0.item = Self.item(good)
          $0.quantity = Quantity(thousandths: boxes * 5_000)
          $0.unitCost = UnitPrice(
            tenThousandths: store.goods[good].cost + store.goods[good].cost * off / 100)
        })
    }
    guard !receive.lines.isEmpty else { return [] }
    let count = receive.lines.count
    return [
      Deed(hand(.buyer), .buyer, receive, "takes in \(count) kinds from the market") {
        life, state in
        let receipt = ReceiptID(UInt64(state.stock.receipts.count))
        life.counter.receipts.append((0, receipt))
      }
    ]
  }

  /// The market sends one invoice a week.
  private mutating func invoiceFruit(_ state: DeskState) -> [Deed] {
    let receipts = counter.receipts.map(\.receipt)
    counter.receipts = []
    return receipts.isEmpty ? [] : recordInvoice(receipts, 0, state)
  }

  /// What will not keep until tomorrow.
  private mutating func throwAway(_ state: DeskState) -> [Deed] {
    var deeds: [Deed] = []
    let bread = onHand(Self.bread, state)
    if bread > 0 { deeds.append(issue(bread, Self.bread, "", .expired, "gives away")) }
    let good = dice.below(Self.fruit.count)
    let spoiled = Int64(dice.from(200...2_500))
    if dice.chance(70), onHand(good, state) > spoiled {
      deeds.append(issue(spoiled, good, "", .damaged, "throws away, spoiled,"))
    }
    return deeds
  }

  // MARK: - People and prices

  /// A regular may buy on account from now on.
  private mutating func welcomeRegular() -> [Deed] {
    guard counter.regulars.count < 12 else { return [] }
    let name = newName()
    let register = RegisterPatient.with {
      $0.person.givenName = name.given
      $0.person.familyName = name.family
    }
    let said = "\(name.given) \(name.family)"
    return [
      Deed(manager, .admin, register, "opens an account for \(said)") { life, _ in
        life.counter.regulars.append(said)
      }
    ]
  }

  /// What regulars have had on account is paid at the beginning of the next month.
  private mutating func settleAccounts(_ state: DeskState) -> [Deed] {
    var deeds: [Deed] = []
    for regular in counter.regulars.indices {
      let patient = PatientID(UInt64(regular) + 1)
      let parts = state.billing.openCharges(of: patient).compactMap { id -> ChargeAmount? in
        state.billing.charges[id].map { ChargeAmount(id, Self.amount($0.owed)) }
      }
      let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
      guard sum > 0, !dice.chance(10) else { continue }
      let isCard = dice.chance(50)
      let receive = ReceivePayment.with {
        $0.from = .party(.patient(patient))
        $0.amount = Self.amount(sum)
        $0.method = isCard ? .card(CardTender()) : .transfer(BankTender())
        $0.allocations = Few(parts)
      }
      deeds.append(
        Deed(
          hand(.cashier), .cashier, receive,
          "receives \(Self.money(sum)) from \(counter.regulars[regular]) "
            + (isCard ? "by card" : "by transfer")
        ) { life, state in life.noteBankPayment(state, isCard: isCard) })
    }
    return deeds
  }

  /// The season changes what fruit costs.
  private mutating func priceAnew() -> [Deed] {
    Self.fruit.map { good in
      let step = Int64(dice.from(-2...3)) * 500
      store.goods[good].price = max(9_900, store.goods[good].price + step)
      let price = store.goods[good].price
      let set = SetPrice.with {
        $0.priced = .item(Self.item(good))
        $0.unitPrice = UnitPrice(tenThousandths: price)
      }
      return Deed(
        manager, .admin, set,
        "asks \(Self.money(price / 100)) for \(store.goods[good].name) from now on")
    }
  }
}
