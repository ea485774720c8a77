#if Tool
  import Daybook

  extension RecordMeanings {
    static let tills: [RecordMeaning] = [
      RecordMeaning(TillOpened.self) { opened, words in
        let difference =
          opened.float.minorUnits &- opened.held.minorUnits &- opened.brought.minorUnits
        return ["\(opened.till)", "\(opened.session)", "float \(words.money(opened.float))"]
          + (difference == 0 ? [] : [words.variance(difference)])
      },
      RecordMeaning(TillCashMoved.self) { moved, words in
        [
          "\(moved.session)", "\(moved.type) \(words.money(moved.amount))",
          moved.direction == .into ? "in" : "out",
        ]
      },
      RecordMeaning(TillClosed.self) { closed, words in
        ["\(closed.till)", "Z\(closed.number)"]
          + closed.counts.map { count in
            let method = count.method == .cash ? "" : "\(count.method) "
            let variance = count.variance?.minorUnits ?? 0
            return "\(method)expected \(words.money(count.expected))"
              + (variance == 0 ? "" : ", \(words.variance(variance))")
          }
      },
      RecordMeaning(SaleCompleted.self) { sale, words in
        var parts = ["\(sale.sale)", "total \(words.money(sale.total))"]
        for tender in sale.tenders {
          if case .cash(let cash) = tender.method, let change = cash.change {
            parts.append("change \(words.money(change))")
          }
        }
        if let charge = sale.charge { parts.append("the rest as \(charge)") }
        return parts
      },
      RecordMeaning(SaleReturned.self) { returned, words in
        [
          "\(returned.saleReturn)", "of \(returned.sale.map { "\($0)" } ?? "an unknown sale")",
          "back \(words.money(returned.total))",
        ]
      },
    ]

    static let invoices: [RecordMeaning] = [
      RecordMeaning(RefundPaid.self) { refund, words in
        ["\(refund.refund)", "\(words.money(refund.amount)) to \(words.name(refund.to))"]
          + refund.parts.map { "of \($0.payment) \(words.money($0.amount))" }
      },
      RecordMeaning(PaymentReturned.self) { returned, words in
        ["\(returned.payment)", "\(words.money(returned.amount)) taken back", "\(returned.reason)"]
          + returned.reopened.map { "\($0.charge) owes \(words.money($0.amount)) again" }
      },
      RecordMeaning(AllocationReleased.self) { released, words in
        let part = released.part
        return [
          "\(part.payment)",
          "\(part.allocation.charge) owes \(words.money(part.allocation.amount)) again",
        ]
      },
      RecordMeaning(InvoiceIssued.self) { invoice, words in
        [
          "\(invoice.invoice)", "\(invoice.series.printable)-\(invoice.number)",
          "to \(words.name(invoice.customer.party))", "total \(words.money(invoice.total))",
        ]
      },
      RecordMeaning(InvoiceRectified.self) { invoice, words in
        [
          "\(invoice.invoice)", "\(invoice.series.printable)-\(invoice.number)",
          "of \(invoice.original)", "total \(words.money(invoice.total))",
        ]
      },
    ]
  }

  extension RecordWords {
    /// More or less than expected: `short 2.50`, `over 1.00`.
    func variance(_ minorUnits: Int64) -> String {
      let amount = Amount(minorUnits: Int64(clamping: minorUnits.magnitude))
      return "\(minorUnits < 0 ? "short" : "over") \(money(amount))"
    }
  }
#endif
