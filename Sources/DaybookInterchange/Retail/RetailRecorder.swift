import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// Records the invoices of a shop, each once its last row has come.
final class RetailRecorder<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  let recorder: Recorder
  private let tally: ImportTally
  private let index: RetailIndex
  private let site: ImportSite
  private var file = ""

  private var clinic: ClinicID?
  private var items: [String: ItemID] = [:]
  private var services: [String: ServiceID] = [:]
  private var customers: [String: PatientID] = [:]

  /// Invoices of which a row has come, in the order of their first rows; `begun` is how many there
  /// were before them.
  private var waiting: [RetailInvoice] = []
  private var begun = 0
  /// Where each stands, counted from the first of the file.
  private var places: [String: Int] = [:]

  init(_ recorder: Recorder, _ index: RetailIndex, at site: ImportSite) {
    self.recorder = recorder
    self.index = index
    self.site = site
    tally = recorder.tally
  }

  /// Records every row.
  func record(_ table: consuming ImportTable<RetailRow>) async throws {
    file = table.name
    let place = table.columns.invoice.index
    let base = table.size
    try await table.forEach(
      tally, "recording \(file)", after: base,
      broken: { broken in
        try self.tally.refuse(broken.error)
        guard broken.texts.indices.contains(place) else { return }
        try await self.take(trimmed(broken.texts[place])) { invoice in
          invoice.blocker = invoice.blocker ?? RowPlace(self.file, row: broken.error.row)
        }
      },
      { row in try await self.take(row.invoice) { $0.lines.append(row) } })
    tally.read(file, rows: table.rowsRead)
  }

  /// Adds a row to its invoice, and records those in front that are whole.
  private func take(_ number: String, _ add: (inout RetailInvoice) -> Void) async throws {
    guard let rows = index.rows[number] else { return }
    let place = places[number] ?? begun + waiting.count
    if place == begun + waiting.count {
      places[number] = place
      waiting.append(RetailInvoice(number: number, rows: Int(rows)))
    }
    add(&waiting[place - begun])
    waiting[place - begun].left -= 1
    var whole = 0
    while whole < waiting.count, waiting[whole].left <= 0 { whole += 1 }
    guard whole > 0 else { return }
    for invoice in waiting[..<whole] {
      places[invoice.number] = nil
      try await record(invoice)
    }
    waiting.removeFirst(whole)
    begun += whole
  }

  // MARK: - An invoice

  private func record(_ invoice: RetailInvoice) async throws {
    guard let first = invoice.lines.first else { return }
    if let blocker = invoice.blocker {
      return try refuse(
        invoice.lines,
        "its invoice \(invoice.number) is not recorded: row \(blocker.row) is refused")
    }
    if let other = invoice.lines.first(where: { $0.customer != first.customer }) {
      try tally.refuse(
        RowPlace(file, row: other.row, column: "Customer ID"), "badValue",
        "the invoice names customer \(CSVError.shortened(first.customer)) in row \(first.row); "
          + "correct either")
      return try refuse(
        invoice.lines.filter { $0.row != other.row },
        "its invoice \(invoice.number) is not recorded: row \(other.row) is refused")
    }
    let time = site.instant(first.at.day, millisecond: first.at.millisecond)
    for line in invoice.lines where !line.quantity.isZero {
      guard try await isKnown(line, time) else {
        // Its own row is refused with the reason.
        return try refuse(
          invoice.lines.filter { $0.row != line.row },
          "its invoice \(invoice.number) is not recorded: row \(line.row) is refused")
      }
    }
    var draft = Draft(
      number: invoice.number, day: first.at.day, time: time, customer: customers[first.customer])
    try await sell(invoice.lines(.sold), &draft)
    try await takeBack(invoice.lines(.returned), &draft)
    try await post(invoice.lines(.posted), &draft)
    try await count(invoice.lines(.found), &draft)
    for (place, line) in invoice.lines(.missing).enumerated() {
      try await writeOff(line, place + 1, &draft)
    }
  }

  /// What the actions of one invoice have in common.
  struct Draft {
    let number: String
    let day: Day
    let time: Instant
    let customer: PatientID?
    /// Whether an action has the invoice's own number.
    var isNamed = false

    /// The reference of the next action.
    mutating func reference(_ part: String) -> String {
      defer { isNamed = true }
      return isNamed ? "\(number)/\(part)" : number
    }
  }

  private func submit<C: Command>(
    _ command: C, _ lines: [RetailRow], _ part: String, _ draft: inout Draft
  ) async throws {
    let place = RowPlace(file, row: lines[0].row)
    let clinic = try await clinic(draft.time, place)
    let source = Recorder.Source(
      reference: draft.reference(part), place: place, rows: lines.count)
    let receipt = try await recorder.submit(
      command, source, clinic: clinic, effective: draft.time
    ) { field in
      self.line(of: field).flatMap { lines.indices.contains($0) ? lines[$0] : nil }.map {
        RowPlace(self.file, row: $0.row)
      }
    }
    guard receipt == nil else { return }
    try refuse(
      Array(lines.dropFirst()),
      "its invoice \(draft.number) is not recorded: row \(lines[0].row) is refused")
  }

  /// The line, from 0, that a field such as `lines[3].quantity` is of.
  private func line(of field: String) -> Int? {
    guard let open = field.firstIndex(of: "["), let close = field.firstIndex(of: "]"),
      let number = Int(field[field.index(after: open)..<close])
    else { return nil }
    return number - 1
  }

  private func refuse(_ lines: [RetailRow], _ reason: String) throws {
    for line in lines { try tally.refuse(RowPlace(file, row: line.row), unknown: reason) }
  }

  // MARK: - Its lines

  private func sell(_ lines: [RetailRow], _ draft: inout Draft) async throws {
    if lines.isEmpty { return }
    var command = CompleteSale()
    command.patient = draft.customer
    command.series = "T\(draft.day)"
    for line in lines {
      var sold = TicketItem()
      if line.isGoods { sold.item = items[line.code] } else { sold.service = services[line.code] }
      sold.quantity = line.quantity
      sold.unitPrice = line.price
      command.lines.append(sold)
    }
    command.tenders = [TicketTender(.online(CardTender()))]
    try await submit(command, lines, "sold", &draft)
  }

  private func takeBack(_ lines: [RetailRow], _ draft: inout Draft) async throws {
    if lines.isEmpty { return }
    var command = ReturnSale()
    command.unknownOriginal = true
    command.series = "R\(draft.day)"
    command.reason = "cancelled"
    for line in lines {
      var back = ReturnedItem()
      if line.isGoods { back.item = items[line.code] } else { back.service = services[line.code] }
      back.restock = line.isGoods
      back.quantity = Quantity(thousandths: 0 - line.quantity.thousandths)
      back.unitPrice = line.price
      command.lines.append(back)
    }
    command.tenders = [TicketTender(.online(CardTender()))]
    try await submit(command, lines, "returned", &draft)
  }

  /// Bad debts against the allowance for them, or the other way round.
  private func post(_ lines: [RetailRow], _ draft: inout Draft) async throws {
    if lines.isEmpty { return }
    var command = PostJournal()
    command.memo = lines[0].note.isEmpty ? lines[0].code : lines[0].note
    for line in lines {
      let amount: Amount
      do throws(ValueError) {
        amount = try line.price.times(line.quantity, in: site.currency)
      } catch {
        try tally.refuse(
          RowPlace(file, row: line.row, column: "Price"), "badValue", "\(error)")
        return try refuse(
          lines.filter { $0.row != line.row },
          "its invoice \(draft.number) is not recorded: row \(line.row) is refused")
      }
      for (account, isDebit) in [
        ("6300", amount.isNegative), ("1290", !amount.isNegative),
      ] {
        var entry = JournalLine()
        entry.account = site.account(account)
        let side = Amount(minorUnits: Int64(clamping: amount.minorUnits.magnitude))
        if isDebit { entry.debit = side } else { entry.credit = side }
        command.lines.append(entry)
      }
    }
    try await submit(command, lines, "posted", &draft)
  }

  private func count(_ lines: [RetailRow], _ draft: inout Draft) async throws {
    if lines.isEmpty { return }
    var command = CountStock()
    for line in lines {
      let item = items[line.code] ?? ItemID()
      // A count names an item once.
      if let place = command.lines.firstIndex(where: { $0.item == item }) {
        let sum = try? command.lines[place].found?.adding(line.quantity)
        command.lines[place].found = sum ?? line.quantity
        continue
      }
      var found = CountRequest()
      found.item = item
      found.found = line.quantity
      command.lines.append(found)
    }
    try await submit(command, lines, "found", &draft)
  }

  private func writeOff(_ line: RetailRow, _ place: Int, _ draft: inout Draft) async throws {
    var command = IssueStock()
    command.item = items[line.code] ?? ItemID()
    command.quantity = Quantity(thousandths: 0 - line.quantity.thousandths)
    command.purpose = RetailCode.saysDamaged(line.note) ? .damaged : .lost
    try await submit(command, [line], "missing/\(place)", &draft)
  }

  // MARK: - Who and what

  private func clinic(_ time: Instant, _ place: RowPlace) async throws -> ClinicID {
    if let clinic { return clinic }
    let found = try await recorder.clinic(of: site, since: time, place)
    clinic = found
    return found
  }

  /// Whether the book knows the customer and the goods of a line, which it does from the first line on
  /// that names them; false where one is refused.
  private func isKnown(_ line: RetailRow, _ time: Instant) async throws -> Bool {
    if !line.customer.isEmpty, customers[line.customer] == nil {
      var command = RegisterPatient()
      command.person.familyName = "Customer \(line.customer)"
      guard let made = try await define(command, "customers", line.customer, line, time) else {
        return false
      }
      customers[line.customer] = made.first(.patient).map { PatientID($0) }
    }
    let name = index.names[line.code] ?? line.code
    if line.isGoods {
      if items[line.code] != nil { return true }
      var command = DefineItem()
      command.code = line.code
      command.name = name
      command.baseUnit = "piece"
      guard let made = try await define(command, "items", line.code, line, time) else {
        return false
      }
      items[line.code] = made.first(.item).map { ItemID($0) }
    } else if services[line.code] == nil {
      var command = DefineService()
      command.code = line.code
      command.name = name
      command.type = .fee
      guard let made = try await define(command, "services", line.code, line, time) else {
        return false
      }
      services[line.code] = made.first(.service).map { ServiceID($0) }
    }
    return true
  }

  /// What stands under the reference of a code or a customer, or is made under it; nil where the Desk
  /// refuses it.
  private func define<C: Command>(
    _ command: C, _ kind: String, _ code: String, _ line: RetailRow, _ time: Instant
  ) async throws -> ActionReceipt? {
    // The book begins with its clinic.
    let place = RowPlace(file, row: line.row)
    _ = try await clinic(time, place)
    let source = Recorder.Source(
      reference: Importer.reference("retail", kind, code), place: place, rows: 0)
    return try await recorder.submit(command, source, effective: time, other: .found)
  }
}
