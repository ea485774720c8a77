import DaybookValues

/// A row of a payroll based journal: a facility's day, with the hours of each role.
struct HoursRow: ImportRow {
  /// A role, and where its hours stand.
  struct Role: Sendable {
    var name: String
    var total: CSVColumn?
    var employees: CSVColumn
    var contractors: CSVColumn
  }

  /// Where the fields stand.
  struct Columns: Sendable {
    var number: CSVColumn?
    var name: CSVColumn
    var city: CSVColumn?
    var state: CSVColumn?
    var day: CSVColumn
    /// In the file's order.
    var roles: [Role] = []
  }

  /// The hours of one role.
  struct Part {
    var role: String
    var employees: UInt32
    var contractors: UInt32
    /// Nil where the file has no such column.
    var total: UInt32?
  }

  /// The row below the header, from 1.
  var row: Int
  /// Empty where the file does not number it.
  var number: String
  var name: String
  var city: String
  var state: String
  var day: Day
  var parts: [Part] = []

  /// Finds the columns; a role is whatever stands between `Hrs_` and `_emp`.
  static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    var columns = Columns(
      number: try reader.optionalColumn("PROVNUM"), name: try reader.column("PROVNAME"),
      city: try reader.optionalColumn("CITY"), state: try reader.optionalColumn("STATE"),
      day: try reader.column("WorkDate"))
    for column in reader.columns {
      let title = column.name.lowercased()
      guard title.hasPrefix("hrs_"), title.hasSuffix("_emp"), title.count > 8 else { continue }
      let role = String(column.name.dropFirst(4).dropLast(4))
      columns.roles.append(
        Role(
          name: role, total: try reader.optionalColumn("Hrs_\(role)"), employees: column,
          contractors: try reader.column("Hrs_\(role)_ctr")))
    }
    // What is missing is said by the name of one.
    if columns.roles.isEmpty { _ = try reader.column("Hrs_RN_emp") }
    return columns
  }

  init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    number = try reader.trimmedText(columns.number)
    name = try reader.identifier(columns.name, limit: 200)
    city = try reader.trimmedText(columns.city)
    state = try reader.trimmedText(columns.state)
    day = try Self.day(reader, columns.day)
    for role in columns.roles {
      var total: UInt32?
      if let column = role.total { total = UInt32(try reader.seconds(ofHours: column)) }
      parts.append(
        Part(
          role: role.name, employees: UInt32(try reader.seconds(ofHours: role.employees)),
          contractors: UInt32(try reader.seconds(ofHours: role.contractors)), total: total))
    }
  }

  /// `2025-01-13`, or `20250113` as the agency publishes it.
  private static func day(
    _ reader: borrowing CSVReader, _ column: CSVColumn
  ) throws(CSVError) -> Day {
    let text = try reader.trimmedText(column)
    guard text.utf8.count == 8, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return try reader.day(column)
    }
    let dashed = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    return try reader.value(column) { () throws(ValueError) in try Day(parsing: dashed) }
  }
}
