import DaybookValues
import DaybookWorld

/// What stands behind the last valid frame of the last segment and was never acknowledged.
///
/// Source: Format, section "Opening".
struct TornTail: Hashable, Sendable {
  /// Where the bytes begin, behind the last valid frame.
  var offset: UInt64
  /// One past the last of them that is not zero.
  var end: UInt64
  /// What is wrong with them, as half a sentence.
  var detail: String

  /// Judges what stands at the scanner's place, where no frame and no end was found.
  ///
  /// - Throws: `.damaged` when a valid frame or footer follows anywhere behind it, or when the
  ///   records before it do not reach `floor`, the watermark: a crash does neither.
  static func judge(
    _ scanner: borrowing FrameScanner, in file: any File, floor: Position, detail: String
  ) throws(LogError) -> TornTail {
    let offset = scanner.offset
    let last = scanner.lastPosition
    var window = ReadWindow(file)
    let end: UInt64
    let ahead: FrameSearch.Found?
    do throws(FileError) {
      end = try window.endOfNonzero(from: offset)
      ahead = try FrameSearch.first(
        in: &window, of: scanner.header, from: offset + 1, to: end)
    } catch {
      throw LogError(error, segment: scanner.name)
    }
    if let ahead {
      throw LogError(
        .damaged, segment: scanner.name, offset: offset, intactThrough: last,
        resumesAt: ahead.firstPosition.map { Position($0) },
        detail: "\(detail), and a valid \(ahead.what) follows at byte \(ahead.offset)")
    }
    guard last >= floor else {
      throw LogError(
        end > offset ? .damaged : .endsBelowWatermark, segment: scanner.name, offset: offset,
        intactThrough: last,
        detail: "\(detail), though everything up to position \(floor) was acknowledged")
    }
    return TornTail(offset: offset, end: end, detail: detail)
  }
}
