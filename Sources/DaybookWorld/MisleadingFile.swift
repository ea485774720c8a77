/// A mistake that whoever uses a file may be led into.
package enum FileMistake: Hashable, Sendable {
  /// To believe a body without its checksum.
  case skipsChecksum
  /// To leave an entry out of an index.
  case dropsIndexEntry
}

/// A file that leads its user into mistakes, so that a suite can show that it would notice them.
///
/// Only a simulation has such files: nothing outside this package can conform, and no option, no
/// variable and no byte on a disk turns a mistake on.
package protocol MisleadingFile: File {
  /// The mistakes that its user makes.
  var mistakes: Set<FileMistake> { get }
}

extension File {
  /// Whether the file's user is to make a mistake; asked once a file, never once a record.
  package func misleads(into mistake: FileMistake) -> Bool {
    (self as? any MisleadingFile)?.mistakes.contains(mistake) ?? false
  }
}
