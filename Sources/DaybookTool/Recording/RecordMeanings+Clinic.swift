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
      RecordMeaning(PriceSet.self) { price, words in
        let what =
          switch price.priced {
          case .service(let service): words.name(service)
          case .item(let item): words.name(item)
          }
        return [
          "\(price.price)", what, "\(words.price(price.unitPrice)) from \(price.from)",
        ] + (price.payer.map { ["for \(words.name($0))"] } ?? [])
          + (price.allowance ? ["allowed at once"] : [])
      },
      RecordMeaning(TaxCodeSet.self) { tax, _ in
        [
          "\(tax.taxCode)", tax.code.printable, "\(tax.taxClass) \(tax.rate)", "from \(tax.from)",
        ]
      },
      RecordMeaning(ResourceDefined.self) { resource, _ in
        ["\(resource.resource)", "\(resource.type) \(resource.name.printable)"]
      },
      RecordMeaning(AccountDefined.self) { account, _ in
        [account.code.printable, account.name.printable, "\(account.type)"]
      },
      RecordMeaning(PostingRuleSet.self) { rule, _ in
        [rule.eventType.printable] + (rule.variant.isEmpty ? [] : [rule.variant.printable])
          + rule.slots.map { "\($0.slot.printable) is \($0.account.printable)" }
          + ["from \(rule.from)"]
      },
      RecordMeaning(PartyRegistered.self) { party, _ in
        ["\(party.party)", "\(party.type)", (party.person?.name ?? party.name).printable]
      },
    ]

    static let frontOffice: [RecordMeaning] = [
      RecordMeaning(PatientRegistered.self) { patient, _ in
        ["\(patient.patient)", patient.person.name.printable]
      },
      RecordMeaning(PatientAmended.self) { patient, _ in
        ["\(patient.patient)", patient.person.name.printable, "amended"]
      },
      RecordMeaning(PatientsMerged.self) { merged, words in
        ["\(merged.from)", "is now \(words.name(merged.into))"]
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
      RecordMeaning(AppointmentRequested.self) { request, words in
        ["\(request.request)", words.name(request.patient), "waits from \(request.from)"]
      },
      RecordMeaning(AppointmentMoved.self) { moved, words in
        [
          "\(moved.appointment)", "now \(words.time(moved.start))",
          words.minutes(moved.durationSeconds), "with \(words.name(moved.practitioner))",
        ]
      },
      RecordMeaning(AppointmentCancelled.self) { cancelled, _ in
        let what = cancelled.request.map { "\($0)" } ?? "\(cancelled.appointment)"
        return [what, "cancelled by the \(cancelled.by)"]
      },
      RecordMeaning(AppointmentMissed.self) { missed, _ in
        ["\(missed.appointment)", missed.type == .noShow ? "no show" : "left unseen"]
      },
      RecordMeaning(PatientCheckedIn.self) { arrived, words in
        [
          "\(arrived.visit)", words.name(arrived.patient),
          "arrived \(words.time(arrived.arrivedAt))",
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

    static let packages: [RecordMeaning] = [
      RecordMeaning(TreatmentPlanAccepted.self) { plan, words in
        ["\(plan.plan)", words.name(plan.patient), "total \(words.money(plan.total))"]
      },
      RecordMeaning(PackageSold.self) { sold, words in
        [
          "\(sold.package)", words.name(sold.patient),
          "\(sold.sessions) sessions of \(words.name(sold.service))", words.money(sold.price),
        ] + (sold.expires.map { ["until \($0)"] } ?? [])
      },
      RecordMeaning(PackageCancelled.self) { cancelled, words in
        [
          "\(cancelled.package)", "\(cancelled.sessionsLeft) sessions left",
          "refund due \(words.money(cancelled.refundDue))",
        ] + (cancelled.credit.map { ["as \($0)"] } ?? [])
      },
    ]

    static let logistics: [RecordMeaning] = [
      RecordMeaning(ItemDefined.self) { item, _ in
        ["\(item.item)", item.code.printable, item.name.printable, "in \(item.baseUnit.printable)"]
      },
      RecordMeaning(GoodsReceived.self) { received, words in
        let value = received.lines.reduce(Int64(0)) { $0 &+ $1.value.minorUnits }
        return ["\(received.receipt)"]
          + received.lines.map { line in
            words.quantity(line.quantity, line.item)
              + (line.lot.isEmpty ? "" : " lot \(line.lot.printable)")
          } + ["value \(words.money(Amount(minorUnits: value)))"]
      },
      RecordMeaning(StockIssued.self) { issued, words in
        let quantity = issued.lines.reduce(Int64(0)) { $0 &+ $1.quantity.thousandths }
        let more =
          issued.lines.filter { !$0.lot.isEmpty }.map { "lot \($0.lot.printable)" }
          + (issued.short.map { ["\($0) more than was on hand"] } ?? [])
        // What was sold or used in care goes without saying, but for its lots.
        let isConsequence = issued.soldLine != nil || issued.encounterLine != nil
        if isConsequence, more.isEmpty { return [] }
        let total = Quantity(thousandths: quantity &+ (issued.short?.thousandths ?? 0))
        return ["\(words.quantity(total, issued.item)) \(issued.purpose.told)"] + more
      },
    ]
  }

  extension IssuePurpose {
    /// What became of it, behind what was issued.
    fileprivate var told: String {
      switch self {
      case .unspecified: "issued"
      case .treatment: "used in treatment"
      case .sale: "sold"
      case .internal: "used by the clinic"
      case .expired: "expired"
      case .damaged: "spoiled or broken"
      case .lost: "lost"
      }
    }
  }
#endif
