import Daybook

/// Holds a book against what its writers were told before they were killed.
///
/// Every acknowledged action is there, in the order in which its caller was told, once; and who asks
/// again is given the same answer.
struct Checking {
  private let options: WitnessOptions

  init(_ options: WitnessOptions) { self.options = options }

  private struct Acknowledged: Hashable {
    var patient: UInt64
    var last: UInt64
  }

  func run() async throws {
    guard let path = options.answers else { throw WitnessError("check needs --answers") }
    let told = try acknowledged(path)
    // Opened for writing first: what a reader sees before is another matter.
    let office = try BackOffice.open(options.book)
    try found(told)
    for (reference, answer) in told.sorted(by: { $0.value.last < $1.value.last }) {
      let receipt = try await register(office, reference)
      guard receipt.isRepeat, receipt.last.number == answer.last,
        receipt.first(PatientKind.streamKind) == answer.patient
      else {
        throw WitnessError("\(reference) was answered \(answer), and now \(receipt)")
      }
    }
    await office.close()
    try StandardOutput.write("acknowledged=\(told.count)\n")
  }

  /// What was acknowledged, by reference; the last line may be half written.
  private func acknowledged(_ path: String) throws -> [String: Acknowledged] {
    let bytes = try LiveFileSystem().bytes(of: path, atMost: 1 << 30)
    let text = String(decoding: bytes, as: UTF8.self)
    var told: [String: Acknowledged] = [:]
    var lastOfCaller: [Substring: UInt64] = [:]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let words = line.split(separator: " ")
      guard words.count == 3, let last = UInt64(words[0]), let patient = UInt64(words[2]) else {
        throw WitnessError("no acknowledgement: \(line)")
      }
      let reference = String(words[1])
      guard told.updateValue(Acknowledged(patient: patient, last: last), forKey: reference) == nil
      else { throw WitnessError("\(reference) was acknowledged twice") }
      // The caller's name: all before the number of its action.
      let caller = words[1].prefix(upTo: words[1].lastIndex(of: "/") ?? words[1].startIndex)
      guard last > lastOfCaller[caller, default: 0] else {
        throw WitnessError("\(reference) stands before what its caller was told earlier")
      }
      lastOfCaller[caller] = last
    }
    return told
  }

  /// Reads the whole log: each acknowledged reference stands there once, where it was said to.
  private func found(_ told: [String: Acknowledged]) throws {
    var reader = try LogReader(options.book, in: .live)
    var seen: Set<String> = []
    var position = Position.start
    try reader.scan(from: Position(1)) { record in
      guard record.header.position == position.next else {
        throw WitnessError("\(record.header.position) follows \(position)")
      }
      position = record.header.position
      guard let reference = record.source?.reference.text() else { return }
      guard seen.insert(reference).inserted else {
        throw WitnessError("\(reference) stands there twice, again at \(position)")
      }
      if let answer = told[reference], answer.last != position.number {
        throw WitnessError("\(reference) was acknowledged at \(answer.last), and is at \(position)")
      }
    }
    if let lost = told.keys.sorted().first(where: { !seen.contains($0) }) {
      throw WitnessError("\(lost) was acknowledged and is lost")
    }
  }
}
