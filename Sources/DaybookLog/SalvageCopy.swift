import DaybookBytes
import DaybookEvents
import DaybookValues
import DaybookWorld

/// The log that a salvage writes: the records that could be read, and one for each that could not.
struct SalvageCopy: ~Copyable {
  private var writer: LogWriter
  private var digest = LogDigest()
  private var waitingBytes = 0
  private var lastGap: (version: UInt64, position: Position)?
  private var bereft: Set<StreamID> = []

  /// The positions that stand as lost, of this salvage and of those before.
  private(set) var gaps = PositionRanges()
  /// Records copied, without those that stand for lost ones.
  private(set) var copied: UInt64 = 0

  init(_ directory: String, in world: World, _ options: LogOptions) throws(LogError) {
    var options = options
    options.creation = .mustBeNew
    options.durability = .synced
    writer = try LogWriter.open(directory, in: world, options: options)
  }

  /// The position that comes next.
  var next: Position { writer.lastPosition.next }

  var logID: LogID { writer.logID }

  /// The streams that are known to have lost records, in order.
  var bereftStreams: [StreamID] { bereft.sorted() }

  /// Copies the records of the frame that was read last.
  ///
  /// - Returns: Why they cannot be copied, as half a sentence; nil when they were.
  mutating func take(_ scanner: inout FrameScanner) throws(LogError) -> String? {
    var actions: [EncodedAction] = []
    var isText = true
    var recorded = writer.lastRecorded
    var isOrdered = true
    do {
      try scanner.forEachRecord { record in
        isOrdered = isOrdered && record.header.recorded >= recorded
        recorded = record.header.recorded
        isText = SalvageCopy.add(record, to: &actions) && isText
      }
    } catch let error as LogError {
      guard error.kind == .damaged else { throw error }
      return error.detail
    } catch {
      preconditionFailure("copying threw \(error)")
    }
    if !isText { return "a source reference is not UTF-8" }
    if !isOrdered { return "a record was recorded before the one before it" }
    if !actions.allSatisfy({ LogLimits.admits($0) }) { return "an action is beyond the limits" }
    // What the frame says of the clock holds for each of its records.
    let clock = scanner.frame?.lag.map { Instant(milliseconds: recorded.milliseconds - Int64($0)) }
    for var action in actions {
      action.clock = clock
      try take(action)
    }
    return nil
  }

  /// Adds a record to the actions; false where its source reference is no text.
  private static func add(_ record: RecordView, to actions: inout [EncodedAction]) -> Bool {
    let payload = record.payload.copyRemaining()
    if record.header.beginsAction {
      actions.append(EncodedAction(headers: [], payloads: [], payloadEnds: []))
    }
    let last = actions.count - 1
    actions[last].headers.append(record.header)
    actions[last].payloads += payload
    actions[last].payloadEnds.append(actions[last].payloads.count)
    guard let source = record.source else { return true }
    guard let reference = source.reference.text() else { return false }
    actions[last].source = ActionSource(reference: reference, digest: source.digest)
    return true
  }

  private mutating func take(_ action: EncodedAction) throws(LogError) {
    var action = action
    for header in action.headers where gaps.contains(header.previous) {
      if header.stream != PositionLost.stream { bereft.insert(header.stream) }
    }
    if let header = action.headers.first, PositionLost.isOne(header) {
      // Lost before an earlier salvage; more may have been lost since, which are numbered with it.
      action.headers[0] = gap(at: header.position, recorded: header.recorded)
      action.clock = nil
    } else {
      copied += UInt64(action.headers.count)
      SalvageCopy.add(action, to: &digest)
    }
    try submit(action)
  }

  private static func add(_ action: EncodedAction, to digest: inout LogDigest) {
    withReader(of: action.payloads) { payloads in
      var rest = payloads
      for (index, header) in action.headers.enumerated() {
        let end = action.payloadEnds[index]
        guard let payload = try? rest.readBytes(end - rest.offset) else { return }
        var record = RecordView(header: header, payload: payload)
        guard index == 0, let source = action.source else {
          digest.add(record)
          continue
        }
        withReader(of: Array(source.reference.utf8)) { reference in
          record.source = SourceView(reference: reference, digest: source.digest)
          digest.add(record)
        }
      }
    }
  }

  /// Writes a record in place of each lost one, from the next position through `last`.
  mutating func lose(through last: Position, _ lost: PositionLost) throws(LogError) {
    let payload: [UInt8]
    do throws(WireError) {
      payload = try lost.encoded()
    } catch {
      preconditionFailure("three numbers cannot be written: \(error)")
    }
    while next <= last {
      try submit(
        EncodedAction(
          headers: [gap(at: next, recorded: writer.lastRecorded)], payloads: payload,
          payloadEnds: [payload.count]))
    }
  }

  private mutating func gap(at position: Position, recorded: Instant) -> RecordHeader {
    let header = PositionLost.header(at: position, recorded: recorded, after: lastGap)
    lastGap = (header.version, position)
    gaps.add(position...position)
    return header
  }

  private mutating func submit(_ action: EncodedAction) throws(LogError) {
    waitingBytes += LogLimits.rawBytesBound(action)
    writer.submit(action)
    if waitingBytes > 4 << 20 { try flush() }
  }

  private mutating func flush() throws(LogError) {
    while writer.waitingCount > 0 { try writer.step() }
    waitingBytes = 0
  }

  /// Writes what waits, closes the copy, and returns the digest of the records that it must hold.
  consuming func finish() throws(LogError) -> SHA256Hash {
    try flush()
    return digest.value()
  }
}
