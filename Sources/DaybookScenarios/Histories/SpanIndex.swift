/// Spans of time by whose they are and by the parts of time that they touch, so that what a new one
/// may overlap is found without looking at all.
struct SpanIndex<Owner: Hashable & Sendable, ID: Hashable & Sendable>: Sendable {
  private struct Place: Hashable {
    var owner: Owner
    var part: Int64
  }

  /// How long a part is: spans touch few.
  let part: Int64
  private var places: [Place: [ID]] = [:]

  init(part: Int64) { self.part = part }

  private func parts(_ start: Int64, _ end: Int64) -> ClosedRange<Int64> {
    let first = Self.floor(start, part)
    return first...max(first, Self.floor(end, part))
  }

  private static func floor(_ value: Int64, _ part: Int64) -> Int64 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: part)
    return rest < 0 ? quotient - 1 : quotient
  }

  mutating func insert(_ id: ID, of owner: Owner, from start: Int64, to end: Int64) {
    for part in parts(start, end) {
      places[Place(owner: owner, part: part), default: []].append(id)
    }
  }

  mutating func remove(_ id: ID, of owner: Owner, from start: Int64, to end: Int64) {
    for part in parts(start, end) {
      let place = Place(owner: owner, part: part)
      places[place]?.removeAll { $0 == id }
      if places[place]?.isEmpty == true { places[place] = nil }
    }
  }

  /// What touches the same parts of time, each once.
  func near(_ owner: Owner, from start: Int64, to end: Int64) -> [ID] {
    var found: [ID] = []
    for part in parts(start, end) {
      for id in places[Place(owner: owner, part: part)] ?? [] where !found.contains(id) {
        found.append(id)
      }
    }
    return found
  }
}
