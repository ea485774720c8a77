import DaybookBytes
import DaybookClinicEvents
import DaybookEngine
import DaybookEvents
import DaybookLog
import DaybookValues

/// How the actions of an export become actions of the book that it is merged into.
///
/// It is made once, when the merged book is proved, and then holds for each action by itself: nothing
/// is worked out anew while the actions are appended.
struct MergePlan {
  /// What becomes of an action.
  enum Fate: UInt8 {
    /// It is appended.
    case appended
    /// The book holds it.
    case there
    /// The book holds what it defines, from elsewhere.
    case left
  }

  /// Of the export's first action, without times of recording.
  let export: String
  private(set) var fates: [Fate] = []
  /// Events of an action that are left out, where it is appended without them: by its index.
  private(set) var partial: [Int: [Bool]] = [:]
  var numbers = ThingNumbers()
  /// Where the events stand in the book, by their position in the export; 0 for nowhere.
  private var positions: [UInt64] = [0]
  /// How many more events a stream has in the book, by the event's position in the export.
  private var shifts: [UInt64: Int64] = [:]
  /// Payloads that state a digest, made anew.
  private var sealed: [UInt64: [UInt8]] = [:]

  init(export: String) { self.export = export }

  // MARK: - Making it

  mutating func add(_ fate: Fate, leaving kept: [Bool]) {
    if fate == .appended, kept.contains(false) { partial[fates.count] = kept }
    fates.append(fate)
  }

  mutating func place(_ position: Position, at placed: Position) {
    let index = Int(position.number)
    if positions.count <= index {
      positions += Array(repeating: 0, count: index + 1 - positions.count)
    }
    positions[index] = placed.number
  }

  mutating func shift(_ position: Position, by count: Int64) { shifts[position.number] = count }
  mutating func seal(_ position: Position, _ payload: [UInt8]) {
    sealed[position.number] = payload
  }

  // MARK: - Asking it

  /// Where an event of the export stands; nil where it does not.
  func position(_ position: Position) -> Position? {
    let index = Int(position.number)
    return index < positions.count && positions[index] > 0 ? Position(positions[index]) : nil
  }

  func number(_ kind: StreamKind, _ number: UInt64) -> UInt64? {
    number == 0 ? 0 : numbers[ThingNumbers.Thing(kind, number)]
  }

  /// The action as it is in the book.
  ///
  /// - Parameter index: Which action of the export it is, from 0.
  /// - Throws: `WireError` with the field that names what has no number in the book.
  func translated(
    _ action: EncodedAction, _ index: Int, _ renumberer: EventRenumberer
  ) throws(WireError) -> EncodedAction {
    let kept = partial[index] ?? Array(repeating: true, count: action.headers.count)
    let names = PlannedNumbers(self)
    var result = EncodedAction(headers: [], payloads: [], payloadEnds: [])
    result.source = action.source ?? Self.source(of: action, export)
    var start = 0
    for (index, header) in action.headers.enumerated() {
      let end = action.payloadEnds[index]
      defer { start = end }
      guard kept[index] else { continue }
      var moved = try renumbered(header)
      moved.actionIndex = UInt32(result.headers.count)
      moved.actionCount = UInt32(kept.count { $0 })
      result.headers.append(moved)
      if let payload = sealed[header.position.number] {
        result.payloads += payload
      } else {
        result.payloads += try renumberer.payload(
          header, action.payloads[start..<end], by: names)
      }
      result.payloadEnds.append(result.payloads.count)
    }
    return result
  }

  private func renumbered(_ header: RecordHeader) throws(WireError) -> RecordHeader {
    var moved = header
    moved.position = try found(position(header.position), "position")
    moved.stream.number = try found(number(header.stream.kind, header.stream.number), "stream")
    moved.version = UInt64(
      clamping: Int64(clamping: header.version) &+ (shifts[header.position.number] ?? 0))
    moved.clinic = try found(number(.clinic, header.clinic), "clinic")
    moved.correlation = try found(number(.visit, header.correlation), "correlation")
    if header.cause != .start { moved.cause = try found(position(header.cause), "cause") }
    if let staff = header.actor.staffNumber {
      moved.actor = .staff(try found(number(.staff, staff), "actor"))
    }
    return moved
  }

  private func found<Value>(
    _ value: Value?, _ field: String
  ) throws(WireError) -> Value {
    guard let value else { throw WireError(.outOfRange, at: 0, field: field) }
    return value
  }

  // MARK: - References

  /// What stands for the reference of an action that had none: whose it was and where.
  static func source(of action: EncodedAction, _ export: String) -> ActionSource {
    ActionSource(
      reference: "merge:\(export)/\(action.headers.first?.position.number ?? 0)",
      digest: digest(of: action))
  }

  /// The name of an export by its first action, whatever book it was recorded in and when.
  static func name(ofFirst action: EncodedAction) -> String {
    let digest = digest(of: action)
    let digits = String(digest.low, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Of everything that the action says, but when it was written down.
  static func digest(of action: EncodedAction) -> CommandDigest {
    var writer = ByteWriter(capacity: 256)
    for (header, end) in zip(action.headers, action.payloadEnds) {
      let numbers: [UInt64] = [
        header.position.number, UInt64(header.stream.kind.number), header.stream.number,
        header.version, UInt64(header.family.rawValue), UInt64(header.tag), header.clinic,
        header.actor.rawValue, UInt64(header.role.rawValue), header.correlation,
        header.cause.number, UInt64(end),
      ]
      for number in numbers { writer.appendVarint(number) }
      writer.appendZigzag(header.effective.instant.milliseconds)
      writer.appendZigzag(Int64(header.effective.offset.seconds))
    }
    writer.append(action.payloads)
    return short(writer.withReader { SHA256.hash($0) })
  }

  static func short(_ hash: SHA256Hash) -> CommandDigest {
    CommandDigest(low: hash.first.byteSwapped, high: hash.second.byteSwapped)
  }
}

/// The numbers of a plan, for payloads.
private final class PlannedNumbers: Renumbering {
  private let plan: MergePlan

  init(_ plan: MergePlan) { self.plan = plan }

  func number(_ number: UInt64, ofKind kind: StreamKind) -> UInt64? { plan.number(kind, number) }
  func person(_ number: UInt64) -> UInt64? { plan.number(StreamKind(PersonKind.number), number) }
  func position(_ position: Position) -> Position? { plan.position(position) }
}
