import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What charges earn, by the charges: what was charged, but of a package nothing when it is sold; its
/// sessions when they are used, and what is kept of it when it is given up.
///
/// Source: Books, section 2, rows of packages.
struct EarnedParts {
  private let scope: Scope
  private let charged: RevenueParts
  /// By account.
  private var isBreakage: [Bool]
  private static let cancelled = PostingRule.builtIn.map { $0.isOf(PackageCancelled.self) }

  init(_ scope: Scope) {
    self.scope = scope
    charged = RevenueParts(scope, .service)
    isBreakage = [Bool](repeating: false, count: scope.model.chart.accounts.count)
    for account in scope.model.accounts(of: [.packageBreakage]) { isBreakage[account] = true }
  }

  /// Calls `body` with charges and their reversals as they were charged, then with what packages make
  /// more or less of it, as a gross that has no units.
  func walk(_ body: (RevenuePart) -> Void) {
    charged.forEachCharge(body)
    for move in scope.model.packages.moves.rows(through: scope.position) {
      guard let type = PackageMoveType(rawValue: move.type) else { continue }
      switch type {
      // What is sold is not earned, and what is used no longer deferred: both are of the charge itself.
      case .new, .used: add(move.amount, charge(at: move.position), move, body)
      case .expired, .cancelled:
        guard var charge = soldBy(move) else { continue }
        charge.clinic = move.clinic
        add(0 &- kept(at: move.position), charge, move, body)
      }
    }
  }

  /// - Parameter deferred: What is no more earned.
  private func add(
    _ deferred: Int64, _ charge: ChargeRow?, _ move: PackageMoveRow, _ body: (RevenuePart) -> Void
  ) {
    guard deferred != 0, var charge else { return }
    charge.day = move.day
    guard charged.includes(charge) else { return }
    body(
      RevenuePart(
        key: 0, currency: scope.currency(charge.clinic), position: move.position, charge: charge,
        gross: 0 &- deferred))
  }

  /// The charge that the event at `position` posted or undid; nil where it did neither.
  private func charge(at position: Position) -> ChargeRow? {
    let charges = scope.model.charges
    let of = scope.model.reversedEvent(by: position) ?? position
    return charges.rows(of: of).first.map { charges[$0] }
  }

  /// The charge by which a package was sold. One from before the books stands for itself: nobody is
  /// known who did it.
  private func soldBy(_ move: PackageMoveRow) -> ChargeRow? {
    let book = scope.model.packages
    if let charge = book.charge(ofPackage: PackageID(UInt64(move.package))) {
      return UInt32(exactly: charge.number).flatMap { scope.model.charges.row(ofCharge: $0) }
    }
    guard let package = book.package(move.package) else { return nil }
    return ChargeRow(
      position: package.position, list: 0, discount: 0, tax: 0, number: 0, day: package.day,
      clinic: package.clinic,
      patient: UInt32(truncatingIfNeeded: PartyKey(rawValue: package.patient).patient?.number ?? 0),
      service: package.service, practitioner: 0, units: package.sessions,
      responsible: package.patient)
  }

  /// What the entry of the event at `position` keeps of a package.
  private func kept(at position: Position) -> Int64 {
    scope.model.postings(at: position).reduce(0) { sum, row in
      isBreakage[Int(row.account)] && Self.cancelled[Int(row.rule)] ? sum &- row.amount : sum
    }
  }
}
