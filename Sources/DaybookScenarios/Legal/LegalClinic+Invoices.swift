import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Invoices for charges, advances and tickets, and those that rectify them.
  static let invoices: Makers = [
    (.invoice, { clinic, state, _ in clinic.invoice(state) }),
    (.advanceInvoice, { clinic, state, _ in clinic.advanceInvoice(state) }),
    (.ticketInvoice, { clinic, state, _ in clinic.ticketInvoice(state) }),
    (.rectification, { clinic, state, _ in clinic.rectification(state) }),
  ]

  private func customer(_ party: Party) -> InvoiceCustomer {
    .with {
      $0.party = party
      $0.name = "Customer"
    }
  }

  /// A share of a charge, or a part of it.
  private mutating func invoice(_ state: DeskState) -> LegalCommand? {
    let found = find(in: state.billing.charges) { charge in
      !charge.isReversed && charge.shares.contains { charge.invoiceable(to: $0.debtor) > 0 }
    }
    guard let (id, charge) = found,
      let share = charge.shares.first(where: { charge.invoiceable(to: $0.debtor) > 0 })
    else { return nil }
    let left = charge.invoiceable(to: share.debtor)
    let issue = IssueInvoice.with {
      $0.customer = customer(Self.current(share.debtor.party, state))
      $0.charges = [
        .with {
          $0.charge = id
          $0.owedBy = share.debtor
          $0.amount = dice.chance(60) ? nil : dollars(part(of: left))
        }
      ]
      $0.series = dice.chance(85) ? "" : "B"
    }
    return LegalCommand(issue, .reception, at: charge.clinic)
  }

  /// A deposit is confirmed.
  private mutating func advanceInvoice(_ state: DeskState) -> LegalCommand? {
    let found = find(in: state.billing.payments) { payment in
      payment.isDeposit && payment.invoiced == 0 && payment.amount > 0 && !payment.isReversed
        && Self.current(payment.from, state) == payment.from
    }
    guard let (id, payment) = found else { return nil }
    let issue = IssueInvoice.with {
      $0.customer = customer(payment.from)
      $0.deposits = [id]
    }
    return LegalCommand(issue, .reception, at: payment.clinic)
  }

  /// An invoice takes the place of a ticket.
  private mutating func ticketInvoice(_ state: DeskState) -> LegalCommand? {
    guard let (id, sale) = find(in: state.sales.sales, { !$0.isInvoiced && !$0.isReversed }) else {
      return nil
    }
    let party: Party
    if let patient = sale.patient {
      party = .patient(patient)
      guard Self.current(party, state) == party else { return nil }
    } else {
      party = .other(Self.guarantor)
    }
    let issue = IssueInvoice.with {
      $0.customer = customer(party)
      $0.sales = [id]
    }
    return LegalCommand(issue, .reception, at: sale.clinic)
  }

  /// What is left of a line, as far as it is owed or paid still.
  private mutating func rectification(_ state: DeskState) -> LegalCommand? {
    let charges = state.billing.charges
    func most(_ line: InvoiceLineRecord) -> Int64 {
      let left = line.net + line.tax - line.rectifiedNet - line.rectifiedTax
      if line.sale != nil { return 0 }
      guard let charge = line.charge, let debtor = line.owedBy else { return left }
      return min(
        left, (charges[charge]?.owed(by: debtor) ?? 0) + (charges[charge]?.paid(by: debtor) ?? 0))
    }
    let found = find(in: state.invoices.invoices) { invoice in
      !invoice.isRectifying && invoice.lines.contains { most($0) > 0 }
    }
    guard let (id, invoice) = found,
      let index = invoice.lines.firstIndex(where: { most($0) > 0 })
    else { return nil }
    let rectify = RectifyInvoice.with {
      $0.invoice = id
      $0.lines = [
        RectifiedShare(UInt32(index) + 1, dollars(part(of: most(invoice.lines[index]))))
      ]
      $0.reason = "agreed otherwise"
      $0.approver = other
    }
    return LegalCommand(rectify, .accountant, at: invoice.clinic)
  }
}
