import DaybookBytes
import DaybookLog
import DaybookWorld

/// Writes a file of references: aside, synced, renamed, the folder synced. It is never changed after.
struct ReferenceFileWriter: ~Copyable {
  private var head: ReferenceFileHead
  private let path: String
  private let files: any FileSystem
  private let file: any File
  private var block = ByteWriter(capacity: ReferenceFileWriter.flushBytes)
  private var blockStart = 0
  private var written = 0
  private var added = 0
  private var isComplete = false

  private static let flushBytes = 64 * ReferenceFileHead.blockBytes

  /// Begins the file at `path`, for `count` entries of `segments`.
  init(
    _ path: String, _ hash: ReferenceHash, count: Int, segments: [SealedSegment],
    in files: any FileSystem
  ) throws(FileError) {
    self.path = path
    self.files = files
    head = ReferenceFileHead(hash, count: count, segments: segments)
    let aside = path + ".new"
    if files.exists(aside) { try files.remove(aside) }
    file = try files.open(aside, .create)
  }

  /// Adds the next entry, in ascending order.
  mutating func add(_ entry: ReferenceEntry) throws(FileError) {
    if added % ReferenceFileHead.blockEntries == 0 { head.fences.append(entry.high) }
    entry.append(to: &block)
    added += 1
    if added % ReferenceFileHead.blockEntries == 0 { try endBlock() }
  }

  private mutating func endBlock() throws(FileError) {
    head.sums.append(block.withReader(in: blockStart..<block.count) { CRC32C.checksum($0) })
    blockStart = block.count
    if block.count >= ReferenceFileWriter.flushBytes { try flush() }
  }

  private mutating func flush() throws(FileError) {
    let offset = UInt64(head.byteCount + written)
    try block.withSpan { (bytes) throws(FileError) in try file.write(bytes, at: offset) }
    written += block.count
    block.removeAll()
    blockStart = 0
  }

  /// Makes the file whole, durable and known by its name.
  consuming func finish() throws(FileError) {
    precondition(added == head.count, "\(added) entries of \(head.count)")
    if block.count > blockStart { try endBlock() }
    try flush()
    let start = head.encoded()
    try start.withSpan { (bytes) throws(FileError) in try file.write(bytes, at: 0) }
    try file.sync()
    file.close()
    try files.rename(path + ".new", to: path)
    isComplete = true
    try files.syncDirectory(FilePath.folder(of: path))
  }

  deinit {
    if isComplete { return }
    // What is not whole serves nobody, and its room may be what is lacking.
    file.close()
    try? files.remove(path + ".new")
  }
}
