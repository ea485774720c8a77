public import DaybookBytes
import DaybookValues

/// What a checkpoint can keep and bring back: a read model, or a part of one.
///
/// All that it holds is described once, part by part; writing and reading are modes of that one
/// description:
///
/// ```swift
/// mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
///   try parts.visit("ledger", &ledger)
///   try parts.visit("limits", &limits)
/// }
/// ```
///
/// What can be worked out from the other parts need not be a part: `parts.isReading` tells when.
public protocol Checkpointed {
  /// Visits every part, always in the same order.
  ///
  /// - Throws: what `parts` throws, and a `WireError` where parts that were read do not belong
  ///   together; what was read is then thrown away.
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError)
}

/// The parts of one model as they are written to a checkpoint, or read from one.
public struct CheckpointParts: ~Copyable {
  private var output = ByteWriter(capacity: 4096)
  private var input: ByteReader?
  private let source: (any PageSource)?
  private var slots: [CheckpointDraft.Slot] = []
  private var path = ""
  /// Whether the model cannot be kept in a checkpoint.
  private(set) var isDeclined = false

  /// Whether pages of arrays that have not changed since a checkpoint wrote them leave the memory.
  let givesUpPages: Bool

  /// To write.
  init(givingUpPages: Bool) {
    source = nil
    givesUpPages = givingUpPages
  }

  /// To read `bytes`, lent for as long as the parts are used, and later the pages of `source`.
  init(_ bytes: ByteReader, _ source: any PageSource) {
    input = bytes
    self.source = source
    givesUpPages = false
  }

  /// Whether parts are read, not written.
  public var isReading: Bool { input != nil }

  /// Says that the model cannot be kept in a checkpoint: it is replayed from the first event.
  ///
  /// It is what a model does that does not describe itself.
  public mutating func decline() { isDeclined = true }

  /// Writes a value, or reads one in its place.
  public mutating func visit<Value: StoredValue>(
    _ name: String, _ value: inout Value
  ) throws(WireError) {
    try begin(name)
    if isReading { value = try read() } else { write(value) }
  }

  /// Writes or reads a part that has parts of its own, or pages.
  public mutating func visit<Part: Checkpointed>(
    _ name: String, _ part: inout Part
  ) throws(WireError) {
    try begin(name)
    let outer = path
    path = outer.isEmpty ? name : "\(outer).\(name)"
    try part.describe(&self)
    path = outer
  }

  /// Every part stands behind its name, so that other parts are never taken for it.
  private mutating func begin(_ name: String) throws(WireError) {
    if !isReading { return write(name) }
    guard try read(String.self) == name else { throw fault(.wrongType, name) }
  }

  /// An error that names the part.
  func fault(_ kind: WireError.Kind, _ name: String = "") -> WireError {
    let field = path.isEmpty || name.isEmpty ? path + name : "\(path).\(name)"
    return WireError(kind, at: input?.offset ?? output.count, field: field)
  }
}

// What parts with pages are made of.
extension CheckpointParts {
  mutating func write<Value: StoredValue>(_ value: Value) { value.store(to: &output) }

  mutating func read<Value: StoredValue>(_ type: Value.Type = Value.self) throws(WireError) -> Value
  {
    guard var reader = input else { preconditionFailure("nothing is read here") }
    do throws(WireError) {
      let value = try Value(reading: &reader)
      input = reader
      return value
    } catch {
      throw WireError(error.kind, at: error.offset, field: path)
    }
  }

  /// Leaves room for the place of `page`, which is known once it is written.
  mutating func write(_ page: any CheckpointPage, index: Int) {
    slots.append(
      CheckpointDraft.Slot(
        offset: output.count, name: PageName(part: path, index: index), page: page))
    PagePlace().store(to: &output)
  }

  /// Reads the place of a page of `count` elements.
  mutating func readPage<Element: StoredValue>(
    _ count: Int, index: Int
  ) throws(WireError) -> StoredPage<Element> {
    let place: PagePlace = try read()
    guard let source else { preconditionFailure("nothing is read here") }
    let ticket = source.admit(PageName(part: path, index: index), at: place)
    return StoredPage(count: count, at: ticket)
  }

  /// The end of what is read.
  func finish() throws(WireError) {
    if let input, !input.isAtEnd { throw WireError(.notCanonical, at: input.offset) }
  }

  consuming func draft() -> CheckpointDraft { CheckpointDraft(bytes: output.bytes, slots: slots) }
}

extension PagePlace: StoredValue {
  package static var blank: PagePlace { PagePlace() }

  /// How many bytes a place takes.
  package static let byteCount = 32

  package init(reading reader: inout ByteReader) throws(WireError) {
    self.init()
    pack = try Position(reading: &reader)
    attempt = try UInt32(reading: &reader)
    offset = try UInt64(reading: &reader)
    length = try UInt32(reading: &reader)
    rawLength = try UInt32(reading: &reader)
    checksum = try UInt32(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    pack.store(to: &writer)
    attempt.store(to: &writer)
    offset.store(to: &writer)
    length.store(to: &writer)
    rawLength.store(to: &writer)
    checksum.store(to: &writer)
  }
}
