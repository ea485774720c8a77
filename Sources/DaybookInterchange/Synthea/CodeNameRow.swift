/// A row of procedures, immunizations or medications, for the name of its code alone: what they
/// cost stands in the ledger already.
public struct CodeNameRow: ImportRow, Hashable {
  /// Where `CodeNameRow` finds its fields.
  public struct Columns: Sendable {
    var code: CSVColumn
    var description: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `CODE`: text, since zeros may lead it.
  public var code: String
  /// `DESCRIPTION`.
  public var description: String

  /// Finds `CODE` and `DESCRIPTION`.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(code: try reader.column("CODE"), description: try reader.column("DESCRIPTION"))
  }

  /// Reads a row.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    code = try reader.trimmedText(columns.code)
    description = try reader.trimmedText(columns.description)
  }
}
