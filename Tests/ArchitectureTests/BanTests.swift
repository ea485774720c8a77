import Testing

@Suite struct `House rules` {
  private func violations(_ text: String, in target: String = "DaybookEngine") -> [Violation] {
    Bans.violations(in: [SourceFile(path: "Sources/\(target)/Planted.swift", text: text)])
  }

  @Test func `no source file of this package breaks one`() throws {
    for violation in Bans.violations(in: try Tree.swiftFiles(below: "Sources")) {
      Issue.record("\(violation)")
    }
  }

  @Test(arguments: [
    "let now = ContinuousClock.now", "let clock = SuspendingClock()", "let now = Date()",
    "let now = Foundation.Date()", "let now = Date.now", "try await Task.sleep(for: .seconds(1))",
    "var g = SystemRandomNumberGenerator()", "let n = Int.random(in: 0..<6)", "a.shuffled()",
    "a.shuffle()", "a.randomElement()", "let id = UUID()", "let h = key.hashValue",
    "var hasher = Hasher()", "let t = Thread { }", "Thread.sleep(forTimeInterval: 1)",
    "pthread_create(&t, nil, f, nil)", "DispatchQueue.main.async {}", "let m = Mutex(0)",
    "let f = fopen(path, \"r\")", "let fd = open(path, O_RDONLY)", "FileManager.default",
    "let d = try Data(contentsOf: url)", "getenv(\"HOME\")", "ProcessInfo.processInfo",
    "let line = readLine()", "print(1)", "Swift.print(1)",
    "func print() { Swift.print(1) }", "debugPrint(x)", "dump(x)",
    "Locale.current", "TimeZone.current", "CommandLine.arguments",
    "let text = \"\\(Date())\"",
  ]) func `a way outside is found`(_ text: String) {
    let found = violations("func f() {}\n" + text)
    #expect(found.contains { $0.line == 2 })
  }

  @Test(arguments: [
    "// Date() and print(1)", "let text = \"open(print(Date()))\"", "let d = UpdateDate(1)",
    "var g = Seeded(1); a.shuffled(using: &g)", "Int.random(in: 0..<6, using: &g)",
    "try world.files.open(path, .read)", "static func open(_ path: String) {}",
    "report.print(to: &out)", "func print(_ x: Int) { print(-x) }",
    "let print = { f($0) }; print(1)", "let t = WorkerThread()",
    "hasher.combine(1)", "func hash(into hasher: inout Hasher) {}", "try !flag()",
    "let a = b as ! c", "fatalError(\"a frame without records\")", "precondition(x)",
    "let date = entry.date(on: day)", "lines.append(contentsOf: more)",
  ]) func `what only looks like one is not`(_ text: String) {
    #expect(violations(text).isEmpty)
  }

  @Test func `what the world does, the world may do`() {
    let text = "let a = Date(); let b = open(p, 0); let t = Mutex(0); getenv(\"A\")"
    #expect(violations(text, in: "DaybookWorld").isEmpty)
    #expect(violations("print(1)", in: "DaybookWorld").count == 1)
    #expect(violations("nonisolated(unsafe) var x = 0", in: "DaybookWorld").isEmpty)
    #expect(!violations("nonisolated(unsafe) var x = 0", in: "DaybookBytes").isEmpty)
    #expect(violations("print(1)", in: "daybook-cli").isEmpty)
  }

  @Test(arguments: [
    "unsafe pointer.load()", "let p: UnsafeRawPointer", "bytes.withUnsafeBytes { $0 }",
    "@unsafe struct S {}", "@safe struct S {}", "unsafeBitCast(a, to: Int.self)",
    "a.unsafelyUnwrapped", "let p: OpaquePointer", "Array(unsafeUninitializedCapacity: 1) { }",
  ]) func `unsafe code is found outside World and Bytes`(_ text: String) {
    #expect(!violations(text).isEmpty)
    #expect(violations(text, in: "DaybookBytes").isEmpty)
    #expect(violations(text, in: "DaybookWorld").isEmpty)
  }

  @Test(arguments: [
    "final class C: @unchecked Sendable {}", "try! f()",
    "x as! Int", "fatalError()", "preconditionFailure()",
    "macro m() = #externalMacro(module: \"M\", type: \"T\")", "// TO" + "DO: later",
  ]) func `what stands nowhere is found everywhere`(_ text: String) {
    for target in ["DaybookWorld", "DaybookBytes", "DaybookEngine", "daybook-cli"] {
      #expect(!violations(text, in: target).isEmpty)
    }
  }
}
