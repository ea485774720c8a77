public import DaybookValues
public import DaybookWorld

/// What is wrong with a CSV file or a row of it, with the file's name, the row, the line and the
/// column.
public struct CSVError: Error, Hashable, Sendable {
  /// What is wrong.
  @nonexhaustive public enum Kind: Hashable, Sendable {
    /// The file could not be read.
    case file(FileError)
    /// The file has no first row, hence no columns.
    case empty
    /// No column has any of these names; the columns found are listed.
    case missingColumn(found: [String])
    /// Two columns have the name that is asked for.
    case duplicateColumn
    /// The file is in another encoding than UTF-8.
    case encoding(ForeignEncoding)
    /// The file is longer or shorter than it was when the reading began.
    case changed(from: UInt64, to: UInt64)
    /// The file says something else than when it was gone through before.
    case rewritten
    /// The file ends within the row, which has fewer fields than the header: what it was about may
    /// stand half in the rows before it.
    case cutOff(expected: Int, found: Int)
    /// A field holds a byte of zero, which no text does.
    case nulByte
    /// The row has another number of fields than the header.
    case ragged(expected: Int, found: Int)
    /// A quoted field is still open at the end of the file.
    case unterminatedQuote
    /// Something follows the closing quote of a field.
    case textAfterQuote
    /// A carriage return outside quotes is not followed by a line feed.
    case strayCarriageReturn
    /// A field has more bytes than the limit.
    case fieldTooLong(limit: Int)
    /// A row has more fields than the limit.
    case tooManyFields(limit: Int)
    /// A field is not UTF-8.
    case invalidUTF8
    /// A field's text is not the value that its column holds.
    case value(ValueError)
    /// A field's text is none of those that its column may hold.
    case badValue(text: String, reason: String)
  }

  /// What is wrong.
  public var kind: Kind
  /// The name of the file, as the reader was given it.
  public var file: String
  /// The row below the header, from 1; 0 is the header, or the file as a whole.
  public var row: Int
  /// The line of the file that the row, or the field at fault, begins on, from 1; 0 is unknown.
  public var line: Int
  /// The column's name, where the fault has one.
  public var column: String?

  /// A fault at a place.
  public init(_ kind: Kind, file: String, row: Int = 0, line: Int = 0, column: String? = nil) {
    self.kind = kind
    self.file = file
    self.row = row
    self.line = line
    self.column = column
  }

  /// Whether only this row is lost: the reader stands at the next one and may go on.
  public var concernsOneRow: Bool {
    switch kind {
    case .ragged, .invalidUTF8, .nulByte, .value, .badValue: row > 0
    default: false
    }
  }
}

extension CSVError: CustomStringConvertible {
  /// Where, what, and what now, on one line.
  public var description: String {
    var place = file
    if row > 0 { place += " row \(row)" }
    if line > 1 { place += row > 0 ? " (line \(line))" : " line \(line)" }
    if let column, !namesItsColumn { place += ", column \(column)" }
    return "\(place): \(reason)"
  }

  /// Whether the column stands in the reason.
  private var namesItsColumn: Bool {
    switch kind {
    case .missingColumn, .duplicateColumn: true
    default: false
    }
  }

  /// What is wrong and what to do about it, without the place.
  var reason: String {
    switch kind {
    case .file(let error): "\(error)"
    case .empty:
      "the file is empty; its first row must name the columns"
    case .missingColumn(let found):
      "no column \(column ?? "") in the first row; it has \(found.joined(separator: ", "))"
    case .duplicateColumn:
      "two columns are named \(column ?? ""); rename or remove one of them"
    case .encoding(let encoding):
      "the file is \(encoding.rawValue); save it as UTF-8"
    case .changed(let before, let now):
      "the file had \(before) bytes when it was opened and now has \(now); wait until it is "
        + "complete, then import it again: what stands in the book is not appended twice"
    case .rewritten:
      "the file was changed while it was imported; wait until it is complete, then import it again: "
        + "what stands in the book is not appended twice"
    case .cutOff(let expected, let found):
      "the file ends within this row, with \(found) of \(expected) fields; it was cut off: "
        + "get it again whole"
    case .nulByte:
      "a byte of zero stands in the text; the file is damaged, or no text file: save it as UTF-8"
    case .ragged(let expected, let found):
      "\(found) fields where the header has \(expected); look for a missing or extra comma or quote"
    case .unterminatedQuote:
      "a quoted field is not closed before the end of the file; add the quote or double it"
    case .textAfterQuote:
      "text follows the closing quote of a field; a quote inside quotes is written twice"
    case .strayCarriageReturn:
      "a carriage return without a line feed outside quotes; save the file with line ends LF or "
        + "CRLF, or quote the field"
    case .fieldTooLong(let limit):
      "a field is longer than \(limit) bytes; close its quote, or shorten it"
    case .tooManyFields(let limit):
      "more than \(limit) fields in a row; is this a CSV file with commas?"
    case .invalidUTF8:
      "the text is not UTF-8, perhaps Latin-1; save the file as UTF-8"
    case .value(let error): "\(error)"
    case .badValue(let text, let reason):
      "\"\(CSVError.shortened(text))\" \(reason)"
    }
  }

  /// The first 60 characters, without line breaks: the place leads to the rest.
  static func shortened(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count > 60 ? line.prefix(57) + "..." : line
  }
}
