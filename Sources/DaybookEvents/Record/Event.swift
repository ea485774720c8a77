public import DaybookBytes
public import DaybookValues

/// An event being read: its header, and its payload on demand, decoded at most once.
///
/// An event is lent: it is valid for the length of the call that receives it.
@frozen
public struct Event {
  /// The record that holds the event.
  public let record: RecordView
  @usableFromInline let decoder: EventDecoder

  /// All that is known of the event but its payload.
  @inlinable
  public var header: RecordHeader { record.header }

  /// The reference of the action that this event begins; nil where none was given.
  public var sourceReference: String? { record.source?.reference.text() }

  /// Lends `record` as an event.
  @inlinable
  public init(_ record: RecordView, _ decoder: EventDecoder) {
    self.record = record
    self.decoder = decoder
  }

  /// The payload.
  ///
  /// - Parameter type: The payload that the header's family and tag name.
  /// - Throws: `WireError` where the bytes are not that payload.
  /// - Complexity: The first call for an event decodes; others, by whoever, copy the result.
  @inlinable
  public func payload<E: EventPayload>(_ type: E.Type = E.self) throws(WireError) -> E {
    try decoder.payload(of: record, as: type)
  }
}

/// Decodes events one after the other and remembers the last of each kind.
///
/// However many projectors listen, an event is decoded at most once, and not at all if none asks.
/// One decoder serves one loop over a log; it is not for sharing between threads.
public final class EventDecoder {
  @usableFromInline var fields = Fields()
  @usableFromInline var memos: [[AnyObject?]] = []
  /// Payloads decoded so far.
  public internal(set) var decodedCount = 0
  /// Fields skipped because their numbers allow it.
  public internal(set) var skippedFields = 0

  /// Creates a decoder that remembers nothing yet.
  public init() {}

  /// Forgets what was decoded; for a second log, whose positions mean other events.
  public func reset() { memos = [] }

  @usableFromInline
  final class Memo<E: EventPayload> {
    @usableFromInline var position = Position.start
    @usableFromInline var value = E()
    @usableFromInline init() {}
  }

  @inlinable
  func payload<E: EventPayload>(of record: RecordView, as type: E.Type) throws(WireError) -> E {
    let memo = memo(of: type)
    if memo.position == record.header.position, record.header.position != .start {
      return memo.value
    }
    guard record.header.family == E.Tag.family, record.header.tag == E.tag.rawValue else {
      throw WireError(.wrongType, at: 0, field: E.typeName)
    }
    memo.position = .start
    memo.value = try fields.decode(
      type, from: record.payload, base: record.header.effective.instant)
    memo.position = record.header.position
    note(skips: fields.skippedFields)
    return memo.value
  }

  @usableFromInline
  func note(skips: Int) {
    decodedCount += 1
    skippedFields += skips
  }

  @inlinable
  func memo<E: EventPayload>(of type: E.Type) -> Memo<E> {
    let family = Int(E.Tag.family.rawValue)
    let tag = Int(E.tag.rawValue)
    if family < memos.count, tag < memos[family].count, let memo = memos[family][tag] as? Memo<E> {
      return memo
    }
    return makeMemo(type, family, tag)
  }

  @usableFromInline
  func makeMemo<E: EventPayload>(_ type: E.Type, _ family: Int, _ tag: Int) -> Memo<E> {
    while memos.count <= family { memos.append([]) }
    while memos[family].count <= tag { memos[family].append(nil) }
    let memo = Memo<E>()
    memos[family][tag] = memo
    return memo
  }
}
