import DaybookBytes
import DaybookWorld

/// The state of a simulated machine: its disk with the page cache before it, and its processes.
///
/// Every operation of a process passes here. It is drawn from the seed whether it fails, and a
/// process that was told to stop ends in the middle of one.
struct SimulatedDisk {
  var names = SimulatedNames()
  var contents: [NodeNumber: SimulatedContent] = [:]
  var faults: SimulatedFaults
  var counts = SimulatedCounts()
  var numbers: SeededNumbers
  /// Bytes that all files together may have; nil is no limit.
  var capacity: Int?

  /// Processes that live, and how many changes each may still make; nil is any number.
  var processes: [Int32: Int?] = [:]
  private var locks: [NodeNumber: Int32] = [:]
  private var nextNode = 1

  init(seed: UInt64, faults: SimulatedFaults) {
    numbers = SeededNumbers(seed: seed)
    self.faults = faults
  }

  // MARK: Processes

  /// Ends a process; what it wrote stays in the page cache.
  mutating func end(_ process: Int32) {
    processes[process] = nil
    locks = locks.filter { $0.value != process }
  }

  /// Ends a process in the middle of anything; the cache may let go of pages that look clean.
  mutating func kill(_ process: Int32) {
    end(process)
    counts.kills += 1
    for node in contents.keys.sorted() { contents[node]?.evict(&numbers) }
  }

  /// Ends everything, and leaves what the disk may hold.
  mutating func losePower() {
    counts.powerLosses += 1
    processes = [:]
    locks = [:]
    counts.lostNameChanges += names.losePower(&numbers)
    for node in contents.keys.sorted() {
      counts.lostSectors += contents[node]?.losePower(&numbers) ?? 0
    }
  }

  func isAlive(_ process: Int32) -> Bool { processes[process] != nil }

  func check(_ call: Call) throws(FileError) {
    // A dead process does nothing; its variables may still be going out of scope.
    if !isAlive(call.process) { throw call.error(.closed) }
  }

  /// Begins a change of the disk.
  ///
  /// - Returns: Whether the process ends in the middle of it.
  private mutating func begin(_ call: Call) throws(FileError) -> Bool {
    try check(call)
    guard let left = processes[call.process] ?? nil else { return false }
    if left > 0 {
      processes[call.process] = left - 1
      return false
    }
    kill(call.process)
    return true
  }

  // MARK: Names

  mutating func changeNames(
    _ call: Call, _ change: (inout SimulatedDisk) throws(FileError) -> Void
  ) throws(FileError) {
    let ends = try begin(call)
    if !ends, numbers.oneIn(faults.failedNameChangeOneIn) {
      counts.failedNameChanges += 1
      throw call.error(.io)
    }
    if !ends || numbers.oneIn(2) { try change(&self) }
    if ends { throw call.error(.closed) }
  }

  mutating func make(_ call: Call, isFolder: Bool) throws(FileError) -> NodeNumber {
    guard let name = names.name(call.path) else { throw call.error(.notFound) }
    guard names.node(call.path) == nil else { throw call.error(.exists) }
    let node = nextNode
    nextNode += 1
    names.link(node, at: name, isFolder: isFolder)
    if !isFolder { contents[node] = SimulatedContent() }
    return node
  }

  mutating func rename(_ call: Call, to path: String) throws(FileError) {
    guard names.node(call.path) != nil, let from = names.name(call.path),
      let to = names.name(path)
    else { throw call.error(.notFound) }
    names.move(from, to: to)
  }

  mutating func remove(_ call: Call) throws(FileError) {
    guard let node = names.node(call.path), let name = names.name(call.path) else {
      throw call.error(.notFound)
    }
    if names.folders.contains(node), !names.list(node).isEmpty { throw call.error(.notEmpty) }
    names.unlink(name)
  }

  mutating func syncDirectory(_ call: Call) throws(FileError) {
    let node = try folder(call)
    if !faults.mistakes.contains(.forgetsDirectorySync) { names.sync(node) }
  }

  func folder(_ call: Call) throws(FileError) -> NodeNumber {
    guard let node = names.node(call.path) else { throw call.error(.notFound) }
    guard names.folders.contains(node) else { throw call.error(.notADirectory) }
    return node
  }

  func file(_ call: Call) throws(FileError) -> NodeNumber {
    guard let node = names.node(call.path) else { throw call.error(.notFound) }
    guard contents[node] != nil else { throw call.error(.isADirectory) }
    return node
  }

  // MARK: Locks

  mutating func lock(_ node: NodeNumber, _ call: Call) throws(FileError) {
    if let holder = locks[node] { throw call.error(.locked(pid: holder)) }
    locks[node] = call.process
  }

  mutating func unlock(_ node: NodeNumber, _ process: Int32) {
    if locks[node] == process { locks[node] = nil }
  }

  func holder(_ node: NodeNumber) -> Int32? { locks[node] }

  // MARK: Content

  mutating func read(
    _ node: NodeNumber, _ call: Call, in range: (offset: UInt64, count: Int)
  ) throws(FileError) -> ArraySlice<UInt8> {
    try check(call)
    if numbers.oneIn(faults.failedReadOneIn) {
      counts.failedReads += 1
      throw call.error(.io)
    }
    let bytes = contents[node]?.cached ?? []
    let start = Int(min(range.offset, UInt64(bytes.count)))
    return bytes[start..<min(start + range.count, bytes.count)]
  }

  mutating func write(
    _ node: NodeNumber, _ call: Call, _ bytes: [UInt8], at offset: UInt64
  ) throws(FileError) {
    let ends = try begin(call)
    var failure: FileError.Kind?
    if ends {
      failure = .closed
    } else if numbers.oneIn(faults.failedWriteOneIn) {
      counts.failedWrites += 1
      failure = numbers.oneIn(2) ? .noSpace : .io
    } else if !hasRoom(node, for: Int(offset) + bytes.count) {
      failure = .noSpace
    }
    let count =
      failure == nil ? bytes.count : Int.random(in: 0...bytes.count, using: &numbers)
    if !leavesAlone(node, bytes, at: Int(offset)) {
      contents[node]?.write(Array(bytes.prefix(count)), at: Int(offset))
    }
    if let failure { throw call.error(failure) }
  }

  /// Whether a mistake keeps the bytes from being written.
  private func leavesAlone(_ node: NodeNumber, _ bytes: [UInt8], at offset: Int) -> Bool {
    if faults.mistakes.isEmpty { return false }
    guard let content = contents[node], offset + bytes.count <= content.cached.count else {
      return false
    }
    if faults.mistakes.contains(.leavesCutBytes), bytes.allSatisfy({ $0 == 0 }) { return true }
    return faults.mistakes.contains(.skipsRewriting) && content.holds(bytes, at: offset)
  }

  mutating func sync(_ node: NodeNumber, _ call: Call) throws(FileError) {
    let ends = try begin(call)
    if ends {
      if numbers.oneIn(2) { contents[node]?.sync() }
      throw call.error(.closed)
    }
    if faults.mistakes.contains(.acknowledgesBeforeSync),
      contents[node]?.hasOnlyBodyChanges == true
    {
      return
    }
    if numbers.oneIn(faults.failedSyncOneIn) {
      counts.failedSyncs += 1
      counts.droppedSectors += contents[node]?.failSync(&numbers) ?? 0
      if !faults.mistakes.contains(.retriesFailedSync) { throw call.error(.io) }
    }
    contents[node]?.sync()
  }

  mutating func resize(
    _ node: NodeNumber, _ call: Call, to size: UInt64, takesRoom: Bool
  ) throws(FileError) {
    let ends = try begin(call)
    let isFull = takesRoom && numbers.oneIn(faults.failedAllocationOneIn)
    if isFull { counts.failedAllocations += 1 }
    if isFull || !hasRoom(node, for: Int(size)) { throw call.error(.noSpace) }
    if !ends || numbers.oneIn(2) { contents[node]?.resize(to: Int(size)) }
    if ends { throw call.error(.closed) }
  }

  private func hasRoom(_ node: NodeNumber, for size: Int) -> Bool {
    guard let capacity, let content = contents[node], size > content.cached.count else {
      return true
    }
    return usedBytes + size - content.cached.count <= capacity
  }

  /// Bytes of all files that have a name.
  var usedBytes: Int {
    names.files.reduce(0) { $0 + (contents[$1]?.cached.count ?? 0) }
  }

  mutating func store(_ value: UInt64, at index: Int, _ node: NodeNumber, _ process: Int32) {
    // A store is a change like the others: a process may end before it.
    let ends = try? begin(Call("store", "", process))
    if ends == false { contents[node]?.setWord(index, value) }
  }
}

/// An operation of a process, as its errors name it.
struct Call {
  var operation: String
  var path: String
  var process: Int32

  init(_ operation: String, _ path: String, _ process: Int32) {
    self.operation = operation
    self.path = path
    self.process = process
  }

  func error(_ kind: FileError.Kind) -> FileError {
    FileError(operation: operation, path: path, kind: kind)
  }
}
