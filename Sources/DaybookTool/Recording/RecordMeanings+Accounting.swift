#if Tool
  import Daybook

  extension RecordMeanings {
    static let billing: [RecordMeaning] = [
      RecordMeaning(ChargePosted.self) { charge, words in
        let tax = charge.tax.isZero ? [] : ["tax \(words.money(charge.tax))"]
        return [
          "\(charge.charge)", "net \(words.money(charge.net))",
        ] + tax + ["owed by \(words.name(charge.responsible))"]
      },
      RecordMeaning(ResponsibilityTransferred.self) { transferred, words in
        [
          "\(transferred.charge)",
          "\(words.money(transferred.amount)) to \(words.name(transferred.to))",
          "\(transferred.reason)",
        ]
      },
      RecordMeaning(AdjustmentPosted.self) { adjusted, words in
        let tax = adjusted.tax.isZero ? [] : ["tax \(words.money(adjusted.tax))"]
        return [
          "\(adjusted.charge)", "\(adjusted.type) \(words.money(adjusted.amount))",
        ] + tax + ["of \(words.name(adjusted.debtor))"]
      },
      RecordMeaning(PaymentReceived.self) { received, words in
        var parts = [
          "\(received.payment)",
          "\(words.money(received.amount)) from \(words.name(received.from))",
        ]
        var left = received.amount.minorUnits
        for part in received.allocations {
          parts.append("\(part.charge) \(words.money(part.amount))")
          left -= part.amount.minorUnits
        }
        if left > 0 {
          let what = received.deposit == nil ? "credit" : "deposit"
          parts.append("\(what) \(words.money(Amount(minorUnits: left)))")
        }
        if case .cash(let cash) = received.method, let change = cash.change {
          parts.append("change \(words.money(change))")
        }
        return parts
      },
      RecordMeaning(PaymentAllocated.self) { allocated, words in
        [
          "\(allocated.payment)",
          "\(allocated.allocation.charge) \(words.money(allocated.allocation.amount))",
        ]
      },
      RecordMeaning(ClaimSubmitted.self) { claim, words in
        [
          "\(claim.claim)", "to \(words.name(claim.payer))",
          "\(claim.charges.count) \(claim.charges.count == 1 ? "charge" : "charges")",
          "total \(words.money(claim.total))",
        ]
      },
      RecordMeaning(ClaimAdjudicated.self) { answer, words in
        let paid = answer.lines.reduce(Int64(0)) { $0 &+ $1.paid.minorUnits }
        return [
          "\(answer.claim)", "\(answer.outcome)", "paid \(words.money(Amount(minorUnits: paid)))",
        ]
      },
    ]

    static let corrections: [RecordMeaning] = [
      RecordMeaning(Reversed.self) { reversed, words in
        let catalogue = ToolContext.current.catalogue
        let event = catalogue.event(
          reversed.originalFamily, UInt16(truncatingIfNeeded: reversed.tag))
        return [
          "reversed \(reversed.of)",
          "\(event?.name ?? "") of \(catalogue.shortName(of: words.header.stream))",
          "dated \(words.header.effective.day)",
        ]
      }
    ]

    static let periods: [RecordMeaning] = [
      RecordMeaning(PeriodClosed.self) { closed, words in
        [
          "\(closed.area) closed through \(closed.to)", "\(closed.closing)",
        ] + words.stated(closed.totals)
      },
      RecordMeaning(PeriodReopened.self) { reopened, _ in
        ["\(reopened.area) open again", "through \(reopened.to)"]
      },
      RecordMeaning(YearClosed.self) { closed, words in
        ["year closed on \(closed.yearEnd)", "period 13"] + words.stated(closed.totals)
      },
    ]

    static let payables: [RecordMeaning] = [
      RecordMeaning(RemittanceReceived.self) { remitted, words in
        [
          "\(remitted.payment)",
          "\(words.money(remitted.total)) from \(words.name(remitted.payer))",
        ] + remitted.lines.map { "\($0.charge) \(words.money($0.paid))" }
      },
      RecordMeaning(SupplierInvoiceRecorded.self) { invoice, words in
        [
          "\(invoice.invoice)", "\(words.name(invoice.supplier)) \(invoice.number.printable)",
          "total \(words.money(invoice.total))", "due \(invoice.due)",
        ]
          + invoice.lines.compactMap { line in
            line.staff.map { "commission of \(words.name($0)) \(words.money(line.net))" }
          }
      },
      RecordMeaning(PaymentMade.self) { made, words in
        [
          "\(made.payment)", "\(words.money(made.amount)) to \(words.name(made.to))",
        ]
          + made.settles.map { part in
            let what =
              switch part.item {
              case .invoice(let invoice): "\(invoice)"
              case .opening(let item): "\(item.entry) line \(item.line)"
              case .account(let account): account.printable
              case .payrollLine(let line): "\(line.run) of \(line.staff)"
              }
            return "\(what) \(words.money(part.amount))"
          }
      },
      RecordMeaning(BankLineReconciled.self) { line, words in
        [
          "\(line.bankAccount) \(line.line.printable)", words.money(line.amount),
          "\(line.matches.count) \(line.matches.count == 1 ? "match" : "matches")",
        ]
      },
      RecordMeaning(JournalPosted.self) { posted, words in
        ["\(posted.entry)", posted.memo.printable]
          + posted.lines.map { line in
            let side =
              line.credit.isZero
              ? words.money(line.debit) : "-\(words.money(line.credit))"
            return "\(line.account.printable) \(side)"
          }
      },
    ]
  }

  extension RecordWords {
    /// What a department has stated: the figure, and how its digest begins.
    fileprivate func stated(_ totals: Statement) -> [String] {
      let digest = totals.digest.prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      return ["figure \(money(totals.figure))", "digest \(digest.joined())"]
    }
  }
#endif
