package import DaybookBytes
package import DaybookEvents
import DaybookValues
import DaybookWorld

/// The pages of a draft in memory: what a store keeps in files, for tests of models alone.
package final class MemoryPages: PageSource {
  private let pages: [PageName: [UInt8]]
  private let names: [PageName]
  private let damaged: Set<PageName>
  private let reads = Locked(0)

  /// Takes in what `draft` holds; the pages named in `damaged` cannot be read.
  package init(_ draft: CheckpointDraft, damaged: Set<PageName> = []) {
    var pages: [PageName: [UInt8]] = [:]
    for slot in draft.slots { pages[slot.name] = Self.bytes(of: slot.page) }
    self.pages = pages
    names = draft.slots.map(\.name)
    self.damaged = damaged
  }

  private static func bytes(of page: any CheckpointPage) -> [UInt8] {
    var writer = ByteWriter()
    page.store(to: &writer)
    return writer.bytes
  }

  /// How many pages were asked for so far.
  package var readCount: Int { reads.withLock { $0 } }
  /// How many pages there are.
  package var pageCount: Int { names.count }

  package func admit(_ name: PageName, at place: PagePlace) -> PageTicket {
    PageTicket(self, names.firstIndex(of: name) ?? -1)
  }

  package func page<Content>(
    _ number: Int, _ decode: (inout ByteReader) throws(WireError) -> Content
  ) -> Content? {
    reads.withLock { $0 += 1 }
    guard !damaged.contains(names[number]), let bytes = pages[names[number]] else { return nil }
    return try? withReader(of: bytes) { (reader) throws(WireError) in
      var reader = reader
      return try decode(&reader)
    }
  }

  /// Makes `fresh`, which holds nothing, what `model` holds, its pages in memory.
  ///
  /// - Throws: `WireError` where the two are not described alike.
  package static func copy<Model: Checkpointed>(
    _ model: inout Model, into fresh: Model, damaged: Set<PageName> = []
  ) throws(WireError) -> (model: Model, pages: MemoryPages) {
    guard let draft = try CheckpointDraft(of: &model) else { throw WireError(.wrongType, at: 0) }
    let pages = MemoryPages(draft, damaged: damaged)
    var copy = fresh
    _ = try withReader(of: draft.bytes) { (reader) throws(WireError) in
      try CheckpointDraft.restore(&copy, from: reader, pages: pages)
    }
    return (copy, pages)
  }

  /// Everything that a model holds, as a checkpoint keeps it: equal for models that will never differ.
  package static func state<Model: Checkpointed>(
    of model: Model
  ) throws(WireError) -> [UInt8] {
    var model = model
    guard let draft = try CheckpointDraft(of: &model) else { throw WireError(.wrongType, at: 0) }
    return draft.slots.reduce(into: draft.bytes) { $0 += bytes(of: $1.page) }
  }

  /// A digest of everything that a model holds, for models that are too large to be compared whole.
  package static func digest<Model: Checkpointed>(
    of model: Model
  ) throws(WireError) -> String {
    var model = model
    guard let draft = try CheckpointDraft(of: &model) else { throw WireError(.wrongType, at: 0) }
    var hash = SHA256()
    hash.update(draft.bytes)
    for slot in draft.slots { hash.update(bytes(of: slot.page)) }
    return "\(hash.finalize())"
  }
}
