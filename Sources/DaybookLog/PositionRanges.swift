import DaybookValues

/// Positions that are missing, as ranges in ascending order.
struct PositionRanges: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<Position>] = []

  /// Adds positions behind all that were added before; those that follow without a gap join them.
  mutating func add(_ range: ClosedRange<Position>) {
    if let last = ranges.last, last.upperBound.next >= range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }

  func contains(_ position: Position) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < position { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(position)
  }

  var isEmpty: Bool { ranges.isEmpty }

  /// How many positions there are.
  var count: UInt64 {
    ranges.reduce(0) { $0 + $1.upperBound.number - $1.lowerBound.number + 1 }
  }
}

extension PositionRanges: CustomStringConvertible {
  /// `12 to 17, 30`.
  var description: String {
    ranges.map { range in
      range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }.joined(separator: ", ")
  }
}
