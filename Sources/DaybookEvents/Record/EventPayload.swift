/// The tags of a family: one case per event, its number on disk never reused.
///
/// Deciders and projectors switch over the tag, so that the compiler lists every one of them that
/// a new event concerns.
public protocol FamilyTag: RawRepresentable<UInt16>, CaseIterable, Hashable, Sendable {
  /// The family.
  static var family: FamilyNumber { get }
}

/// The payload of an event: which event it is, whether fact or plan, and whose stream it lives in.
public protocol EventPayload: Payload {
  /// The family's tags.
  associatedtype Tag: FamilyTag

  /// The event's tag.
  static var tag: Tag { get }

  /// Whether it says what happened or what is meant to.
  static var nature: Nature { get }

  /// The kind of stream that the event lives in; `.ofTarget` where that is another event's.
  static var streamKind: StreamKind { get }

  /// The areas that it feeds; none unless said otherwise.
  static var areas: Areas { get }
}

extension EventPayload {
  public static var areas: Areas { [] }
}
