import DaybookBytes
public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

/// That a period of an area, or a year of the books, was closed, or opened again.
struct PeriodRow: HistoryRow, Hashable {
  /// What happened.
  enum Kind: UInt32 {
    case closed = 1
    case reopened = 2
    case yearClosed = 3
    case yearReopened = 4
  }

  var position = Position.start
  var kind = Kind.closed
  var clinic: UInt64 = 0
  var area = PeriodArea.unspecified
  var closing = PeriodClosing.unspecified
  /// The first day, since 1970; `.min` where everything before the last is meant.
  var from = Int32.min
  /// The last day.
  var to: Int32 = 0
  /// The position at which the figures are known.
  var known = Position.start
  /// The sum of all debits, in the clinic's currency.
  var figure: Int64 = 0
  /// The digest of what was added up.
  var digest: SHA256Hash = .blank
  var actor = Actor.system
  var role = Role.none
  var approver: UInt64 = 0
  /// Why it was opened again; empty where it was closed.
  var reason = ""

  static var blank: PeriodRow { PeriodRow() }

  init() {}

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    kind = try Self.member(of: try UInt32(reading: &reader), at: reader.offset)
    clinic = try UInt64(reading: &reader)
    area = try Self.member(of: try UInt32(reading: &reader), at: reader.offset)
    closing = try Self.member(of: try UInt32(reading: &reader), at: reader.offset)
    from = try Int32(reading: &reader)
    to = try Int32(reading: &reader)
    known = try Position(reading: &reader)
    figure = try Int64(reading: &reader)
    digest = try SHA256Hash(reading: &reader)
    actor = Actor(rawValue: try UInt64(reading: &reader))
    role = Role(try UInt16(reading: &reader))
    approver = try UInt64(reading: &reader)
    reason = try String(reading: &reader)
  }

  private static func member<Member: RawRepresentable>(
    of number: UInt32, at offset: Int
  ) throws(WireError) -> Member where Member.RawValue == UInt32 {
    guard let member = Member(rawValue: number) else {
      throw WireError(.unknownCase(UInt64(number)), at: offset)
    }
    return member
  }

  func append(to writer: inout ByteWriter) {
    position.store(to: &writer)
    kind.rawValue.store(to: &writer)
    clinic.store(to: &writer)
    area.rawValue.store(to: &writer)
    closing.rawValue.store(to: &writer)
    from.store(to: &writer)
    to.store(to: &writer)
    known.store(to: &writer)
    figure.store(to: &writer)
    digest.store(to: &writer)
    actor.rawValue.store(to: &writer)
    role.rawValue.store(to: &writer)
    approver.store(to: &writer)
    reason.store(to: &writer)
  }

  /// Whether it states what the books came to.
  var states: Bool {
    switch kind {
    case .closed: area == .accounting || area == .tax
    case .yearClosed: true
    case .reopened, .yearReopened: false
    }
  }

  /// Whether its event made an entry of the thirteenth period.
  var isOfAYear: Bool { kind == .yearClosed || kind == .yearReopened }
}

/// What one account had in the trial balance that a closing states.
struct StatedRow: HistoryRow, Hashable {
  /// The event that states it.
  var position = Position.start
  /// The account's code, as it was stated.
  var account = ""
  var turnover = Turnover()

  static var blank: StatedRow { StatedRow() }

  init() {}

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    account = try String(reading: &reader)
    turnover = try Turnover(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    position.store(to: &writer)
    account.store(to: &writer)
    turnover.store(to: &writer)
  }
}

/// Every closing and opening again of periods and years, with what was stated of the books: kept so
/// that `verify` can add it up anew.
struct PeriodBook: Sendable {
  private(set) var rows = History<PeriodRow>(chunkRows: 256)
  private(set) var stated = History<StatedRow>(chunkRows: 1024)
  /// The closings that state other figures than the books came to when they were replayed.
  var restated: [Position] = []

  /// Notes what happened, with the figures that it states.
  ///
  /// - Throws: `.outOfRange` where figures of the books have no digest.
  mutating func note(_ row: PeriodRow, _ totals: Statement? = nil) throws(WireError) {
    var row = row
    if let totals {
      row.known = totals.position
      row.figure = totals.figure.minorUnits
      if totals.digest.count == SHA256Hash.byteCount {
        row.digest = try withReader(of: totals.digest) { (reader) throws(WireError) in
          var reader = reader
          return try SHA256Hash(reading: &reader)
        }
      } else if row.states {
        throw WireError(.outOfRange, at: 0, field: "digest")
      }
      for account in totals.accounts where row.states {
        var line = StatedRow()
        line.position = row.position
        line.account = account.account
        line.turnover = Turnover(
          debit: account.debit.minorUnits, credit: account.credit.minorUnits)
        stated.append(line)
      }
    }
    rows.append(row)
  }

  /// What the event at `position` states, account by account; empty where it names none.
  func accounts(statedAt position: Position) -> [StatedRow] {
    let first = stated.count(through: position.previous)
    return (first..<stated.count(through: position)).map { stated[$0] }
  }

  /// Appends the digest of what happened up to `position`, if anything did.
  func appendDigest(through position: Position, to writer: inout ByteWriter) {
    guard rows.count(through: position) > 0 else { return }
    rows.digest(through: position).append(to: &writer)
    stated.digest(through: position).append(to: &writer)
  }
}

extension PeriodBook: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
    try parts.visit("stated", &stated)
    try parts.visit("restated", &restated)
  }
}

/// A closed period, or a year, of which the books are no longer what was stated when it was closed.
public struct RestatedPeriod: Hashable, Sendable, CustomStringConvertible {
  /// Whose.
  public let clinic: ClinicID
  /// Of what: the books, or their taxes.
  public let area: PeriodArea
  /// Whether it is a year.
  public let isYear: Bool
  /// Its last day.
  public let through: Day
  /// The event that states its figures.
  public let position: Position

  init(_ row: PeriodRow) {
    clinic = ClinicID(row.clinic)
    area = row.area
    isYear = row.kind == .yearClosed
    through = Day(daysSince1970: row.to)
    position = row.position
  }

  /// What, and what now.
  public var description: String {
    "\(isYear ? "the year" : "\(area)") of \(clinic) through \(through) is not what was stated when it "
      + "was closed at position \(position); `daybook verify` tells which accounts are others"
  }
}

/// A period or year that was closed, and what became of it.
struct KnownPeriod: Hashable {
  /// What closed it; where it was closed once more for good, that.
  var row: PeriodRow
  /// Whether it is closed for good, by itself or with a later one.
  var isHard: Bool
  /// What opened it again; nil where it is closed.
  var reopened: PeriodRow?
}

extension PeriodBook {
  /// Every closing known at `position`, in the order of the log, and what became of it.
  func list(through position: Position) -> [KnownPeriod] {
    struct Pair: Hashable {
      var clinic: UInt64
      var area: PeriodArea
      var isYear: Bool
    }
    var list: [KnownPeriod] = []
    // Of each pair the indexes of what is closed, by last day.
    var closed: [Pair: [Int]] = [:]
    for row in rows.rows(through: position) {
      let pair = Pair(clinic: row.clinic, area: row.area, isYear: row.isOfAYear)
      var standing = closed[pair] ?? []
      switch row.kind {
      case .closed, .yearClosed:
        if let same = standing.first(where: { list[$0].row.to == row.to }) {
          let from = list[same].row.from
          list[same].row = row
          list[same].row.from = from
        } else {
          let place = standing.firstIndex { list[$0].row.to > row.to } ?? standing.endIndex
          standing.insert(list.count, at: place)
          list.append(KnownPeriod(row: row, isHard: false))
        }
        if row.closing == .hard {
          for index in standing where list[index].row.to <= row.to { list[index].isHard = true }
        }
      case .reopened, .yearReopened:
        if let last = standing.popLast() { list[last].reopened = row }
      }
      closed[pair] = standing
    }
    return list
  }
}
