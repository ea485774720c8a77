import Foundation
import Testing

/// `.ci/run` has the script check the real symbol graphs; here it meets a planted one.
@Suite struct `The documentation check` {
  private static let hasPython = (try? run(["python3", "--version"]))?.status == 0

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private func symbol(_ name: String, line: Int?, documented: Bool) -> String {
    let file = Tree.root.appending(path: "Sources/DaybookValues/Planted.swift").absoluteString
    let place = line.map {
      ", \"location\": {\"uri\": \"\(file)\", \"position\": {\"line\": \($0 - 1), \"character\": 0}}"
    }
    let words = documented ? ", \"docComment\": {\"lines\": []}" : ""
    return """
      {"kind": {"identifier": "swift.method", "displayName": "Instance Method"},
       "identifier": {"precise": "s:\(name)"}, "pathComponents": ["Planted", "\(name)"],
       "names": {"title": "\(name)"}\(place ?? "")\(words)}
      """
  }

  @Test(.enabled("python3 is not here") { hasPython })
  func `names a declaration without words, and no witness or synthesized one`() throws {
    let graph = """
      {"symbols": [
        \(symbol("said", line: 3, documented: true)),
        \(symbol("unsaid", line: 7, documented: false)),
        \(symbol("witness", line: 9, documented: false)),
        \(symbol("made", line: nil, documented: false))
      ],
      "relationships": [{"kind": "memberOf", "source": "s:witness", "target": "s:Planted",
        "sourceOrigin": {"identifier": "s:P", "displayName": "P.witness"}}]}
      """
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(graph.utf8).write(to: folder.appending(path: "DaybookValues.symbols.json"))

    let script = Tree.root.appending(path: ".ci/documented").path
    let found = try Self.run(["python3", script, "--graphs", folder.path])
    #expect(found.status == 1)
    #expect(
      found.output == """
        Sources/DaybookValues/Planted.swift:7: instance method Planted.unsaid has no documentation
        3 public declarations, 1 without documentation

        """)
  }
}
