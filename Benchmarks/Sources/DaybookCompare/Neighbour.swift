import CNeighbours
import Daybook

/// A store that others would take for the same records.
enum NeighbourKind: Int32, CaseIterable {
  case sqlite, lmdb, rocksdb

  /// The first word of its figures' names.
  var word: String {
    switch self {
    case .sqlite: "sqlite"
    case .lmdb: "lmdb"
    case .rocksdb: "rocksdb"
    }
  }

  /// Debian's package.
  var package: String {
    switch self {
    case .sqlite: "libsqlite3-dev"
    case .lmdb: "liblmdb-dev"
    case .rocksdb: "librocksdb-dev"
    }
  }

  /// Whether it is compiled in.
  var isHere: Bool { unsafe neighbour_version(rawValue) != nil }

  /// Those that are compiled in.
  static var here: [NeighbourKind] { allCases.filter(\.isHere) }

  /// Says of each how it keeps the records, or what is missing.
  static func introduce() {
    for kind in allCases {
      guard let version = unsafe neighbour_version(kind.rawValue) else {
        note("\(kind.word) is not measured: \(kind.package) was missing when this was built")
        continue
      }
      let schema = unsafe String(cString: neighbour_schema(kind.rawValue))
      note("\(kind.word) \(unsafe String(cString: version)): \(schema)")
    }
  }
}

/// An open store with records from the first on.
@safe
final class Neighbour {
  let kind: NeighbourKind
  let folder: String
  private let store: OpaquePointer
  private let history: HistoryRecords
  /// How many records it has.
  private(set) var count = 0

  /// Opens a new store in a new folder below `folder`.
  init(
    _ kind: NeighbourKind, _ history: HistoryRecords, in folder: String, named name: String,
    synced: Bool, _ world: World
  ) throws {
    self.kind = kind
    self.history = history
    self.folder = FilePath.join(folder, "\(kind.word)-\(name)")
    try world.files.createDirectory(self.folder)
    guard let store = unsafe neighbour_open(kind.rawValue, self.folder, synced) else {
      throw Self.failure
    }
    unsafe self.store = store
  }

  deinit { unsafe neighbour_close(store) }

  private static var failure: Failure { unsafe Failure(String(cString: neighbour_error())) }

  /// Appends the next records in one transaction.
  func append(_ count: Int) throws {
    let code = unsafe try history.withPointers(from: self.count) { records, bytes in
      unsafe neighbour_append(store, records, bytes, count)
    }
    guard code == 0 else { throw Self.failure }
    self.count += count
  }

  /// Appends the actions that end with these positions, each a transaction, from so many threads.
  func append(actionsEndingAt ends: [Int], callers: Int) throws -> Commits {
    guard let last = ends.last else { throw Failure("no actions") }
    var latencies = [Int64](repeating: 0, count: ends.count)
    let took = unsafe try history.withPointers(from: 0) { records, bytes in
      unsafe ends.withUnsafeBufferPointer { ends in
        unsafe latencies.withUnsafeMutableBufferPointer { latencies in
          unsafe neighbour_append_by(
            store, CInt(callers), records, bytes, count, ends.baseAddress,
            CInt(ends.count / callers),
            latencies.baseAddress)
        }
      }
    }
    guard took > 0 else { throw Self.failure }
    count = last
    return Commits(latencies, nanoseconds: Double(took))
  }

  /// Reads every record.
  func replay() throws {
    var records: UInt64 = 0
    var bytes: UInt64 = 0
    guard unsafe neighbour_replay(store, &records, &bytes) == 0 else { throw Self.failure }
    guard records == UInt64(count), count < history.records.count || bytes == history.bytes.count
    else { throw Failure("\(kind.word) gave \(records) records, \(bytes) bytes") }
  }

  /// The bytes of its files, once it has tidied up.
  func settledBytes() throws -> Double {
    guard unsafe neighbour_settle(store) == 0 else { throw Self.failure }
    return Double(unsafe neighbour_folder_bytes(folder))
  }
}
