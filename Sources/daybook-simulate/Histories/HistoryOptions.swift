import DaybookScenarios
import DaybookTesting

/// What is asked of random histories.
struct HistoryOptions: Equatable {
  var properties = Set(HistoryProperty.all)
  /// The seeds to live through.
  var seeds: Range<UInt64> = 0..<20
  /// How many actions are lived of each.
  var actions = 1_000
  /// How long the histories are of which those are the first; as long, if nil.
  var length: Int?
  var clinics = 2
  var patients = 1
  var staff = 2
  var items = 4
  /// How many actions a day has; nil is as many as let it all happen within ten years.
  var perDay: Int?
  var crashes = false
  /// What the program gets wrong.
  var mistakes: Set<SeededMistake> = []
  /// Whether a history that fails is shortened.
  var shrinks = false
  /// Where the last book is written to.
  var save: String?
  /// Whether only the names of the properties are asked for.
  var isList = false
  /// What is printed as the version.
  var commit = ""

  static let help = """
    usage: daybook-simulate --property NAME [--seeds A..<B | A..B | N] [--actions N] [--crashes]
                            [--clinics N] [--patients N] [--staff N] [--items N] [--per-day N]
                            [--of N] [--mistake NAME] [--shrink] [--save DIR] [--commit TEXT]
           daybook-simulate --property list

    Random histories of a business that does what it may, now and then something that is all but
    allowed, in every area, with late and backdated postings, reversals, closings and reopenings.

      --property NAME  what must hold: all, rules, or names with commas between
      --seeds A..<B    these histories; A..B is with B, one number is one (0..<20)
      --actions N      so many actions of each (1000)
      --of N           of histories that would be so long: what a failing one prints
      --clinics N      2 to 20 (2)
      --patients N     known at the beginning; more come (1)
      --staff N        who hold every role: 2 to 40 (2)
      --items N        4 to 400 (4)
      --per-day N      actions a day (2, or what lets it all happen within ten years)
      --crashes        the power goes at ten places, and what nobody was told of may be lost
      --shrink         look for the shortest part of a failing history that fails
      --save DIR       write the last book, or the one that fails, there
      --commit TEXT    the version, for the last line

    Properties, `rules` being those from log to reversals: every prefix is sound by them, told from
    the events alone, and the Desk and the books come to the same.
    \(properties)

    Exit: 0 all held, 1 a property did not hold, 2 wrong usage.
    """

  static var properties: String {
    HistoryProperty.all.map { property in
      let name = property.name
      return "  \(name)\(String(repeating: " ", count: 11 - name.count)) \(property.meaning)"
    }.joined(separator: "\n")
  }

  /// Reads what was asked for; nil where that is not understood.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      switch name {
      case "--crashes": crashes = true
      case "--shrink": shrinks = true
      default:
        guard let value = rest.popFirst(), take(value, for: name) else { return nil }
      }
    }
    if let length, length < actions { return nil }
  }

  private mutating func take(_ value: String, for name: String) -> Bool {
    switch name {
    case "--property": return take(properties: value)
    case "--seeds":
      guard let range = Self.seeds(value) else { return false }
      seeds = range
      return true
    case "--mistake":
      guard let mistake = SeededMistake(rawValue: value) else { return false }
      mistakes.insert(mistake)
      return true
    case "--save":
      save = value
      return !value.isEmpty
    case "--commit":
      commit = value
      return true
    default: break
    }
    guard let number = Int(value), number > 0 else { return false }
    switch name {
    case "--actions": actions = number
    case "--of": length = number
    case "--clinics": clinics = number
    case "--patients": patients = number
    case "--staff": staff = number
    case "--items": items = number
    case "--per-day": perDay = number
    default: return false
    }
    return true
  }

  private mutating func take(properties text: String) -> Bool {
    if text == "list" {
      isList = true
      return true
    }
    let known = text.split(separator: ",", omittingEmptySubsequences: false).map {
      HistoryProperty.named(String($0))
    }
    guard known.allSatisfy({ !$0.isEmpty }) else { return false }
    properties = Set(known.joined())
    return true
  }

  private static func seeds(_ text: String) -> Range<UInt64>? {
    if let range = SimulationOptions.seeds(text) { return range }
    guard let dots = text.firstRange(of: ".."), let first = UInt64(text[..<dots.lowerBound]),
      let last = UInt64(text[dots.upperBound...]), first <= last, last < .max
    else { return nil }
    return first..<last + 1
  }

  /// The history of a seed.
  func plan(_ seed: UInt64) -> HistoryPlan {
    let length = length ?? actions
    let size = HistorySize(
      clinics: clinics, patients: patients, staff: staff, items: items,
      actionsPerDay: perDay ?? HistorySize.actionsPerDay(of: length))
    return HistoryPlan(
      seed: seed, size: size, length: length, actions: actions, properties: properties,
      crashes: crashes, mistakes: mistakes)
  }
}
