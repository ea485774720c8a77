import CBenchmark
import Daybook

/// What a program took as a process of its own, from its start to its end, and what it answered.
struct ProcessRun {
  /// Milliseconds on the wall.
  let wall: Double
  /// Milliseconds of all processors.
  let processor: Double
  /// The most memory it had at once, in MiB.
  let memory: Double
  /// What it wrote to its standard output.
  let output: String

  /// The first argument of the small process that stands between, so that a peak is the program's.
  static let between = "--run-between"

  /// Runs a program, found in `PATH`, and leaves its output in `folder`.
  ///
  /// - Throws: `Failure` where it cannot be started or ends with a status other than 0.
  init(_ arguments: [String], in folder: String, _ world: World) throws {
    let files = ["report", "output", "errors"].map { FilePath.join(folder, "process.\($0)") }
    let ours = CommandLine.arguments[0]
    let all = [ours, Self.between, files[1], files[2]] + arguments
    let text = all.map { $0 + "\0" }.joined()
    var process = benchmark_process()
    let error = unsafe benchmark_run(text, text.utf8.count, files[0], files[2], &process)
    guard error == 0, process.status == 0 else {
      throw Failure("\(ours) does not start again: error \(error), status \(process.status)")
    }
    let report = try Self.text(files[0], world).split { $0 == " " || $0 == "\n" }
    let numbers = report.compactMap { Int($0) }
    guard numbers.count == 5, numbers[0] == 0, numbers[1] == 0 else {
      let errors = try Self.text(files[2], world)
      throw Failure(
        "\(arguments.joined(separator: " ")): \(report.joined(separator: " ")) \(errors.suffix(500))"
      )
    }
    wall = Double(numbers[2]) / 1e6
    processor = Double(numbers[3]) / 1e6
    memory = Double(numbers[4]) / 1_048_576
    output = try Self.text(files[1], world)
  }

  private static func text(_ path: String, _ world: World) throws -> String {
    String(decoding: try world.files.bytes(of: path, atMost: 16 << 20), as: UTF8.self)
  }
}
