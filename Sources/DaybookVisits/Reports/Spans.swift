/// A stretch of time in milliseconds, from its first on; its end is not in it.
struct Span: Hashable {
  var from: Int64
  var to: Int64

  var isEmpty: Bool { from >= to }

  /// What both have; nil for nothing.
  func meeting(_ other: Span) -> Span? {
    let both = Span(from: max(from, other.from), to: min(to, other.to))
    return both.isEmpty ? nil : both
  }
}

extension [Span] {
  /// In order, those that touch made one.
  var joined: [Span] {
    var joined: [Span] = []
    for span in sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) where !span.isEmpty {
      if let last = joined.last, span.from <= last.to {
        joined[joined.count - 1].to = Swift.max(last.to, span.to)
      } else {
        joined.append(span)
      }
    }
    return joined
  }

  /// What is in both; each of them joined.
  func meeting(_ others: [Span]) -> [Span] {
    flatMap { span in others.compactMap { span.meeting($0) } }
  }

  /// What is in these and in none of `others`, which are joined.
  ///
  /// - Complexity: O(n log m).
  func without(_ others: [Span]) -> [Span] {
    var left: [Span] = []
    for span in self {
      var from = span.from
      for taken in others[others.firstIndex(endingBehind: from)...] {
        if taken.from >= span.to { break }
        if from < taken.from { left.append(Span(from: from, to: taken.from)) }
        from = Swift.max(from, taken.to)
      }
      if from < span.to { left.append(Span(from: from, to: span.to)) }
    }
    return left
  }

  /// The first that ends behind a time; of joined ones.
  private func firstIndex(endingBehind time: Int64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].to <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
