import DaybookBytes
import DaybookEvents
import DaybookValues
import Foundation
import Testing

/// The reference implementation of Protocol Buffers, where it is installed.
enum Protoc {
  static let path = ["/usr/bin/protoc", "/usr/local/bin/protoc", "/opt/homebrew/bin/protoc"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static func run(_ arguments: [String], schema: String, input: Data) throws -> Data {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("daybook-protoc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try Data(schema.utf8).write(to: directory.appendingPathComponent("schema.proto"))
    try input.write(to: directory.appendingPathComponent("input"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = ["--proto_path=\(directory.path)"] + arguments + ["schema.proto"]
    process.standardInput = try FileHandle(
      forReadingFrom: directory.appendingPathComponent("input"))
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return data
  }
}

@Suite(.enabled(if: Protoc.path != nil, "protoc is not installed (protobuf-compiler)"))
struct `The reference implementation` {
  static let values: [Shapes] =
    [
      .full, Shapes(), .with { $0.choice = .nothing }, .with { $0.choice = .group(Group()) },
      .with { $0.maybe = .max }, .with { $0.flag = true }, .with { $0.numbers = [0] },
      .with { $0.amount = Amount(minorUnits: 7, .usd) },
      .with { $0.person.sealed = [1, 2, 3] }, .extremes,
    ] + (0..<24).map { Shapes.random(seed: $0) }

  func schema() throws -> String {
    var schema = Schema()
    try schema.add(Shapes.self, remark: "Every shape.")
    return schema.text()
  }

  @Test(arguments: values) func `makes the same bytes of the same values`(_ value: Shapes) throws {
    let text = try value.storedText()
    let bytes = try Protoc.run(
      ["--encode=daybook.Shapes"], schema: try schema(), input: Data(text.utf8))
    #expect(try [UInt8](bytes) == value.encoded())
  }

  @Test(arguments: values) func `reads what is stored as it is printed`(_ value: Shapes) throws {
    let text = try Protoc.run(
      ["--decode=daybook.Shapes"], schema: try schema(), input: Data(try value.encoded()))
    #expect(String(decoding: text, as: UTF8.self) == (try value.storedText()))
  }

  @Test func `accepts the schema`() throws {
    _ = try Protoc.run(["--descriptor_set_out=/dev/null"], schema: try schema(), input: Data())
  }
}
