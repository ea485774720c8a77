import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
import DaybookValues

extension RecordSupplierInvoice {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.accountant, .buyer], needsClinic: true)
    review.requireFact()
    let due = checkHeader(state, &review)
    if lines.isEmpty { review.refuse(DeskRefusal.missing("a line"), "lines") }
    var taken: [Place: ReceiptLineRecord] = [:]
    var commission = InvoicedCommission(on: date)
    var invoiced: [SupplierInvoiceLine] = []
    for line in lines { invoiced.append(check(line, &taken, &commission, state, &review)) }
    let asked = invoiced.flatMap {
      [$0.net.minorUnits, $0.reverseCharge ? 0 : $0.tax.minorUnits]
    }
    let sum = review.sum(asked, "lines")
    if let total, let stated = review.minorUnits(total, "total"), stated != sum {
      review.refuseFigures(
        PurchasingRefusal.total(stated: review.amount(stated), sum: review.amount(sum)), "total")
    }
    let withheld = checkWithheld(sum, &review)
    try review.conclude(into: &decision)

    let id = SupplierInvoiceID(decision.nextNumber(SupplierInvoiceKind.streamKind))
    let recorded = SupplierInvoiceRecorded.with {
      $0.invoice = id
      $0.supplier = supplier
      $0.number = number.trimmed
      $0.date = date
      $0.due = due
      $0.lines = Few(invoiced)
      $0.withheld = withheld
      $0.total = Amount(minorUnits: sum)
      $0.approver = approver
    }
    try decision.append(
      recorded, to: id.number, expecting: .noStream, effective: review.effective)
  }

  /// Who, which number and when.
  ///
  /// - Returns: When it is to be paid.
  private func checkHeader(_ state: DeskState, _ review: inout Review) -> Day {
    let party = review.known(supplier, in: state.administration.parties, "supplier")
    if let party, party.type != .supplier {
      review.refuse(StockRefusal.notASupplier(supplier), "supplier")
    }
    review.requireText(number, "number")
    if let taken = state.purchasing.invoice(number.trimmed, from: supplier) {
      review.refuse(PurchasingRefusal.numberTaken(number.trimmed, taken), "number")
    }
    if !date.isInRange || date > review.today {
      review.refuse(DeskRefusal.outOfRange("\(date)", "a day that has come"), "date")
      return date
    }
    let due =
      due ?? Day(daysSince1970: date.daysSince1970 &+ Int32(clamping: party?.termsDays ?? 0))
    if due < date || !due.isInRange {
      review.refuse(DeskRefusal.outOfRange("\(due)", "a day from the invoice's on"), "due")
    }
    return due
  }

  private func checkWithheld(_ sum: Int64, _ review: inout Review) -> Withholding? {
    guard let withheld else { return nil }
    review.requireText(withheld.type, "withheld.type")
    guard let amount = review.minorUnits(withheld.amount, "withheld.amount") else { return nil }
    if sum >= 0 ? amount < 0 || amount > sum : amount > 0 || amount < sum {
      review.refuseFigures(PurchasingRefusal.withheldAboveTotal, "withheld.amount")
    }
    return Withholding(Amount(minorUnits: amount), withheld.type.trimmed)
  }

  /// A line of a receipt.
  private struct Place: Hashable {
    var receipt: ReceiptID
    var line: UInt32
  }

  private func check(
    _ line: InvoicedLine, _ taken: inout [Place: ReceiptLineRecord],
    _ commission: inout InvoicedCommission, _ state: DeskState, _ review: inout Review
  ) -> SupplierInvoiceLine {
    let net = review.minorUnits(line.net, "lines.net") ?? 0
    review.requireTaxCode(line.taxCode, state, "lines.taxCode")
    let rule = line.taxCode.flatMap { state.catalogue.taxRule($0, on: date) }
    let tax = tax(of: line, net, rule, &review)
    if net > 0 && tax < 0 || net < 0 && tax > 0 {
      review.refuse(PurchasingRefusal.signs, "lines.tax")
    }
    var match: ReceiptMatch?
    if let receipt = line.receipt, line.account.isEmpty {
      match = self.match(
        Place(receipt: receipt, line: line.line), line.quantity, net, &taken, state, &review)
    } else if line.receipt == nil, !line.account.isEmpty {
      review.requirePostable(line.account, also: ["2330"], state, "lines.account")
    } else {
      review.refuse(PurchasingRefusal.oneSide, "lines")
    }
    commission.check(line, net, state, &review)
    let clinics = rule.map(\.deductible) ?? true ? review.clinic?.proRata : .zero
    let share = line.deductible ?? clinics ?? .zero
    if share < .zero || share > .whole {
      review.refuse(DeskRefusal.outOfRange("\(share)", "a share from 0% to 100%"), "deductible")
    }
    // A share of at most the whole never leaves the range of the tax.
    let deductible = (try? InvoiceMatching.deductible(tax, at: min(max(share, .zero), .whole))) ?? 0
    return SupplierInvoiceLine.with {
      $0.received = match
      $0.account = line.account.trimmed
      $0.net = Amount(minorUnits: net)
      $0.taxCode = line.taxCode
      $0.tax = Amount(minorUnits: tax)
      $0.deductible = Amount(minorUnits: deductible)
      $0.reverseCharge = line.reverseCharge || rule?.taxClass == .reverseCharge
      $0.staff = line.staff
      $0.run = line.run
    }
  }

  /// The tax as the invoice has it, else by the rule: that of a reverse charge too.
  private func tax(
    of line: InvoicedLine, _ net: Int64, _ rule: TaxRule?, _ review: inout Review
  ) -> Int64 {
    if let tax = line.tax { return review.minorUnits(tax, "lines.tax") ?? 0 }
    guard let rule else { return 0 }
    do {
      return try Amount(minorUnits: net).applying(rule.rate).minorUnits
    } catch {
      review.refuse(DeskRefusal.tooLarge("the tax"), "lines.tax")
      return 0
    }
  }

  /// Goods that were received from the supplier here, within what is not invoiced yet; of a credit
  /// note what has gone back and is not credited, before goods that are still here.
  private func match(
    _ place: Place, _ asked: Quantity?, _ net: Int64,
    _ taken: inout [Place: ReceiptLineRecord], _ state: DeskState, _ review: inout Review
  ) -> ReceiptMatch? {
    let receipt = place.receipt
    guard let known = review.known(receipt, in: state.purchasing.receipts, "lines.receipt")
    else { return nil }
    review.requireHere(known.clinic, "receipt \(receipt)", "lines.receipt")
    let line = taken[place] ?? state.purchasing.line(place.line, of: receipt)
    let isCredit = net < 0
    let isReturned = isCredit && line?.returnedQuantity ?? 0 > 0
    if known.isOpening, !isReturned {
      review.refuse(PurchasingRefusal.openingStock(receipt), "lines.receipt")
      return nil
    }
    if known.supplier != supplier {
      review.refuse(PurchasingRefusal.otherSupplier(receipt, known.supplier), "lines.receipt")
    }
    guard var open = line else {
      review.refuse(
        PurchasingRefusal.noSuchReceiptLine(receipt, line: place.line), "lines.line")
      return nil
    }
    let left =
      isReturned
      ? open.returnedQuantity : isCredit ? open.invoicedQuantity : open.openQuantity
    let quantity = asked?.thousandths ?? (isCredit ? 0 &- left : left)
    if quantity == 0 || (quantity < 0) != isCredit {
      review.refuseFigures(PurchasingRefusal.signs, "lines.quantity")
      return nil
    }
    if quantity == .min || abs(quantity) > left {
      review.refuse(
        PurchasingRefusal.aboveReceived(
          receipt, line: place.line, left: Quantity(thousandths: left)), "lines.quantity")
      return nil
    }
    let worth =
      isReturned ? open.returnedValue : isCredit ? open.invoicedValue : open.openValue
    // At most all of it, which never leaves its range.
    let share =
      (try? InvoiceMatching.value(of: abs(quantity), open: left, worth: worth)) ?? worth
    let value = isCredit ? 0 &- share : share
    if isReturned {
      open.returnedQuantity &+= quantity
      open.returnedValue &+= value
    } else {
      open.openQuantity &-= quantity
      open.openValue &-= value
      open.invoicedQuantity &+= quantity
      open.invoicedValue &+= value
    }
    taken[place] = open
    checkPrice(place, net, value, state, &review)
    return ReceiptMatch.with {
      $0.receipt = receipt
      $0.line = place.line
      $0.quantity = Quantity(thousandths: quantity)
      $0.value = Amount(minorUnits: value)
      $0.returned = isReturned
    }
  }

  /// A price that is too far off wants a second person; history is done.
  private func checkPrice(
    _ place: Place, _ net: Int64, _ value: Int64, _ state: DeskState, _ review: inout Review
  ) {
    guard !review.lacksAmount, InvoiceMatching.isOff(net, from: value) else { return }
    guard approver != nil else {
      review.question(
        PurchasingRefusal.priceOff(
          place.receipt, line: place.line, received: review.amount(value),
          invoiced: review.amount(net)), "approver")
      return
    }
    review.requireSecondPerson(1, limit: .zero, approver: approver, state, "approver")
  }
}
