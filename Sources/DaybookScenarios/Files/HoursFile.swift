import DaybookValues

/// Hours of facilities as a payroll based journal has them, with the figures that the book must give.
///
/// In it: a facility without a number, two of one name in two towns, totals above a day, a day of no
/// hours, a total that is not the sum of its parts, and two rows that cannot be taken.
public struct HoursFile: Sendable {
  /// The roles, in the file's order.
  public let roles = ["RNDON", "RN", "LPN", "CNA", "MedAide"]
  /// The file.
  public private(set) var file = SampleFile(name: "hours.csv", text: "")
  /// Hundredths of hours of employees, by role.
  public private(set) var employees: [Int]
  /// Hundredths of hours of contractors, by role.
  public private(set) var contractors: [Int]
  /// How many facilities there are.
  public private(set) var facilities = 0
  /// How many totals there are other than 0.
  public private(set) var totals = 0
  /// Rows that cannot be taken.
  public private(set) var refusedRows: [Int] = []

  /// The file of a seed.
  public init(seed: UInt64, days: Int = 6) {
    var dice = Dice(seed: seed)
    employees = roles.map { _ in 0 }
    contractors = roles.map { _ in 0 }
    var rows = RowText()
    rows.append(
      ["PROVNUM", "PROVNAME", "CITY", "STATE", "WorkDate", "MDScensus"]
        + roles.flatMap { ["Hrs_\($0)", "Hrs_\($0)_emp", "Hrs_\($0)_ctr"] })
    let places = [
      ["015009", "BURNS NURSING HOME, INC.", "RUSSELLVILLE", "AL"],
      ["", "OAK VIEW", "AUSTIN", "TX"], ["", "OAK VIEW", "DALLAS", "TX"],
      ["675123", "THE \"GREEN\" HOUSE", "WACO", "TX"],
    ]
    facilities = places.count
    for (index, place) in places.enumerated() {
      for day in 0..<max(2, days) {
        let isRefused = (index, day) == (0, 1) || (index, day) == (3, 1)
        let isIdle = (index, day) == (1, 0)
        var fields: [String] = []
        for role in roles.indices {
          let own = isIdle || dice.chance(20) ? 0 : dice.from(1...9_000)
          let hired = isIdle || dice.chance(60) ? 0 : dice.from(1...2_500)
          let total = own + hired + ((index, day, role) == (2, 0, 0) ? 25 : 0)
          let text = isRefused && role == 1 ? (index == 0 ? "-1.0" : "7.3333") : Self.text(own)
          fields += [Self.text(total), text, Self.text(hired)]
          if isRefused { continue }
          employees[role] += own
          contractors[role] += hired
          totals += (own > 0 ? 1 : 0) + (hired > 0 ? 1 : 0)
        }
        let date = Day(daysSince1970: Int32(20_100 + day))
        rows.append(place + [Self.written(date, asDigits: index == 3), "64.0"] + fields)
        if isRefused { refusedRows.append(rows.rows) }
      }
    }
    file.text = rows.text
  }

  private static func text(_ hundredths: Int) -> String {
    "\(hundredths / 100).\(padded(hundredths % 100, 2))"
  }

  private static func written(_ day: Day, asDigits: Bool) -> String {
    asDigits ? "\(day)".filter { $0 != "-" } : "\(day)"
  }
}
