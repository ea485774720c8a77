import Daybook
import DaybookInterchange
import DaybookTesting
import Testing

/// One rule for all kinds: what ends the reading of a file is found before anything is appended, what
/// concerns a row is refused with it, and a file is used as it was found.
@Suite struct `A file of an import` {
  struct Kind: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// A file of `Fixtures/imports`.
    var name: String
    /// How often the file is gone through.
    var passes: Int
    var source: @Sendable (_ path: String, any FileSystem) -> any ImportSource

    init(
      _ kind: String, _ name: String, passes: Int,
      _ source: @escaping @Sendable (String, any FileSystem) -> any ImportSource
    ) {
      testDescription = kind
      self.name = name
      self.passes = passes
      self.source = source
    }
  }

  static let kinds: [Kind] = [
    Kind("appointments", "appointments.csv", passes: 3) { AppointmentsImport(path: $0, in: $1) },
    Kind("billing", "billing.csv", passes: 2) { BillingImport(path: $0, in: $1) },
    Kind("treatments", "treatments.csv", passes: 2) { TreatmentsImport(path: $0, in: $1) },
    Kind("retail", "invoices.csv", passes: 3) { RetailImport(path: $0, in: $1) },
    Kind("tickets", "tickets.csv", passes: 3) { TicketsImport(path: $0, in: $1) },
    Kind("deliveries", "deliveries.csv", passes: 3) { DeliveriesImport(path: $0, in: $1) },
    Kind("absences", "absences.csv", passes: 2) { AbsencesImport(path: $0, in: $1) },
    Kind("hours", "hours.csv", passes: 2) { HoursImport(path: $0, in: $1) },
    Kind("journal", "openings.csv", passes: 2) { path, files in
      var world = World.live
      world.files = files
      return JournalImport(path: path, world: world)
    },
  ]

  private static func bytes(_ kind: Kind) throws -> [UInt8] {
    try ImportFixture.bytes(kind.testDescription, kind.name)
  }

  private static func put(_ bytes: [UInt8], _ path: String) throws {
    try LiveFileSystem().replaceFile(path, with: bytes.span)
  }

  /// The beginning of a row in the middle of the file.
  private static func middle(_ bytes: [UInt8]) -> Int {
    (bytes[(bytes.count / 2)...].firstIndex(of: 0x0a) ?? 0) + 1
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var said: String
    /// What is put in the middle.
    var bytes: [UInt8]
  }

  static let faults = [
    Fault(
      testDescription: "text behind a quote", said: "text follows the closing quote",
      bytes: Array("\"a\"b,".utf8)),
    Fault(
      testDescription: "a carriage return", said: "a carriage return without a line feed",
      bytes: [0x61, 0x0d, 0x62]),
    Fault(
      testDescription: "a field without end", said: "a field is longer than",
      bytes: Array(repeating: 0x61, count: 1_000_000)),
  ]

  @Test(arguments: kinds, faults)
  func `that cannot be read beyond its middle leaves the book as it is`(
    _ kind: Kind, _ fault: Fault
  ) async throws {
    let folder = try TemporaryDirectory()
    let path = folder.file(kind.name)
    var bytes = try Self.bytes(kind)
    bytes.insert(contentsOf: fault.bytes, at: Self.middle(bytes))
    try Self.put(bytes, path)
    let book = try ImportedBook()
    let source = kind.source(path, LiveFileSystem())
    for isChecked in [true, false] {
      do {
        if isChecked {
          try source.check()
        } else {
          _ = try await source.run(into: book.office, at: testSite()) { _ in }
        }
        Issue.record("it was read to its end")
      } catch let error as CSVError {
        #expect("\(error)".contains(fault.said), "\(error)")
        #expect(error.line > 1 && !error.concernsOneRow, "\(error)")
      }
    }
    #expect(await book.office.lastPosition == .start)
    await book.office.close()
  }

  @Test(arguments: kinds)
  func `that is cut off within a row leaves the book as it is until it is whole`(
    _ kind: Kind
  ) async throws {
    let folder = try TemporaryDirectory()
    let path = folder.file(kind.name)
    let bytes = try Self.bytes(kind)
    let last = (bytes.dropLast().lastIndex(of: 0x0a) ?? 0) + 1
    try Self.put(Array(bytes[...(last + 2)]), path)
    let book = try ImportedBook()
    let source = kind.source(path, LiveFileSystem())
    do {
      _ = try await source.run(into: book.office, at: testSite()) { _ in }
      Issue.record("it was imported")
    } catch let error as CSVError {
      let said = "\(error)"
      // Cut off within quotes, it is the quote that is missed.
      #expect(said.contains("it was cut off") || said.contains("is not closed"), "\(error)")
    }
    #expect(await book.office.lastPosition == .start)
    try Self.put(bytes, path)
    #expect(try await book.take(source, at: testSite()).eventsAppended > 0)
    #expect(try await book.brokenChecks() == [])
    await book.office.close()
  }

  /// A disk on which a file is another from the n-th time on that it is opened.
  struct Rewritten: ForwardingFileSystem {
    let underlying: any FileSystem = LiveFileSystem()
    let path: String
    let times: Int
    let opened = Locked(0)

    func open(_ path: String, _ mode: OpenMode) throws(FileError) -> any File {
      guard path == self.path else { return try underlying.open(path, mode) }
      let count = opened.withLock { count in
        count += 1
        return count
      }
      return try underlying.open(count < times ? path : path + ".then", mode)
    }
  }

  enum Change: CaseIterable { case other, longer, shorter }

  @Test(arguments: kinds, Change.allCases)
  func `that was changed since it was looked through is refused`(
    _ kind: Kind, _ change: Change
  ) async throws {
    let folder = try TemporaryDirectory()
    let path = folder.file(kind.name)
    let bytes = try Self.bytes(kind)
    var changed = bytes
    let middle = Self.middle(bytes)
    switch change {
    case .other: changed.swapAt(middle, middle + 1)
    case .longer: changed += bytes.suffix(40)
    case .shorter: changed.removeSubrange(middle...)
    }
    try #require(changed != bytes)
    try Self.put(bytes, path)
    try Self.put(changed, path + ".then")
    for times in 2...kind.passes {
      let book = try ImportedBook()
      let files = Rewritten(path: path, times: times)
      do {
        _ = try await kind.source(path, files).run(into: book.office, at: testSite()) { _ in }
        Issue.record("it was used at pass \(times)")
      } catch let error as CSVError {
        #expect("\(error)".contains("the file was changed while it was imported"), "\(error)")
      }
      #expect(await book.office.lastPosition == .start, "pass \(times)")
      await book.office.close()
    }
  }
}
