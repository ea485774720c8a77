public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// An event is undone, wholly: as if it had not happened, but both stand in the log.
///
/// Fact, on the stream of the event that it undoes and at that event's clinic. It takes effect when
/// the original did where that period is open, else on the first open day; `originalAt` keeps the
/// other date. It carries the original's payload, so that whoever took the original in can take it
/// out again by what is written here alone: at the original's rates, prices and costs. In the books it
/// negates the entry of the original. What the original caused in its action is reversed with it, the
/// last first, each by a `Reversed` of its own. A reversal is never reversed.
public struct Reversed: EventPayload, Hashable {
  /// The event that is undone.
  public var of = Position.start
  /// Why, in words; never empty.
  public var reason = ""
  /// The family of the event that is undone.
  public var family: UInt32 = 0
  /// Its tag.
  public var tag: UInt32 = 0
  /// When it took effect.
  public var originalAt = Instant()
  /// The clinic's clock then.
  public var originalOffset = UTCOffset.utc
  /// Its payload, as it stands in the log.
  public var payload: [UInt8] = []
  /// The event whose reversal takes this one along; nil for the one that was to be reversed.
  public var takenAlongBy: Position?
  /// Who approved it, above the clinic's limit.
  public var approver: StaffID?

  /// No reversal: to be filled in.
  public init() {}

  public static var tag: CorrectionsTag { .reversed }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .ofTarget }
  /// Whatever its target feeds.
  public static var areas: Areas { [.accounting, .humanResources, .logistics, .tax] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "of", &of)
    try fields.visit(2, "reason", &reason)
    try fields.visit(3, "family", &family)
    try fields.visit(4, "tag", &tag)
    try fields.visit(5, "originalAt", &originalAt)
    try fields.visit(6, "originalOffset", &originalOffset)
    try fields.visit(7, "payload", &payload)
    try fields.visit(8, "takenAlongBy", &takenAlongBy)
    try fields.visit(9, "approver", &approver)
  }
}

extension Reversed {
  /// When the event that is undone took effect.
  public var originalEffective: Moment {
    get { Moment(originalAt, originalOffset) }
    set { (originalAt, originalOffset) = (newValue.instant, newValue.offset) }
  }

  /// The family of the event that is undone; the log's own for a number that no family can have.
  public var originalFamily: FamilyNumber {
    FamilyNumber(UInt16(exactly: family) ?? 0)
  }

  /// The areas that the event fed which is undone.
  public var originalAreas: Areas {
    UInt16(exactly: tag).map { ClinicEvents.areas(originalFamily, $0) } ?? []
  }

  /// Whether the event that is undone is an `E`.
  public func isOf<E: EventPayload>(_ type: E.Type) -> Bool {
    family == UInt32(E.Tag.family.rawValue) && tag == UInt32(E.tag.rawValue)
  }

  /// The event that is undone.
  ///
  /// - Parameter currency: The clinic's currency, which amounts without one of their own have.
  /// - Throws: `.wrongType` where it is another event; `WireError` where the bytes are not its payload.
  public func original<E: EventPayload>(
    _ type: E.Type = E.self, currency: Currency = .unspecified
  ) throws(WireError) -> E {
    guard isOf(type) else { throw WireError(.wrongType, at: 0, field: E.typeName) }
    return try E(decoding: payload, base: originalAt, currency: currency)
  }

  /// The tag of the event that is undone, in the family `Tag`.
  ///
  /// - Throws: `.unknownCase` for one that this program does not know.
  public func originalTag<Tag: FamilyTag>(_ type: Tag.Type = Tag.self) throws(WireError) -> Tag {
    guard let raw = UInt16(exactly: tag), let known = Tag(rawValue: raw) else {
      throw WireError(.unknownCase(UInt64(tag)), at: 0, field: "tag")
    }
    return known
  }
}
