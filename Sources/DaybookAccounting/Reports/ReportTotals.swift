import DaybookReporting
import DaybookValues

extension Report {
  /// Adds up columns. Where they hold several currencies there is no total of all, but one of each, and a
  /// note that says them.
  mutating func total(_ names: String...) {
    var mixed: [String] = []
    for name in names {
      do { try sumTotals(name) } catch { mixed.append(name) }
    }
    if !mixed.isEmpty { notes += totalsByCurrency(mixed) }
  }

  /// `Total in EUR: debit 10.00, credit 10.00`, a line for each currency.
  private mutating func totalsByCurrency(_ names: [String]) -> [String] {
    let places = columns.indices.filter { names.contains(columns[$0].name) }
    var sums: [Currency: [Int: Int128]] = [:]
    for row in rows {
      for place in places {
        guard case .amount(let amount) = row[place] else { continue }
        sums[amount.currency, default: [:]][place, default: 0] += Int128(amount.minorUnits)
      }
    }
    return sums.sorted { $0.key < $1.key }.map { currency, sums in
      var figures: [String] = []
      for place in places {
        let figure = Int64(exactly: sums[place] ?? 0).map { Amount(minorUnits: $0, currency) }
        if let figure { setTotal(columns[place].name, inOneOfSeveral: figure) }
        figures.append(
          "\(columns[place].title) \(figure?.decimal ?? "more than can be written")")
      }
      return "Total in \(currency.code): \(figures.joined(separator: ", "))"
    }
  }
}
