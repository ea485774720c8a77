#if Tool
  import Daybook

  extension OpenBook {
    /// What the log says of the document at `position`: one reading of everything before it.
    func documentSource(at position: Position) throws -> DocumentSource? {
      let decoder = EventDecoder()
      var source: DocumentSource?
      try withLog { log in
        try log.scan(from: position, through: position) { record in
          source = try DocumentSource(of: Event(record, decoder))
        }
        guard position.number > 1 else { return }
        try log.scan(from: Position(1), through: position.previous) { record in
          try source?.take(Event(record, decoder))
        }
      }
      return source
    }

    /// The letterhead of a report that is handed to whom it is about: of a page of HTML, or with names.
    ///
    /// - Parameters:
    ///   - clinic: The number of the clinic that hands it out; the first if nil.
    ///   - names: Whether the name stands on it, beside the identifier.
    /// - Returns: nil where the report is only looked at.
    func letterhead(
      of report: Report, to found: RegisterEntry, clinic: UInt64?, names: NameOptions,
      _ output: OutputOptions
    ) throws -> Letterhead? {
      guard output.format == .html || names.areWanted else { return nil }
      return Letterhead(
        issuer: try issuer(clinic, on: report.to ?? report.on, knownAt: report.knownAt),
        recipient: [names.areWanted ? found.name : "", found.id])
    }

    /// Who hands out a document of a clinic's: its name, tax number and address as last defined.
    ///
    /// - Parameters:
    ///   - clinic: Its number; the first clinic if nil.
    ///   - day: The last effective day of a definition, inclusive; nil for any.
    func issuer(_ clinic: UInt64?, on day: Day?, knownAt position: Position) throws -> [String] {
      var found: ClinicDefined?
      let decoder = EventDecoder()
      try withLog { log in
        try log.scan(from: Position(1), through: position) { record in
          guard record.header.family == .administration,
            record.header.tag == AdministrationTag.clinicDefined.rawValue
          else { return }
          let defined = try Event(record, decoder).payload(ClinicDefined.self)
          guard defined.clinic.number == clinic ?? found?.clinic.number ?? defined.clinic.number,
            found == nil || day.map({ record.header.effective.day <= $0 }) ?? true
          else { return }
          found = defined
        }
      }
      return found?.lines ?? []
    }
  }
#endif
