import DaybookTesting

/// What is asked of a simulation.
struct SimulationOptions: Equatable {
  /// The seeds to live through.
  var seeds: Range<UInt64> = 0..<1000
  /// Whether they begin somewhere new each time, and go on for `seconds`.
  var isFresh = false
  /// How long to go on at most; nil is to the last seed.
  var seconds: Int?
  /// What the program gets wrong.
  var mistakes: Set<SeededMistake> = []
  /// Whether to look for each mistake until it is found.
  var isGate = false
  /// How many steps a life may live.
  var stepsMax = Int.max
  /// What is printed as the version that was simulated.
  var commit = ""

  static let help = """
    usage: daybook-simulate [--seeds A..<B | --seeds N | --fresh] [--seconds N] [--mistake NAME]
                            [--steps N] [--commit TEXT]
           daybook-simulate --gate [--seeds A..<B] [--commit TEXT]
           daybook-simulate --property NAME ...: random histories, below

    Lives of a clinic's book on simulated machines: callers, faults of the disk, crashes and
    openings, all from a seed, beside an oracle that knows what must be there.

      --seeds A..<B   these seeds; one number is one seed (0..<1000)
      --fresh         seeds that begin somewhere new; the first is printed
      --seconds N     no new seed after so long
      --mistake NAME  make this mistake: \(SeededMistake.allCases.map(\.rawValue).joined(separator: ", "))
      --steps N       end each life after so many steps
      --gate          make each mistake in turn until a seed finds it, and print how many it took
      --commit TEXT   the version, for the last lines

    Exit: 0 all held, 1 a promise was broken or a mistake not found, 2 wrong usage.
    """

  /// Reads what was asked for; nil where that is not understood.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      switch name {
      case "--fresh": isFresh = true
      case "--gate": isGate = true
      default:
        guard let value = rest.popFirst(), take(value, for: name) else { return nil }
      }
    }
    if isFresh, seconds == nil { seconds = 60 }
  }

  private mutating func take(_ value: String, for name: String) -> Bool {
    switch name {
    case "--seeds":
      guard let range = Self.seeds(value) else { return false }
      seeds = range
    case "--seconds":
      guard let number = Int(value), number >= 0 else { return false }
      seconds = number
    case "--mistake":
      guard let mistake = SeededMistake(rawValue: value) else { return false }
      mistakes.insert(mistake)
    case "--steps":
      guard let number = Int(value), number >= 0 else { return false }
      stepsMax = number
    case "--commit": commit = value
    default: return false
    }
    return true
  }

  /// `7` is one seed, `A..<B` those below B; nil for anything else.
  static func seeds(_ text: String) -> Range<UInt64>? {
    let ends = text.split(separator: "..<", omittingEmptySubsequences: false)
    let numbers = ends.compactMap { UInt64($0) }
    guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last,
      numbers.count <= 2, first <= last, last < .max
    else { return nil }
    return numbers.count == 1 ? first..<first + 1 : first..<last
  }
}
