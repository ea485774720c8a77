import DaybookBytes
import DaybookClinicEvents
import DaybookClinicRules
import DaybookEvents
import DaybookValues

/// What was said of somebody's contract, without the name, which stays in the log.
struct Employment: Sendable {
  /// Which of the three events it was.
  enum Kind: UInt8, Sendable {
    case hired = 1
    case amended = 2
    case left = 3
  }

  var position = Position.start
  var kind = Kind.hired
  var staff = StaffID()
  var positions: [String] = []
  /// The terms from `day` on; none for who left.
  var terms = ContractTerms()
  /// The first day of the terms, or the last day of the contract.
  var day = Day()
}

/// Somebody's contract as it was known at a position.
struct Member {
  var engagement: Engagement
  /// What the person does, by the first day on which that holds.
  private var positions: [(from: Day, positions: [String])]

  init(_ hired: Employment) {
    engagement = Engagement(hired.terms, from: hired.day)
    positions = [(hired.day, hired.positions)]
  }

  mutating func take(_ row: Employment) {
    switch row.kind {
    case .hired: self = Member(row)
    case .left: engagement.lastDay = row.day
    case .amended:
      engagement.amend(row.terms, from: row.day)
      let index = positions.firstIndex { $0.from > row.day } ?? positions.endIndex
      positions.insert((row.day, row.positions), at: index)
    }
  }

  func positions(on day: Day) -> [String] {
    (positions.last { $0.from <= day } ?? positions[0]).positions
  }
}

extension HumanResourcesModel {
  /// Everybody's contract as it was known at `position`, by number.
  ///
  /// - Complexity: O(contracts and their changes).
  func members(knownAt position: Position) -> [StaffID: Member] {
    var members: [StaffID: Member] = [:]
    for row in employments.rows(through: position) {
      if members[row.staff] == nil {
        if row.kind == .hired { members[row.staff] = Member(row) }
      } else {
        members[row.staff]?.take(row)
      }
    }
    return members
  }
}

extension Employment.Kind: StoredValue {
  static var blank: Employment.Kind { .hired }
}

extension Employment: HistoryRow {
  static var blank: Employment { Employment() }

  init(reading reader: inout ByteReader) throws(WireError) {
    position = try Position(reading: &reader)
    kind = try Kind(reading: &reader)
    staff = try StaffID(reading: &reader)
    positions = try [String](reading: &reader)
    terms = try ContractTerms(reading: &reader)
    day = try Day(reading: &reader)
  }

  func append(to writer: inout ByteWriter) {
    position.store(to: &writer)
    kind.store(to: &writer)
    staff.store(to: &writer)
    positions.store(to: &writer)
    terms.store(to: &writer)
    day.store(to: &writer)
  }
}
