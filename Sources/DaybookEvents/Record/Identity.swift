/// The number of an event family: all events of one area, with a stable name and number.
///
/// 1 to 999 are Daybook's own; 0 is the log's.
@frozen
public struct FamilyNumber: Hashable, Sendable, Comparable {
  /// The number on disk, never reused.
  public var rawValue: UInt16

  /// Names the family of that number.
  @inlinable
  public init(_ rawValue: UInt16) { self.rawValue = rawValue }

  /// By number.
  @inlinable
  public static func < (left: FamilyNumber, right: FamilyNumber) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The number of a kind of stream: appointments, charges, patients.
@frozen
public struct StreamKind: Hashable, Sendable, Comparable {
  /// The number on disk, never reused; 1 to 999 are Daybook's own.
  public var number: UInt16

  /// Names the kind of that number.
  @inlinable
  public init(_ number: UInt16) { self.number = number }

  /// By number.
  @inlinable
  public static func < (left: StreamKind, right: StreamKind) -> Bool { left.number < right.number }

  /// No kind of its own: the event stands on the stream of the event that it is about.
  @inlinable public static var ofTarget: StreamKind { StreamKind(0) }
}

/// A stream: the ordered facts about one thing, `appointment/123`.
@frozen
public struct StreamID: Hashable, Sendable, Comparable {
  /// What kind of thing it is about.
  public var kind: StreamKind
  /// Which one: dense from 1 within its kind.
  public var number: UInt64

  /// Names the stream of one thing.
  @inlinable
  public init(_ kind: StreamKind, _ number: UInt64) {
    self.kind = kind
    self.number = number
  }

  /// By kind, then by number.
  @inlinable
  public static func < (left: StreamID, right: StreamID) -> Bool {
    (left.kind, left.number) < (right.kind, right.number)
  }
}

/// What a writer expects to find in a stream before it appends.
public enum ExpectedVersion: Hashable, Sendable {
  /// Whatever is there.
  case any
  /// Nothing: the stream begins with this event.
  case noStream
  /// Exactly so many events.
  case exactly(UInt64)
}

/// Whether an event says what happened or what is meant to happen.
///
/// Facts are never effective in the future, and only facts move a report's default day.
public enum Nature: Hashable, Sendable {
  /// It happened.
  case fact
  /// It is meant to happen, or sets a rule for what will.
  case plan
}

/// Who acted: a member of staff, the system itself, or an importer.
@frozen
public struct Actor: Hashable, Sendable {
  /// The number on disk: 0 the system, even for staff, odd for importers.
  public var rawValue: UInt64

  /// The actor of a number on disk.
  @inlinable
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The system itself.
  public static let system = Actor(rawValue: 0)

  /// A member of staff, by number from 1.
  @inlinable
  public static func staff(_ number: UInt64) -> Actor { Actor(rawValue: number << 1) }

  /// An importer, by its number from 0.
  @inlinable
  public static func importer(_ number: UInt64) -> Actor { Actor(rawValue: number << 1 | 1) }

  /// The member of staff's number; nil for the system and importers.
  @inlinable
  public var staffNumber: UInt64? { rawValue > 0 && rawValue & 1 == 0 ? rawValue >> 1 : nil }

  /// The importer's number; nil for the system and staff.
  @inlinable
  public var importerNumber: UInt64? { rawValue & 1 == 1 ? rawValue >> 1 : nil }
}

/// The role that an actor used, by its number; 0 is none.
@frozen
public struct Role: Hashable, Sendable {
  /// The number on disk, never reused.
  public var rawValue: UInt16

  /// Names the role of that number.
  @inlinable
  public init(_ rawValue: UInt16) { self.rawValue = rawValue }

  /// No role.
  public static let none = Role(0)
}
