import DaybookBytes
import DaybookEvents
import DaybookValues

/// Pages of a draft in memory, as a store keeps them in files.
final class MemoryPages: PageSource {
  private let pages: [PageName: [UInt8]]
  private let names: [PageName]
  private let counts = Counts()
  /// The pages that cannot be read.
  let damaged: Set<PageName>

  /// How often pages were asked for; tests have one thread.
  final class Counts: Sendable {
    let read = Once<Int>()
  }

  /// Takes in what `draft` holds and gives every page a number.
  init(_ draft: CheckpointDraft, damaged: Set<PageName> = []) {
    var pages: [PageName: [UInt8]] = [:]
    for slot in draft.slots {
      var writer = ByteWriter()
      slot.page.store(to: &writer)
      pages[slot.name] = writer.bytes
    }
    self.pages = pages
    names = draft.slots.map(\.name)
    self.damaged = damaged
  }

  /// Whether any page was asked for.
  var isTouched: Bool { counts.read.value != nil }

  func admit(_ name: PageName, at place: PagePlace) -> Int {
    names.firstIndex(of: name) ?? -1
  }

  func page<Content>(
    _ number: Int, _ decode: (inout ByteReader) throws(WireError) -> Content
  ) -> Content? {
    counts.read.set(1)
    guard !damaged.contains(names[number]), let bytes = pages[names[number]] else { return nil }
    return try? withReader(of: bytes) { (reader) throws(WireError) in
      var reader = reader
      return try decode(&reader)
    }
  }

  /// `fresh` made what `model` holds, its pages in memory.
  static func copy<Model: Checkpointed>(
    _ model: inout Model, into fresh: Model, damaged: Set<PageName> = []
  ) throws -> (model: Model, pages: MemoryPages) {
    guard let draft = try CheckpointDraft(of: &model) else { throw WireError(.wrongType, at: 0) }
    let pages = MemoryPages(draft, damaged: damaged)
    var copy = fresh
    _ = try withReader(of: draft.bytes) { (reader) throws(WireError) in
      try CheckpointDraft.restore(&copy, from: reader, pages: pages)
    }
    return (copy, pages)
  }
}
