import DaybookBytes
public import DaybookWorld

/// The disk of a simulated machine as one of its processes sees it.
///
/// Written bytes and changed names are seen by every process at once, and are on the disk when they
/// are synced. `SimulatedMachine` makes these, kills processes and cuts the power.
public struct SimulatedFileSystem: FileSystem {
  let disk: Locked<SimulatedDisk>
  /// The process that sees it.
  public let process: Int32

  public func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    let call = Call(mode == .create ? "create" : "open", path, process)
    let node = try disk.withLock { (disk) throws(FileError) -> NodeNumber in
      try disk.check(call)
      guard mode == .create else { return try disk.file(call) }
      var made: NodeNumber = SimulatedNames.root
      try disk.changeNames(call) { (disk) throws(FileError) in
        made = try disk.make(call, isFolder: false)
      }
      return made
    }
    return SimulatedFile(self, path, node, isWritable: mode != .read)
  }

  public func createDirectory(_ path: String) throws(FileError) {
    try changeNames("make folder", path) { (disk, call) throws(FileError) in
      _ = try disk.make(call, isFolder: true)
    }
  }

  public func list(_ path: String) throws(FileError) -> [String] {
    let call = Call("list", path, process)
    return try disk.withLock { (disk) throws(FileError) in
      try disk.check(call)
      return disk.names.list(try disk.folder(call))
    }
  }

  public func exists(_ path: String) -> Bool {
    disk.withLock { $0.names.node(path) != nil }
  }

  public func isDirectory(_ path: String) -> Bool {
    disk.withLock { disk in
      disk.names.node(path).map { disk.names.folders.contains($0) } ?? false
    }
  }

  public func rename(_ from: String, to: String) throws(FileError) {
    try changeNames("rename to \(to)", from) { (disk, call) throws(FileError) in
      try disk.rename(call, to: to)
    }
  }

  public func remove(_ path: String) throws(FileError) {
    try changeNames("remove", path) { (disk, call) throws(FileError) in try disk.remove(call) }
  }

  public func syncDirectory(_ path: String) throws(FileError) {
    try changeNames("sync folder", path) { (disk, call) throws(FileError) in
      try disk.syncDirectory(call)
    }
  }

  private func changeNames(
    _ operation: String, _ path: String,
    _ change: (inout SimulatedDisk, Call) throws(FileError) -> Void
  ) throws(FileError) {
    let call = Call(operation, path, process)
    try disk.withLock { (disk) throws(FileError) in
      try disk.changeNames(call) { (disk) throws(FileError) in try change(&disk, call) }
    }
  }

  public func lock(_ path: String) throws(FileError) -> any FileLock {
    let call = Call("lock", path, process)
    let node = try disk.withLock { (disk) throws(FileError) -> NodeNumber in
      try disk.check(call)
      let node: NodeNumber
      if let found = disk.names.node(path) {
        node = found
      } else {
        node = try disk.make(call, isFolder: false)
      }
      try disk.lock(node, call)
      return node
    }
    return SimulatedLock(self, path, node)
  }

  public func lockState(_ path: String) throws(FileError) -> LockState {
    disk.withLock { disk in
      guard let node = disk.names.node(path), let holder = disk.holder(node) else { return .free }
      return .held(pid: holder)
    }
  }

  public func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    let call = Call("map", path, process)
    let node = try disk.withLock { (disk) throws(FileError) -> NodeNumber in
      try disk.check(call)
      let node = try disk.file(call)
      let size = disk.contents[node]?.cached.count ?? 0
      guard size >= MappedPage.bytes else { throw call.error(.tooShort) }
      return node
    }
    return SimulatedWords(self, node, isWritable: writable)
  }
}

private final class SimulatedFile: MisleadingFile {
  let path: String
  private let files: SimulatedFileSystem
  private let node: NodeNumber
  private let isWritable: Bool
  private let isOpen = Locked(true)

  init(_ files: SimulatedFileSystem, _ path: String, _ node: NodeNumber, isWritable: Bool) {
    self.files = files
    self.path = path
    self.node = node
    self.isWritable = isWritable
  }

  var mistakes: Set<FileMistake> {
    let mistakes = files.disk.withLock { $0.faults.mistakes }
    var led: Set<FileMistake> = []
    if mistakes.contains(.skipsChecksum) { led.insert(.skipsChecksum) }
    if mistakes.contains(.dropsIndexEntry) { led.insert(.dropsIndexEntry) }
    return led
  }

  private func use<Result: Sendable>(
    _ operation: String, writing: Bool,
    _ body: (inout SimulatedDisk, Call) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let call = Call(operation, path, files.process)
    guard isOpen.withLock({ $0 }) else { throw call.error(.closed) }
    if writing, !isWritable { throw call.error(.permission) }
    return try files.disk.withLock { (disk) throws(FileError) in try body(&disk, call) }
  }

  func size() throws(FileError) -> UInt64 {
    try use("measure", writing: false) { (disk, call) throws(FileError) in
      try disk.check(call)
      return UInt64(disk.contents[node]?.cached.count ?? 0)
    }
  }

  func read(
    at offset: UInt64, count: Int, into buffer: inout ByteWriter
  ) throws(FileError) -> Int {
    precondition(count >= 0, "a negative count")
    let bytes = try use("read", writing: false) { (disk, call) throws(FileError) in
      try disk.read(node, call, in: (offset, count))
    }
    buffer.append(bytes.span)
    return bytes.count
  }

  func write(_ bytes: Span<UInt8>, at offset: UInt64) throws(FileError) {
    let copy = withReader(of: bytes) { $0.copyRemaining() }
    try use("write", writing: true) { (disk, call) throws(FileError) in
      try disk.write(node, call, copy, at: offset)
    }
  }

  func sync() throws(FileError) {
    try use("sync", writing: false) { (disk, call) throws(FileError) in
      try disk.sync(node, call)
    }
  }

  func allocate(from offset: UInt64, count: UInt64) throws(FileError) {
    let size = try size()
    try use("allocate", writing: true) { (disk, call) throws(FileError) in
      try disk.resize(node, call, to: max(size, offset + count), takesRoom: true)
    }
  }

  func truncate(to size: UInt64) throws(FileError) {
    try use("truncate", writing: true) { (disk, call) throws(FileError) in
      try disk.resize(node, call, to: size, takesRoom: false)
    }
  }

  func close() { isOpen.withLock { $0 = false } }
}

private final class SimulatedLock: FileLock {
  let path: String
  private let files: SimulatedFileSystem
  private let node: NodeNumber

  init(_ files: SimulatedFileSystem, _ path: String, _ node: NodeNumber) {
    self.files = files
    self.path = path
    self.node = node
  }

  deinit { release() }

  func release() { files.disk.withLock { $0.unlock(node, files.process) } }
}

private final class SimulatedWords: MappedWords {
  private let files: SimulatedFileSystem
  private let node: NodeNumber
  private let isWritable: Bool

  init(_ files: SimulatedFileSystem, _ node: NodeNumber, isWritable: Bool) {
    self.files = files
    self.node = node
    self.isWritable = isWritable
  }

  func load(_ index: Int) -> UInt64 {
    precondition(index >= 0 && index < MappedPage.words, "no word \(index) in a page")
    return files.disk.withLock { $0.contents[node]?.word(index) ?? 0 }
  }

  func store(_ value: UInt64, at index: Int) {
    precondition(index >= 0 && index < MappedPage.words, "no word \(index) in a page")
    precondition(isWritable, "a store into a page mapped for reading")
    files.disk.withLock { $0.store(value, at: index, node, files.process) }
  }
}
