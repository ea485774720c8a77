import DaybookBytes
import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// What an event does to the commission of charges.
enum CommissionStep {
  /// A charge, with what it earns; nil where no rule holds for it.
  case charged(ChargePosted, ChargeCommission?)
  /// What a treatment used up.
  case materials(EncounterLine, Int64)
  /// So much more of a charge stands, or is collected; below zero for less.
  case moved(ChargeID, charged: Int64, collected: Int64, CommissionCause)
}

// The one place in which the events that lead to commission are known: what follows from a decision
// and what the state makes of the log both go by it.
extension DeskState {
  func commissionSteps(_ event: borrowing Event) throws(WireError) -> [CommissionStep] {
    switch event.header.family {
    case .corrections:
      guard event.header.tag == CorrectionsTag.reversed.rawValue else { return [] }
      return try reversedSteps(try event.payload())
    case .accounting:
      guard let tag = AccountingTag(rawValue: event.header.tag) else { return [] }
      return try accountingSteps(event, tag)
    case .frontOffice:
      guard event.header.tag == FrontOfficeTag.packageCancelled.rawValue else { return [] }
      return cancelledSteps(try event.payload())
    case .logistics:
      guard event.header.tag == LogisticsTag.stockIssued.rawValue else { return [] }
      let issued = try event.payload(StockIssued.self)
      guard let line = issued.encounterLine else { return [] }
      return [.materials(line, issued.lines.reduce(0) { $0 &+ $1.value.minorUnits })]
    default: return []
    }
  }

  /// The steps of the event that is undone, the other way round.
  private func reversedSteps(_ reversed: Reversed) throws(WireError) -> [CommissionStep] {
    // What a treatment used goes back with its charge, which takes all of its commission along.
    guard reversed.originalFamily == .accounting else { return [] }
    var header = RecordHeader()
    header.family = reversed.originalFamily
    header.tag = UInt16(truncatingIfNeeded: reversed.tag)
    header.effective = reversed.originalEffective
    let steps = try withReader(of: reversed.payload) { (payload) throws(WireError) in
      try commissionSteps(
        Event(RecordView(header: header, payload: payload), EventDecoder(listeners: 1)))
    }
    return steps.compactMap { step in
      switch step {
      case .charged(let charge, _):
        let total = charge.net.minorUnits &+ charge.tax.minorUnits
        return .moved(
          charge.charge, charged: 0 &- max(1, total), collected: 0, .reversal)
      case .materials: return nil
      case .moved(let charge, let charged, let collected, _):
        return .moved(
          charge, charged: 0 &- charged, collected: 0 &- collected, .reversal)
      }
    }
  }

  /// The price falls by what is given back, whether it was paid or is no longer owed.
  private func cancelledSteps(_ cancelled: PackageCancelled) -> [CommissionStep] {
    guard let charge = packages.packages[cancelled.package]?.charge else { return [] }
    let less = cancelled.refundDue.minorUnits &+ cancelled.tax.minorUnits
    let paid = cancelled.released.reduce(less) { $0 &- $1.amount.minorUnits }
    return [.moved(charge, charged: 0 &- less, collected: 0 &- paid, .refund)]
  }

  private func accountingSteps(
    _ event: borrowing Event, _ tag: AccountingTag
  ) throws(WireError) -> [CommissionStep] {
    switch tag {
    case .chargePosted:
      let charge = try event.payload(ChargePosted.self)
      return [.charged(charge, commission(of: charge, event.header))]
    case .adjustmentPosted:
      let adjusted = try event.payload(AdjustmentPosted.self)
      let amount = adjusted.amount.minorUnits
      let charged = adjusted.type == .recovery ? amount : 0 &- amount
      return [.moved(adjusted.charge, charged: charged, collected: 0, .adjustment)]
    case .invoiceIssued:
      return try event.payload(InvoiceIssued.self).released.map {
        Self.collected($0.allocation, -1, .adjustment)
      }
    case .invoiceRectified:
      let rectified = try event.payload(InvoiceRectified.self)
      var steps: [CommissionStep] = []
      for line in rectified.lines {
        guard let charge = line.charge else { continue }
        let less = line.net.minorUnits &+ line.tax.minorUnits
        steps.append(.moved(charge, charged: 0 &- less, collected: 0, .adjustment))
      }
      return steps + rectified.released.map { Self.collected($0.allocation, -1, .adjustment) }
    case .paymentReceived:
      return try event.payload(PaymentReceived.self).allocations.map {
        Self.collected($0, 1, .allocation)
      }
    case .paymentAllocated:
      return [Self.collected(try event.payload(PaymentAllocated.self).allocation, 1, .allocation)]
    case .remittanceReceived:
      return try event.payload(RemittanceReceived.self).lines.map { line in
        let paid = line.paid.minorUnits
        return .moved(
          line.charge, charged: 0, collected: paid, paid < 0 ? .refund : .allocation)
      }
    case .allocationReleased:
      let released = try event.payload(AllocationReleased.self)
      return [Self.collected(released.part.allocation, -1, .refund)]
    case .paymentReturned:
      return try event.payload(PaymentReturned.self).reopened.map {
        Self.collected($0, -1, .refund)
      }
    default: return []
    }
  }

  private static func collected(
    _ allocation: Allocation, _ sign: Int64, _ cause: CommissionCause
  ) -> CommissionStep {
    .moved(
      allocation.charge, charged: 0, collected: sign &* allocation.amount.minorUnits, cause)
  }

  /// What the charge earns by the rule that holds for its practitioner on its day.
  private func commission(
    of charge: ChargePosted, _ header: RecordHeader
  ) -> ChargeCommission? {
    guard let staff = charge.practitioner, let member = people.members[staff] else { return nil }
    let day = header.effective.day
    for id in member.commissionRules {
      guard let rule = people.rules[id], rule.from <= day, rule.to.map({ day <= $0 }) ?? true,
        isInScope(charge, rule, at: header.effective.instant)
      else { continue }
      var commission = ChargeCommission()
      commission.rule = id
      commission.staff = staff
      commission.clinic = ClinicID(header.clinic)
      commission.basis = rule.basis
      commission.deductsMaterials = rule.deductMaterials
      commission.units = charge.units
      commission.base = charge.net.minorUnits
      commission.total = charge.net.minorUnits &+ charge.tax.minorUnits
      commission.done = rule.basis == .charged ? max(1, commission.total) : 0
      commission.settleWhole(rule.yield)
      return commission
    }
    return nil
  }

  private func isInScope(
    _ charge: ChargePosted, _ rule: CommissionRuleRecord, at time: Instant
  ) -> Bool {
    if let payer = rule.payer, charge.responsible.party != .payer(payer) { return false }
    if !rule.services.isEmpty { return rule.services.contains(charge.service) }
    return administration.services[charge.service]?.at(time).commissionable ?? false
  }

  /// Takes in what an event of the log does to commission.
  mutating func takeCommission(_ event: borrowing Event) throws(WireError) {
    // What is used up later, by a command of its own, is not taken off.
    if event.header.beginsAction { people.commission.endLine() }
    for step in try commissionSteps(event) {
      switch step {
      case .charged(let charge, let commission):
        if let commission {
          people.commission.begin(commission, charge)
        } else {
          people.commission.note(charge)
        }
      case .materials(let line, let value):
        guard line == people.commission.lastLine else { continue }
        let charge = people.commission.lastCharge
        guard let rule = people.commission[charge].flatMap({ people.rules[$0.rule] }) else {
          continue
        }
        people.commission.update(charge) { $0.deduct(value, rule.yield) }
      case .moved(let charge, let charged, let collected, _):
        people.commission.update(charge) { $0.move(charged, collected) }
      }
    }
  }
}

extension ChargeCommission {
  /// Fixes the whole commission; nothing beyond what an amount holds.
  mutating func settleWhole(_ yield: CommissionYield) {
    whole = (try? CommissionRules.whole(yield, of: base, units: units)) ?? 0
  }

  /// Takes materials off what is shared.
  mutating func deduct(_ value: Int64, _ yield: CommissionYield) {
    guard deductsMaterials else { return }
    base = max(0, base &- value)
    settleWhole(yield)
  }

  mutating func move(_ charged: Int64, _ collected: Int64) {
    done &+= basis == .charged ? charged : collected
  }
}

/// What follows from the events of a decision: commission, beside what leads to it.
struct CommissionDraft {
  private let state: DeskState
  private var changed: [ChargeID: (commission: ChargeCommission, event: Int, CommissionCause)] = [:]
  private var order: [ChargeID] = []
  private var lastLine = EncounterLine()
  private var lastCharge = ChargeID()

  init(_ state: DeskState) { self.state = state }

  /// Takes in the event of that index in the decision.
  mutating func take(_ event: borrowing Event, index: Int) throws(WireError) {
    for step in try state.commissionSteps(event) {
      switch step {
      case .charged(let charge, let commission):
        lastLine = charge.encounterLine ?? EncounterLine()
        lastCharge = charge.charge
        if let commission { change(charge.charge, commission, index, .charge) }
      case .materials(let line, let value):
        guard line == lastLine, var known = changed[lastCharge],
          let rule = state.people.rules[known.commission.rule]
        else { continue }
        known.commission.deduct(value, rule.yield)
        changed[lastCharge] = known
      case .moved(let charge, let charged, let collected, let cause):
        guard var commission = changed[charge]?.commission ?? state.people.commission[charge]
        else { continue }
        commission.move(charged, collected)
        change(charge, commission, index, cause)
      }
    }
  }

  private mutating func change(
    _ charge: ChargeID, _ commission: ChargeCommission, _ index: Int, _ cause: CommissionCause
  ) {
    if changed[charge] == nil { order.append(charge) }
    changed[charge] = (commission, index, cause)
  }

  /// Appends what is due, charge by charge.
  func append(to decision: inout Decision) throws(Refusal) {
    for charge in order {
      guard let (commission, event, cause) = changed[charge], commission.due.amount != 0 else {
        continue
      }
      let due = commission.due
      let accrued = CommissionAccrued.with {
        $0.rule = commission.rule
        $0.staff = commission.staff
        $0.charge = charge
        $0.cause = cause
        $0.basis = Amount(minorUnits: due.base)
        $0.amount = Amount(minorUnits: due.amount)
      }
      try decision.append(
        accrued, to: commission.rule.number, effective: decision.proposals[event].effective,
        clinic: commission.clinic.number, cause: .event(event))
    }
  }
}
