import DaybookBytes
import DaybookWorld
import Testing

@Suite struct `Live files` {
  let files = LiveFileSystem()
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func make(_ name: String, _ bytes: [UInt8]) throws -> any File {
    let file = try files.open(folder.file(name), .create)
    try file.write(bytes.span, at: 0)
    return file
  }

  private func kind(_ body: () throws(FileError) -> Void) -> FileError.Kind? {
    do throws(FileError) { try body() } catch { return error.kind }
    return nil
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 1_000_000])
  func `bytes of any number read back`(_ count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let file = try make("a", bytes)
    var buffer = ByteWriter()
    #expect(try file.read(at: 0, count: count, into: &buffer) == count)
    #expect(buffer.bytes == bytes)
    #expect(try file.size() == UInt64(count))
  }

  @Test func `a read is short only at the end of the file`() throws {
    let file = try make("a", [1, 2, 3, 4, 5])
    var buffer = ByteWriter()
    buffer.append(9)
    #expect(try file.read(at: 3, count: 10, into: &buffer) == 2)
    #expect(try file.read(at: 5, count: 10, into: &buffer) == 0)
    #expect(try file.read(at: 500, count: 10, into: &buffer) == 0)
    #expect(try file.read(at: 0, count: 0, into: &buffer) == 0)
    #expect(buffer.bytes == [9, 4, 5])
  }

  @Test func `a write past the end leaves zeros between`() throws {
    let file = try make("a", [1])
    try file.write([7, 8].span, at: 3)
    try file.write([5].span, at: 0)
    try file.write([UInt8]().span, at: 100)
    try file.sync()
    #expect(try files.bytes(of: folder.file("a"), atMost: 99) == [5, 0, 0, 7, 8])
  }

  @Test func `allocated room reads as zeros and keeps what was written`() throws {
    let file = try make("a", [1, 2, 3])
    try file.allocate(from: 0, count: 100_000)
    try file.allocate(from: 0, count: 10)
    try file.allocate(from: 5, count: 0)
    #expect(try file.size() == 100_000)
    var buffer = ByteWriter()
    #expect(try file.read(at: 0, count: 200_000, into: &buffer) == 100_000)
    #expect(buffer.bytes == [1, 2, 3] + [UInt8](repeating: 0, count: 99_997))
    try file.truncate(to: 2)
    #expect(try file.size() == 2)
    try file.truncate(to: 4)
    #expect(try files.bytes(of: folder.file("a"), atMost: 99) == [1, 2, 0, 0])
  }

  @Test func `room that no disk has is refused`() throws {
    let file = try make("a", [1])
    #expect(kind { () throws(FileError) in try file.allocate(from: 0, count: 1 << 61) } == .noSpace)
    #expect(kind { () throws(FileError) in try file.truncate(to: UInt64.max) } == .noSpace)
    #expect(try file.size() == 1)
  }

  @Test func `opening says what is missing, what exists and what is a folder`() throws {
    try files.createDirectory(folder.file("f"))
    _ = try make("a", [])
    let path = folder.file("a")
    #expect(kind { () throws(FileError) in _ = try files.open(path, .create) } == .exists)
    #expect(
      kind { () throws(FileError) in _ = try files.open(folder.file("b"), .read) } == .notFound)
    #expect(
      kind { () throws(FileError) in _ = try files.open(folder.file("b"), .readWrite) } == .notFound
    )
    #expect(
      kind { () throws(FileError) in _ = try files.open(folder.file("no/b"), .create) }
        == .notFound)
    #expect(
      kind { () throws(FileError) in _ = try files.open(folder.file("a/b"), .create) }
        == .notADirectory)
    #expect(
      kind { () throws(FileError) in _ = try files.open(folder.file("f"), .readWrite) }
        == .isADirectory)
    #expect(
      kind { () throws(FileError) in try files.createDirectory(folder.file("f")) } == .exists)
  }

  @Test func `an error names operation, path and reason`() throws {
    let error = #expect(throws: FileError.self) { try files.open(folder.file("b"), .read) }
    #expect(error?.operation == "open")
    #expect(error?.path == folder.file("b"))
    #expect(
      error?.description
        == "cannot open \(folder.file("b")): no such file or folder (error 2)")
  }

  @Test func `a file opened to read refuses a write`() throws {
    _ = try make("a", [1])
    let file = try files.open(folder.file("a"), .read)
    #expect(throws: FileError.self) { try file.write([2].span, at: 0) }
    #expect(try files.bytes(of: folder.file("a"), atMost: 9) == [1])
  }

  @Test func `a closed file refuses everything, also when closed twice`() throws {
    let file = try make("a", [1])
    file.close()
    file.close()
    // The number is free again: another file must not be reached through the closed one.
    let other = try make("b", [])
    #expect(kind { () throws(FileError) in try file.write([9].span, at: 0) } == .closed)
    #expect(kind { () throws(FileError) in try file.sync() } == .closed)
    #expect(kind { () throws(FileError) in _ = try file.size() } == .closed)
    #expect(try other.size() == 0)
  }

  @Test func `names are listed by their bytes`() throws {
    for name in ["b", "a", "B", "é", "z", "e", "10", "9"] { try make(name, []).close() }
    try files.createDirectory(folder.file("c"))
    #expect(try files.list(folder.path) == ["10", "9", "B", "a", "b", "c", "e", "z", "é"])
    #expect(try files.list(folder.file("c")) == [])
    #expect(kind { () throws(FileError) in _ = try files.list(folder.file("x")) } == .notFound)
    #expect(
      kind { () throws(FileError) in _ = try files.list(folder.file("a")) } == .notADirectory)
  }

  @Test func `a rename replaces, and its folder can be synced`() throws {
    try make("a", [1]).close()
    try make("b", [2]).close()
    try files.rename(folder.file("a"), to: folder.file("b"))
    try files.syncDirectory(folder.path)
    #expect(try files.list(folder.path) == ["b"])
    #expect(try files.bytes(of: folder.file("b"), atMost: 9) == [1])
    #expect(
      kind { () throws(FileError) in try files.rename(folder.file("a"), to: folder.file("c")) }
        == .notFound)
    #expect(kind { () throws(FileError) in try files.syncDirectory(folder.file("c")) } == .notFound)
    #expect(
      kind { () throws(FileError) in try files.syncDirectory(folder.file("b")) } == .notADirectory)
  }

  @Test func `a rename puts nothing in the place of a device`() {
    let error = #expect(throws: FileError.self) {
      try files.rename("/nowhere/at all", to: "/dev/null")
    }
    #expect(error?.kind == .notAPlainFile)
    #expect(error?.description.contains("cannot replace /dev/null") == true)
  }

  @Test func `a folder is not replaced by a file, and nothing is left beside it`() throws {
    let folder = folder.file("kept")
    try files.createDirectory(folder)
    let error = #expect(throws: FileError.self) {
      try files.replaceFile(folder, with: [1, 2, 3].span)
    }
    #expect(error?.kind == .isADirectory)
    #expect(!files.exists(folder + ".new"))
  }

  @Test func `only empty folders are removed, unless all is asked for`() throws {
    try files.createDirectory(folder.file("f"))
    try files.createDirectory(folder.file("f/g"))
    try make("f/g/a", [1]).close()
    #expect(kind { () throws(FileError) in try files.remove(folder.file("f")) } == .notEmpty)
    try files.remove(folder.file("f/g/a"))
    try make("f/b", [1]).close()
    try files.removeAll(folder.file("f"))
    #expect(!files.exists(folder.file("f")))
    #expect(kind { () throws(FileError) in try files.remove(folder.file("f")) } == .notFound)
  }

  @Test func `files and folders are told apart`() throws {
    try make("a", []).close()
    #expect(files.exists(folder.file("a")) && !files.isDirectory(folder.file("a")))
    #expect(files.exists(folder.path) && files.isDirectory(folder.path))
    #expect(!files.exists(folder.file("b")) && !files.isDirectory(folder.file("b")))
  }

  @Test func `a file is replaced as a whole, whatever an earlier crash left`() throws {
    let path = folder.file("root")
    try make("root.new", [9, 9, 9]).close()
    try files.replaceFile(path, with: [1].span)
    try files.replaceFile(path, with: [1, 2].span)
    #expect(try files.bytes(of: path, atMost: 9) == [1, 2])
    #expect(try files.list(folder.path) == ["root"])
  }

  @Test func `a file larger than the limit is not read`() throws {
    try make("a", [1, 2, 3]).close()
    #expect(try files.bytes(of: folder.file("a"), atMost: 3) == [1, 2, 3])
    #expect(throws: FileError.self) { try files.bytes(of: folder.file("a"), atMost: 2) }
  }

  @Test func `a temporary folder disappears with its content`() throws {
    var inner: TemporaryDirectory? = try TemporaryDirectory()
    let path = inner?.path ?? ""
    try files.createDirectory(FilePath.join(path, "f"))
    try files.open(FilePath.join(path, "f/a"), .create).close()
    #expect(files.isDirectory(path))
    inner = nil
    #expect(!files.exists(path))
  }

  @Test func `paths are joined and taken apart`() {
    #expect(FilePath.join("a", "b") == "a/b")
    #expect(FilePath.join("/", "b") == "/b")
    #expect(FilePath.folder(of: "a/b/c") == "a/b")
    #expect(FilePath.folder(of: "/c") == "/")
    #expect(FilePath.folder(of: "c") == ".")
    #expect(FilePath.name(of: "a/b/c") == "c")
    #expect(FilePath.name(of: "c") == "c")
  }
}
