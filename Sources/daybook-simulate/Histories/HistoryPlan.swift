import DaybookScenarios
import DaybookTesting

/// Which random history, and how far.
struct HistoryPlan: Equatable {
  /// What everything comes from.
  var seed: UInt64
  /// How large the business is.
  var size: HistorySize
  /// How long the history is.
  var length: Int
  /// How many of its actions are lived.
  var actions: Int
  /// What must hold.
  var properties: Set<HistoryProperty> = Set(HistoryProperty.all)
  /// Whether the power goes from time to time.
  var crashes = false
  /// What the program gets wrong, to see that it is noticed.
  var mistakes: Set<SeededMistake> = []

  /// How often it is stopped, looked at and opened again.
  static let stopsMax = 10
  /// Histories up to this length are looked at more closely than a long one lets.
  static let shortMax = 5_000

  var isShort: Bool { length <= Self.shortMax }

  /// The rules among the properties.
  var rules: Set<HistoryRuleName> {
    Set(HistoryRuleName.allCases.filter { properties.contains(.rule($0)) })
  }

  /// Before which actions it is stopped: ten places of the whole history, drawn from the seed, so that
  /// a part of it is stopped where all of it is.
  var stops: [Int] {
    var dice = Dice(seed: seed ^ 0x7374_6f70)
    var places: Set<Int> = []
    while places.count < min(Self.stopsMax, length) { places.insert(dice.below(length)) }
    return places.sorted()
  }

  /// What to run again.
  var arguments: String {
    var words = ["--property", Self.names(properties), "--seeds", "\(seed)"]
    words += ["--actions", "\(actions)"]
    if actions != length { words += ["--of", "\(length)"] }
    let usual = HistorySize(actionsPerDay: HistorySize.actionsPerDay(of: length))
    if size.clinics != usual.clinics { words += ["--clinics", "\(size.clinics)"] }
    if size.patients != usual.patients { words += ["--patients", "\(size.patients)"] }
    if size.staff != usual.staff { words += ["--staff", "\(size.staff)"] }
    if size.items != usual.items { words += ["--items", "\(size.items)"] }
    if size.actionsPerDay != usual.actionsPerDay {
      words += ["--per-day", "\(size.actionsPerDay)"]
    }
    if crashes { words.append("--crashes") }
    for mistake in mistakes.map(\.rawValue).sorted() { words += ["--mistake", mistake] }
    return words.joined(separator: " ")
  }

  static func names(_ properties: Set<HistoryProperty>) -> String {
    properties.count == HistoryProperty.all.count
      ? "all" : HistoryProperty.all.filter(properties.contains).map(\.name).joined(separator: ",")
  }
}
