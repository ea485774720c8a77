import DaybookBytes
import DaybookDesk
import DaybookEvents
import DaybookWorld

/// The pages of one draft in memory, as a checkpoint would have them in files.
final class MemoryPages: PageSource {
  private let pages: [[UInt8]]
  private let reads = Locked(0)

  /// How many pages were read so far.
  var readCount: Int { reads.withLock { $0 } }
  var pageCount: Int { pages.count }

  init(_ pages: [[UInt8]]) { self.pages = pages }

  func admit(_ name: PageName, at place: PagePlace) -> PageTicket {
    PageTicket(self, Int(place.offset))
  }

  func page<Content>(
    _ number: Int, _ decode: (inout ByteReader) throws(WireError) -> Content
  ) -> Content? {
    reads.withLock { $0 += 1 }
    return try? withReader(of: pages[number]) { (reader) throws(WireError) in
      var reader = reader
      return try decode(&reader)
    }
  }
}

extension DeskState {
  /// The bytes of all that the state holds.
  func storedBytes() throws -> [UInt8] {
    var copy = self
    guard let draft = try CheckpointDraft(of: &copy) else { return [] }
    var bytes = ByteWriter()
    bytes.append(draft.bytes)
    for slot in draft.slots { slot.page.store(to: &bytes) }
    return bytes.bytes
  }

  /// The state as a checkpoint brings it back, and the pages that it reads when they are touched.
  func reloaded() throws -> (state: DeskState, pages: MemoryPages) {
    var copy = self
    guard let draft = try CheckpointDraft(of: &copy) else { return (DeskState(), MemoryPages([])) }
    var root = ByteWriter()
    root.append(draft.bytes)
    var pages: [[UInt8]] = []
    for (index, slot) in draft.slots.enumerated() {
      var page = ByteWriter()
      slot.page.store(to: &page)
      pages.append(page.bytes)
      root.overwriteLittleEndian(UInt64(index), at: slot.offset + 12)
    }
    var state = DeskState()
    let source = MemoryPages(pages)
    let isKept = try root.withReader { (reader) throws(WireError) in
      try CheckpointDraft.restore(&state, from: reader, pages: source)
    }
    precondition(isKept, "the state declines")
    return (state, source)
  }
}
