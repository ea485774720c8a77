import Daybook

/// Bytes an event on the disk, in each layout and in the neighbours, beside a line of compact JSON
/// with the same fields.
func compareSizes(
  _ logs: Logs, _ neighbours: [Neighbour], into results: inout Results
) throws {
  let (whole, printed) = try jsonBytes(logs)
  let json = Figure(name: "size.json", values: [whole], unit: "bytes/event")
  try results.add(json)
  try results.add(
    Figure(name: "size.json.without-digest", values: [printed], unit: "bytes/event"))
  for (layout, name) in [
    (Layout.alone, "size.alone"), (.actions, "size.actions"), (.groups, "size.groups-64"),
  ] {
    let floor = try Floor(of: logs.book(layout), logs.world)
    let bytes = Double(floor.storedBytes) / Double(floor.events)
    try results.add(Figure(name: name, values: [bytes], unit: "bytes/event").compared(with: json))
    try results.add(
      Figure(
        name: "\(name).raw", values: [Double(floor.rawBytes) / Double(floor.events)],
        unit: "bytes/event"))
  }
  for neighbour in neighbours {
    let bytes = try neighbour.settledBytes() / Double(neighbour.count)
    try results.add(
      Figure(name: "size.\(neighbour.kind.word)", values: [bytes], unit: "bytes/event")
        .compared(with: json))
  }
}

/// The mean length of a line, over every seventh event: all that a record holds, named as
/// `log read --format json` names it, and the digest that stands beside a source reference, which
/// that leaves out; and the mean without it.
private func jsonBytes(_ logs: Logs) throws -> (whole: Double, withoutDigest: Double) {
  let catalogue = Catalogue.clinic
  var log = try LogReader(logs.book(.actions), in: logs.world)
  var bytes = 0
  var events = 0
  var digestBytes = 0
  try log.scan(from: Position(1)) { record in
    guard record.header.position.number % 7 == 0,
      let event = catalogue.event(record.header.family, record.header.tag)
    else { return }
    let header = record.header
    var line = """
      {"position":\(header.position.number),"stream":"\(catalogue.name(of: header.stream))",\
      "version":\(header.version),"type":"\(event.name)","recordedAt":"\(header.recorded)",\
      "effectiveAt":"\(header.effective)","clinic":"L\(header.clinic)",\
      "actor":"\(catalogue.name(of: header.actor))","role":"\(catalogue.name(of: header.role))"
      """
    if header.correlation != 0 { line += ",\"correlation\":\"V\(header.correlation)\"" }
    if header.cause != .start { line += ",\"cause\":\(header.cause.number)" }
    if let source = record.source {
      line += ",\"sourceRef\":\"\(source.reference.text() ?? "")\",\"digest\":\""
      line += String(repeating: "0", count: 32) + "\""
      digestBytes += ",\"digest\":\"\"".utf8.count + 32
    }
    line += ",\"payload\":\(try event.text(of: record, currency: .usd, as: .json))}\n"
    bytes += line.utf8.count
    events += 1
  }
  return (Double(bytes) / Double(events), Double(bytes - digestBytes) / Double(events))
}
