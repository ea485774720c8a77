import Daybook
import DaybookInterchange

/// An export in a folder of its own, which a test may change.
struct Export {
  let folder: TemporaryDirectory
  var path: String { folder.path }
  private let files = LiveFileSystem()

  /// The repository's root: three folders above a test.
  static let root: String = {
    var path = #filePath
    for _ in 0..<3 { path = FilePath.folder(of: path) }
    return path
  }()

  static let fixture = FilePath.join(root, "Fixtures/synthea")

  /// A public export, where it stands beside the repository.
  static func shared(_ name: String) -> String {
    FilePath.join(FilePath.folder(of: root), "shared/data/\(name)")
  }

  static func isThere(_ name: String) -> Bool {
    LiveFileSystem().isDirectory(shared(name))
  }

  /// A copy of the files of `source`, unpacked where they are packed; no files for nil.
  init(copying source: String? = Export.fixture) throws {
    folder = try TemporaryDirectory()
    guard let source else { return }
    for name in try files.list(source) {
      guard name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") else { continue }
      var bytes = try files.bytes(of: FilePath.join(source, name), atMost: 1 << 30)
      if name.hasSuffix(".gz") { bytes = try Gunzip.unpack(bytes) }
      let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
      try write(plain, bytes)
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try files.replaceFile(folder.file(name), with: bytes.span)
  }

  func remove(_ name: String) throws { try files.remove(folder.file(name)) }

  /// All rows of a file, the header first.
  func rows(_ name: String) throws -> [[String]] {
    var reader = try CSVReader(path: folder.file(name), in: files)
    var rows = [reader.columns.map(\.name)]
    var isAtEnd = false
    while !isAtEnd {
      // A ragged row is a row all the same: tests make them.
      do throws(CSVError) { isAtEnd = try !reader.next() } catch { isAtEnd = false }
      if isAtEnd { break }
      rows.append(reader.texts)
    }
    return rows
  }

  /// Writes a file anew with what `change` makes of its rows; fields are all quoted.
  func edit(_ name: String, _ change: (inout [[String]]) throws -> Void) throws {
    var rows = try rows(name)
    try change(&rows)
    let text = rows.map { row in
      row.map {
        "\"\($0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
      }
      .joined(separator: ",")
    }
    try write(name, Array((text.joined(separator: "\n") + "\n").utf8))
  }

  /// Sets a field of the first row that fits; the row's number below the header.
  @discardableResult
  func set(
    _ column: String, of name: String, to value: String,
    where fits: ([String: String]) -> Bool = { _ in true }
  ) throws -> Int {
    var found = 0
    try edit(name) { rows in
      let header = rows[0]
      for index in rows.indices.dropFirst() where found == 0 {
        let row = Dictionary(zip(header, rows[index]), uniquingKeysWith: { first, _ in first })
        guard fits(row), let place = header.firstIndex(of: column) else { continue }
        rows[index][place] = value
        found = index
      }
    }
    return found
  }
}

/// A book in a folder of its own into which exports are imported.
struct ImportedBook {
  let folder: TemporaryDirectory
  let path: String
  let office: BackOffice

  init(in world: World = .live) throws {
    folder = try TemporaryDirectory()
    path = folder.file("book")
    var catalogue = Catalogue.clinic
    catalogue.add(model: EventTotals.self)
    office = try BackOffice.open(
      path, catalogue: catalogue, world: world, options: LogOptions(creation: .ifMissing))
  }

  /// Imports what stands in `directory`.
  @discardableResult
  func take(_ directory: String, strict: Bool = false) async throws -> ImportReport {
    try await SyntheaImport(directory: directory, world: .live, strict: strict).run(into: office)
  }

  /// The digest of the books, which covers neither recorded times nor where they are kept.
  func digest() async throws -> String {
    try await office.snapshot(of: AccountingModel.self).model.digest
  }
}

extension Report {
  /// The cells of a row by the names of their columns.
  var named: [[String: Cell]] {
    rows.map { row in Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), row)) }
  }

  /// The totals by the names of their columns.
  var namedTotals: [String: Cell] {
    Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), totals))
  }
}

extension Cell {
  /// Words or an identifier; empty for anything else.
  var words: String {
    switch self {
    case .text(let text), .identifier(let text): text
    default: ""
    }
  }

  /// Minor units, seconds, counts, or thousandths; 0 for anything else.
  var number: Int64 {
    switch self {
    case .amount(let amount): amount.minorUnits
    case .seconds(let number), .count(let number): number
    case .quantity(let quantity): quantity.thousandths
    default: 0
    }
  }
}
