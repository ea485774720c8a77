import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues
import Foundation
import Testing

/// The reference implementation of Protocol Buffers, where it is installed.
private enum Protoc {
  static let path = ["/usr/bin/protoc", "/usr/local/bin/protoc", "/opt/homebrew/bin/protoc"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static func run(_ arguments: [String], schema: String, input: [UInt8]) throws -> [UInt8] {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("daybook-protoc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try Data(schema.utf8).write(to: directory.appendingPathComponent("schema.proto"))
    try Data(input).write(to: directory.appendingPathComponent("input"))
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
    return [UInt8](data)
  }
}

@Suite(.enabled(if: Protoc.path != nil, "protoc is not installed (protobuf-compiler)"))
struct `The reference implementation` {
  static let schema: String = {
    var schema = Schema()
    for event in ClinicEvents.families.flatMap(\.events) { try? event.add(to: &schema) }
    return schema.text()
  }()

  @Test func `accepts the published schema`() throws {
    _ = try Protoc.run(["--descriptor_set_out=/dev/null"], schema: Self.schema, input: [])
  }

  @Test(arguments: try Samples.all())
  func `shows each event as it is printed, and makes its bytes of that`(
    _ sample: EventSample
  ) throws {
    let name = sample.description.name
    for bytes in [sample.full, sample.minimal] {
      let text = try withReader(of: bytes) { payload in
        var header = RecordHeader()
        header.effective = Moment(EventSample.base)
        return try sample.description.text(
          of: RecordView(header: header, payload: payload), currency: EventSample.currency,
          as: .storedText)
      }
      let shown = try Protoc.run(["--decode=daybook.\(name)"], schema: Self.schema, input: bytes)
      #expect(String(decoding: shown, as: UTF8.self) == text)
      let made = try Protoc.run(
        ["--encode=daybook.\(name)"], schema: Self.schema, input: Array(text.utf8))
      #expect(made == bytes)
    }
  }
}
