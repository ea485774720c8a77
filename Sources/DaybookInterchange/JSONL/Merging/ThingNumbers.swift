import DaybookClinicEvents
import DaybookEvents

/// Which number each thing of an export has in the book that it is merged into.
///
/// - Complexity: O(1) a question; 8 bytes a thing.
struct ThingNumbers {
  /// A thing: its kind and number.
  struct Thing: Hashable {
    var kind: StreamKind
    var number: UInt64

    init(_ kind: StreamKind, _ number: UInt64) {
      self.kind = kind
      self.number = number
    }
  }

  // By kind, then by number in the export; 0 for none. Numbers are dense: the export is proved.
  private var numbers: [[UInt64]] = []
  // What an export names without any order, as a damaged one may. Only asked, never iterated.
  private var far: [Thing: UInt64] = [:]
  private static let gapMax: UInt64 = 65_536

  /// The number in the book; nil where it has none yet.
  subscript(thing: Thing) -> UInt64? {
    let kind = Int(thing.kind.number)
    if kind < numbers.count, thing.number < UInt64(numbers[kind].count) {
      let number = numbers[kind][Int(thing.number)]
      if number > 0 { return number }
    }
    return far.isEmpty ? nil : far[thing]
  }

  /// Gives a thing its number.
  mutating func give(_ thing: Thing, _ number: UInt64) {
    let kind = Int(thing.kind.number)
    while numbers.count <= kind { numbers.append([]) }
    guard thing.number < UInt64(numbers[kind].count) + Self.gapMax else {
      far[thing] = number
      return
    }
    let index = Int(thing.number)
    if numbers[kind].count <= index {
      numbers[kind] += Array(repeating: 0, count: index + 1 - numbers[kind].count)
    }
    numbers[kind][index] = number
  }
}
