/// The areas of a business whose figures an event changes: a bit each, named by the business itself.
///
/// An area's periods are closed on their own; an event is refused on a day that is closed in any of
/// the areas that it feeds.
@frozen
public struct Areas: OptionSet, Hashable, Sendable {
  /// A bit an area; never reused.
  public var rawValue: UInt16

  /// The areas of these bits.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }
}

extension Areas {
  /// The areas one by one, lowest bit first.
  public var each: [Areas] {
    (0..<UInt16.bitWidth).map { Areas(rawValue: 1 << $0) }.filter { contains($0) }
  }
}
