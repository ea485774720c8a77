#if Tool
  import Daybook
  import DaybookBytes

  /// Events as rows of a table.
  struct EventPage {
    static let columns = [
      Column("position", .position), Column("date", .day), Column("type", .text),
      Column("stream", .identifier), Column("version", .count), Column("clinic", .identifier),
      Column("actor", .identifier), Column("role", .text), Column("recordedAt", .instant),
      Column("effectiveAt", .moment), Column("sourceRef", .text), Column("payload", .text),
    ]

    private(set) var rows: [[Cell]] = []
    private let catalogue: Catalogue
    private let printer = PayloadPrinter()
    private let currency: (UInt64) -> Currency

    init(_ catalogue: Catalogue, _ register: Register) {
      self.catalogue = catalogue
      currency = { register.currency(ofClinic: $0) }
    }

    mutating func add(_ record: RecordView) throws {
      let header = record.header
      let payload =
        try catalogue.event(header.family, header.tag)?
        .text(of: record, currency: currency(header.clinic), as: .json, by: printer)
        ?? "(not known here)"
      rows.append([
        .position(header.position), .day(header.effective.day), .text(catalogue.name(of: header)),
        .identifier(catalogue.name(of: header.stream)), .count(Int64(clamping: header.version)),
        .identifier(ClinicID(header.clinic)), .identifier(catalogue.name(of: header.actor)),
        .text(catalogue.name(of: header.role)), .instant(header.recorded),
        .moment(header.effective), .text(record.source?.reference.text()), .text(payload),
      ])
    }
  }
#endif
