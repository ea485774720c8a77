import DaybookEvents
import DaybookValues

/// What was used on patients, treatment by treatment and item by item, beside what the recipes said.
struct MaterialSums {
  /// One item of one treatment.
  struct Part {
    let line: LineKey
    let item: UInt64
    let clinic: UInt64
    /// The effective day, since 1970: what is undone counts on the day of the reversal.
    let day: Int32
    let currency: Currency
    /// Minor units.
    var value: Int64 = 0
    var recipe: Int64 = 0
    fileprivate var expected = MinorSum()
    fileprivate var used = MinorSum()
    fileprivate var sum = MinorSum()
    /// What the item had last cost there, where the treatment used none of it.
    fileprivate var cost: Cost?
  }

  /// So much cost so much.
  fileprivate struct Cost {
    var value: Int64
    var quantity: Int64
  }

  private struct Shelf: Hashable {
    let clinic: UInt64
    let item: UInt64
  }

  private(set) var parts: [Part] = []

  /// - Parameter note: Called with each row that is summed up.
  /// - Throws: `.overflow` where a sum does not fit.
  init(
    _ scope: Scope, _ model: EarningsModel, note: (MaterialRow) -> Void
  ) throws(ValueError) {
    var table = LineTable()
    // The last part of each line, and of each part the one before it of the same line, and one.
    var (lasts, others) = ([Int](), [Int]())
    // Only asked for a key, never iterated.
    var costs: [Shelf: Cost] = [:]
    scope.forEach(model.materials) { row in
      note(row)
      let shelf = Shelf(clinic: row.occasion.clinic, item: row.item)
      if row.used > 0, row.value > 0 {
        costs[shelf] = Cost(value: row.value, quantity: row.used)
      }
      let line = table.place(row.line)
      if line == lasts.count { lasts.append(0) }
      var next = lasts[line]
      while next > 0, !parts[next - 1].takes(row) { next = others[next - 1] }
      let place = next > 0 ? next - 1 : parts.count
      if place == parts.count {
        others.append(lasts[line])
        lasts[line] = parts.count + 1
        parts.append(
          Part(
            line: row.line, item: row.item, clinic: row.occasion.clinic, day: row.occasion.day,
            currency: scope.currency(row.occasion)))
      }
      parts[place].expected.add(row.expected)
      parts[place].used.add(row.used)
      parts[place].sum.add(row.value)
      if let cost = costs[shelf] { parts[place].cost = cost }
    }
    for place in parts.indices { try parts[place].finish() }
  }
}

extension MaterialSums.Part {
  /// Whether a row of the same line belongs to the part.
  fileprivate func takes(_ row: MaterialRow) -> Bool {
    item == row.item && day == row.occasion.day && clinic == row.occasion.clinic
  }

  /// The recipe's share of what was used, rounded half away from zero; of what was not used, at the
  /// last cost.
  fileprivate mutating func finish() throws(ValueError) {
    value = try sum.narrowed()
    let own = MaterialSums.Cost(value: value, quantity: try used.narrowed())
    guard let cost = own.quantity != 0 ? own : cost, cost.quantity != 0 else { return }
    let expected = try expected.narrowed()
    recipe = try Rounding.narrowed(
      try Rounding.halfAwayFromZero(
        Int128(cost.value) * Int128(expected), dividedBy: Int128(cost.quantity)))
  }
}
