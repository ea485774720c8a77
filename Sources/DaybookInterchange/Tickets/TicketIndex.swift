import DaybookValues

/// Which days of a file of tickets can be recorded.
struct TicketIndex {
  /// What the file says of a ticket.
  private struct Known {
    var day: Day
    var millisecond: Int64
  }

  /// The row that keeps a day from being recorded.
  private(set) var blockers: [Day: Int] = [:]
  /// Rows that are wrong beside others, with the reason.
  private(set) var faults: [Int: (column: String, reason: String)] = [:]

  /// Goes through the file once.
  mutating func read(
    _ table: consuming ImportTable<TicketRow>, _ tally: ImportTally
  ) async throws {
    var tickets: [String: Known] = [:]
    var days: Set<Day> = []
    var last: Day?
    var (blockers, faults) = (blockers, faults)
    // Broken rows before the first day.
    var early: Int?
    func begin(_ day: Day) {
      if days.insert(day).inserted, let row = early {
        blockers[day] = row
        early = nil
      }
      last = day
    }
    try await table.forEach(
      tally, "looking through \(table.name)",
      broken: { broken in
        let row = broken.error.row
        if let last { blockers[last] = blockers[last] ?? row } else { early = early ?? row }
      },
      { row in
        if let known = tickets[row.id] {
          guard known.day == row.day, known.millisecond == row.millisecond else {
            faults[row.row] = (
              "date", "ticket \(row.id) is of another day or time too; number one of them anew"
            )
            blockers[known.day] = blockers[known.day] ?? row.row
            blockers[row.day] = blockers[row.day] ?? row.row
            return
          }
        } else {
          tickets[row.id] = Known(day: row.day, millisecond: row.millisecond)
        }
        if row.day == last { return }
        if days.contains(row.day) {
          faults[row.row] = (
            "date", "\(row.day) comes again after \(last ?? row.day); put its rows together"
          )
          blockers[row.day] = blockers[row.day] ?? row.row
        }
        begin(row.day)
      })
    self.blockers = blockers
    self.faults = faults
  }
}
