import Daybook
import DaybookTesting

/// The live disk, which notes when the sync returned that a watermark rests on.
///
/// A line is written before each rise of the watermark: the position, and the time when the last
/// sync of a segment returned, by a clock that all processes share.
final class WatchedFileSystem: ForwardingFileSystem {
  private struct State {
    var isDirty = false
    var syncedAt: Int64 = 0
  }

  let underlying: any FileSystem = LiveFileSystem()
  private let state = Locked(State())
  private let lines: Lines

  init(_ lines: Lines) { self.lines = lines }

  fileprivate func noteWrite(_ bytes: Span<UInt8>) {
    // Zeros are room, not frames.
    guard !bytes.isEmpty, bytes[0] != 0 else { return }
    state.withLock { $0.isDirty = true }
  }

  fileprivate func noteSync() {
    let now = MonotonicClock.nanoseconds()
    state.withLock { state in
      state.isDirty = false
      state.syncedAt = now
    }
  }

  fileprivate func noteStore(_ word: UInt64, at index: Int) {
    guard index == 1 else { return }
    let state = state.withLock { $0 }
    // Raised before the sync: seen by whoever looks, and worth failing for.
    let time = state.isDirty ? Int64.max : state.syncedAt
    lines.add("\(word & 0xffff_ffff_ffff) \(time)\n")
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    let file = try underlying.open(path, mode)
    return path.contains(".seg") && mode != .read ? WatchedFile(file, self) : file
  }

  func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    WatchedWords(try underlying.mapWords(path, writable: writable), self)
  }
}

private final class WatchedFile: ForwardingFile {
  let underlying: any File
  private let disk: WatchedFileSystem

  init(_ file: any File, _ disk: WatchedFileSystem) {
    underlying = file
    self.disk = disk
  }

  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    disk.noteWrite(bytes)
    try underlying.write(bytes, at: offset)
  }
  func sync() throws(FileError) {
    try underlying.sync()
    disk.noteSync()
  }
}

private final class WatchedWords: MappedWords {
  private let words: any MappedWords
  private let disk: WatchedFileSystem

  init(_ words: any MappedWords, _ disk: WatchedFileSystem) {
    self.words = words
    self.disk = disk
  }

  func load(_ index: Int) -> UInt64 { words.load(index) }
  func store(_ value: UInt64, at index: Int) {
    // Before: whoever sees the word finds the line.
    disk.noteStore(value, at: index)
    words.store(value, at: index)
  }
}
