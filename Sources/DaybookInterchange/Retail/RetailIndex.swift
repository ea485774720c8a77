/// How many rows each invoice has, and what goods are called.
struct RetailIndex {
  /// Rows by invoice.
  private(set) var rows: [String: Int32] = [:]
  /// The first description with a price, by code.
  private(set) var names: [String: String] = [:]

  /// Goes through the file once.
  mutating func read(
    _ table: consuming ImportTable<RetailOutlineRow>, _ tally: ImportTally
  ) async throws {
    let place = table.columns.invoice.index
    var (rows, names) = (rows, names)
    // The last of each: most rows are of the same invoice as the one before.
    var invoice = ""
    var count: Int32 = 0
    func take(_ number: String) {
      if number == invoice {
        count += 1
        return
      }
      if !invoice.isEmpty { rows[invoice, default: 0] += count }
      invoice = number
      count = 1
    }
    try await table.forEach(
      tally, "looking through \(table.name)",
      broken: { broken in
        if broken.texts.indices.contains(place) { take(trimmed(broken.texts[place])) }
      },
      { row in
        take(row.invoice)
        if !row.description.isEmpty, names[row.code] == nil { names[row.code] = row.description }
      })
    take("")
    self.rows = rows
    self.names = names
  }
}
