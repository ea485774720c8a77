import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Sessions were sold in advance: to whom, how many, for how much and until when.
struct PackageRow: DescribedRow, Hashable {
  var position = Position.start
  var package: UInt32 = 0
  /// A `PartyKey`.
  var patient: UInt32 = 0
  var service: UInt32 = 0
  var sessions: UInt32 = 0
  /// Minor units without tax.
  var price: Int64 = 0
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  /// The last day; the largest number where there is none.
  var expires: Int32 = Int32.max
  /// The clinic's index among the clinics.
  var clinic: UInt16 = 0

  static var blank: PackageRow { PackageRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&package)
    try fields.visit(&patient)
    try fields.visit(&service)
    try fields.visit(&sessions)
    try fields.visit(&price)
    try fields.visit(&day)
    try fields.visit(&expires)
    try fields.visit(&clinic)
  }
}

/// What became of deferred income.
enum PackageMoveType: UInt8, CaseIterable {
  /// A package was sold, or was there when the books began.
  case new = 1
  /// Sessions were used.
  case used = 2
  /// The last day passed.
  case expired = 3
  /// The rest was given up.
  case cancelled = 4
}

/// Deferred income was added to by a package, or taken from it.
struct PackageMoveRow: DescribedRow, Hashable {
  var position = Position.start
  /// 0 where a service of that type was charged without a package.
  var package: UInt32 = 0
  /// The clinic's index among the clinics.
  var clinic: UInt16 = 0
  /// Minor units: deferred, or below zero no more deferred.
  var amount: Int64 = 0
  /// The effective civil day, since 1970.
  var day: Int32 = 0
  /// Sessions to use, or below zero no more.
  var sessions: Int32 = 0
  /// A `PackageMoveType`.
  var type: UInt8 = 0

  static var blank: PackageMoveRow { PackageMoveRow() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&position)
    try fields.visit(&package)
    try fields.visit(&clinic)
    try fields.visit(&amount)
    try fields.visit(&day)
    try fields.visit(&sessions)
    try fields.visit(&type)
  }
}

/// Packages, and what of their price is not earned: the ledger beneath deferred income.
struct PackageBook: Sendable {
  var packages = History<PackageRow>(chunkRows: 4096)
  var moves = History<PackageMoveRow>(chunkRows: 4096)
  /// Where each package stands among `packages`.
  private var places = DenseIndex()
  /// The charge of each package that was sold by one.
  private var charges = DenseIndex()

  mutating func sell(_ row: PackageRow) {
    places[UInt64(row.package)] = packages.count
    packages.append(row)
  }

  /// The package of that number; nil where none was sold under it.
  func package(_ number: UInt32) -> PackageRow? {
    places[UInt64(number)].map { packages[$0] }
  }

  /// Notes by which charge a package was sold.
  mutating func sell(_ package: PackageID, by charge: ChargeID) {
    charges[package.number] = Int(clamping: charge.number)
  }

  /// The charge by which a package was sold; nil for one from before the books.
  func charge(ofPackage package: PackageID) -> ChargeID? {
    charges[package.number].map { ChargeID(UInt64($0)) }
  }

  /// Takes back what the event at `of` moved.
  mutating func undo(_ of: Position, at position: Position, on day: Int32) {
    let end = moves.count(through: of)
    guard end > 0, moves[end - 1].position == of else { return }
    for index in moves.count(through: of.previous)..<end {
      var row = moves[index]
      row.position = position
      row.day = day
      (row.amount, row.sessions) = (0 &- row.amount, 0 &- row.sessions)
      moves.append(row)
    }
  }

  func appendDigest(through position: Position, to writer: inout ByteWriter) {
    guard packages.count(through: position) + moves.count(through: position) > 0 else { return }
    packages.digest(through: position).append(to: &writer)
    moves.digest(through: position).append(to: &writer)
  }
}

extension PackageBook: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("packages", &packages)
    try parts.visit("moves", &moves)
    try parts.visit("places", &places)
    try parts.visit("charges", &charges)
  }
}

// What the books remember of packages beside their entries. A charge without a package costs two
// comparisons.
extension AccountingModel {
  mutating func note(_ sold: PackageSold, _ header: RecordHeader) throws(PostingError) {
    guard let package = UInt32(exactly: sold.package.number),
      let service = UInt32(exactly: sold.service.number), let patient = PartyKey(sold.patient)
    else { throw tooLarge(header) }
    var row = PackageRow()
    row.position = header.position
    row.package = package
    row.patient = patient.rawValue
    row.service = service
    row.sessions = sold.sessions
    row.price = sold.price.minorUnits
    row.day = header.effective.day.daysSince1970
    row.expires = sold.expires?.daysSince1970 ?? .max
    row.clinic = try slots.index(of: header.clinic, at: header.position)
    packages.sell(row)
    guard sold.opening else { return }
    move(.new, package, sold.price.minorUnits, Int64(sold.sessions), row.clinic, header)
  }

  /// A charge that sells a package defers its net price; one that uses sessions no longer defers what
  /// they earn, at the clinic that sold them.
  mutating func notePackage(
    of charge: ChargePosted, _ header: RecordHeader
  ) throws(PostingError) {
    let package = UInt32(clamping: charge.package?.number ?? 0)
    if let sold = charge.package, charge.recognised == nil {
      packages.sell(sold, by: charge.charge)
    }
    if serviceTypes[charge.service.number] == Int(ServiceType.package.rawValue) {
      let sessions = packages.package(package).map { Int64($0.sessions) } ?? 0
      move(
        .new, package, charge.list.minorUnits &- charge.discount.minorUnits,
        charge.recognised == nil ? sessions : 0,
        try slots.index(of: header.clinic, at: header.position), header)
    }
    guard let recognised = charge.recognised, charge.package != nil else { return }
    let here = try slots.index(of: header.clinic, at: header.position)
    let clinic = packages.package(package)?.clinic ?? here
    move(.used, package, 0 &- recognised.minorUnits, -Int64(charge.units), clinic, header)
  }

  mutating func note(
    _ cancelled: PackageCancelled, _ header: RecordHeader
  ) throws(PostingError) {
    move(
      cancelled.reason == .expired ? .expired : .cancelled,
      UInt32(clamping: cancelled.package.number), 0 &- cancelled.rest.minorUnits,
      -Int64(cancelled.sessionsLeft),
      try slots.index(of: header.clinic, at: header.position), header)
  }

  private mutating func move(
    _ type: PackageMoveType, _ package: UInt32, _ amount: Int64, _ sessions: Int64,
    _ clinic: UInt16, _ header: RecordHeader
  ) {
    var row = PackageMoveRow()
    row.position = header.position
    row.package = package
    row.clinic = clinic
    row.amount = amount
    row.day = header.effective.day.daysSince1970
    row.sessions = Int32(clamping: sessions)
    row.type = type.rawValue
    packages.moves.append(row)
  }
}
