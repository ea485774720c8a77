public import DaybookClinicEvents
public import DaybookEvents

/// How far an import has come, for a progress bar.
public struct ImportProgress: Hashable, Sendable {
  /// What is being done: `reading claims.csv`, `recording visits`.
  public var stage: String
  /// The part of `bytesTotal` that is done; it only grows.
  public var bytesRead: UInt64
  /// The bytes of all files, each as often as the importer goes through it.
  public var bytesTotal: UInt64

  /// So far.
  public init(stage: String, bytesRead: UInt64, bytesTotal: UInt64) {
    self.stage = stage
    self.bytesRead = bytesRead
    self.bytesTotal = bytesTotal
  }
}

/// A row of a file, as a report cites it.
public struct RowPlace: Hashable, Sendable {
  /// The file's name in the export.
  public var file: String
  /// The row below the header, from 1; 0 for the file as a whole.
  public var row: Int
  /// The column's name, where one is at fault.
  public var column: String?

  /// A place.
  public init(_ file: String, row: Int, column: String? = nil) {
    self.file = file
    self.row = row
    self.column = column
  }
}

extension RowPlace: CustomStringConvertible {
  /// `claims.csv row 12, column Id`.
  public var description: String {
    "\(file) row \(row)" + (column.map { ", column \($0)" } ?? "")
  }
}

/// A row of which nothing was appended.
public struct RefusedRow: Hashable, Sendable {
  /// Where it stands.
  public var place: RowPlace
  /// Why, as programs see it: the code of a refusal (`duplicateSource`, `unknownReference`), or of a
  /// row that cannot be read: `ragged`, `invalidText`, `badValue`.
  public var code: String
  /// Why, and what to do about it, for a person.
  public var reason: String
}

extension RefusedRow: CustomStringConvertible {
  /// Place, code and reason, on one line.
  public var description: String { "\(place): \(code): \(reason)" }
}

/// Rules of one kind that recorded history broke, and was recorded all the same.
public struct ImportFinding: Hashable, Sendable {
  /// One row that broke it.
  public struct Example: Hashable, Sendable {
    /// Where it stands.
    public var place: RowPlace
    /// What was found, for a person.
    public var message: String
  }

  /// The stable code of the rule.
  public var code: RefusalCode
  /// The field that it is about.
  public var field: String
  /// How many times it was broken.
  public var count: Int
  /// The first few of them.
  public var examples: [Example]
}

/// What an import did: rows read, events appended, what was there already, findings and refusals.
///
/// Findings never make an import fail; a refused row does, though the others are appended.
public struct ImportReport: Hashable, Sendable {
  /// How many rows of a file were read.
  public struct FileRows: Hashable, Sendable {
    /// The file's name.
    public var name: String
    /// Rows below its header.
    public var rowsRead: Int
  }

  /// Something that the importer counts beside rows and events.
  public struct Figure: Hashable, Sendable {
    /// What is counted: `billed`.
    public var name: String
    /// How many.
    public var count: Int
  }

  /// How many refused rows are listed; all are counted.
  public static let refusedListMax = 10_000

  /// Which importer reports.
  public var kind: Importer
  /// Every file that was read, in the order of reading.
  public internal(set) var files: [FileRows] = []
  /// Events that the import appended.
  public internal(set) var eventsAppended = 0
  /// Actions that the import appended.
  public internal(set) var actionsAppended = 0
  /// Actions that stood in the book already.
  public internal(set) var actionsAlreadyThere = 0
  /// Rows that an appended action tells of.
  public internal(set) var rowsAppended = 0
  /// Rows that an action which stood in the book already tells of.
  public internal(set) var rowsAlreadyThere = 0
  /// What the importer counts of its own, as its documentation says.
  public internal(set) var figures: [Figure] = []
  /// Broken rules by kind, in order of code and field.
  public internal(set) var findings: [ImportFinding] = []
  /// Rows refused, in the order in which they were met; the first `refusedListMax` of them.
  public internal(set) var refused: [RefusedRow] = []
  /// How many rows were refused.
  public internal(set) var rowsRefused = 0
  /// Whether a strict import stopped at the first refused row.
  public internal(set) var isStopped = false

  /// A report of an import that has not begun.
  public init(_ kind: Importer) { self.kind = kind }

  /// Rows read in all files.
  public var rowsRead: Int { files.reduce(0) { $0 + $1.rowsRead } }

  /// Rows that call for no event: names of codes, transfers of nothing, claims without a payer; after a
  /// strict import stopped, also those that it did not come to.
  public var rowsWithoutEvent: Int {
    max(0, rowsRead - rowsAppended - rowsAlreadyThere - rowsRefused)
  }

  /// How many rules were broken by recorded history.
  public var findingsCount: Int { findings.reduce(0) { $0 + $1.count } }

  /// Whether every row is appended, there already, or calls for no event: exit code 0, else 1.
  public var isComplete: Bool { rowsRefused == 0 }
}
