#if Tool
  import Daybook
  import DaybookBytes
  import DaybookInterchange

  /// Events one after the other, as text, CSV or lines of JSON.
  struct EventText {
    private static let columns = [
      "position", "stream", "version", "type", "recordedAt", "effectiveAt", "clinic", "actor",
      "role",
      "correlation", "cause", "sourceRef", "payload",
    ]

    private let format: ReportFormat
    private let isStored: Bool
    private let isAlone: Bool
    private let catalogue = ToolContext.current.catalogue
    private var lines: EventLines
    private var json = JSONText()

    /// - Parameters:
    ///   - stored: Whether payloads are printed as they are stored.
    ///   - alone: Whether there is but one event, whose heading goes without saying.
    init(_ format: ReportFormat, stored: Bool, alone: Bool) {
      self.format = format
      isStored = stored
      isAlone = alone
      lines = EventLines(ToolContext.current.catalogue)
    }

    /// What stands above the events.
    var heading: String {
      guard format == .csv else { return "" }
      var csv = CSVText()
      csv.row(Self.columns)
      return csv.text
    }

    /// Learns from an event that is not printed.
    mutating func note(_ record: RecordView) throws { try lines.note(record) }

    /// Learns the currencies of all clinics, for events that are printed without those before them.
    mutating func note(_ register: Register) {
      for clinic in register.clinicNumbers {
        lines.note(currency: register.currency(ofClinic: clinic), ofClinic: clinic)
      }
    }

    mutating func text(of record: RecordView) throws -> String {
      if format == .json {
        try lines.append(record, as: isStored ? .stored : .printed, to: &json)
        return json.drain()
      }
      try lines.note(record)
      return format == .csv ? try row(record) : try paragraph(record)
    }

    private func row(_ record: RecordView) throws -> String {
      let header = record.header
      let fields = [
        "\(header.position)", catalogue.name(of: header.stream), "\(header.version)",
        catalogue.name(of: header), "\(header.recorded)", "\(header.effective)",
        header.clinic == 0 ? "" : "\(ClinicID(header.clinic))", catalogue.name(of: header.actor),
        catalogue.name(of: header.role),
        header.correlation == 0 ? "" : "\(VisitID(header.correlation))",
        header.cause == .start ? "" : "\(header.cause)", record.source?.reference.text() ?? "",
        try lines.payload(of: record, as: isStored ? .storedJSON : .json) ?? "",
      ]
      var csv = CSVText()
      csv.row(fields)
      return csv.text
    }

    /// A line of heading, and the payload under it.
    private func paragraph(_ record: RecordView) throws -> String {
      let payload = try lines.payload(of: record, as: isStored ? .storedText : .json)
      let unknown = "(\(record.payload.remaining) bytes that this version does not know)"
      if isStored, isAlone { return payload ?? unknown }
      let header = record.header
      let clinic = header.clinic == 0 ? "" : " \(ClinicID(header.clinic))"
      let role = header.role == .none ? "" : ":\(catalogue.name(of: header.role))"
      let source = record.source?.reference.text().map { " ref \($0.printable)" } ?? ""
      let heading =
        "\(header.position) \(header.effective) \(catalogue.name(of: header)) "
        + "\(catalogue.name(of: header.stream)) v\(header.version)\(clinic) by "
        + "\(catalogue.name(of: header.actor))\(role)\(source)\n"
      let body = payload ?? unknown
      return heading + (isStored ? body : "  " + body.printable + "\n") + (isStored ? "\n" : "")
    }
  }
#endif
