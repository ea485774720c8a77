import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

// At the counter: tickets, returns, vouchers, customers on account.
extension BusinessLife {
  /// Some goods for a basket, weighed or counted, of what is there.
  private mutating func basket(_ state: DeskState) -> [TicketItem] {
    var items: [TicketItem] = []
    var taken: [Int] = []
    for _ in 0..<dice.from(1...5) {
      let good = dice.below(Self.bag)
      if taken.contains(good) { continue }
      taken.append(good)
      let isWeighed = Self.fruit.contains(good) || good == Self.cheese
      let quantity =
        isWeighed
        ? Int64(dice.from(good == Self.cheese ? 120...900 : 250...3_200))
        : Int64(dice.from(1...2)) * 1000
      if store.goods[good].isTracked, usable(good, state) < quantity { continue }
      let isHaggled = isWeighed && dice.chance(2)
      items.append(
        TicketItem.with {
          $0.item = Self.item(good)
          $0.quantity = Quantity(thousandths: quantity)
          if isHaggled {
            $0.unitPrice = UnitPrice(tenThousandths: store.goods[good].price * 9 / 10)
          }
        })
    }
    if dice.chance(60) || items.isEmpty {
      items.append(TicketItem.with { $0.item = Self.item(Self.bag) })
    }
    return items
  }

  /// What a basket comes to: each line rounded once.
  private func total(_ items: [TicketItem]) -> Int64 {
    items.reduce(0) { sum, line in
      let good = Int(line.item?.number ?? 1) - 1
      let price = line.unitPrice ?? UnitPrice(tenThousandths: store.goods[good].price)
      let amount = try? TicketLine.amount(line.quantity, at: price, less: 0, in: .eur)
      return sum + (amount ?? 0)
    }
  }

  mutating func serve(_ state: DeskState) -> [Deed] {
    guard session(state) != nil else { return [] }
    let items = basket(state)
    let sum = total(items)
    var patient: PatientID?
    var tenders: [TicketTender] = []
    var how = ""
    var isCard = false
    switch dice.below(100) {
    case ..<46:
      let given = tendered(sum)
      tenders = [TicketTender(.cash(CashTender.with { $0.tendered = Self.amount(given) }))]
      how = "cash \(Self.money(given)), change \(Self.money(given - sum))"
    case ..<90:
      tenders = [TicketTender(.card(CardTender()))]
      (how, isCard) = ("by card", true)
    case ..<94 where sum >= 1_000:
      tenders = [
        TicketTender(.cash(CashTender()), Self.amount(500)), TicketTender(.card(CardTender())),
      ]
      (how, isCard) = ("5.00 in cash and the rest by card", true)
    case ..<97 where !counter.vouchers.isEmpty:
      let voucher = counter.vouchers.removeFirst()
      let used = min(voucher.amount, sum)
      tenders = [
        TicketTender(
          .voucher(VoucherTender.with { $0.code = voucher.code }), Self.amount(used))
      ]
      if used < sum { tenders.append(TicketTender(.cash(CashTender()))) }
      if used < voucher.amount {
        let rest = LifeCounter.Voucher(code: voucher.code, amount: voucher.amount - used)
        counter.vouchers.append(rest)
      }
      how = "voucher \(voucher.code)" + (used < sum ? " and cash" : "")
    case ..<100 where !counter.regulars.isEmpty:
      let regular = dice.below(counter.regulars.count)
      patient = PatientID(UInt64(regular) + 1)
      how = "on the account of \(counter.regulars[regular])"
    default:
      tenders = [TicketTender(.cash(CashTender()))]
      how = "in cash"
    }
    return [sale(items, sum, patient, tenders, how, isCard: isCard)]
  }

  private func sale(
    _ items: [TicketItem], _ sum: Int64, _ patient: PatientID?, _ tenders: [TicketTender],
    _ how: String, isCard: Bool
  ) -> Deed {
    let complete = CompleteSale.with {
      $0.patient = patient
      $0.lines = Few(items)
      $0.tenders = Few(tenders)
    }
    let names = items.map { line in
      said(line.quantity.thousandths, Int(line.item?.number ?? 1) - 1)
    }.joined(separator: ", ")
    return Deed(
      hand(.cashier), .cashier, complete, "sells \(names): \(Self.money(sum)), \(how)"
    ) { life, state in
      let sale = SaleID(UInt64(state.sales.sales.count))
      if patient == nil { life.counter.tickets.append(sale) }
      if life.counter.tickets.count > 20 { life.counter.tickets.removeFirst() }
      if isCard { life.noteBankEvent(state, isCard: true, "\(sale)") }
    }
  }

  // MARK: - Returns

  /// A bottle comes back, for cash or for a voucher; now and then without its ticket.
  mutating func takeBack(_ state: DeskState) -> [Deed] {
    if dice.chance(15) { return takeUnknownBack(state) }
    for id in counter.tickets.reversed() {
      guard let sale = state.sales.sales[id], !sale.isInvoiced, !sale.isReversed,
        let place = sale.lines.firstIndex(where: {
          let good = Int($0.item?.number ?? 1) - 1
          return (good == Self.wine || good == Self.oil) && $0.returned == 0
            && $0.quantity >= 1000
        })
      else { continue }
      counter.tickets.removeAll { $0 == id }
      let line = sale.lines[place]
      let amount =
        line.quantity == 1000
        ? line.amount : RunningShare.next(1000, after: 0, of: line.quantity, sharing: line.amount)
      guard amount > 0 else { continue }
      let isVoucher = dice.chance(50) || cash(state) < amount
      return [
        giveBack(id, UInt32(place) + 1, amount, isVoucher, Int(line.item?.number ?? 1) - 1)
      ]
    }
    return []
  }

  private mutating func giveBack(
    _ sale: SaleID, _ line: UInt32, _ amount: Int64, _ isVoucher: Bool, _ good: Int
  ) -> Deed {
    var method = PaymentMethod.cash(CashTender())
    var how = "for cash"
    if isVoucher {
      counter.voucherCount += 1
      let code = "V\(100 + counter.voucherCount)"
      counter.vouchers.append(LifeCounter.Voucher(code: code, amount: amount))
      method = .voucher(VoucherTender.with { $0.code = code })
      how = "for voucher \(code)"
    }
    let back = ReturnSale.with {
      $0.sale = sale
      $0.lines = [
        ReturnedItem.with {
          $0.line = line
          $0.restock = true
        }
      ]
      $0.tenders = [TicketTender(method)]
      $0.reason = "the wrong one"
    }
    return Deed(
      hand(.cashier), .cashier, back,
      "takes one of \(store.goods[good].name) of \(sale) back, \(Self.money(amount)) \(how)")
  }

  private func takeUnknownBack(_ state: DeskState) -> [Deed] {
    let price = store.goods[Self.wine].price
    guard cash(state) > price / 100 else { return [] }
    let back = ReturnSale.with {
      $0.unknownOriginal = true
      $0.lines = [
        ReturnedItem.with {
          $0.item = Self.item(Self.wine)
          $0.unitPrice = UnitPrice(tenThousandths: price)
        }
      ]
      $0.tenders = [TicketTender(.cash(CashTender()))]
      $0.reason = "corked, without its ticket"
    }
    return [
      Deed(
        hand(.cashier), .cashier, back,
        "takes a corked bottle back without its ticket, \(Self.money(price / 100)) in cash")
    ]
  }

  // MARK: - The bar next door

  /// The bar buys at the counter, and wants an invoice.
  mutating func serveBar(_ state: DeskState) -> [Deed] {
    guard session(state) != nil else { return [] }
    let items = [
      TicketItem.with {
        $0.item = Self.item(Self.oranges)
        $0.quantity = Quantity(thousandths: 8_500)
      },
      TicketItem.with {
        $0.item = Self.item(Self.wine)
        $0.quantity = Self.pieces(6)
      },
    ]
    let sum = total(items)
    var deed = sale(
      items, sum, nil, [TicketTender(.card(CardTender()))], "by card, for Bar Central",
      isCard: true)
    let noted = deed.noted
    deed.noted = { life, state in
      noted?(&life, state)
      let sale = SaleID(UInt64(state.sales.sales.count))
      life.counter.tickets.removeAll { $0 == sale }
      life.plan(after: 45) { life, _ in
        let issue = IssueInvoice.with {
          $0.customer.party = .other(life.counter.bar)
          $0.customer.name = "Bar Central"
          $0.customer.taxID = "B9611880"
          $0.sales = [sale]
        }
        return [
          Deed(
            life.hand(.cashier), .cashier, issue,
            "writes Bar Central an invoice in place of ticket \(sale)")
        ]
      }
    }
    return [deed]
  }
}
