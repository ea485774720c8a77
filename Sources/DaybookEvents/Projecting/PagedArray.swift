public import DaybookBytes

/// An array in pages of which a checkpoint writes only those that changed, and reads only those that
/// are asked for.
///
/// A copy shares the pages; writing to a shared one copies that page.
public struct PagedArray<Element: StoredValue>: Sendable {
  @usableFromInline
  struct Page: Sendable {
    /// Empty where the stored page alone knows them.
    @usableFromInline var elements: [Element]
    /// The page as a checkpoint has it; nil from its next change on.
    @usableFromInline var stored: StoredPage<Element>?

    @usableFromInline
    init(elements: [Element] = [], stored: StoredPage<Element>? = nil) {
      self.elements = elements
      self.stored = stored
    }

    @inlinable
    subscript(place: Int) -> Element {
      elements.isEmpty ? storedElement(place) : elements[place]
    }

    @inlinable
    func storedElement(_ place: Int) -> Element { allElements[place] }

    @inlinable var allElements: [Element] { elements.isEmpty ? stored?.elements ?? [] : elements }

    var isLoaded: Bool { !elements.isEmpty || stored?.isLoaded == true }

    /// Forgets elements that a file has: they are read again when they are asked for.
    mutating func giveUp() {
      guard isLoaded, let unloaded = stored?.unloaded else { return }
      self = Page(stored: unloaded)
    }

    /// The page is about to become another than the checkpoint's.
    @usableFromInline
    mutating func takeUp() {
      if elements.isEmpty { elements = allElements }
      stored = nil
    }
  }

  /// Elements of a page.
  public let pageCount: Int
  @usableFromInline let shift: Int
  @usableFromInline let mask: Int
  @usableFromInline var pages: [Page] = []
  @usableFromInline var elementCount = 0

  /// How many elements there are.
  @inlinable public var count: Int { elementCount }

  /// No elements.
  ///
  /// - Parameter pageCount: Elements of a page: a power of two.
  public init(pageCount: Int = 4096) {
    precondition(
      pageCount > 0 && pageCount & (pageCount - 1) == 0, "a page of \(pageCount) elements")
    self.pageCount = pageCount
    shift = pageCount.trailingZeroBitCount
    mask = pageCount - 1
  }

  /// The element at `index`, from 0.
  ///
  /// - Complexity: O(1); the first time, reading the page.
  @inlinable
  public subscript(index: Int) -> Element {
    get { pages[index >> shift][index & mask] }
    set {
      let page = index >> shift
      if pages[page].stored != nil { pages[page].takeUp() }
      pages[page].elements[index & mask] = newValue
    }
  }

  /// Appends an element.
  @inlinable
  public mutating func append(_ element: Element) {
    if elementCount & mask == 0 {
      pages.append(Page())
    } else if pages[pages.count - 1].stored != nil {
      pages[pages.count - 1].takeUp()
    }
    pages[pages.count - 1].elements.append(element)
    elementCount += 1
  }
}

extension PagedArray {
  /// How many pages have their elements in memory.
  package var loadedPageCount: Int { pages.count { $0.isLoaded } }
}

extension PagedArray: RandomAccessCollection {
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }

  /// How many elements there are.
  @inlinable public var endIndex: Int { count }
}

extension PagedArray: Checkpointed {
  public mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    if parts.isReading { try read(&parts) } else { write(&parts) }
  }

  private mutating func write(_ parts: inout CheckpointParts) {
    parts.write(pageCount)
    parts.write(count)
    for index in pages.indices {
      if parts.givesUpPages { pages[index].giveUp() }
      let stored = pages[index].stored ?? StoredPage(pages[index].elements)
      pages[index].stored = stored
      parts.write(stored, index: index)
    }
  }

  private mutating func read(_ parts: inout CheckpointParts) throws(WireError) {
    guard try parts.read(Int.self) == pageCount else { throw parts.fault(.outOfRange) }
    elementCount = try parts.read()
    guard count >= 0 else { throw parts.fault(.outOfRange) }
    pages = []
    for start in stride(from: 0, to: count, by: pageCount) {
      let stored: StoredPage<Element> = try parts.readPage(
        Swift.min(pageCount, count - start), index: pages.count)
      pages.append(Page(stored: stored))
    }
  }
}
