public import DaybookEvents

/// What a period is closed for: each area of a clinic closes its months by itself.
public enum PeriodArea: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// The books.
  case accounting = 1
  /// Staff, time, commission and payroll.
  case humanResources = 2
  /// Items, stock and equipment.
  case logistics = 3
  /// The returns of value added tax.
  case tax = 4

  /// Not said.
  public init() { self = .unspecified }

  /// The areas that are something.
  public static let all: [PeriodArea] = [.accounting, .humanResources, .logistics, .tax]

  /// The area as events name what they feed.
  public var areas: Areas {
    switch self {
    case .unspecified: []
    case .accounting: .accounting
    case .humanResources: .humanResources
    case .logistics: .logistics
    case .tax: .tax
    }
  }
}

/// Whether a closed period may be opened again.
public enum PeriodClosing: UInt32, WireEnum {
  /// Not said: never valid in an event.
  case unspecified = 0
  /// It may, as long as it is the last one.
  case soft = 1
  /// Never, and none before it.
  case hard = 2

  /// Not said.
  public init() { self = .unspecified }
}
