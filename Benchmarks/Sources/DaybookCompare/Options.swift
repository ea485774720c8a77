import Daybook

/// What was asked for on the command line.
struct Options {
  /// Events of the history.
  var events = 1_000_000
  /// Fewer rounds, and a history of 100,000 events unless a number is given.
  var quick = false
  /// Only what has this in its name.
  var only: String?
  /// Where the logs are made, and found again; a folder that is thrown away by default.
  var folder: String?
  /// The folder of an export in Synthea's layout, unpacked; without one no import is measured.
  var synthea: String?
  /// Journal entries of the book that stands beside the plain-text tools; another has a tenth.
  var transactions = 1_000_000
  /// Microseconds that each sync takes more than the disk needs: how the figures stand on a slower one.
  var slower = 0
  /// The command line's program; without it those tools are not measured.
  var daybook: String?

  init(_ arguments: [String]) throws {
    var arguments = arguments[...]
    var events: Int?
    var transactions: Int?
    while let argument = arguments.popFirst() {
      switch argument {
      case "--quick": quick = true
      case "--events":
        events = try Self.number(of: argument, &arguments)
      case "--transactions": transactions = try Self.number(of: argument, &arguments)
      case "--slower": slower = try Self.number(of: argument, &arguments)
      case "--daybook": daybook = try Self.value(of: argument, &arguments)
      case "--only": only = try Self.value(of: argument, &arguments)
      case "--synthea": synthea = try Self.value(of: argument, &arguments)
      case "--in": folder = try Self.value(of: argument, &arguments)
      default: throw Usage("there is no option \(argument)")
      }
    }
    self.events = events ?? (quick ? 100_000 : 1_000_000)
    self.transactions = transactions ?? (quick ? 100_000 : 1_000_000)
  }

  private static func number(of option: String, _ arguments: inout ArraySlice<String>) throws -> Int
  {
    guard let number = arguments.popFirst().flatMap({ Int($0) }), number > 0 else {
      throw Usage("\(option) takes a number")
    }
    return number
  }

  private static func value(
    of option: String, _ arguments: inout ArraySlice<String>
  ) throws -> String {
    guard let value = arguments.popFirst() else { throw Usage("\(option) takes a value") }
    return value
  }

  /// Whether one of the names is asked for: they are the first words of figures' names.
  func wants(_ names: String...) -> Bool {
    guard let only else { return true }
    return names.contains { only.hasPrefix($0) }
  }

  /// Whether nothing but these is asked for.
  func wantsOnly(_ names: String...) -> Bool {
    guard let only else { return false }
    return names.contains { only.hasPrefix($0) }
  }

  /// Whether the figure of that name is asked for, where single ones can be.
  func wants(figure name: String) -> Bool { only.map { name.hasPrefix($0) } ?? true }
}

/// A command line that cannot be understood.
struct Usage: Error, CustomStringConvertible {
  let description: String

  init(_ problem: String) {
    description = """
      \(problem)
      usage: compare [--events N] [--quick] [--only NAME] [--in DIR] [--synthea DIR]
                     [--transactions N] [--daybook PATH] [--slower MICROSECONDS]
      """
  }
}
