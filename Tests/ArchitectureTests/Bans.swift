/// What the rules of the house forbid, word by word.
enum Bans {
  private static let world: Set<String> = ["DaybookWorld"]

  static let clock = Ban(
    phrases: [
      "ContinuousClock", "SuspendingClock", "Task.sleep", "Date(", "Date.now", "Date.init",
      "NSDate", "Timer(", "Timer.scheduledTimer", "DispatchTime", "CFAbsoluteTimeGetCurrent",
      "clock_gettime",
      "gettimeofday", "localtime", "localtime_r", "gmtime", "mktime", "time(", "sleep(",
      "usleep(", "nanosleep",
    ].map { Phrase($0) },
    allowed: world, why: "only DaybookWorld asks the time")

  static let randomness = Ban(
    phrases: [
      "SystemRandomNumberGenerator", "UUID(", "arc4random", "arc4random_uniform", "drand48",
      "rand(", "random(", "getrandom", "getentropy", "Hasher(", ".hashValue",
    ].map { Phrase($0) }
      + [".random(", ".randomElement(", ".shuffled(", ".shuffle("].map {
        Phrase($0, unlessLabel: "using")
      },
    allowed: world, why: "only DaybookWorld draws a random number, and hashes differ in each run")

  static let threads = Ban(
    phrases: [
      "Thread", "pthread_t", "pthread_create", "pthread_mutex_t", "pthread_self",
      "DispatchQueue", "DispatchSemaphore", "DispatchGroup", "DispatchSource", "NSLock",
      "NSRecursiveLock", "NSCondition", "OperationQueue", "Mutex", "Atomic", "fork(", "Process(",
      "posix_spawn",
    ].map { Phrase($0) },
    allowed: world, why: "only DaybookWorld makes a thread, a lock or a process")

  static let files = Ban(
    phrases: [
      "FileManager", "FileHandle", "fopen(", "fread(", "fwrite(", "fclose(", "fputs(", "open(",
      "openat(", "pread(", "pwrite(", "mmap(", "munmap(", "fsync(", "fdatasync(", "stat(",
      "unlink(", "mkdir(", "opendir(", "readdir(", "flock(", "InputStream", "OutputStream",
      "Data(contentsOf", "String(contentsOf", "contentsOfFile", "URLSession",
      "Bundle.main", "Bundle.module", "socket(",
    ].map { Phrase($0) },
    allowed: world, why: "only DaybookWorld touches a file")

  static let environment = Ban(
    phrases: [
      "ProcessInfo", "getenv", "setenv", "environ", "getpid", "getcwd", "isatty", "ioctl",
      "readLine(", "stdin", "stdout", "stderr", "Locale.current", "Locale.autoupdatingCurrent",
      "TimeZone.current", "TimeZone.autoupdatingCurrent", "Calendar.current",
      "Calendar.autoupdatingCurrent", "NSUserName", "UserDefaults",
    ].map { Phrase($0) },
    allowed: world, why: "only DaybookWorld asks the process and the machine")

  static let printing = Ban(
    phrases: ["print(", "debugPrint(", "dump("].map { Phrase($0) },
    allowed: ["daybook-cli"], why: "output goes through DaybookWorld's standard streams")

  static let arguments = Ban(
    phrases: [Phrase("CommandLine")],
    allowed: ["DaybookTool", "daybook-cli", "daybook-simulate"],
    why: "only the tool reads the command line")

  /// A handle of the system behind a Sendable class needs it; anything else has `Locked`.
  static let isolation = Ban(
    phrases: [Phrase("nonisolated(unsafe)")],
    allowed: world, why: "only DaybookWorld shares what the compiler cannot check")

  static let never = Ban(
    phrases: [
      "@unchecked", "try!", "as!", "fatalError()", "preconditionFailure()",
      "#externalMacro", "@attached", "@freestanding",
    ].map { Phrase($0) },
    allowed: [],
    why: "no unchecked Sendable, no forced try or cast, no trap without a message, no macros")

  static let all = [
    clock, randomness, threads, files, environment, printing, arguments, isolation, never,
  ]

  /// `unsafe` in any shape: the expression, the attributes, the types and the closures.
  static func unsafeViolations(in file: SourceFile) -> [Violation] {
    if ["DaybookWorld", "DaybookBytes"].contains(file.target) { return [] }
    let code = file.code
    return code.indices.compactMap { index in
      let word = code[index].text
      let isUnsafe =
        word.contains("unsafe") || word.contains("Unsafe")
        || ["OpaquePointer", "Unmanaged", "withMemoryRebound", "assumingMemoryBound"].contains(word)
        || (word == "safe" && index > 0 && code[index - 1].text == "@")
      guard isUnsafe, code[index].kind == .word, !word.hasPrefix("`") else { return nil }
      return Violation(
        path: file.path, line: code[index].line,
        message: "`\(word)` may not stand in \(file.target):"
          + " unsafe code stands only in DaybookWorld and DaybookBytes")
    }
  }

  /// Work left in a comment.
  static func unfinishedViolations(in file: SourceFile) -> [Violation] {
    let marks = ["TO" + "DO", "FIX" + "ME"]
    return file.tokens.filter { comment in
      comment.kind == .comment && marks.contains { comment.text.contains($0) }
    }.map {
      Violation(path: file.path, line: $0.line, message: "do it, or say it in the closing note")
    }
  }

  /// Everything that these source files may not say.
  static func violations(in files: [SourceFile]) -> [Violation] {
    Dictionary(grouping: files, by: \.target).values.flatMap { files in
      let declared = files.reduce(into: Set()) { $0.formUnion($1.declaredFunctions) }
      return files.flatMap { file in
        let own = declared.union(file.declaredVariables)
        return all.flatMap { $0.violations(in: file, declared: own) }
          + unsafeViolations(in: file) + unfinishedViolations(in: file)
      }
    }
  }
}
