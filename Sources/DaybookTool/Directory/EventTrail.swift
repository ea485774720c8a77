#if Tool
  import Daybook

  // From a document to what came of it: events name the one that led to them, and the visit that
  // they belong to.
  extension OpenBook {
    /// The events that came of a thing, beside those that name it: those of its stream, whatever they led
    /// to, and all that belongs to a visit; of an invoice also what it asks for.
    ///
    /// - Complexity: O(events behind the thing's first one), by their headers alone.
    func trail(of stream: StreamID, through end: Position) throws -> [Position] {
      try withLog { log in
        let own = try log.positions(of: stream, through: end)
        guard let first = own.first else { return [] }
        var found: Set<Position> = []
        try log.scan(from: first, through: end) { record in
          let header = record.header
          let isOfVisit = stream.kind == .visit && header.correlation == stream.number
          guard header.stream == stream || isOfVisit || found.contains(header.cause) else { return }
          found.insert(header.position)
        }
        if stream.kind == .invoice {
          for asked in try Self.asked(byInvoice: own, &log) {
            if let posted = try log.positions(of: asked, through: end).first {
              found.insert(posted)
            }
          }
        }
        return found.sorted()
      }
    }

    /// Whether anything was ever recorded of `stream`.
    func has(_ stream: StreamID) throws -> Bool {
      let end = last
      return try withLog { try !$0.positions(of: stream, through: end).isEmpty }
    }

    /// The charges, advances and sales that an invoice is about.
    private static func asked(
      byInvoice events: [Position], _ log: inout LogReader
    ) throws -> [StreamID] {
      let decoder = EventDecoder()
      var streams: [StreamID] = []
      for position in events {
        try log.record(at: position) { record in
          let event = Event(record, decoder)
          guard event.header.family == .accounting,
            event.header.tag == AccountingTag.invoiceIssued.rawValue
          else { return }
          for line in try event.payload(InvoiceIssued.self).lines {
            let asked = [line.charge?.stream, line.deposit?.stream, line.sale?.stream]
            streams += asked.compactMap { $0 }
          }
        }
      }
      return streams
    }

    /// Who recorded an event, in which visit, what led to it, and from which document outside.
    func origin(of position: Position) throws -> String {
      let catalogue = ToolContext.current.catalogue
      return try withLog { log in
        let header = try log.record(at: position) { $0.header }
        // The action's first event has the reference of them all.
        let first = Position(position.number - UInt64(header.actionIndex))
        let source = try log.record(at: first) { $0.source?.reference.text() }
        let role = header.role == .none ? "" : " as \(catalogue.name(of: header.role))"
        var words = "Recorded \(header.recorded) by \(catalogue.name(of: header.actor))\(role)"
        if header.correlation > 0 { words += ", in visit \(VisitID(header.correlation))" }
        if header.cause > .start { words += ", because of the event at position \(header.cause)" }
        if let source { words += ", from the document \(source.printable)" }
        return words + "."
      }
    }

    /// The invoice, credit note or ticket with this number in its series, `2026-17`; nil for none.
    func document(numbered text: String, through end: Position) throws -> StreamID? {
      guard let dash = text.lastIndex(of: "-"), !text.hasPrefix("ref:"),
        let number = UInt64(text[text.index(after: dash)...])
      else { return nil }
      let series = text[..<dash]
      let decoder = EventDecoder()
      var found: StreamID?
      try withLog { log in
        try log.scan(from: Position(1), through: end) { record in
          let event = Event(record, decoder)
          guard found == nil, event.header.family == .accounting else { return }
          let named: (series: String, number: UInt64)
          switch AccountingTag(rawValue: event.header.tag) {
          case .invoiceIssued:
            let invoice = try event.payload(InvoiceIssued.self)
            named = (invoice.series, invoice.number)
          case .invoiceRectified:
            let invoice = try event.payload(InvoiceRectified.self)
            named = (invoice.series, invoice.number)
          case .saleCompleted:
            let sale = try event.payload(SaleCompleted.self)
            named = (sale.series, sale.number)
          default: return
          }
          if named.number == number, named.series == series { found = event.header.stream }
        }
      }
      return found
    }
  }
#endif
