import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// Orders, deliveries, suppliers' invoices and what is paid of them.
extension BusinessLife {
  mutating func planPurchasing() {
    if day.weekday == .wednesday || day.weekday == .saturday {
      plan(at: LifeCalendar.at(12, 40)) { life, state in life.order(state) }
    }
    if day.weekday == .thursday {
      plan(at: LifeCalendar.at(16, 20)) { life, state in life.paySuppliers(state) }
    }
    if monthWorkdays == 3 {
      plan(at: LifeCalendar.at(11, 5)) { life, state in life.monthlyInvoices(state) }
    }
  }

  // MARK: - Goods

  private mutating func order(_ state: DeskState) -> [Deed] {
    var deeds: [Deed] = []
    for vendor in store.vendors.indices where store.vendors[vendor].account.isEmpty {
      let low = store.goods.indices.filter {
        let good = store.goods[$0]
        return good.vendor == vendor && !good.isOnOrder && good.reorderQuantity > 0
          && usable($0, state) <= good.reorderPoint
      }
      if !low.isEmpty { deeds.append(order(low, from: vendor)) }
    }
    return deeds
  }

  private mutating func order(_ goods: [Int], from vendor: Int) -> Deed {
    let due = openDay(from: day.advanced(by: store.vendors[vendor].leadDays + dice.below(2)))
    let place = PlacePurchaseOrder.with {
      $0.supplier = store.vendors[vendor].party
      $0.due = due
      for good in goods {
        $0.lines.append(
          OrderRequest.with {
            $0.item = Self.item(good)
            $0.quantity = Quantity(thousandths: store.goods[good].reorderQuantity)
            $0.unitCost = UnitPrice(tenThousandths: store.goods[good].cost)
          })
      }
    }
    for good in goods { store.goods[good].isOnOrder = true }
    let names = goods.map { store.goods[$0].name }.joined(separator: ", ")
    return Deed(
      hand(.buyer), .buyer, place, "orders \(names) from \(store.vendors[vendor].name)"
    ) { life, state in
      let order = OrderID(UInt64(state.stock.orders.count))
      life.plan(on: due, at: LifeCalendar.at(11) + life.dice.from(0...3000)) { life, state in
        life.receive(order, goods, vendor, state)
      }
    }
  }

  /// What of an order comes: now and then only half, and the rest later or never.
  private mutating func receive(
    _ order: OrderID, _ goods: [Int], _ vendor: Int, _ state: DeskState
  ) -> [Deed] {
    let isPartial = dice.chance(12)
    var lines: [GoodsLine] = []
    for line in state.stock.orders[order]?.lines ?? [] {
      let left = line.ordered - line.received
      let comes = isPartial && left >= 2000 ? left / 2000 * 1000 : left
      guard comes > 0 else { continue }
      let good = Int(line.item.number) - 1
      let lot = newLot(good)
      lines.append(
        GoodsLine.with {
          $0.item = line.item
          $0.lot = lot.lot
          $0.expiry = lot.expiry
          $0.quantity = Quantity(thousandths: comes)
        })
    }
    guard !lines.isEmpty else { return [] }
    let receive = ReceiveGoods.with {
      $0.order = order
      $0.lines = Few(lines)
    }
    let deed = Deed(
      hand(.buyer), .buyer, receive,
      "takes in \(isPartial ? "a part" : "all") of \(order) from \(store.vendors[vendor].name)"
    ) { life, state in
      life.noteReceipt(vendor, state)
      if isPartial, life.dice.chance(60) {
        life.plan(on: life.day.advanced(by: 3), at: LifeCalendar.at(11, 10)) { life, state in
          life.receive(order, goods, vendor, state)
        }
      } else {
        life.plan(after: 900) { life, _ in life.close(order, goods, isPartial: isPartial) }
      }
    }
    return [deed]
  }

  private mutating func close(
    _ order: OrderID, _ goods: [Int], isPartial: Bool
  ) -> [Deed] {
    for good in goods { store.goods[good].isOnOrder = false }
    let close = ClosePurchaseOrder.with {
      $0.order = order
      $0.reason = isPartial ? .cancelled : .complete
    }
    return [
      Deed(
        hand(.buyer), .buyer, close,
        isPartial ? "cancels the rest of \(order)" : "closes \(order)")
    ]
  }

  /// Goods have come: the invoice follows, and perhaps something goes back before it.
  mutating func noteReceipt(_ vendor: Int, _ state: DeskState) {
    let receipt = ReceiptID(UInt64(state.stock.receipts.count))
    if isTurn(9, 7) {
      plan(after: 1500) { life, state in life.sendBack(receipt, state) }
    }
    plan(on: day.advanced(by: dice.from(2...4)), at: LifeCalendar.at(10, 50)) { life, state in
      life.recordInvoice([receipt], vendor, state)
    }
  }

  private mutating func sendBack(_ receipt: ReceiptID, _ state: DeskState) -> [Deed] {
    let lines = state.stock.receipts[receipt]?.lines ?? []
    let able = lines.filter { line in
      let good = Int(line.item.number) - 1
      let lots = state.stock.shelf(of: Self.key(good))
      let onHand = lots.first { $0.lot == line.lot }?.onHand ?? 0
      return line.quantity - line.returned >= 3000 && onHand >= 1000
    }
    guard let line = able.first else { return [] }
    let back = ReturnGoods.with {
      $0.receipt = receipt
      $0.lines = [
        GoodsReturnRequest.with {
          $0.item = line.item
          $0.lot = line.lot
          $0.quantity = .one
        }
      ]
      $0.reason = "came damaged"
    }
    return [
      Deed(
        hand(.buyer), .buyer, back,
        "sends \(said(1000, Int(line.item.number) - 1)) of \(receipt) back, damaged")
    ]
  }

  /// Records the invoice of what came with some receipts; the price is not always as agreed.
  mutating func recordInvoice(
    _ receipts: [ReceiptID], _ vendor: Int, _ state: DeskState
  ) -> [Deed] {
    // Hundredths by which the price is off.
    let off: Int64 = dice.chance(80) ? 0 : dice.chance(70) ? 3 : 9
    var lines: [InvoicedLine] = []
    var net: Int64 = 0
    for receipt in receipts {
      for line in 1...UInt32(max(1, state.stock.receipts[receipt]?.lines.count ?? 0)) {
        guard let open = state.purchasing.line(line, of: receipt), open.openQuantity > 0,
          open.openValue > 0
        else { continue }
        let asked = open.openValue + open.openValue * off / 100
        let good = Int(state.stock.receipts[receipt]?.lines[Int(line) - 1].item.number ?? 1) - 1
        net += asked
        lines.append(
          InvoicedLine.with {
            $0.receipt = receipt
            $0.line = line
            $0.net = Self.amount(asked)
            $0.taxCode = store.goods[good].taxCode
          })
      }
    }
    guard !lines.isEmpty else { return [] }
    return record(lines, vendor, "for goods of \(Self.money(net))")
  }

  private mutating func record(
    _ lines: [InvoicedLine], _ vendor: Int, withheld: Withholding? = nil, _ text: String
  ) -> [Deed] {
    books.documents += 1
    let number = "\(day.year)-\(100 + books.documents)"
    let approver = approver
    let date = day
    let record = RecordSupplierInvoice.with {
      $0.supplier = store.vendors[vendor].party
      $0.number = number
      $0.date = date
      $0.lines = Few(lines)
      $0.withheld = withheld
      $0.approver = approver
    }
    return [
      Deed(
        bookkeeper, .accountant, record,
        "records invoice \(number) of \(store.vendors[vendor].name) \(text)"
      ) { life, state in
        let invoice = SupplierInvoiceID(UInt64(state.purchasing.invoices.count))
        life.books.withheld += withheld?.amount.minorUnits ?? 0
        life.books.payables.append(
          LifeBooks.Payable(
            invoice: invoice, supplier: vendor,
            due: state.purchasing.invoices[invoice]?.due ?? life.day))
      }
    ]
  }

  // MARK: - Services

  /// Rent with its withholding, power, a programme from abroad, what contractors ask for.
  private mutating func monthlyInvoices(_ state: DeskState) -> [Deed] {
    var deeds: [Deed] = []
    for vendor in store.vendors.indices where !store.vendors[vendor].account.isEmpty {
      deeds += monthlyInvoice(vendor, state)
    }
    return deeds
  }

  private mutating func monthlyInvoice(_ vendor: Int, _ state: DeskState) -> [Deed] {
    let account = store.vendors[vendor].account
    var net: Int64 = 0
    var withheldShare: Int64 = 0
    var taxCode: TaxCodeID? = store.standard
    switch account {
    case "6100": (net, withheldShare) = (trade == .clinic ? 165_000 : 92_000, 19)
    case "6110": net = Int64(dice.from(9_000...24_000))
    case "6120": (net, taxCode) = (4_900, store.reverse)
    case "6130": (net, taxCode) = (Int64(dice.from(20_000...60_000)), store.exempt)
    case "6140": (net, withheldShare) = (18_000, 15)
    case "2330": return invoiceCommission(vendor, state)
    default: return []
    }
    guard net > 0 else { return [] }
    let line = InvoicedLine.with {
      $0.account = account
      $0.net = Self.amount(net)
      $0.taxCode = taxCode
    }
    return record([line], vendor, net: net, withheldShare: withheldShare)
  }

  /// A contractor asks for the commission of the last runs, but for what was taken back since.
  private mutating func invoiceCommission(_ vendor: Int, _ state: DeskState) -> [Deed] {
    var lines: [InvoicedLine] = []
    var left: [StaffID: Int64] = [:]
    var net: Int64 = 0
    for commission in books.commissions {
      let owed =
        left[commission.staff]
        ?? state.people.commission.owed(to: commission.staff, at: ClinicID(1)).owed
      let amount = min(commission.amount, max(owed, 0))
      left[commission.staff] = owed - amount
      guard amount > 0 else { continue }
      net += amount
      lines.append(
        .with {
          $0.account = "2330"
          $0.net = Self.amount(amount)
          $0.taxCode = store.exempt
          $0.staff = commission.staff
        })
    }
    books.commissions = []
    return lines.isEmpty ? [] : record(lines, vendor, net: net, withheldShare: 15)
  }

  private mutating func record(
    _ lines: [InvoicedLine], _ vendor: Int, net: Int64, withheldShare: Int64
  ) -> [Deed] {
    let withheld = net * withheldShare / 100
    return record(
      lines, vendor,
      withheld: withheld > 0
        ? Withholding(Self.amount(withheld), "IRPF \(withheldShare)%") : nil,
      "of \(Self.money(net))")
  }

  // MARK: - Paying

  /// Pays what falls due within a week, a payment for each supplier.
  private mutating func paySuppliers(_ state: DeskState) -> [Deed] {
    let soon = day.advanced(by: 7)
    var deeds: [Deed] = []
    for vendor in store.vendors.indices {
      let due = books.payables.filter { $0.supplier == vendor && $0.due <= soon }
      let items = due.compactMap { payable -> PaidItem? in
        let open = state.purchasing.invoices[payable.invoice]?.open ?? 0
        return open > 0 ? PaidItem(.invoice(payable.invoice), Self.amount(open)) : nil
      }
      let sum = items.reduce(0) { $0 + $1.amount.minorUnits }
      guard sum > 0 else { continue }
      let approver = approver
      let pay = MakePayment.with {
        $0.to = .party(store.vendors[vendor].party)
        $0.amount = Self.amount(sum)
        $0.settles = Few(items)
        $0.approver = approver
      }
      deeds.append(
        Deed(
          bookkeeper, .accountant, pay,
          "pays \(store.vendors[vendor].name) \(Self.money(sum)) for "
            + (items.count == 1 ? "an invoice" : "\(items.count) invoices")
        ) { life, state in life.noteBankPayment(state) })
    }
    books.payables.removeAll { $0.due <= soon }
    return deeds
  }
}
