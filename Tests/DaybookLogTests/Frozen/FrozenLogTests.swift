import DaybookWorld
import Testing

@testable import DaybookLog

/// `Fixtures/logs/vN` holds logs of every released version N of the format: a folder each, with what
/// must become of it beside its files. They are made once, by `.ci/freeze-logs`, and never again.
@Suite struct `Frozen logs` {
  private static let root: String = {
    var folder = FilePath.folder(of: #filePath)
    for _ in 0..<3 { folder = FilePath.folder(of: folder) }
    return FilePath.join(folder, "Fixtures/logs")
  }()

  /// Every frozen log, as `v1/good-segments`.
  static let all: [String] = {
    let live = LiveFileSystem()
    let versions = (try? live.list(root)) ?? []
    return versions.flatMap { version in
      let names = (try? live.list(FilePath.join(root, version))) ?? []
      return names.map { "\(version)/\($0)" }
    }
  }()

  @Test(.disabled(if: isFreezing, "they are being made"))
  func `stand in Fixtures, one for each that was made`() {
    let made = FrozenLogMaker.logs.map { "v1/\($0.name)" }
    #expect(Set(made).isSubset(of: Self.all))
  }

  @Test(arguments: all)
  func `are read, verified and written to as on the day on which they were frozen`(
    _ name: String
  ) throws {
    let folder = FilePath.join(Self.root, name)
    let expected = try LiveFileSystem().bytes(
      of: FilePath.join(folder, "expected.txt"), atMost: 1 << 16)
    let judgement = try FrozenLog(folder).judgement()
    #expect(judgement == String(decoding: expected, as: UTF8.self))
  }

  private static let isFreezing = Environment.variable("DAYBOOK_FREEZE") == "v1"

  @Test(.enabled(if: isFreezing, "only .ci/freeze-logs makes them"))
  func `are made where they are not there yet`() throws {
    let live = LiveFileSystem()
    let version = FilePath.join(Self.root, "v1")
    for folder in [Self.root, version] where !live.isDirectory(folder) {
      try live.createDirectory(folder)
    }
    for (name, make) in FrozenLogMaker.logs {
      let folder = FilePath.join(version, name)
      if live.isDirectory(folder) { continue }
      let disk = MemoryFileSystem()
      try make(disk)
      let log = FilePath.join(folder, "log")
      try live.createDirectory(folder)
      try live.createDirectory(log)
      for path in disk.names where path.hasPrefix("/book/log/") {
        try live.replaceFile(
          FilePath.join(log, FilePath.name(of: path)), with: disk.bytes(path).span)
      }
      let judgement = try FrozenLog(folder).judgement()
      try live.replaceFile(
        FilePath.join(folder, "expected.txt"), with: Array(judgement.utf8).span)
    }
  }
}
