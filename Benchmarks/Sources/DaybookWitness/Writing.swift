import Daybook

/// Registers patients through the back office, so many callers at once, until the time is over.
struct Writing {
  private let options: WitnessOptions

  init(_ options: WitnessOptions) { self.options = options }

  func run() async throws {
    var world = World.live
    if let times = options.times { world.files = WatchedFileSystem(try Lines(times)) }
    let acks = try options.acks.map { try Lines($0) }
    let answers = try options.answers.map { try Lines($0) }
    let office = try BackOffice.open(
      options.book, world: world,
      options: LogOptions(
        segmentBytes: options.segmentBytes,
        preallocateBytes: min(options.segmentBytes, 8 << 20), creation: .ifMissing))
    try await found(office)
    let first = await office.lastPosition.next
    let witness = options.follows || options.slices != nil ? follow(office, from: first) : nil
    let began = MonotonicClock.nanoseconds()
    let end = began + Int64(options.seconds * 1e9)
    let life = options.life
    let slices = options.slices
    let counts = Locked<[Int64: Int]>([:])
    let actions = try await withThrowingTaskGroup(of: Int.self) { group in
      for caller in 0..<options.callers {
        group.addTask {
          var count = 0
          while MonotonicClock.nanoseconds() < end {
            let reference = "\(life)/\(caller)/\(count)"
            let receipt = try await register(office, reference)
            acks?.add("\(receipt.last) \(reference)\n")
            let patient = receipt.first(PatientKind.streamKind) ?? 0
            answers?.add("\(receipt.last) \(reference) \(patient)\n")
            if let slices {
              let now = MonotonicClock.nanoseconds()
              if slices.isSettled(at: now) {
                counts.withLock { $0[slices.number(at: now), default: 0] += 1 }
              }
            }
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    let seconds = Double(MonotonicClock.nanoseconds() - began) / 1e9
    await office.close()
    var line =
      "actions=\(actions) seconds=\(seconds) rate=\(Double(actions) / seconds) first=\(first)"
    if let slices { line += " " + slices.figures(counts.withLock { $0 }) }
    if let witness {
      let seen = try await witness.value
      line +=
        " followed=\(seen.count) last=\(seen.last) digest=\(seen.digest) maxLag=\(seen.maxLag)"
    }
    try StandardOutput.write(line + "\n")
  }

  /// The clinic, in a new book.
  private func found(_ office: BackOffice) async throws {
    guard await office.lastPosition == .start else { return }
    var clinic = DefineClinic()
    clinic.name = "Witness"
    clinic.timeZone = "UTC"
    clinic.currency = .eur
    clinic.fiscalYearStartMonth = 1
    clinic.transitions = [ZoneTransition()]
    var founding = Envelope()
    founding.role = .system
    _ = try await office.perform(clinic, founding)
  }

  /// Follows in this process, until the book is closed.
  private func follow(_ office: BackOffice, from first: Position) -> Task<Seen.Sum, any Error> {
    let slices = options.slices
    return Task.detached {
      var seen = Seen(from: first)
      let decoder = EventDecoder()
      let events = office.follow(from: first)
      for try await event in events {
        try event.withEvent(decoder) { try seen.take($0.record) }
        while let wait = slices?.wait(for: .within), wait > 0 {
          await World.live.pauses.suspend(nanoseconds: wait)
        }
        if seen.count % 64 == 0 { seen.maxLag = max(seen.maxLag, events.progress.lag) }
      }
      return seen.sum()
    }
  }
}

func register(_ office: BackOffice, _ reference: String) async throws -> ActionReceipt {
  var patient = RegisterPatient()
  patient.person = .with { $0.familyName = reference }
  patient.birthYear = 1_980
  var envelope = Envelope()
  envelope.actor = Importer.journal.actor
  envelope.role = .import
  envelope.reference = reference
  return try await office.perform(patient, envelope)
}
