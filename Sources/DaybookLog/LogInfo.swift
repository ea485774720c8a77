import DaybookEvents
public import DaybookValues
public import DaybookWorld

/// What a log holds, by its headers and footers.
public struct LogInfo: Sendable {
  /// One segment of it.
  public struct Segment: Hashable, Sendable {
    /// The file's name.
    public var name: SegmentName
    /// What the segment's first block says.
    public var header: SegmentHeader
    /// The position of its last durable record; the one before its first when it has none.
    public var lastPosition: Position
    /// Bytes of the file that are used.
    public var bytes: UInt64
    /// Bytes that the records take before compression.
    public var rawBytes: UInt64
    /// Whether it is complete and has its footer.
    public var isSealed: Bool
  }

  /// The identity of the log.
  public var logID: LogID
  /// The last durable position.
  public var durable: Position
  /// The segments, in order.
  public var segments: [Segment] = []
  /// How many records there are.
  public var events: UInt64 = 0
  /// How many actions.
  public var actions: UInt64 = 0
  /// How many frames: each was one write and one sync.
  public var frames: UInt64 = 0
  /// When the first record was recorded; nil in an empty log.
  public var firstRecorded: Instant?
  /// When the last one was.
  public var lastRecorded: Instant?
  /// The earliest effective time.
  public var firstEffective: Instant?
  /// The latest effective time.
  public var lastEffective: Instant?
  /// How many records there are of each type.
  public var types = TypeCounts()
  /// What the answers of the present writer promise, or of the last one; nil where it is not known.
  public var durability: Durability?

  /// The names of numbers that are not Daybook's own, where any are used.
  public var names: [NameDeclared] = []

  /// Bytes of all segments that are used.
  public var bytes: UInt64 { segments.reduce(0) { $0 + $1.bytes } }

  /// How many positions are those of records that were lost before a salvage.
  public var lostCount: UInt64 {
    types.entries.first { $0.family == PositionLost.family && $0.tag == PositionLost.tag }?.count
      ?? 0
  }

  /// Looks a log over.
  ///
  /// - Throws: As `LogReader` does.
  /// - Complexity: O(bytes of the last segment); the sealed ones say it in their footers.
  public init(_ directory: String, in world: World) throws(LogError) {
    var reader = try LogReader(directory, in: world)
    // Sealed since the reader looked, or not: what is durable now stands in these segments.
    try reader.readSegments()
    logID = reader.logID
    durable = reader.durable
    durability = try TailPage(
      LogDirectory(directory).tail, in: world.files, writable: false)?.durability
    for facts in reader.segments where facts.firstPosition <= durable.number + 1 {
      if let footer = facts.footer {
        add(facts, footer.tally, bytes: footer.end)
      } else {
        let file = try reader.open(facts)
        defer { file.close() }
        let found = try SegmentTally.count(facts, file, through: durable)
        add(facts, found.tally, bytes: found.end)
      }
    }
    let hasNames = types.entries.contains {
      $0.family == NameDeclared.family && $0.tag == NameDeclared.tag
    }
    if hasNames { names = try reader.declaredNames() }
  }

  /// The name of a type of record that the reader does not know: `animals/1`.
  public func name(of entry: TypeCounts.Entry) -> String {
    let number = UInt32(entry.family.rawValue)
    let declared = names.first {
      $0.kind == NameDeclared.Kind.family.rawValue && $0.number == number
    }
    return "\(declared?.name ?? "family-\(number)")/\(entry.tag)"
  }

  private mutating func add(_ facts: SegmentFacts, _ tally: SegmentTally, bytes: UInt64) {
    segments.append(
      Segment(
        name: facts.name, header: facts.header, lastPosition: Position(tally.lastPosition),
        bytes: bytes, rawBytes: tally.chains.reduce(0) { $0 + UInt64($1.rawCount) },
        isSealed: facts.footer != nil))
    if tally.isEmpty { return }
    events += tally.recordCount
    actions += tally.actionCount
    frames += tally.frameCount
    types.add(tally.types)
    firstRecorded = firstRecorded ?? Instant(milliseconds: tally.firstRecorded)
    lastRecorded = Instant(milliseconds: tally.lastRecorded)
    let lowest = Instant(milliseconds: tally.lowestEffective)
    let highest = Instant(milliseconds: tally.highestEffective)
    firstEffective = min(firstEffective ?? lowest, lowest)
    lastEffective = max(lastEffective ?? highest, highest)
  }
}

extension SegmentTally {
  /// Counts the frames of a segment up to a durable position.
  ///
  /// - Throws: `.damaged`, `.endsBelowWatermark`.
  static func count(
    _ facts: SegmentFacts, _ file: any File, through durable: Position
  ) throws(LogError) -> (tally: SegmentTally, end: UInt64) {
    var scanner = FrameScanner(file, facts.header, name: "\(facts.name)")
    var tally = SegmentTally(firstPosition: facts.firstPosition)
    while scanner.lastPosition < durable {
      switch try scanner.step() {
      case .frame: try tally.add(&scanner)
      case .footer: return (tally, scanner.offset)
      case .damage(let detail):
        throw LogError(
          .damaged, segment: scanner.name, offset: scanner.offset,
          intactThrough: scanner.lastPosition, detail: detail)
      case .zero, .endOfFile:
        throw LogError(
          .endsBelowWatermark, segment: scanner.name, offset: scanner.offset,
          intactThrough: scanner.lastPosition, detail: "no frame stands there")
      }
    }
    return (tally, scanner.offset)
  }

  /// Counts the frame that the scanner read last, and its records.
  mutating func add(_ scanner: inout FrameScanner) throws(LogError) {
    guard let frame = scanner.frame else { return }
    beginFrame(frame, at: scanner.frameOffset)
    do {
      try scanner.forEachRecord { self.add($0.header) }
    } catch let error as LogError {
      throw error
    } catch {
      preconditionFailure("counting threw \(error)")
    }
  }
}
