import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues
import Testing

/// What holds of any history, worked out from its events by nothing that the Desk uses.
struct HistoryRules {
  private struct Charge {
    var charged: Int64 = 0
    var paid: Int64 = 0
    var adjusted: Int64 = 0
  }

  private struct Booked {
    var practitioner: StaffID
    var resource: ResourceID?
    var start: Int64
    var end: Int64
    var isOver: Bool
  }

  private var versions: [StreamID: UInt64] = [:]
  private var charges: [ChargeID: Charge] = [:]
  private var onHand: [String: Int64] = [:]
  private var bookings: [AppointmentID: Booked] = [:]
  private var faults: [String] = []

  mutating func take(_ event: borrowing Event) throws {
    let header = event.header
    let version = versions[header.stream, default: 0] + 1
    if header.version != version {
      faults.append("\(header.position): version \(header.version) behind \(version - 1)")
    }
    versions[header.stream] = header.version
    switch header.family {
    case .accounting: try takeAccounting(event)
    case .logistics: try takeLogistics(event)
    case .frontOffice: try takeFrontOffice(event)
    default: break
    }
  }

  private mutating func takeAccounting(_ event: borrowing Event) throws {
    switch AccountingTag(rawValue: event.header.tag) {
    case .chargePosted:
      let posted = try event.payload(ChargePosted.self)
      charges[posted.charge, default: Charge()].charged +=
        posted.net.minorUnits + posted.tax.minorUnits
    case .adjustmentPosted:
      let adjusted = try event.payload(AdjustmentPosted.self)
      let sign: Int64 = adjusted.type == .recovery ? -1 : 1
      charges[adjusted.charge, default: Charge()].adjusted += sign * adjusted.amount.minorUnits
    case .paymentReceived:
      for part in try event.payload(PaymentReceived.self).allocations { pay(part) }
    case .paymentAllocated: pay(try event.payload(PaymentAllocated.self).allocation)
    default: break
    }
  }

  private mutating func pay(_ part: Allocation) {
    charges[part.charge, default: Charge()].paid += part.amount.minorUnits
  }

  private mutating func takeLogistics(_ event: borrowing Event) throws {
    let clinic = event.header.clinic
    switch LogisticsTag(rawValue: event.header.tag) {
    case .goodsReceived:
      for line in try event.payload(GoodsReceived.self).lines {
        onHand["\(clinic) \(line.item) \(line.lot)", default: 0] += line.quantity.thousandths
      }
    case .stockIssued:
      let issued = try event.payload(StockIssued.self)
      for line in issued.lines {
        let key = "\(clinic) \(issued.item) \(line.lot)"
        onHand[key, default: 0] -= line.quantity.thousandths
        if onHand[key, default: 0] < 0 {
          faults.append("\(event.header.position): \(key) is below zero")
        }
      }
    default: break
    }
  }

  private mutating func takeFrontOffice(_ event: borrowing Event) throws {
    switch FrontOfficeTag(rawValue: event.header.tag) {
    case .appointmentBooked:
      let booked = try event.payload(AppointmentBooked.self)
      let start = booked.start.milliseconds
      hold(
        booked.appointment,
        Booked(
          practitioner: booked.practitioner, resource: booked.resource, start: start,
          end: start + Int64(booked.durationSeconds) * 1000, isOver: booked.overbook))
    case .appointmentMoved:
      let moved = try event.payload(AppointmentMoved.self)
      let start = moved.start.milliseconds
      bookings[moved.appointment] = nil
      hold(
        moved.appointment,
        Booked(
          practitioner: moved.practitioner, resource: moved.resource, start: start,
          end: start + Int64(moved.durationSeconds) * 1000, isOver: moved.overbook))
    case .appointmentCancelled:
      bookings[try event.payload(AppointmentCancelled.self).appointment] = nil
    case .appointmentMissed:
      bookings[try event.payload(AppointmentMissed.self).appointment] = nil
    default: break
    }
  }

  private mutating func hold(_ appointment: AppointmentID, _ new: Booked) {
    for (other, old) in bookings where new.start < old.end && old.start < new.end {
      let isShared =
        old.practitioner == new.practitioner
        || old.resource != nil && old.resource == new.resource
      if isShared, !new.isOver, !old.isOver {
        faults.append("\(appointment) overlaps \(other)")
      }
    }
    bookings[appointment] = new
  }

  /// Owed and paid and adjusted is what was charged, charge by charge.
  func expectAtEnd(of state: DeskState, _ note: Comment) {
    #expect(faults == [], note)
    for (id, charge) in charges {
      let owed = state.billing.charges[id]?.owed ?? -1
      #expect(owed + charge.paid + charge.adjusted == charge.charged, "\(note.rawValue), \(id)")
    }
  }
}
