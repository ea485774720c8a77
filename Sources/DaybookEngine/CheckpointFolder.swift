import DaybookBytes
import DaybookValues
import DaybookWorld

/// Where the checkpoints of a book stand, and how their files are called.
struct CheckpointFolder: Hashable, Sendable {
  /// The book's directory.
  let book: String

  static let name = "checkpoints"

  var path: String { FilePath.join(book, CheckpointFolder.name) }

  /// The root of a model: which pages it has, and all that is not in pages.
  func root(of model: String) -> String {
    FilePath.join(path, model + CheckpointFolder.rootSuffix)
  }

  func pack(_ pack: PackID, of model: String) -> String {
    FilePath.join(path, CheckpointFolder.name(of: pack, model))
  }

  static let rootSuffix = ".root"
  private static let packSuffix = ".pages"

  /// A file as a message names it.
  static func shown(_ file: String) -> String { FilePath.join(name, file) }

  static func name(of pack: PackID, _ model: String) -> String {
    let digits = String(pack.position.number)
    let padded = String(repeating: "0", count: 20 - digits.utf8.count) + digits
    let attempt = pack.attempt == 0 ? "" : "-\(pack.attempt)"
    return "\(model)-\(padded)\(attempt)\(packSuffix)"
  }

  /// The names of all roots, sorted; none where there is no folder.
  func rootNames(in files: any FileSystem) throws(FileError) -> [String] {
    guard files.isDirectory(path) else { return [] }
    return try files.list(path).filter { $0.hasSuffix(CheckpointFolder.rootSuffix) }
  }

  /// The names of all files of pages of `model`, sorted.
  func packNames(of model: String, in files: any FileSystem) throws(FileError) -> [String] {
    try files.list(path).filter { isPack($0, of: model) }
  }

  /// Whether it is a file of pages of `model`, and not of one whose name begins alike.
  private func isPack(_ name: String, of model: String) -> Bool {
    guard name.hasPrefix(model + "-"), name.hasSuffix(CheckpointFolder.packSuffix) else {
      return false
    }
    let number = name.dropFirst(model.utf8.count + 1)
      .dropLast(CheckpointFolder.packSuffix.utf8.count)
    return number.utf8.count >= 20
      && number.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: "-") }
  }
}

/// A file of pages: the position of the checkpoint that wrote it, and which attempt it was.
///
/// An attempt that came to nothing leaves a file that no root names; the next one takes another name.
struct PackID: Hashable, Sendable, Comparable {
  var position: Position
  var attempt: UInt32

  static func < (left: PackID, right: PackID) -> Bool {
    (left.position, left.attempt) < (right.position, right.attempt)
  }
}
