import Daybook
import DaybookInterchange
import DaybookTesting

/// Reads the bytes as a file of comma-separated values, whatever the size of its chunks, as typed
/// values and as a file of an import; what is read can be written, and read again, as the same.
func fuzzCSV(_ bytes: ByteReader) {
  var bytes = bytes
  guard let kind = try? bytes.readByte(), let chunk = try? bytes.readByte() else { return }
  let content = bytes.copyRemaining()
  if kind & 1 == 1 { return readRows(Int(kind >> 1), content) }
  let found = Table(content, CSVLimits(fieldBytesMax: 512, fieldCountMax: 64))
  let chunked = Table(
    content, CSVLimits(fieldBytesMax: 512, fieldCountMax: 64, chunkBytes: Int(chunk % 16) + 1))
  claim(found == chunked, "other chunks, other rows: \(found) and \(chunked)")
  if found.error == nil, found.width > 0 { checkAgain(found) }
}

/// A file, read to its end or to what is wrong with it.
private struct Table: Equatable {
  var width = 0
  var rows: [[String]] = []
  var error: CSVError?

  init(_ content: [UInt8], _ limits: CSVLimits = CSVLimits()) {
    do throws(CSVError) {
      var reader = try CSVReader(MemoryFile(content), name: "file.csv", limits: limits)
      width = reader.columns.count
      while try next(&reader) { try readValues(reader) }
    } catch {
      self.error = error
    }
  }

  /// Moves on; a row of another width is noted as none.
  private mutating func next(_ reader: inout CSVReader) throws(CSVError) -> Bool {
    while true {
      do throws(CSVError) {
        return try reader.next()
      } catch {
        guard error.concernsOneRow else { throw error }
        claim(!"\(error)".isEmpty, "an error without words")
      }
    }
  }

  private mutating func readValues(_ reader: borrowing CSVReader) throws(CSVError) {
    var row: [String] = []
    for column in reader.columns {
      row.append(try reader.text(column))
      _ = try? reader.identifier(column)
      _ = try? reader.optionalAmount(column, in: .eur)
      _ = try? reader.quantity(column)
      _ = try? reader.optionalNumber(column)
      if let day = try? reader.day(column) {
        claim((try? Day(parsing: "\(day)")) == day, "\(day) is not read again")
      }
      if let instant = try? reader.instant(column) {
        claim((try? Instant(parsing: "\(instant)")) == instant, "\(instant) is not read again")
      }
    }
    rows.append(row)
  }
}

private func checkAgain(_ table: Table) {
  var text = CSVText()
  text.row((0..<table.width).map { "column\($0)" })
  for row in table.rows { text.row(row) }
  let again = Table(Array(text.text.utf8))
  claim(again.error == nil, "what was written cannot be read: \(again.error.map { "\($0)" } ?? "")")
  claim(again.rows == table.rows, "\(table.rows) was read again as \(again.rows)")
}

// MARK: - The files of an import

private func readRows(_ kind: Int, _ content: [UInt8]) {
  switch kind % 11 {
  case 0: read(OrganizationRow.self, "Id,NAME", content)
  case 1: read(PayerRow.self, "Id,NAME,OWNERSHIP", content)
  case 2: read(ProviderRow.self, "Id,ORGANIZATION,NAME,SPECIALITY", content)
  case 3:
    read(
      EncounterRow.self,
      "PATIENT,Id,STOP,START,PROVIDER,ORGANIZATION,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,"
        + "TOTAL_CLAIM_COST,BASE_ENCOUNTER_COST,PAYER_COVERAGE", content)
  case 4:
    read(
      ClaimRow.self,
      "Id,PATIENTID,PROVIDERID,PRIMARYPATIENTINSURANCEID,SECONDARYPATIENTINSURANCEID,"
        + "APPOINTMENTID,SERVICEDATE,STATUS1,STATUS2,STATUSP,OUTSTANDING1,OUTSTANDING2,"
        + "OUTSTANDINGP,LASTBILLEDDATE1,LASTBILLEDDATE2,LASTBILLEDDATEP", content)
  case 5: read(PatientRow.self, "Id,BIRTHDATE,DEATHDATE,FIRST,LAST,PREFIX,GENDER", content)
  case 6:
    read(
      CoverageRow.self, "PATIENT,MEMBERID,START_DATE,END_DATE,PAYER,SECONDARY_PAYER", content)
  case 7: read(CodeNameRow.self, "CODE,DESCRIPTION", content)
  case 8: read(SupplyRow.self, "DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,QUANTITY", content)
  case 9: read(DeviceRow.self, "START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,UDI", content)
  default:
    read(
      TransactionRow.self,
      "ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,PROCEDURECODE,UNITS,"
        + "NOTES,UNITAMOUNT,TRANSFEROUTID,TRANSFERTYPE,PAYMENTS,ADJUSTMENTS,TRANSFERS,OUTSTANDING,"
        + "APPOINTMENTID,LINENOTE,PATIENTINSURANCEID,PROVIDERID", content)
  }
}

private func read<Row: ImportRow>(_ type: Row.Type, _ header: String, _ content: [UInt8]) {
  let file = MemoryFile(Array(header.utf8) + [UInt8(ascii: "\n")] + content)
  do throws(CSVError) {
    let reader = try CSVReader(file, name: "file.csv")
    var table = try ImportTable<Row>(reader)
    while true {
      do throws(CSVError) {
        guard try table.next() != nil else { return }
      } catch {
        guard error.concernsOneRow else { throw error }
      }
    }
  } catch {
    if case .missingColumn = error.kind { fatalError("\(type): \(error)") }
  }
}
