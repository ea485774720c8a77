import Foundation

/// This package as it stands on disk.
enum Tree {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every path that git tracks; without git, every file but those of dot-folders.
  static func paths() throws -> [String] {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = [
      "git", "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
    ]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    try git.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { return walk() }
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      .filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
  }

  private static func walk() -> [String] {
    let files = FileManager.default.enumerator(atPath: root.path)
    return (files?.compactMap { $0 as? String } ?? []).filter { !$0.hasPrefix(".") }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The Swift files below one folder, such as `Sources`.
  static func swiftFiles(below folder: String) throws -> [SourceFile] {
    try paths().filter { $0.hasPrefix("\(folder)/") && $0.hasSuffix(".swift") }.sorted()
      .map { SourceFile(path: $0, text: try text($0)) }
  }

  static func manifest() throws -> Manifest {
    Manifest(text: try text("Package.swift"))
  }
}
