import Daybook
import DaybookBytes
import DaybookInterchange
import DaybookReporting
import DaybookTesting
import Testing

@Suite struct `Export of events` {
  func lines(_ book: ExportBook, through end: Position? = nil) throws -> [Substring] {
    var archive = try book.archive()
    let export = EventExport(.clinic)
    var result = ""
    let count = try export.forEachChunk(&archive.log, through: end) { result += $0 }
    let lines = result.split(separator: "\n")
    #expect(lines.count == count)
    return lines
  }

  @Test func `writes a line an event as they were looked at`() throws {
    let lines = try lines(ExportBook.everyPosting())
    try Golden.expect(lines.joined(separator: "\n") + "\n", is: "export/every-posting.jsonl")
  }

  @Test func `writes the file that it hands on`() throws {
    let book = try ExportBook.everyPosting()
    let lines = try lines(book)
    var archive = try Archive(book.path, catalogue: .clinic, world: .live)
    let path = book.folder.file("events.jsonl")
    let count = try EventExport(.clinic).write(&archive.log, to: path, in: LiveFileSystem())
    let bytes = try LiveFileSystem().bytes(of: path, atMost: 1 << 24)
    #expect(String(decoding: bytes, as: UTF8.self) == lines.joined(separator: "\n") + "\n")
    #expect(count == lines.count)
  }

  @Test func `says where actions begin and end, and of which command`() throws {
    let lines = try lines(ExportBook.everyPosting())
    let digest = try #require(lines[10].firstMatch(of: /"digest":"([0-9a-f]{32})"/)?.1)
    #expect(
      lines[10].contains(
        #""sourceRef":"visit-1","digest":"\#(digest)","actionIndex":0,"actionCount":3,"#))
    #expect(lines[11].contains(#""sourceRef":null,"digest":null,"actionIndex":1,"actionCount":3,"#))
    #expect(lines[12].contains(#""actionIndex":2,"actionCount":3,"#))
    #expect(lines[13].contains(#""sourceRef":null,"digest":null,"actionIndex":0,"actionCount":1,"#))
  }

  @Test func `ends a line with the checksum of what it says and of what is stored`() throws {
    var book = try ExportBook()
    try book.clinic(1, .eur, name: "Sol")
    var archive = try book.archive()
    var json = JSONText()
    var lines = EventLines(.clinic)
    var payload: [UInt8] = []
    try archive.log.scan(from: Position(1)) {
      payload = $0.payload.copyRemaining()
      try lines.append($0, as: .exported, to: &json)
    }
    let parts = json.text.split(separator: /,"crc32c":"/)
    let sum = CRC32C.checksum((Array(parts[0].utf8) + payload).span)
    let digits = String(sum, radix: 16)
    #expect(parts[1] == String(repeating: "0", count: 8 - digits.count) + digits + "\"}\n")
  }

  @Test func `keeps names inside the personal group`() throws {
    for line in try lines(ExportBook.everyPosting()) where line.contains("Quevedo") {
      let group = try #require(line.firstMatch(of: /"person":\{[^}]*\}/))
      #expect(group.0.contains("Quevedo"))
      #expect(!line.replacing(group.0, with: "").contains("Quevedo"))
    }
  }

  @Test func `prints amounts with the decimals of the event's clinic`() throws {
    let lines = try lines(ExportBook.everyPosting())
    let yen = try #require(
      lines.first { $0.contains("ChargePosted") && $0.contains(#""clinic":"L3""#) })
    #expect(yen.contains(#""list":"5400""#))
    // A clinic's own definition too, which comes before its currency is known.
    let hana = try #require(lines.first { $0.contains("Hana") })
    #expect(hana.contains(#""writeOff":"500""#))
  }

  @Test func `prints one record as a reader of the log sees it`() throws {
    var book = try ExportBook()
    try book.clinic(1, .eur, name: "Sol")
    try book.pay(
      1, from: .patient(PatientID(1)), 1_000, by: .card(CardTender()),
      [allocation(1, ExportBook.patient, 1_000)])
    var archive = try book.archive()
    var lines = EventLines(.clinic)
    var json = JSONText()
    var stored = ""
    try archive.log.scan(from: Position(1)) { record in
      if record.header.position == Position(1) { return try lines.note(record) }
      try lines.append(record, as: .printed, to: &json)
      try lines.append(record, as: .stored, to: &json)
      stored = try lines.payload(of: record, as: .storedText) ?? ""
    }
    try Golden.expect(json.text + stored, is: "export/one-payment.txt")
  }

  @Test func `carries an event that the catalogue does not know as bytes`() throws {
    var book = try ExportBook()
    try book.clinic(1, .eur, name: "Sol")
    var archive = try book.archive()
    var json = JSONText()
    var lines = EventLines(Catalogue())
    try archive.log.scan(from: Position(1)) { try lines.append($0, as: .exported, to: &json) }
    let bytes = try #require(json.text.firstMatch(of: /"payload":null,"bytes":"([0-9a-f]+)",/)?.1)
    #expect(bytes.hasPrefix("08011203536f6c"))
  }

  @Test func `prints the digest that the engine compares repeats with`() async throws {
    let folder = try TemporaryDirectory()
    let office = try BackOffice.open(
      folder.file("book"), options: LogOptions(creation: .ifMissing))
    let command = RegisterPatient.with {
      $0.person = .with { $0.familyName = "Quevedo" }
      $0.birthYear = 1_980
    }
    var envelope = Envelope()
    envelope.actor = Importer.journal.actor
    envelope.role = .import
    envelope.reference = "patient-1"
    _ = try await office.perform(command, envelope)
    await office.close()
    var archive = try Archive(folder.file("book"), catalogue: .clinic, world: .live)
    var text = ""
    try EventExport(.clinic).forEachChunk(&archive.log) { text += $0 }
    var hash = SHA256()
    hash.update(Array("RegisterPatient".utf8) + [0])
    hash.update(try command.encoded())
    #expect(text.contains(#""digest":"\#("\(hash.finalize())".prefix(32))""#))
    #expect(text.contains(#""actor":"import:journal","role":"import""#))
  }
}
