public import DaybookBytes
package import DaybookValues

/// Where a page of a checkpoint stands: in which file, from where to where, and its checksum.
package struct PagePlace: Hashable, Sendable {
  /// The file: the position of the checkpoint that wrote it, and which of its attempts.
  package var pack = Position.start
  package var attempt: UInt32 = 0
  /// Bytes from the start of the file, and how many.
  package var offset: UInt64 = 0
  package var length: UInt32 = 0
  /// Bytes of the page itself: more where it is stored as an LZ4 block.
  package var rawLength: UInt32 = 0
  /// CRC-32C of the bytes as they are stored.
  package var checksum: UInt32 = 0

  /// Nowhere.
  package init() {}
}

/// Which page of a model it is, whatever file it stands in.
package struct PageName: Hashable, Sendable, CustomStringConvertible {
  /// The part of the model, with those around it: `ledger.postings`.
  package var part: String
  /// Which page of the part, from 0.
  package var index: Int

  /// Names a page.
  package init(part: String, index: Int) {
    self.part = part
    self.index = index
  }

  /// As a message names it.
  package var description: String { "page \(index) of \(part)" }
}

/// Where stored pages come from: the checkpoints of one model.
package protocol PageSource: AnyObject, Sendable {
  /// Takes in a page that a root names, and returns the ticket by which it is asked for.
  func admit(_ name: PageName, at place: PagePlace) -> PageTicket

  /// Reads a page by `decode`.
  ///
  /// A page that cannot be read, or that `decode` does not understand, is made again from the log.
  ///
  /// - Returns: nil where that is impossible too; the source then keeps why.
  func page<Content>(
    _ number: Int, _ decode: (inout ByteReader) throws(WireError) -> Content
  ) -> Content?
}

/// The number of a stored page at its source.
package struct PageTicket: Sendable {
  /// Whom to ask.
  package let source: any PageSource
  /// What to ask for.
  package let number: Int
  /// Lives as long as a copy of the ticket: when it is gone, nobody will ask for the page again.
  package let holder = PageHolder()

  /// A page of `source`.
  package init(_ source: any PageSource, _ number: Int) {
    self.source = source
    self.number = number
  }
}

/// Tells a source that a page may still be asked for.
package final class PageHolder: Sendable {}

/// A page as a checkpoint sees it: whatever it holds.
package protocol CheckpointPage: AnyObject, Sendable {
  /// Where it is stored; nil where no checkpoint has written it yet.
  var ticket: PageTicket? { get }

  /// Notes where it was written.
  func note(_ ticket: PageTicket)

  /// Appends all that it holds.
  func store(to writer: inout ByteWriter)
}

/// Elements that never change: in memory, in a file of a checkpoint, or both.
///
/// What is in a file only is read when it is first asked for, and kept then. Copies of the collection
/// that a page belongs to share it, so that what one of them learns the others know.
@usableFromInline
final class StoredPage<Element: StoredValue>: CheckpointPage {
  private let count: Int
  @usableFromInline let kept: Once<[Element]>
  private let written: Once<PageTicket>

  /// A page that is in memory.
  @usableFromInline
  init(_ elements: [Element]) {
    count = elements.count
    kept = Once(elements)
    written = Once()
  }

  /// A page of a file.
  init(count: Int, at ticket: PageTicket) {
    self.count = count
    kept = Once()
    written = Once(ticket)
  }

  /// The elements; blanks where neither the file nor the log could be read, which the source keeps.
  @inlinable var elements: [Element] { kept.value ?? load() }

  @usableFromInline
  func load() -> [Element] {
    guard let ticket = written.value else { preconditionFailure("a page that is nowhere") }
    let found = ticket.source.page(ticket.number) { (reader) throws(WireError) in
      let elements = try Element.readAll(count, from: &reader)
      guard reader.isAtEnd else { throw WireError(.notCanonical, at: reader.offset) }
      return elements
    }
    return kept.set(found ?? Array(repeating: .blank, count: count))
  }

  /// Whether the elements are in memory.
  var isLoaded: Bool { kept.value != nil }

  /// The same page as the file has it, with nothing in memory; nil where no file has it.
  var unloaded: StoredPage? { written.value.map { StoredPage(count: count, at: $0) } }

  package var ticket: PageTicket? { written.value }

  package func note(_ ticket: PageTicket) { written.set(ticket) }

  package func store(to writer: inout ByteWriter) { Element.storeAll(elements, to: &writer) }
}
