import DaybookBytes
public import DaybookEvents
import DaybookValues
import DaybookWorld

/// Room on the disk, taken before anything is decided: whoever has it meets no full disk behind it.
extension LogWriter {
  /// What an action takes at most, in bytes of the file: its frame, and what it adds to the footer.
  public static func room(for action: EncodedAction) -> UInt64 {
    UInt64(
      LogLimits.rawBytesBound(action) + FrameHeader.byteCountMax + SegmentFooter.chainCount
        + SegmentFooter.typeCount * action.headers.count)
  }

  /// Takes room for an action before it is decided on: once it has it, and is submitted, no full
  /// disk stops its step.
  ///
  /// - Throws: as `takeRoom(_:)`.
  public mutating func takeRoom(for action: EncodedAction) throws(LogError) {
    try takeRoom(LogWriter.room(for: action))
  }

  /// Takes room for `count` more bytes of actions that are submitted later, as `room(for:)` counts
  /// them. It stays taken until they are.
  ///
  /// - Throws: `.diskFull` with nothing changed; the writer lives, and may be asked again when there
  ///   is room. Any other error closes it for good.
  /// - Complexity: O(1) within `freeRoom`; else zeros are written where the file has to grow.
  public mutating func takeRoom(_ count: UInt64) throws(LogError) {
    try checkAlive()
    try makeRoom(for: waitingRoom + takenRoom + count)
    takenRoom += count
  }

  /// How many bytes can be taken without the file having to grow.
  public var freeRoom: UInt64 {
    let used = segment.end + UInt64(SegmentFooter.byteCount(tally)) + waitingRoom + takenRoom
    return segment.allocated > used ? segment.allocated - used : 0
  }

  /// Lets the helper zero the next stretch, if the writer has one and less than half a stretch is
  /// left. To be called when a step is done.
  public mutating func growAhead() {
    guard let helper = roomAhead else { return }
    take(helper.outcome())
    let left = segment.allocated - min(segment.allocated, segment.end)
    // What lies beyond a segment's size is only for the frame and the footer that end it.
    guard mayGrowAhead, left < options.preallocateBytes / 2, !helper.isBusy,
      segment.allocated < options.segmentBytes + options.preallocateBytes
    else { return }
    helper.begin(
      RoomAhead.Work(
        path: segment.file.path, start: segment.allocated,
        end: segment.allocated + options.preallocateBytes))
  }

  /// Waits for the helper, so that nobody else touches the segment.
  mutating func awaitHelper() {
    if let helper = roomAhead { take(helper.wait()) }
  }

  private mutating func take(_ outcome: Result<UInt64, FileError>?) {
    switch outcome {
    case nil: return
    case .success(let end): segment.allocated = max(segment.allocated, end)
    // Not for the helper to tell: whoever needs the room meets the same, and is told.
    case .failure: mayGrowAhead = false
    }
  }

  /// Sees to it that `count` bytes of frames find room, and the footer behind them.
  mutating func makeRoom(for count: UInt64) throws(LogError) {
    let wanted = count + UInt64(SegmentFooter.byteCount(tally))
    if segment.hasRoom(for: wanted) { return }
    awaitHelper()
    do throws(FileError) {
      try segment.makeRoom(for: wanted, step: options.preallocateBytes)
      mayGrowAhead = true
    } catch {
      let error = LogError(error, segment: "\(segment.name)")
      guard error.kind == .diskFull else { throw poison(error) }
      world.instruments.count(Instruments.Name.diskFull)
      throw error
    }
  }
}
