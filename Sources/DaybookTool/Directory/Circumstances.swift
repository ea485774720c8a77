#if Tool
  import Daybook

  /// What a thing is now, in lines for a person: who, what, when, how much, and what came of it.
  ///
  /// It reads events of the thing's own stream, and those of others that name it: the visit that an
  /// appointment became, the charges of an encounter.
  struct Circumstances {
    private let subject: StreamID
    private let register: Register
    private let decoder = EventDecoder()
    /// One line a subject, in the order in which they were first told; a later event tells it anew.
    private var told: [(of: String, line: String)] = []
    private var treatments = 0
    private var charges: [ChargeID] = []
    /// What is stocked, where the subject is an item, or an item at a clinic.
    private(set) var stock: (item: ItemID, clinic: ClinicID?)?

    /// Of the thing whose stream `subject` is.
    init(of subject: StreamID, _ register: Register) {
      self.subject = subject
      self.register = register
      if subject.kind == .item { stock = (ItemID(subject.number), nil) }
    }

    /// What was told, one line each.
    var lines: [String] { told.map(\.line) }

    /// Learns from an event that was known then, of whatever stream.
    mutating func note(_ record: RecordView) throws {
      let event = Event(record, decoder)
      switch event.header.family {
      case .frontOffice: try noteCare(event)
      case .accounting: try noteMoney(event)
      case .logistics: try noteStock(event)
      case .administration:
        guard event.header.stream == subject, subject.kind == .staffRole else { return }
        let set = try event.payload(RolesSet.self)
        tell("\(set.staff) at \(set.clinic): \(Self.list(set.roles.map { "\($0)" }))")
      default: return
      }
    }

    private mutating func noteCare(_ event: borrowing Event) throws {
      let isMine = event.header.stream == subject
      switch FrontOfficeTag(rawValue: event.header.tag) {
      case .coverageSet where isMine:
        let set = try event.payload(CoverageSet.self)
        let end = set.to.map { " to \($0)" } ?? ""
        tell(
          "covered by \(set.payer), \(set.priority), from \(set.from)\(end)",
          of: "\(set.payer) \(set.priority) \(set.from)")
      case .appointmentBooked where isMine:
        let booked = try event.payload(AppointmentBooked.self)
        let minutes = booked.durationSeconds / 60
        tell(
          "\(booked.patient) with \(booked.practitioner) at "
            + "\(time(booked.start, event.header)), for \(minutes)m", of: "booked")
      case .patientCheckedIn where isMine || subject.kind == .appointment:
        let arrived = try event.payload(PatientCheckedIn.self)
        let at = time(arrived.arrivedAt, event.header)
        if isMine {
          let booked = arrived.appointment.map { ", for \($0)" } ?? ", walked in"
          tell("\(arrived.patient) arrived at \(at)\(booked)", of: "arrived")
        } else if arrived.appointment?.stream == subject {
          tell("checked in as \(arrived.visit) at \(at)", of: "arrived")
        }
      case .encounterStarted where isMine || subject.kind == .visit:
        let started = try event.payload(EncounterStarted.self)
        let at = time(started.start, event.header)
        if isMine {
          tell("\(started.patient) with \(started.practitioner), of \(started.visit)", of: "who")
          tell("in progress since \(at)", of: "state")
        } else if started.visit.stream == subject {
          tell("seen by \(started.practitioner) in \(started.encounter) at \(at)", of: "seen")
        }
      case .treatmentPerformed where isMine:
        treatments += 1
        tell(treatments == 1 ? "1 treatment" : "\(treatments) treatments", of: "treatments")
      case .encounterCompleted where isMine:
        let completed = try event.payload(EncounterCompleted.self)
        let outcome = completed.outcome == .completed ? "" : ", \(completed.outcome)"
        tell("completed at \(time(completed.end, event.header))\(outcome)", of: "state")
      default: return
      }
    }

    private mutating func noteMoney(_ event: borrowing Event) throws {
      let header = event.header
      let isMine = header.stream == subject
      switch AccountingTag(rawValue: header.tag) {
      case .chargePosted where isMine || subject.kind == .encounter:
        let posted = try event.payload(ChargePosted.self)
        if isMine {
          let line = posted.encounterLine.map { ", \($0.encounter) line \($0.line)" } ?? ""
          let who = posted.practitioner.map { " by \($0)" } ?? ""
          tell(
            "\(posted.patient): \(posted.units) x \(posted.service)\(who)\(line), "
              + "\(money(posted.net, header)) on \(header.effective.day)", of: "posted")
        } else if posted.encounterLine?.encounter.stream == subject {
          charges.append(posted.charge)
          tell("charged as \(Self.list(charges.map(\.description)))", of: "charges")
        }
      case .paymentReceived where isMine:
        let received = try event.payload(PaymentReceived.self)
        tell(
          "\(money(received.amount, header)) from \(Self.name(received.from)) by "
            + "\(Self.name(received.method)) on \(header.effective.day)", of: "received")
        let settled = received.allocations.map {
          "\($0.charge) \(money($0.amount, header))"
        }
        if !settled.isEmpty { tell("settled \(Self.list(settled))", of: "settled") }
      case .claimSubmitted where isMine:
        let claim = try event.payload(ClaimSubmitted.self)
        tell(
          "\(claim.patient) to \(claim.payer), \(claim.priority): \(claim.charges.count) charges, "
            + "\(money(claim.total, header))", of: "submitted")
        tell("unanswered since \(header.effective.day)", of: "answer")
      case .claimAdjudicated where isMine:
        let answer = try event.payload(ClaimAdjudicated.self)
        let paid = try answer.lines.reduce(Amount.zero) { try $0.adding($1.paid) }
        tell(
          "\(answer.outcome) on \(header.effective.day), paid \(money(paid, header))", of: "answer")
      default: return
      }
    }

    private mutating func noteStock(_ event: borrowing Event) throws {
      guard event.header.stream == subject else { return }
      switch LogisticsTag(rawValue: event.header.tag) {
      case .goodsReceived:
        let received = try event.payload(GoodsReceived.self)
        let from = received.supplier.map { " from \($0)" } ?? (received.opening ? ", opening" : "")
        let lines = received.lines.map { line in
          "\(line.quantity) x \(line.item)" + (line.lot.isEmpty ? "" : " lot \(line.lot)")
        }
        tell("\(received.clinic)\(from): \(Self.list(lines))")
      case .stockIssued:
        let issued = try event.payload(StockIssued.self)
        stock = (issued.item, issued.clinic)
        tell("\(issued.item) at \(issued.clinic)")
      default: return
      }
    }

    private mutating func tell(_ line: String, of what: String = "") {
      if let index = told.firstIndex(where: { $0.of == what }) {
        told[index].line = line
      } else {
        told.append((what, line))
      }
    }

    private func time(_ instant: Instant, _ header: RecordHeader) -> String {
      "\(Moment(instant, header.effective.offset))"
    }

    private func money(_ amount: Amount, _ header: RecordHeader) -> String {
      "\(Amount(minorUnits: amount.minorUnits, register.currency(ofClinic: header.clinic)))"
    }

    private static func list(_ words: [String]) -> String {
      words.isEmpty ? "none" : words.joined(separator: ", ")
    }

    private static func name(_ party: Party) -> String {
      switch party {
      case .patient(let patient): "\(patient)"
      case .payer(let party), .other(let party): "\(party)"
      case .walkIn: "a walk-in"
      }
    }

    private static func name(_ method: PaymentMethod) -> String {
      switch method {
      case .cash: "cash"
      case .card: "card"
      case .transfer: "transfer"
      case .directDebit: "direct debit"
      case .cheque: "cheque"
      case .voucher: "voucher"
      case .online: "card, online"
      }
    }
  }
#endif
