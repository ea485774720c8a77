import DaybookEvents
import DaybookLog
import DaybookTesting
import DaybookValues
import DaybookWorld
import Testing

/// A simulated machine with a book of several segments on it, and a backup of it.
struct BackedUp {
  let machine: SimulatedMachine
  var maker: ActionMaker
  var written: [Kept] = []

  static let book = "/book"
  static let backup = "/backup"
  static let restored = "/restored"

  init(seed: UInt64, frames: Int = 30) throws {
    machine = SimulatedMachine(seed: seed)
    maker = ActionMaker(seed: seed)
    try write(frames)
  }

  /// Writes so many frames more into the book, or into a copy of it, and rotates now and then.
  mutating func write(_ frames: Int, to book: String = BackedUp.book) throws {
    let world = machine.start()
    written += try DaybookLogTests.write(
      frames: frames, to: world, maker: &maker,
      options: LogOptions(
        segmentBytes: 6 << 10, preallocateBytes: 1 << 10, creation: .ifMissing, acceptsClock: true),
      book)
    machine.end(world)
  }

  @discardableResult
  func backUp(
    _ book: String = BackedUp.book, to path: String = BackedUp.backup, in world: World? = nil
  ) throws -> LogBackup.Outcome {
    try LogBackup.run(book, to: path, in: world ?? machine.start(), toolVersion: "0.1.0")
  }

  @discardableResult
  func restore(
    _ path: String = BackedUp.backup, to book: String = BackedUp.restored, in world: World? = nil
  ) throws -> LogRestore.Outcome {
    try LogRestore.run(path, to: book, in: world ?? machine.start())
  }

  /// Restores the backup to a new directory and checks that it is the book up to a position.
  ///
  /// - Returns: The position.
  @discardableResult
  func check(_ path: String = BackedUp.backup, restoringTo book: String) throws -> Int {
    let outcome = try restore(path, to: book)
    let count = Int(outcome.position.number)
    let world = machine.start()
    try #require(count <= written.count)
    try #require(try readAll(world, book) == Array(written.prefix(count)))
    try #require(outcome.lastRecorded == written.prefix(count).last?.header.recorded)
    try #require(try failedChecks(world, book).isEmpty)
    machine.end(world)
    return count
  }

  /// All files below a directory.
  func files(_ path: String) throws -> [String] {
    let files = machine.start().files
    guard files.exists(path) else { return [] }
    guard files.isDirectory(path) else { return [path] }
    var found: [String] = []
    for name in try files.list(path) { found += try self.files(FilePath.join(path, name)) }
    return found
  }
}
