// The rows that say who and where: organizations, providers, payers, patients.

/// A row of organizations.csv: a clinic.
public struct OrganizationRow: ImportRow, Hashable {
  /// Where `OrganizationRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var name: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `Id`.
  public var id: String
  /// `NAME`, the identifier when it is empty.
  public var name: String

  /// Finds `Id` and `NAME`.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(id: try reader.column("Id"), name: try reader.column("NAME"))
  }

  /// Reads a row; the identifier must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    let text = try reader.trimmedText(columns.name)
    name = text.isEmpty ? id : text
  }
}

/// A row of payers.csv: an insurer, or the one named NO_INSURANCE that stands for none.
public struct PayerRow: ImportRow, Hashable {
  /// Where `PayerRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var name: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `Id`.
  public var id: String
  /// `NAME`, the identifier when it is empty.
  public var name: String

  /// Whether this is the row that stands for the absence of a payer.
  public var standsForNone: Bool { name == "NO_INSURANCE" }

  /// Finds `Id` and `NAME`.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(id: try reader.column("Id"), name: try reader.column("NAME"))
  }

  /// Reads a row; the identifier must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    let text = try reader.trimmedText(columns.name)
    name = text.isEmpty ? id : text
  }
}

/// A row of providers.csv: somebody who treats.
public struct ProviderRow: ImportRow, Hashable {
  /// Where `ProviderRow` finds its fields.
  public struct Columns: Sendable {
    var id: CSVColumn
    var organization: CSVColumn
    var name: CSVColumn
    var speciality: CSVColumn
  }

  /// The row below the header, from 1.
  public var row: Int
  /// `Id`.
  public var id: String
  /// `ORGANIZATION`.
  public var organization: String
  /// `NAME`, the identifier when it is empty.
  public var name: String
  /// `SPECIALITY`.
  public var speciality: String

  /// Finds `Id`, `ORGANIZATION`, `NAME` and `SPECIALITY`.
  public static func columns(of reader: borrowing CSVReader) throws(CSVError) -> Columns {
    Columns(
      id: try reader.column("Id"), organization: try reader.column("ORGANIZATION"),
      name: try reader.column("NAME"), speciality: try reader.column("SPECIALITY", "SPECIALTY"))
  }

  /// Reads a row; both identifiers must be there.
  public init(_ reader: borrowing CSVReader, _ columns: Columns) throws(CSVError) {
    row = reader.row
    id = try reader.identifier(columns.id)
    organization = try reader.identifier(columns.organization)
    let text = try reader.trimmedText(columns.name)
    name = text.isEmpty ? id : text
    speciality = try reader.trimmedText(columns.speciality)
  }
}
