import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Nothing is dated into a period that is closed for an area it feeds, at any clinic whose figures it
/// changes; periods are closed month by month, and what is closed for good stays closed; a year is
/// closed when its periods are.
struct PeriodRules: HistoryRule {
  private struct Pair: Hashable {
    var clinic: UInt64
    var area: PeriodArea
  }

  private var closed: [Pair: [Day]] = [:]
  private var hard: [Pair: Day] = [:]
  private var years: [UInt64: [Day]] = [:]
  private var chargeClinics: [ChargeID: UInt64] = [:]
  private var packageClinics: [PackageID: UInt64] = [:]
  private var tills: [TillSessionID: (clinic: UInt64, opened: Day)] = [:]

  mutating func take(_ event: borrowing Event, _ faults: inout Faults) throws {
    let header = event.header
    let isOfPeriods = try takePeriods(event, &faults)
    if isOfPeriods { return }
    let others = try otherClinics(event)
    let areas = ClinicEvents.areas(header.family, header.tag)
    require(areas, header.effective.day, [header.clinic] + others, &faults)
  }

  mutating func undo(
    _ reversed: Reversed, _ header: RecordHeader, _ faults: inout Faults
  ) throws {
    if reversed.isOf(YearClosed.self) {
      years[header.clinic]?.removeLast()
      return
    }
    var clinics = [header.clinic]
    if reversed.isOf(PaymentReceived.self) {
      clinics += try reversed.original(PaymentReceived.self).allocations.compactMap {
        chargeClinics[$0.charge]
      }
    } else if reversed.isOf(PaymentAllocated.self) {
      let charge = try reversed.original(PaymentAllocated.self).allocation.charge
      clinics += [chargeClinics[charge]].compactMap { $0 }
    } else if reversed.isOf(ChargePosted.self) {
      clinics += packageClinic(of: try reversed.original(ChargePosted.self))
    } else if reversed.isOf(JournalPosted.self) {
      clinics += try reversed.original(JournalPosted.self).lines.compactMap { $0.clinic?.number }
    }
    require(reversed.originalAreas, header.effective.day, clinics, &faults)
    let original = reversed.originalEffective
    faults.require(
      header.effective.day >= original.day || header.effective == original, "undone before it was")
  }

  private func require(
    _ areas: Areas, _ day: Day, _ clinics: [UInt64], _ faults: inout Faults
  ) {
    for area in PeriodArea.all where areas.contains(area.areas) {
      for clinic in clinics {
        guard let through = through(Pair(clinic: clinic, area: area)) else { continue }
        faults.require(day > through, "\(day) is closed for \(area) at \(clinic)")
      }
    }
  }

  /// The clinic that deferred what a session of its package earns.
  private func packageClinic(of charge: ChargePosted) -> [UInt64] {
    [charge.package.flatMap { packageClinics[$0] }].compactMap { $0 }
  }

  /// Clinics of the charges that are settled, of the package that is used, and of an entry's lines.
  private mutating func otherClinics(_ event: borrowing Event) throws -> [UInt64] {
    let header = event.header
    if header.family == .frontOffice, header.tag == PackageSold.tag.rawValue {
      packageClinics[try event.payload(PackageSold.self).package] = header.clinic
    }
    guard header.family == .accounting else { return [] }
    switch AccountingTag(rawValue: header.tag) {
    case .chargePosted:
      let charge = try event.payload(ChargePosted.self)
      chargeClinics[charge.charge] = header.clinic
      return packageClinic(of: charge)
    case .tillOpened:
      tills[try event.payload(TillOpened.self).session] = (header.clinic, header.effective.day)
      return []
    case .tillClosed:
      tills[try event.payload(TillClosed.self).session] = nil
      return []
    case .paymentReceived:
      return try event.payload(PaymentReceived.self).allocations.compactMap {
        chargeClinics[$0.charge]
      }
    case .paymentAllocated:
      let charge = try event.payload(PaymentAllocated.self).allocation.charge
      return [chargeClinics[charge]].compactMap { $0 }
    case .allocationReleased:
      let charge = try event.payload(AllocationReleased.self).part.allocation.charge
      return [chargeClinics[charge]].compactMap { $0 }
    case .paymentReturned:
      return try event.payload(PaymentReturned.self).reopened.compactMap {
        chargeClinics[$0.charge]
      }
    case .remittanceReceived:
      return try event.payload(RemittanceReceived.self).lines.compactMap {
        chargeClinics[$0.charge]
      }
    case .invoiceRectified:
      let rectified = try event.payload(InvoiceRectified.self)
      return rectified.lines.compactMap { line in line.charge.flatMap { chargeClinics[$0] } }
        + rectified.released.compactMap { $0.clinic?.number }
    case .journalPosted:
      return try event.payload(JournalPosted.self).lines.compactMap { $0.clinic?.number }
    default: return []
    }
  }

  // MARK: - Closing

  private mutating func takePeriods(
    _ event: borrowing Event, _ faults: inout Faults
  ) throws -> Bool {
    guard event.header.family == .accounting else { return false }
    switch AccountingTag(rawValue: event.header.tag) {
    case .periodClosed: close(try event.payload(PeriodClosed.self), &faults)
    case .periodReopened: reopen(try event.payload(), &faults)
    case .yearClosed: close(try event.payload(YearClosed.self), &faults)
    default: return false
    }
    return true
  }

  /// The last closed day; what is closed for good stays so, whatever is opened around it.
  private func through(_ pair: Pair) -> Day? {
    [closed[pair]?.last, hard[pair]].compactMap { $0 }.max()
  }

  private mutating func close(_ event: PeriodClosed, _ faults: inout Faults) {
    let pair = Pair(clinic: event.clinic.number, area: event.area)
    faults.require(event.to == event.to.lastOfMonth, "\(event.to) ends no month")
    let through = through(pair)
    if through ?? .min < event.to {
      if let through {
        faults.require(
          event.to.firstOfMonth == through.advanced(by: 1), "a month before \(event.to) is open")
      }
      closed[pair, default: []].append(event.to)
    } else {
      faults.require(event.closing == .hard, "\(event.to) is closed twice")
    }
    if event.closing == .hard { hard[pair] = max(hard[pair] ?? .min, event.to) }
    guard event.area == .accounting else { return }
    for (session, till) in tills where till.clinic == pair.clinic {
      faults.require(till.opened > event.to, "\(session) is open")
    }
  }

  private mutating func reopen(_ event: PeriodReopened, _ faults: inout Faults) {
    let pair = Pair(clinic: event.clinic.number, area: event.area)
    guard let last = closed[pair]?.popLast() else { return faults.add("nothing is closed") }
    faults.require(event.to == last, "\(event.to) is reopened, \(last) was closed last")
    faults.require(last > hard[pair] ?? .min, "\(last) is closed for good")
    if event.area == .accounting, let year = years[pair.clinic]?.last {
      faults.require(event.from ?? .min > year, "\(last) has days of a closed year")
    }
  }

  private mutating func close(_ event: YearClosed, _ faults: inout Faults) {
    let clinic = event.clinic.number
    let through = through(Pair(clinic: clinic, area: .accounting)) ?? .min
    faults.require(through >= event.yearEnd, "the year is closed before its periods")
    if let last = years[clinic]?.last {
      faults.require(event.yearEnd > last, "\(event.yearEnd) is closed twice")
    }
    years[clinic, default: []].append(event.yearEnd)
  }
}
