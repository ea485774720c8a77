import DaybookTesting
import DaybookWorld

/// A disk of files that never change.
struct FixedFiles: FileSystem {
  var files: [String: [UInt8]]

  /// A world with nothing else on its disk.
  static func world(_ files: [String: [UInt8]]) -> World {
    var world = World.live
    world.files = FixedFiles(files: files)
    return world
  }

  func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
    guard mode == .read else { throw refusal("open", path) }
    guard let bytes = files[path] else { throw refusal("open", path, .notFound) }
    return MemoryFile(bytes, path: path)
  }

  func list(_ path: String) throws(FileError) -> [String] {
    files.keys.filter { FilePath.folder(of: $0) == path }.map { FilePath.name(of: $0) }.sorted()
  }

  func exists(_ path: String) -> Bool { files[path] != nil }
  func isDirectory(_ path: String) -> Bool { files[path] == nil }
  func createDirectory(_ path: String) throws(FileError) { throw refusal("create", path) }
  func rename(_ from: String, to: String) throws(FileError) { throw refusal("rename", from) }
  func remove(_ path: String) throws(FileError) { throw refusal("remove", path) }
  func syncDirectory(_ path: String) throws(FileError) { throw refusal("sync", path) }
  func lock(_ path: String) throws(FileError) -> any FileLock { throw refusal("lock", path) }
  func lockState(_ path: String) throws(FileError) -> LockState { .free }
  func mapWords(_ path: String, writable: Bool) throws(FileError) -> any MappedWords {
    throw refusal("map", path)
  }

  private func refusal(
    _ operation: String, _ path: String, _ kind: FileError.Kind = .permission
  ) -> FileError {
    FileError(operation: operation, path: path, kind: kind)
  }
}
