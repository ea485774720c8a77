import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// The lines of a rectifying invoice, and what is overpaid by them, checked and not yet written.
struct RectificationDraft {
  private struct Share: Hashable {
    var charge: ChargeID
    var debtor: Debtor
  }

  /// What of a share is open still, and what settles it, newest first.
  private struct Standing {
    var owed: Int64
    var allocations: [AllocationRecord]
  }

  private let state: DeskState
  private(set) var lines: [RectifiedLine] = []
  private(set) var released: [ReleasedPart] = []
  /// The first charge concerned.
  private(set) var first: ChargeRecord?
  // Only asked for a key.
  private var standing: [Share: Standing] = [:]
  private var payments: [PaymentID: PaymentRecord] = [:]
  private var named: Set<UInt32> = []

  init(_ state: DeskState) { self.state = state }

  mutating func add(
    _ share: RectifiedShare, of invoice: InvoiceID, _ known: InvoiceRecord?,
    _ review: inout Review
  ) {
    guard let known, !known.isRectifying else { return }
    if !named.insert(share.line).inserted {
      review.refuse(DeskRefusal.namedTwice("line"), "lines.line")
      return
    }
    let index = Int(share.line) - 1
    guard known.lines.indices.contains(index) else {
      review.refuse(InvoiceRefusal.noSuchLine(invoice, share.line), "lines.line")
      return
    }
    let original = known.lines[index]
    if original.sale != nil { review.refuse(InvoiceRefusal.ticket(invoice), "lines.line") }
    let asked = share.amount.map { review.positive($0, "lines.amount") } ?? original.left
    if asked > original.left || original.left == 0 {
      review.refuse(
        InvoiceRefusal.aboveOriginal(
          invoice, line: share.line, left: review.amount(original.left)), "lines.amount")
      return
    }
    let tax = RunningShare.next(
      asked, after: original.rectifiedNet + original.rectifiedTax,
      of: original.net + original.tax, sharing: original.tax)
    var line = RectifiedLine()
    line.line = share.line
    line.charge = original.charge
    line.owedBy = original.owedBy
    line.deposit = original.deposit
    line.taxCode = original.taxCode
    line.rate = original.rate
    line.net = Amount(minorUnits: asked - tax)
    line.tax = Amount(minorUnits: tax)
    lines.append(line)
    if let charge = original.charge, let debtor = original.owedBy {
      lower(charge, debtor, asked, &review)
    }
  }

  /// Less is owed; what has been paid beyond that is released.
  private mutating func lower(
    _ id: ChargeID, _ debtor: Debtor, _ amount: Int64, _ review: inout Review
  ) {
    guard let charge = review.charge(id, state, "lines") else { return }
    if first == nil { first = charge }
    let key = Share(charge: id, debtor: debtor)
    var left =
      standing[key]
      ?? Standing(
        owed: charge.owed(by: debtor),
        allocations: state.billing.allocations(of: charge).filter { $0.owedBy == debtor })
    let open = min(amount, left.owed)
    let parts = left.allocations.cut(to: amount - open)
    let paid = parts.reduce(0) { $0 + $1.amount }
    if open + paid < amount {
      review.refuse(
        InvoiceRefusal.aboveDebt(id, left: review.amount(open + paid)), "lines.amount")
      return
    }
    left.owed -= open
    for (index, part) in parts.enumerated() { left.allocations[index].amount -= part.amount }
    left.allocations.removeAll { $0.amount == 0 }
    standing[key] = left
    for part in parts {
      guard var payment = payments[part.payment] ?? state.billing.payments[part.payment] else {
        continue
      }
      guard !payment.isDeposit else {
        released.append(ReleasedPart(credited: part, of: payment, at: review.context.clinic))
        continue
      }
      released.append(ReleasedPart(part, of: &payment, at: review.context.clinic))
      payments[part.payment] = payment
    }
  }

  /// Gives what had been a deposit's a number as credit.
  mutating func openCredits(
    _ review: Review, _ decision: inout Decision
  ) throws(Refusal) {
    var credits: [PaymentID: PaymentID] = [:]
    for index in released.indices {
      let part = released[index]
      guard state.billing.payments[part.payment]?.isDeposit == true else { continue }
      if credits[part.payment] == nil {
        credits[part.payment] = try decision.openCredit(of: part.from, review, at: part.clinic)
      }
      released[index].credit = credits[part.payment]
    }
  }

  /// The sums of the lines by rule of tax, in the order in which they come.
  var taxes: Few<TaxSum> {
    var sums: [TaxSum] = []
    for line in lines {
      sums.add(line.taxCode, line.rate, line.net.minorUnits, line.tax.minorUnits)
    }
    return Few(sums)
  }
}
