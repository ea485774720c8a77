import Daybook

private let catalogue = Catalogue.clinic
private let events = catalogue.families.flatMap(\.events)
nonisolated(unsafe) private let printer = PayloadPrinter()

/// Reads the bytes as the payload of an event, which the first byte chooses: printed in every form, and
/// taken in by the Desk and by the departments, it is understood or refused.
func fuzzPayload(_ bytes: ByteReader) {
  var bytes = bytes
  guard let choice = try? bytes.readByte() else { return }
  let event = events[Int(choice) % events.count]
  var header = RecordHeader()
  header.position = Position(1)
  header.stream = StreamID(event.streamKind, 1)
  header.family = event.family
  header.tag = event.tag
  header.clinic = 1
  header.recorded = Instant(milliseconds: 1_800_000_000_000)
  header.effective = Moment(header.recorded, .utc)
  let record = RecordView(header: header, payload: bytes.rebased)

  var texts: [String?] = []
  for form in [EventDescription.PrintedForm.json, .storedJSON, .storedText] {
    texts.append(try? event.text(of: record, as: form, by: printer))
  }
  claim(
    Set(texts.map { $0 == nil }).count == 1,
    "\(event.name) is understood in one form and not in another")
  takeIn(record, isUnderstood: texts[0] != nil, event.name)
}

private func takeIn(_ record: RecordView, isUnderstood: Bool, _ name: String) {
  var desk = DeskState()
  var accounting = AccountingModel()
  var documents = DocumentsModel()
  var clearing = ClearingModel()
  var earnings = EarningsModel()
  var staff = HumanResourcesModel()
  var stock = LogisticsModel()
  var visits = VisitsModel()
  let event = Event(record, EventDecoder())
  let isTaken = (try? desk.evolve(event)) != nil
  claim(isUnderstood || !isTaken, "the Desk took in a \(name) that cannot be read")
  try? accounting.apply(event)
  try? documents.apply(event)
  try? clearing.apply(event)
  try? earnings.apply(event)
  try? staff.apply(event)
  try? stock.apply(event)
  try? visits.apply(event)
  _ = (accounting.digest, documents.digest, clearing.digest, earnings.digest)
  _ = (staff.digest, stock.digest, visits.digest)
}
