package import DaybookBytes
package import DaybookEvents
package import DaybookValues

/// What a department was said to have added up when periods were closed: kept, so that `verify` can
/// add it up anew.
package struct KeptStatements: Sendable {
  /// One statement.
  package struct Row: HistoryRow, Hashable {
    /// The event that carries it.
    package var position = Position.start
    /// The position at which the figures are known.
    package var known = Position.start
    /// The last day that they go through.
    package var through = Day()
    /// The clinic's number.
    package var clinic: UInt64 = 0
    /// The figure, in the clinic's currency.
    package var figure: Int64 = 0
    /// The digest of what it was added up from.
    package var digest: SHA256Hash = .blank

    package static var blank: Row { Row() }

    package init() {}

    package init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      known = try Position(reading: &reader)
      through = try Day(reading: &reader)
      clinic = try UInt64(reading: &reader)
      figure = try Int64(reading: &reader)
      digest = try SHA256Hash(reading: &reader)
    }

    package func append(to writer: inout ByteWriter) {
      writer.appendLittleEndian(position.number)
      writer.appendLittleEndian(known.number)
      writer.appendLittleEndian(through.daysSince1970)
      writer.appendLittleEndian(clinic)
      writer.appendLittleEndian(figure)
      digest.append(to: &writer)
    }

    package func store(to writer: inout ByteWriter) {
      position.store(to: &writer)
      known.store(to: &writer)
      through.store(to: &writer)
      clinic.store(to: &writer)
      figure.store(to: &writer)
      digest.store(to: &writer)
    }
  }

  private var rows = History<Row>(chunkRows: 256)

  /// None.
  package init() {}

  /// Keeps the statement of an event.
  ///
  /// - Throws: `.outOfRange` where its digest is none.
  package mutating func keep(
    _ totals: Statement, _ clinic: ClinicID, through day: Day, at position: Position
  ) throws(WireError) {
    guard totals.digest.count == SHA256Hash.byteCount else {
      throw WireError(.outOfRange, at: 0, field: "digest")
    }
    var row = Row()
    row.position = position
    row.known = totals.position
    row.through = day
    row.clinic = clinic.number
    row.figure = totals.figure.minorUnits
    row.digest = try withReader(of: totals.digest) { (reader) throws(WireError) in
      var reader = reader
      return try SHA256Hash(reading: &reader)
    }
    rows.append(row)
  }

  /// Those of events up to `position`.
  package func rows(through position: Position) -> Slice<History<Row>> {
    rows.rows(through: position)
  }

  /// Appends the digest of those of events up to `position`, if there are any.
  package func appendDigest(through position: Position, to writer: inout ByteWriter) {
    guard rows.count(through: position) > 0 else { return }
    rows.digest(through: position).append(to: &writer)
  }

  /// Proves that what was said is what `again` adds up to.
  ///
  /// - Parameters:
  ///   - name: The claim.
  ///   - position: The last event looked at.
  ///   - again: The figures of a clinic through a day as known at a position.
  package func check(
    _ name: String, through position: Position,
    _ again: (_ clinic: UInt64, _ day: Day, _ known: Position) -> Statement
  ) -> Check {
    let rows = rows(through: position)
    let off = rows.first { row in
      let totals = again(row.clinic, row.through, row.known)
      return totals.figure.minorUnits != row.figure || totals.digest != row.digest.bytes
    }
    return Check(
      name,
      found: off.map {
        "closed at position \($0.position) for \(ClinicID($0.clinic)) through \($0.through)"
      },
      over: "\(rows.count) statements")
  }
}

extension KeptStatements: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("rows", &rows)
  }
}
