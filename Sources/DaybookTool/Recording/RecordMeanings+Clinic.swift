#if Tool
  import Daybook

  // An entry an event. What is only a consequence of another event in the same action says so briefly.

  extension RecordMeanings {
    static let administration: [RecordMeaning] = [
      RecordMeaning(ClinicDefined.self) { clinic, _ in
        ["\(clinic.clinic)", clinic.name.printable, clinic.currency.code, clinic.timeZone]
      },
      RecordMeaning(RolesSet.self) { set, words in
        [
          words.name(set.staff), "at \(set.clinic)",
          set.roles.isEmpty ? "no roles" : words.list(set.roles.map { "\($0)" }),
        ]
      },
      RecordMeaning(ServiceDefined.self) { service, _ in
        [
          "\(service.service)", service.code.printable, service.name.printable,
          service.active ? "active" : "inactive",
        ]
      },
      RecordMeaning(PartyRegistered.self) { party, _ in
        ["\(party.party)", "\(party.type)", (party.person?.name ?? party.name).printable]
      },
    ]

    static let frontOffice: [RecordMeaning] = [
      RecordMeaning(PatientRegistered.self) { patient, _ in
        ["\(patient.patient)", patient.person.name.printable]
      },
      RecordMeaning(CoverageSet.self) { set, words in
        [
          words.name(set.patient), "covered by \(words.name(set.payer))", "\(set.priority)",
          "from \(set.from)" + (set.to.map { " to \($0)" } ?? ""),
        ]
      },
      RecordMeaning(AppointmentBooked.self) { booked, words in
        [
          "\(booked.appointment)", words.name(booked.patient),
          "with \(words.name(booked.practitioner))",
          "\(words.time(booked.start)), \(words.minutes(booked.durationSeconds))",
        ]
      },
      RecordMeaning(PatientCheckedIn.self) { arrived, words in
        [
          "\(arrived.visit)", words.name(arrived.patient), "arrived \(words.time(arrived.arrivedAt))",
          arrived.appointment.map { "for \($0)" } ?? "walked in",
        ]
      },
      RecordMeaning(EncounterStarted.self) { started, words in
        [
          "\(started.encounter)", words.name(started.patient),
          "with \(words.name(started.practitioner))", "of \(started.visit)",
        ]
      },
      RecordMeaning(TreatmentPerformed.self) { performed, words in
        let discount =
          performed.discount.isZero ? [] : ["discount \(words.money(performed.discount))"]
        return [
          "\(performed.encounter) line \(performed.line)",
          "\(performed.units) x \(words.name(performed.service))",
          words.money(performed.listPrice),
        ] + discount
      },
      RecordMeaning(EncounterCompleted.self) { completed, words in
        ["\(completed.encounter)", "completed \(words.time(completed.end))"]
      },
    ]

    static let billing: [RecordMeaning] = [
      RecordMeaning(ChargePosted.self) { charge, words in
        let tax = charge.tax.isZero ? [] : ["tax \(words.money(charge.tax))"]
        return [
          "\(charge.charge)", "net \(words.money(charge.net))",
        ] + tax + ["owed by \(words.name(charge.responsible))"]
      },
      RecordMeaning(ResponsibilityTransferred.self) { transferred, words in
        [
          "\(transferred.charge)", "\(words.money(transferred.amount)) to \(words.name(transferred.to))",
          "\(transferred.reason)",
        ]
      },
      RecordMeaning(AdjustmentPosted.self) { adjusted, words in
        [
          "\(adjusted.charge)", "\(adjusted.type) \(words.money(adjusted.amount))",
          "of \(words.name(adjusted.debtor))",
        ]
      },
      RecordMeaning(PaymentReceived.self) { received, words in
        var parts = [
          "\(received.payment)", "\(words.money(received.amount)) from \(words.name(received.from))",
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

    static let people: [RecordMeaning] = [
      RecordMeaning(StaffHired.self) { hired, words in
        [
          "\(hired.staff)", hired.person.name.printable, "from \(hired.start)",
          "at \(words.list(hired.clinics.map(\.description)))",
        ]
      }
    ]

    static let logistics: [RecordMeaning] = [
      RecordMeaning(ItemDefined.self) { item, _ in
        ["\(item.item)", item.code.printable, item.name.printable, "in \(item.baseUnit.printable)"]
      },
      RecordMeaning(GoodsReceived.self) { received, words in
        let value = received.lines.reduce(Int64(0)) { $0 &+ $1.value.minorUnits }
        return ["\(received.receipt)"]
          + received.lines.map { line in
            "\(line.quantity) x \(words.name(line.item))"
              + (line.lot.isEmpty ? "" : " lot \(line.lot.printable)")
          } + ["value \(words.money(Amount(minorUnits: value)))"]
      },
      RecordMeaning(StockIssued.self) { issued, words in
        let quantity = issued.lines.reduce(Int64(0)) { $0 &+ $1.quantity.thousandths }
        let lots = issued.lines.filter { !$0.lot.isEmpty }.map { "lot \($0.lot.printable)" }
        return [
          "\(Quantity(thousandths: quantity)) x \(words.name(issued.item)) issued",
          "\(issued.purpose)",
        ] + lots + (issued.short.map { ["short \($0)"] } ?? [])
      },
    ]
  }
#endif
