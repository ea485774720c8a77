public import DaybookValues

extension CSVReader {
  /// A field as text without blanks at its ends.
  public func trimmedText(_ column: CSVColumn) throws(CSVError) -> String {
    trimmed(try text(column))
  }

  /// A field that must name something: not empty, and short enough to stand in a reference.
  ///
  /// - Throws: `.badValue` for an empty field, and for one above `limit` bytes.
  public func identifier(_ column: CSVColumn, limit: Int = 64) throws(CSVError) -> String {
    let text = try trimmedText(column)
    guard !text.isEmpty else {
      throw error(.badValue(text: text, reason: "names nothing; it must be filled in"), column)
    }
    guard text.utf8.count <= limit else {
      throw error(.badValue(text: text, reason: "is longer than \(limit) bytes"), column)
    }
    return text
  }

  /// A field as an amount, or nil when it is empty.
  public func optionalAmount(
    _ column: CSVColumn, in currency: Currency
  ) throws(CSVError) -> Amount? {
    let text = try trimmedText(column)
    return text.isEmpty
      ? nil
      : try value(column) { () throws(ValueError) in
        try Amount(parsing: text, in: currency)
      }
  }

  /// A field as an amount.
  public func amount(_ column: CSVColumn, in currency: Currency) throws(CSVError) -> Amount {
    let text = try trimmedText(column)
    return try value(column) { () throws(ValueError) in try Amount(parsing: text, in: currency) }
  }

  /// A field as a quantity.
  public func quantity(_ column: CSVColumn) throws(CSVError) -> Quantity {
    let text = try trimmedText(column)
    return try value(column) { () throws(ValueError) in try Quantity(parsing: text) }
  }

  /// A field as a whole number, or nil when it is empty.
  public func optionalNumber(_ column: CSVColumn) throws(CSVError) -> Int64? {
    let text = try trimmedText(column)
    if text.isEmpty { return nil }
    guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int64(text) else {
      throw error(.badValue(text: text, reason: "is not a whole number from 0"), column)
    }
    return number
  }

  /// A field as a whole number from 0.
  public func number(_ column: CSVColumn) throws(CSVError) -> Int64 {
    guard let number = try optionalNumber(column) else {
      throw error(.badValue(text: "", reason: "is not a whole number from 0"), column)
    }
    return number
  }

  /// A field as a day: `2023-01-27`, or the day of an instant as `instant(_:)` reads it.
  public func day(_ column: CSVColumn) throws(CSVError) -> Day {
    let text = try trimmedText(column)
    return try value(column) { () throws(ValueError) in
      text.utf8.count > 10
        ? Moment(try CSVReader.instant(text), .utc).day : try Day(parsing: text)
    }
  }

  /// A field as a day, or nil when it is empty.
  public func optionalDay(_ column: CSVColumn) throws(CSVError) -> Day? {
    try trimmedText(column).isEmpty ? nil : try day(column)
  }

  /// A field as a point in time: `2023-01-27T16:17:47Z`, with another offset than `Z`, or a day
  /// alone, which means its first instant in UTC.
  public func instant(_ column: CSVColumn) throws(CSVError) -> Instant {
    let text = try trimmedText(column)
    return try value(column) { () throws(ValueError) in try CSVReader.instant(text) }
  }

  /// A field as a point in time, or nil when it is empty.
  public func optionalInstant(_ column: CSVColumn) throws(CSVError) -> Instant? {
    try trimmedText(column).isEmpty ? nil : try instant(column)
  }

  static func instant(_ text: String) throws(ValueError) -> Instant {
    if text.utf8.count == 10 {
      return Instant(milliseconds: Int64(try Day(parsing: text).daysSince1970) * 86_400_000)
    }
    return text.hasSuffix("Z") || text.isEmpty
      ? try Instant(parsing: text) : try Moment(parsing: text).instant
  }

  /// What `parse` makes of a field, its error with the field's place.
  func value<Value>(
    _ column: CSVColumn, _ parse: () throws(ValueError) -> Value
  ) throws(CSVError) -> Value {
    do {
      return try parse()
    } catch {
      throw self.error(.value(error), column)
    }
  }
}
