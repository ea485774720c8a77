import Daybook
import DaybookInterchange
import Testing

extension Trait where Self == ConditionTrait {
  /// Runs a test only where a public data set stands beside the repository.
  static func realData(_ set: String) -> Self {
    .enabled(if: Export.isThere(set), "../shared/data/\(set) is not beside the repository")
  }
}

/// A data set of one file, unpacked to a folder of its own.
struct RealFile {
  private let export: Export
  let path: String

  /// The file of the set; the first in order of name where it has several.
  init(_ set: String) throws {
    export = try Export(copying: Export.shared(set))
    let names = try LiveFileSystem().list(export.path).sorted()
    path = export.folder.file(names.first ?? "")
  }
}

extension ImportedBook {
  /// Imports what stands in one file, or in a folder.
  @discardableResult
  func take(_ source: any ImportSource, at site: ImportSite) async throws -> ImportReport {
    try source.check()
    return try await source.run(into: office, at: site) { _ in }
  }

  /// The books in the words of the trial balance: what each account comes to, in minor units.
  func balances() async throws -> [String: Int64] {
    let view = try await office.snapshot(of: AccountingModel.self)
    let rows = AccountingReports.trialBalance(view, AccountingQuery()).named
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0["account"]?.words ?? "", $0["balance"]?.number ?? 0) })
  }
}

/// A generated file of `Fixtures/imports/<kind>/`.
enum ImportFixture {
  /// Whether fixtures are written anew, as golden files are: never in CI.
  static var isAccepting: Bool { Environment.variable("DAYBOOK_ACCEPT") == "1" }

  static func path(_ kind: String, _ name: String) -> String {
    FilePath.join(Export.root, "Fixtures/imports/\(kind)/\(name)")
  }

  static func bytes(_ kind: String, _ name: String) throws -> [UInt8] {
    try LiveFileSystem().bytes(of: path(kind, name), atMost: 1 << 24)
  }

  static func write(_ kind: String, _ name: String, _ text: String) throws {
    let files = LiveFileSystem()
    let folder = FilePath.folder(of: path(kind, name))
    if !files.exists(folder) { try files.createDirectory(folder) }
    try files.replaceFile(path(kind, name), with: Array(text.utf8).span)
  }
}
