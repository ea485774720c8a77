#if Tool
  import Daybook

  /// What the last `verify` of a book found: a note beside its checkpoints, for `status`.
  ///
  /// It is three lines of text: the log, the position up to which everything was proved, and how many
  /// checks failed; no time, so that the same log has the same status. It is disposable, proves nothing by itself, and is left out where it
  /// cannot be written, as for a book on a read-only disk.
  struct VerifiedNote: Hashable {
    var log: String
    var position: Position
    var failed: Int

    private static let bytesMax = 4096

    private static func path(of book: String) -> String {
      FilePath.join(FilePath.join(book, "checkpoints"), "verified")
    }

    /// Leaves the note in `book`, if it can.
    func leave(in book: String, _ files: any FileSystem) {
      let text = "log \(log)\nposition \(position)\nfailed \(failed)\n"
      do throws(FileError) {
        let path = Self.path(of: book)
        let folder = FilePath.folder(of: path)
        if !files.isDirectory(folder) { try files.createDirectory(folder) }
        try files.replaceFile(path, with: Array(text.utf8).span)
      } catch {
        // What was found was said; nobody depends on the note.
      }
    }

    /// The note of the last `verify` of this log; nil where none can be read.
    static func found(in book: String, of log: LogID, _ files: any FileSystem) -> VerifiedNote? {
      guard let bytes = try? files.bytes(of: path(of: book), atMost: bytesMax) else { return nil }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
        $0.split(separator: " ", maxSplits: 1).map(String.init)
      }
      guard lines.count == 3, lines.allSatisfy({ $0.count == 2 }),
        lines.map({ $0[0] }) == ["log", "position", "failed"], lines[0][1] == "\(log)",
        let position = try? Position(parsing: lines[1][1]),
        let failed = Int(lines[2][1])
      else { return nil }
      return VerifiedNote(log: lines[0][1], position: position, failed: failed)
    }

    /// How far, and how it ended, for a log that ends at `last`.
    func text(at last: Position) -> String {
      let behind = last.number - min(position.number, last.number)
      let result =
        switch failed {
        case 0: "everything passed"
        case 1: "1 check failed"
        default: "\(failed) checks failed"
        }
      return "through position \(position) (\(behind) events behind): \(result)"
    }
  }
#endif
