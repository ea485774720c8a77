import DaybookAccounting
import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookHumanResources
import DaybookLogistics
import DaybookValues

/// Events that state a digest of a whole book: where things have other numbers, the digest is another.
///
/// What is stated stays as it was: only the digest is made anew, of the models of the merged book right
/// before the event, and only where the figure beside it is the same there.
struct Sealing {
  /// A figure that is another one in the merged book.
  struct Broken: Error {
    var reason: String
  }

  private let models: ProjectionHost?

  /// Makes digests of `models`.
  init(_ models: ProjectionHost) { self.models = models }

  /// Leaves digests out, so that events can be compared.
  private init() { models = nil }
  static var none: Sealing { Sealing() }

  /// The payload with what it states made anew.
  ///
  /// - Returns: Nil for events that state nothing.
  func payload(_ header: RecordHeader, _ bytes: [UInt8]) throws -> [UInt8]? {
    let base = header.effective.instant
    guard header.family == .corrections else {
      return try payload(header.family, header.tag, bytes, base, at: header.position)
    }
    var reversed = try Reversed(decoding: bytes, base: base)
    guard
      let original = try payload(
        reversed.originalFamily, UInt16(truncatingIfNeeded: reversed.tag), reversed.payload,
        reversed.originalAt, at: reversed.of)
    else { return nil }
    reversed.payload = original
    return try reversed.encoded(base: base)
  }

  private func payload(
    _ family: FamilyNumber, _ tag: UInt16, _ bytes: [UInt8], _ base: Instant,
    at position: Position
  ) throws -> [UInt8]? {
    switch (family, tag) {
    case (.accounting, PeriodClosed.tag.rawValue):
      var closed = try PeriodClosed(decoding: bytes, base: base)
      try seal(&closed.totals, closed.area, closed.clinic, through: closed.to, at: position)
      return try closed.encoded(base: base)
    case (.accounting, YearClosed.tag.rawValue):
      var closed = try YearClosed(decoding: bytes, base: base)
      try seal(&closed.totals, .accounting, closed.clinic, through: closed.yearEnd, at: position)
      return try closed.encoded(base: base)
    case (.humanResources, PayrollApproved.tag.rawValue):
      var run = try PayrollApproved(decoding: bytes, base: base)
      let known = position.previous
      run.position = models == nil ? .start : known
      if !run.sourceDigest.isEmpty {
        let staff: Snapshot<HumanResourcesModel>? = models?.snapshot()
        run.sourceDigest =
          try staff?.model
          .payrollDraft(of: run.clinic, from: run.from, to: run.to, knownAt: known)
          .sourceDigest ?? []
      }
      return try run.encoded(base: base)
    default: return nil
    }
  }

  private func seal(
    _ totals: inout Statement, _ area: PeriodArea, _ clinic: ClinicID, through day: Day,
    at position: Position
  ) throws {
    guard let models else {
      totals.position = .start
      totals.digest = []
      return
    }
    let known = position.previous
    let again: Statement
    switch area {
    case .unspecified: return
    case .accounting, .tax:
      let books: Snapshot<AccountingModel> = models.snapshot()
      again = books.model.totals(ofClinic: clinic.number, through: day, at: known)
    case .humanResources:
      let staff: Snapshot<HumanResourcesModel> = models.snapshot()
      again = staff.model.totals(ofClinic: clinic.number, through: day, at: known)
    case .logistics:
      let stock: Snapshot<LogisticsModel> = models.snapshot()
      again = stock.model.totals(ofClinic: clinic.number, through: day, at: known)
    }
    guard again.figure.minorUnits == totals.figure.minorUnits else {
      throw Broken(
        reason: "what was closed through \(day) came to \(totals.figure) and comes to "
          + "\(again.figure) in the merged book")
    }
    totals.position = again.position
    totals.digest = again.digest
  }
}
