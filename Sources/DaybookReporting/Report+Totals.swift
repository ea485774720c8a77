import DaybookValues

extension Report {
  /// The exact sum of one column; empty cells count as nothing.
  func sum(ofColumn index: Int) throws(ValueError) -> Cell {
    switch columns[index].kind {
    case .amount:
      var amounts: [Amount] = []
      for row in rows { if case .amount(let amount) = row[index] { amounts.append(amount) } }
      return .amount(try Amount.sum(amounts))
    case .quantity:
      var total = Quantity.zero
      for row in rows {
        if case .quantity(let quantity) = row[index] { total = try total.adding(quantity) }
      }
      return .quantity(total)
    case .seconds:
      return .seconds(try sumOfIntegers(ofColumn: index))
    case .count:
      return .count(try sumOfIntegers(ofColumn: index))
    default:
      preconditionFailure("\(name): column \(columns[index].name) cannot be added up")
    }
  }

  private func sumOfIntegers(ofColumn index: Int) throws(ValueError) -> Int64 {
    var total = MinorSum()
    for row in rows {
      switch row[index] {
      case .seconds(let number), .count(let number): total = total.adding(number)
      default: break
      }
    }
    return try total.narrowed()
  }

  /// The currencies that the report's amounts name, in order of code.
  var currencies: [Currency] {
    var found: Set<Currency> = []
    var lastSeen = Currency.unspecified
    for row in rows + sections.map(\.totals) + [totals] {
      for case .amount(let amount) in row where amount.currency != lastSeen {
        lastSeen = amount.currency
        found.insert(amount.currency)
      }
    }
    if let debits = footer.debits { found.insert(debits.currency) }
    found.remove(.unspecified)
    return found.sorted { $0.code < $1.code }
  }
}
