import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records the tickets of a counter, day by day.
final class TicketsRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  private struct Product: Hashable {
    var name: String
    var size: String
  }

  private let recorder: Recorder
  private let tally: ImportTally
  private let index: TicketIndex
  private let site: ImportSite
  private let till: TillID
  private var file = ""

  private var clinic: ClinicID?
  private var services: [Product: ServiceID] = [:]
  /// The rows of the day that has come so far.
  private var day: [TicketRow] = []

  init(_ recorder: Recorder, _ index: TicketIndex, at site: ImportSite, till: TillID) {
    self.recorder = recorder
    self.index = index
    self.site = site
    self.till = till
    tally = recorder.tally
  }

  /// Records every row.
  func record(_ table: consuming ImportTable<TicketRow>) async throws {
    file = table.name
    try await table.forEach(
      tally, "recording \(file)", after: table.size,
      broken: { try self.tally.refuse($0.error) },
      { row in
        if let last = self.day.last, last.day != row.day { try await self.recordDay() }
        self.day.append(row)
      })
    try await recordDay()
    tally.read(file, rows: table.rowsRead)
  }

  /// A ticket of the day: its rows, in the order of the file.
  private struct Ticket {
    var lines: [TicketRow]
  }

  private func recordDay() async throws {
    let rows = day
    day = []
    guard let first = rows.first, let last = rows.last else { return }
    if let blocker = index.blockers[first.day] {
      for row in rows {
        if let fault = index.faults[row.row] {
          try tally.refuse(
            RowPlace(file, row: row.row, column: fault.column), "badValue", fault.reason)
        } else {
          try refuse(row, "\(first.day) is not recorded: row \(blocker) is refused")
        }
      }
      return
    }
    var tickets: [Ticket] = []
    var places: [String: Int] = [:]
    for row in rows {
      if let place = places[row.id] {
        tickets[place].lines.append(row)
      } else {
        places[row.id] = tickets.count
        tickets.append(Ticket(lines: [row]))
      }
    }
    let times = rows.map(\.millisecond)
    let from = site.instant(first.day, millisecond: times.min() ?? 0)
    let to = site.instant(last.day, millisecond: times.max() ?? 0)
    if clinic == nil {
      clinic = try await recorder.clinic(of: site, since: from, RowPlace(file, row: first.row))
    }
    try await recordProducts(of: rows, from)
    guard try await openTill(first, from) else {
      for row in rows.dropFirst() {
        try refuse(row, "\(first.day) is not recorded: its till could not be opened")
      }
      return
    }
    var cash = MinorSum()
    for ticket in tickets { try await record(ticket, &cash) }
    try await closeTill(first, cash, max(from, to))
  }

  private func refuse(_ row: TicketRow, _ reason: String) throws {
    try tally.refuse(RowPlace(file, row: row.row), unknown: reason)
  }

  private func source(_ row: TicketRow, _ reference: String, rows: Int = 0) -> Recorder.Source {
    Recorder.Source(reference: reference, place: RowPlace(file, row: row.row), rows: rows)
  }

  // MARK: - The till

  private func openTill(_ first: TicketRow, _ time: Instant) async throws -> Bool {
    var command = OpenTill()
    command.till = till
    let receipt = try await recorder.submit(
      command, source(first, "tickets/open/\(first.day)"), clinic: clinic, effective: time)
    return receipt != nil
  }

  /// Counts what should be there, and takes it to the safe.
  private func closeTill(
    _ first: TicketRow, _ cash: MinorSum, _ time: Instant
  ) async throws {
    var command = CloseTill()
    command.till = till
    command.left = Amount(minorUnits: 0, site.currency)
    let counted = (try? cash.narrowed()) ?? .max
    command.counts = [CountedMethod(.cash, Amount(minorUnits: counted, site.currency))]
    _ = try await recorder.submit(
      command, source(first, "tickets/close/\(first.day)"), clinic: clinic, effective: time)
  }

  // MARK: - Tickets

  private func record(_ ticket: Ticket, _ cash: inout MinorSum) async throws {
    let first = ticket.lines[0]
    var command = CompleteSale()
    command.till = till
    command.series = "T\(first.day)"
    command.tenders = [TicketTender()]
    for row in ticket.lines {
      var line = TicketItem()
      line.service = services[Product(name: row.name, size: row.size)] ?? ServiceID()
      line.unitPrice = row.price
      command.lines.append(line)
    }
    let time = site.instant(first.day, millisecond: first.millisecond)
    let receipt = try await recorder.submit(
      command, source(first, first.id, rows: ticket.lines.count), clinic: clinic, effective: time
    ) { field in
      guard let open = field.firstIndex(of: "["), let close = field.firstIndex(of: "]"),
        let number = Int(field[field.index(after: open)..<close]),
        ticket.lines.indices.contains(number - 1)
      else { return nil }
      return RowPlace(self.file, row: ticket.lines[number - 1].row)
    }
    guard receipt != nil else {
      for row in ticket.lines.dropFirst() {
        try refuse(row, "its ticket \(first.id) is not recorded: row \(first.row) is refused")
      }
      return
    }
    for row in ticket.lines {
      if let amount = try? row.price.times(.one, in: site.currency) {
        cash.add(amount.minorUnits)
      }
    }
  }

  private func recordProducts(of rows: [TicketRow], _ time: Instant) async throws {
    for row in rows {
      let product = Product(name: row.name, size: row.size)
      if services[product] != nil { continue }
      var command = DefineService()
      command.code = row.size.isEmpty ? row.name : "\(row.name)/\(row.size)"
      command.name = row.size.isEmpty ? row.name : "\(row.name) \(row.size)"
      command.type = .product
      let reference = Importer.reference("tickets", "services", row.name, row.size)
      let receipt = try await recorder.submit(
        command, source(row, reference), effective: time, other: .found)
      services[product] = ServiceID(receipt?.first(.service) ?? 0)
    }
  }
}
