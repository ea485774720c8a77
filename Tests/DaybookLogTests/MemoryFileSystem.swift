import DaybookBytes
import DaybookWorld

/// A disk in memory, whose files a test can cut, flip and fill, and whose operations it can fail.
final class MemoryFileSystem: FileSystem {
  struct State {
    var files: [String: MemoryFile] = [:]
    var folders: Set<String> = ["/"]
    var locked: Set<String> = []
    /// Counts down at each change of the disk; the change that finds it at zero fails.
    var changesUntilFailure: Int?
    var failure = FileError.Kind.io
    var failsAt: Set<String> = []
    /// What was changed, in order, as `sync /book/log/tail`.
    var journal: [String] = []
    /// How many bytes all files together may take; nil is as many as they like.
    var capacity: Int?
  }

  let state = Locked(State())

  /// The bytes of a file.
  func bytes(_ path: String) -> [UInt8] {
    state.withLock { $0.files[path] }?.bytes ?? []
  }

  /// Replaces the bytes of a file, or makes it.
  func setBytes(_ bytes: [UInt8], _ path: String) {
    let file = state.withLock { state in
      let file = state.files[path] ?? MemoryFile()
      state.files[path] = file
      return file
    }
    file.bytes = bytes
  }

  /// A second disk with the same content, and no lock held.
  func copy() -> MemoryFileSystem {
    let other = MemoryFileSystem()
    let (files, folders) = state.withLock { ($0.files, $0.folders) }
    for (path, file) in files { other.setBytes(file.bytes, path) }
    other.state.withLock { $0.folders = folders }
    return other
  }

  /// All file names, sorted.
  var names: [String] { state.withLock { $0.files.keys.sorted() } }

  /// Lets the next change but `count` fail, and all that follow.
  func fail(after count: Int, _ kind: FileError.Kind = .io, at operations: Set<String> = []) {
    state.withLock {
      $0.changesUntilFailure = count
      $0.failure = kind
      $0.failsAt = operations
    }
  }

  func heal() { state.withLock { $0.changesUntilFailure = nil } }

  /// What was changed since the last call, in order.
  func takeJournal() -> [String] {
    state.withLock { state in
      defer { state.journal = [] }
      return state.journal
    }
  }

  /// Bytes of all files.
  var usedBytes: Int { state.withLock { $0.files.values.reduce(0) { $0 + $1.bytes.count } } }

  /// Leaves room for so many more bytes; nil for as many as they like.
  func leaveRoom(_ bytes: Int?) {
    let used = usedBytes
    state.withLock { $0.capacity = bytes.map { used + $0 } }
  }

  /// How many of the bytes by which a file grows find room.
  fileprivate func room(for growth: Int) -> Int {
    guard growth > 0, let capacity = state.withLock({ $0.capacity }) else { return max(growth, 0) }
    return min(growth, max(capacity - usedBytes, 0))
  }

  fileprivate func change(_ operation: String, _ path: String) throws(FileError) {
    let kind = state.withLock { state -> FileError.Kind? in
      guard let left = state.changesUntilFailure,
        state.failsAt.isEmpty || state.failsAt.contains(operation)
      else {
        state.journal.append("\(operation) \(path)")
        return nil
      }
      if left == 0 { return state.failure }
      state.changesUntilFailure = left - 1
      state.journal.append("\(operation) \(path)")
      return nil
    }
    if let kind { throw FileError(operation: operation, path: path, kind: kind) }
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    if mode == .create { try change("create", path) }
    let found = state.withLock { state -> MemoryFile? in
      if mode == .create {
        guard state.files[path] == nil else { return nil }
        let file = MemoryFile()
        state.files[path] = file
        return file
      }
      return state.files[path]
    }
    guard let found else {
      throw FileError(operation: "open", path: path, kind: mode == .create ? .exists : .notFound)
    }
    return MemoryHandle(found, self, path)
  }

  func createDirectory(_ path: String) throws(FileError) {
    try change("createDirectory", path)
    state.withLock { _ = $0.folders.insert(path) }
  }

  func list(_ path: String) throws(FileError) -> [String] {
    state.withLock { state in
      (Array(state.files.keys) + Array(state.folders)).filter { FilePath.folder(of: $0) == path }
        .map { FilePath.name(of: $0) }.sorted()
    }
  }

  func exists(_ path: String) -> Bool {
    state.withLock { $0.files[path] != nil || $0.folders.contains(path) }
  }

  func isDirectory(_ path: String) -> Bool { state.withLock { $0.folders.contains(path) } }

  func rename(_ from: String, to: String) throws(FileError) {
    try change("rename", from)
    let isThere = state.withLock { state -> Bool in
      guard let file = state.files.removeValue(forKey: from) else { return false }
      state.files[to] = file
      return true
    }
    if !isThere { throw FileError(operation: "rename", path: from, kind: .notFound) }
  }

  func remove(_ path: String) throws(FileError) {
    try change("remove", path)
    state.withLock { _ = $0.files.removeValue(forKey: path) }
  }

  func syncDirectory(_ path: String) throws(FileError) { try change("syncDirectory", path) }

  func lock(_ path: String) throws(FileError) -> any FileLock {
    let isFree = state.withLock { $0.locked.insert(path).inserted }
    guard isFree else { throw FileError(operation: "lock", path: path, kind: .locked(pid: 77)) }
    return MemoryLock(path, self)
  }

  func lockState(_ path: String) throws(FileError) -> LockState {
    state.withLock { $0.locked.contains(path) } ? .held(pid: 77) : .free
  }

  func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    guard let file = state.withLock({ $0.files[path] }) else {
      throw FileError(operation: "map", path: path, kind: .notFound)
    }
    guard file.bytes.count >= MappedPage.bytes else {
      throw FileError(operation: "map", path: path, kind: .tooShort)
    }
    return MemoryWords(file, self, path, isWritable: writable)
  }
}

final class MemoryFile: Sendable {
  private let content = Locked<[UInt8]>([])

  var bytes: [UInt8] {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }

  func change(_ body: (inout [UInt8]) -> Void) {
    content.withLock { body(&$0) }
  }
}

private final class MemoryHandle: File {
  let path: String
  private let file: MemoryFile
  private let disk: MemoryFileSystem

  init(_ file: MemoryFile, _ disk: MemoryFileSystem, _ path: String) {
    self.file = file
    self.disk = disk
    self.path = path
  }

  func size() throws(FileError) -> UInt64 { UInt64(file.bytes.count) }

  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int {
    let bytes = file.bytes
    let start = min(Int(offset), bytes.count)
    let end = min(start + count, bytes.count)
    buffer.append(bytes.span.extracting(start..<end))
    return end - start
  }

  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    var copy = withReader(of: bytes) { $0.copyRemaining() }
    var failure: FileError?
    do throws(FileError) {
      try disk.change("write", path)
    } catch {
      // A write that fails leaves a part of its bytes.
      copy.removeLast((copy.count + 1) / 2)
      failure = error
    }
    let growth = Int(offset) + copy.count - file.bytes.count
    let lacking = max(growth, 0) - disk.room(for: growth)
    if lacking > 0 {
      copy.removeLast(min(lacking, copy.count))
      failure = FileError(operation: "write", path: path, kind: .noSpace)
    }
    file.change { content in
      let start = Int(offset)
      let end = start + copy.count
      if content.count < end {
        content.append(contentsOf: [UInt8](repeating: 0, count: end - content.count))
      }
      content.replaceSubrange(start..<end, with: copy)
    }
    if let failure { throw failure }
  }

  func sync() throws(FileError) { try disk.change("sync", path) }

  func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    try disk.change("allocate", path)
    let growth = Int(offset + count) - file.bytes.count
    if disk.room(for: growth) < growth {
      throw FileError(operation: "allocate", path: path, kind: .noSpace)
    }
    file.change { content in
      let end = Int(offset + count)
      if content.count < end {
        content.append(contentsOf: [UInt8](repeating: 0, count: end - content.count))
      }
    }
  }

  func truncate(to size: UInt64) throws(FileError) {
    try disk.change("truncate", path)
    file.change { content in
      let size = Int(size)
      if size < content.count {
        content.removeLast(content.count - size)
      } else {
        content.append(contentsOf: [UInt8](repeating: 0, count: size - content.count))
      }
    }
  }

  func close() {}
}

private final class MemoryLock: FileLock {
  let path: String
  private let disk: MemoryFileSystem

  init(_ path: String, _ disk: MemoryFileSystem) {
    self.path = path
    self.disk = disk
  }

  deinit { release() }

  func release() { disk.state.withLock { _ = $0.locked.remove(path) } }
}

private final class MemoryWords: MappedWords {
  private let file: MemoryFile
  private let disk: MemoryFileSystem
  private let path: String
  private let isWritable: Bool

  init(_ file: MemoryFile, _ disk: MemoryFileSystem, _ path: String, isWritable: Bool) {
    self.file = file
    self.disk = disk
    self.path = path
    self.isWritable = isWritable
  }

  func load(_ index: Int) -> UInt64 {
    withReader(of: file.bytes) { bytes in
      var rest = bytes
      guard (try? rest.skip(index * 8)) != nil else { return 0 }
      return (try? rest.readLittleEndian(UInt64.self)) ?? 0
    }
  }

  func store(_ value: UInt64, at index: Int) {
    precondition(isWritable, "a store into a page mapped for reading")
    disk.state.withLock { $0.journal.append("store \(index) \(path)") }
    file.change { bytes in
      for place in 0..<8 {
        bytes[index * 8 + place] = UInt8(truncatingIfNeeded: value >> UInt64(place * 8))
      }
    }
  }
}
