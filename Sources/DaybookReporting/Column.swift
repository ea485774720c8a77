/// A column of a report: the name that programs depend on, what it holds, and its heading for people.
public struct Column: Hashable, Sendable {
  /// What the cells of a column are; the raw value is the `kind` that JSON states.
  @nonexhaustive
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Words; the only kind that is truncated to fit a terminal.
    case text
    /// Printed identifiers and codes.
    case identifier
    /// Money.
    case amount
    /// Quantities in thousandths.
    case quantity
    /// Prices of one unit.
    case unitPrice
    /// Percentages.
    case rate
    /// Civil days.
    case day
    /// Calendar months.
    case month
    /// Points of time in UTC.
    case instant
    /// Points of time at their own offset.
    case moment
    /// Durations in whole seconds.
    case seconds
    /// Whole numbers.
    case count
    /// Ordinals in the log.
    case position

    /// Whether cells line up on their last digit.
    var isNumeric: Bool {
      switch self {
      case .amount, .quantity, .unitPrice, .rate, .seconds, .count, .position: true
      case .text, .identifier, .day, .month, .instant, .moment: false
      }
    }
  }

  /// The key in JSON and the header in CSV, `recordedAt`; unique in its report.
  public var name: String
  /// What its cells are.
  public var kind: Kind
  /// The heading in text and HTML.
  public var title: String
  /// Of what there is such a column each, `month` or `clinic`: what is asked decides how many there are
  /// and their names; nil for a column that always bears its name.
  public var each: String?

  /// A column, headed by its name in words (`recordedAt` becomes `recorded at`) unless told otherwise.
  public init(_ name: String, _ kind: Kind, title: String? = nil, each: String? = nil) {
    self.name = name
    self.kind = kind
    self.title = title ?? Self.words(name)
    self.each = each
  }

  private static func words(_ name: String) -> String {
    var words = ""
    for character in name {
      if character.isUppercase {
        words.append(" ")
        words.append(character.lowercased())
      } else {
        words.append(character)
      }
    }
    return words
  }
}
