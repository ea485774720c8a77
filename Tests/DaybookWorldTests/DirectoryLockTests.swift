import DaybookBytes
import DaybookWorld
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct `Directory lock` {
  let files = LiveFileSystem()
  let folder: TemporaryDirectory
  var path: String { folder.file("LOCK") }

  init() throws { folder = try TemporaryDirectory() }

  @Test func `a second lock in this process is refused and says so`() throws {
    let lock = try files.lock(path)
    let error = #expect(throws: FileError.self) { try files.lock(path) }
    #expect(error?.kind == .locked(pid: getpid()))
    #expect(error?.description == "cannot lock \(path): this process holds its lock already")
    #expect(try files.lockState(path) == .held(pid: getpid()))
    lock.release()
    lock.release()
    #expect(try files.lockState(path) == .free)
    try files.lock(path).release()
  }

  @Test func `another path to the same file is the same lock`() throws {
    let lock = try files.lock(path)
    let other = FilePath.join(FilePath.join(folder.path, "."), "LOCK")
    #expect(throws: FileError.self) { try files.lock(other) }
    lock.release()
  }

  @Test func `a lock ends when nobody refers to it`() throws {
    try holdForAMoment()
    #expect(try files.lockState(path) == .free)
  }

  // A function of its own: within one, the optimiser may let go later than it is told to.
  @inline(never)
  private func holdForAMoment() throws {
    let lock = try files.lock(path)
    #expect(try files.lockState(path) == .held(pid: getpid()))
    withExtendedLifetime(lock) {}
  }

  @Test func `the holder's number stands in the file while it holds, and no longer`() throws {
    let lock = try files.lock(path)
    #expect(try files.bytes(of: path, atMost: 99) == Array("\(getpid())\n".utf8))
    lock.release()
    #expect(try files.bytes(of: path, atMost: 99) == [])
  }

  @Test func `a file that does not exist is free, and looking does not make it`() throws {
    #expect(try files.lockState(path) == .free)
    #expect(!files.exists(path))
  }

  @Test func `a number left by a process that died does not lock`() throws {
    let file = try files.open(path, .create)
    try file.write(Array("4194000\n".utf8).span, at: 0)
    #expect(try files.lockState(path) == .free)
    try files.lock(path).release()
  }

  @Test func `a lock of another process is refused with its number, until it ends`() throws {
    // The system's own tool holds the lock: `flock` runs the shell, which waits for our word.
    let tool = try #require(
      ["/usr/bin/flock", "/bin/flock"].first { files.exists($0) }, "flock is not installed")
    let ready = folder.file("ready")
    let go = folder.file("go")
    let script = """
      echo $PPID > "$1"; : > "$2"; i=0
      while [ ! -e "$3" ] && [ $i -lt 500 ]; do sleep 0.02; i=$((i+1)); done
      """
    let child = try spawn([tool, path, "/bin/sh", "-c", script, "sh", path, ready, go])
    var tries = 0
    while !files.exists(ready) && tries < 500 {
      MonotonicClock.pause(nanoseconds: 20_000_000)
      tries += 1
    }
    #expect(try files.lockState(path) == .held(pid: child))
    let error = #expect(throws: FileError.self) { try files.lock(path) }
    #expect(error?.kind == .locked(pid: child))
    #expect(
      error?.description
        == "cannot lock \(path): process \(child) holds its lock; wait until it ends")
    try files.open(go, .create).close()
    waitFor(child)
    #expect(try files.lockState(path) == .free)
    try files.lock(path).release()
  }

  @Test func `a child process does not inherit the lock`() throws {
    let lock = try files.lock(path)
    let child = try spawn(["/bin/sh", "-c", "sleep 1"])
    lock.release()
    #expect(try files.lockState(path) == .free)
    waitFor(child)
  }

  private func spawn(_ words: [String]) throws -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
    unsafe arguments.append(nil)
    defer { while let argument = unsafe arguments.popLast() { unsafe free(argument) } }
    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, words[0], nil, nil, arguments, environ)
    try #require(code == 0)
    return child
  }

  private func waitFor(_ child: Int32) {
    var status: Int32 = 0
    _ = unsafe waitpid(child, &status, 0)
  }
}
