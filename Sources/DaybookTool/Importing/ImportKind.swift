#if Tool
  import Daybook
  import DaybookInterchange

  /// What a file may leave open, and a person then says.
  enum ImportOption: String, CaseIterable {
    /// Which clinic it tells of; where the book has none, the name of the one that is made.
    case clinic
    /// The currency of the clinic that is made.
    case currency
    /// The zone of the clinic that is made.
    case zone
    /// The year in which the file begins.
    case year
    /// The number of the till that it is about.
    case till
  }

  /// What was asked for, as an importer needs it.
  struct ImportRequest {
    /// The file or folder.
    var path: String
    /// Files and time zones.
    var world: World
    /// Whether the first refused row ends the import.
    var isStrict: Bool
    /// The year in which the file begins, where that was said.
    var year: Int?
    /// The number of the till that it is about.
    var till: UInt64?
    /// The directory of the book.
    var book: String
  }

  /// Something that can be imported: one entry of the tool's list.
  struct ImportKind: Sendable {
    /// Which importer it is; its name is the command's word.
    var importer: Importer
    /// What the path is, and what it becomes: a sentence or two for the help.
    var help: String
    /// Which of the options it takes.
    var options: [ImportOption] = [.clinic, .currency, .zone]
    /// Whether a book is made where there is none.
    var makesBook = false
    /// Whether the file has clinics of its own, which take currency and zone of the book's first
    /// clinic unless another is named.
    var hasClinics = false
    /// What is assumed of a clinic that it makes; nil where the file itself tells of clinics.
    var assumed: ImportSite.Assumption?
    /// The importer of what was asked for; nil for our own export, which is proved and not decided on.
    var source: (@Sendable (ImportRequest) throws -> any ImportSource)?

    var name: String { importer.name }

    /// All that can be imported, in the order of the help.
    static let all: [ImportKind] = [
      .synthea, .appointments, .billing, .treatments, .retail, .tickets, .deliveries, .absences,
      .hours, .journal, .jsonl,
    ]

    static let synthea = ImportKind(
      importer: .synthea,
      help: "a folder with the CSV files of a Synthea export. The book is made if there is none.",
      options: [], makesBook: true
    ) {
      SyntheaImport(directory: $0.path, world: $0.world, strict: $0.isStrict)
    }
  }
#endif
