import DaybookBytes
import DaybookWorld

/// The bytes of one simulated file: those that every process sees, and those on the disk.
///
/// What was changed since the last sync is kept as a list of sizes, whole sectors and mapped words,
/// in order. A loss of power keeps a part of it; what a sector holds is always old or new.
struct SimulatedContent {
  static let sectorBytes = 512

  private enum Change {
    case size(Int)
    /// The sector's number, and where its bytes stand in `images`.
    case sector(Int, image: Int)
    case word(Int, UInt64)

    var isSize: Bool {
      if case .size = self { true } else { false }
    }
  }

  /// What every process sees.
  private(set) var cached: [UInt8] = []
  private var durable: [UInt8] = []
  private var changes: [Change] = []
  private var images: [UInt8] = []
  // Sectors that a failed sync forgot: seen, but not on the disk, and nobody will write them.
  private var forgotten: Set<Int> = []

  /// Brings everything to the disk.
  mutating func sync() {
    for change in changes { apply(change) }
    forgetChanges()
  }

  /// A sync that fails: every sector gets to the disk or is taken for clean all the same.
  ///
  /// - Returns: How many were dropped.
  mutating func failSync(_ numbers: inout SeededNumbers) -> Int {
    let keep = KeepRate.drawn(from: &numbers)
    var dropped = 0
    for change in changes {
      if change.isSize || keep.keeps(&numbers) {
        apply(change)
      } else if case .sector(let sector, _) = change {
        forgotten.insert(sector)
        dropped += 1
      }
    }
    forgetChanges()
    return dropped
  }

  /// Lets go of some pages that are taken for clean; whoever reads them next reads the disk.
  mutating func evict(_ numbers: inout SeededNumbers) {
    for sector in forgotten.sorted() where numbers.oneIn(2) {
      forgotten.remove(sector)
      let start = sector * Self.sectorBytes
      let end = min(start + Self.sectorBytes, cached.count, durable.count)
      if start < end { cached.replaceSubrange(start..<end, with: durable[start..<end]) }
    }
  }

  /// Leaves what the disk may hold after the power went.
  ///
  /// - Returns: How many sectors and words were lost.
  mutating func losePower(_ numbers: inout SeededNumbers) -> Int {
    var lost = 0
    if !changes.isEmpty {
      if numbers.oneIn(2) {
        // As if the disk had done everything in order.
        let kept = Int.random(in: 0...changes.count, using: &numbers)
        for change in changes[..<kept] { apply(change) }
        lost = changes.count - kept
      } else {
        lost = keepSome(&numbers)
      }
    }
    cached = durable
    forgetChanges()
    forgotten = []
    return lost
  }

  private mutating func keepSome(_ numbers: inout SeededNumbers) -> Int {
    let keep = KeepRate.drawn(from: &numbers)
    // Sizes are kept in order, as a file system's journal does.
    var sizes = Int.random(in: 0...changes.count { $0.isSize }, using: &numbers)
    var lost = 0
    for change in changes {
      if change.isSize {
        if sizes > 0 { apply(change) }
        sizes -= 1
      } else if keep.keeps(&numbers) {
        apply(change)
      } else {
        lost += 1
      }
    }
    return lost
  }

  private mutating func forgetChanges() {
    changes.removeAll(keepingCapacity: true)
    images.removeAll(keepingCapacity: true)
  }

  private mutating func apply(_ change: Change) {
    switch change {
    case .size(let size): durable.resize(to: size)
    case .sector(let sector, let image):
      let start = sector * Self.sectorBytes
      let count = min(Self.sectorBytes, durable.count - start)
      guard count > 0 else { return }
      durable.replaceSubrange(start..<start + count, with: images[image..<image + count])
    case .word(let index, let value): durable.setWord(index, value)
    }
  }

  /// Writes as every process sees it.
  mutating func write(_ bytes: [UInt8], at offset: Int) {
    if bytes.isEmpty { return }
    if offset + bytes.count > cached.count { resize(to: offset + bytes.count) }
    cached.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    let last = (offset + bytes.count - 1) / Self.sectorBytes
    for sector in offset / Self.sectorBytes...last {
      forgotten.remove(sector)
      changes.append(.sector(sector, image: images.count))
      let start = sector * Self.sectorBytes
      let end = min(start + Self.sectorBytes, cached.count)
      images.append(contentsOf: cached[start..<end])
      images.append(contentsOf: repeatElement(0, count: start + Self.sectorBytes - end))
    }
  }

  /// Cuts or lengthens as every process sees it.
  mutating func resize(to size: Int) {
    if size == cached.count { return }
    cached.resize(to: size)
    changes.append(.size(size))
  }

  /// A word of the first page.
  func word(_ index: Int) -> UInt64 {
    guard cached.count >= (index + 1) * 8 else { return 0 }
    return (0..<8).reversed().reduce(0) { $0 << 8 | UInt64(cached[index * 8 + $1]) }
  }

  /// Stores a word of the first page.
  mutating func setWord(_ index: Int, _ value: UInt64) {
    cached.setWord(index, value)
    changes.append(.word(index, value))
  }

  /// Whether nothing but sectors behind the first page was written since the last sync.
  var hasOnlyBodyChanges: Bool {
    changes.allSatisfy {
      if case .sector(let sector, _) = $0 { sector * Self.sectorBytes >= 4096 } else { false }
    }
  }

  /// Turns a bit over, in memory and on the disk.
  mutating func flipBit(_ bit: Int) {
    if bit / 8 < cached.count { cached[bit / 8] ^= 1 << UInt8(bit % 8) }
    if bit / 8 < durable.count { durable[bit / 8] ^= 1 << UInt8(bit % 8) }
  }

  /// Whether these bytes stand there already.
  func holds(_ bytes: [UInt8], at offset: Int) -> Bool {
    offset + bytes.count <= cached.count && cached[offset..<offset + bytes.count] == bytes[...]
  }
}

/// How much of what was not synced is kept: hardly anything, half, nearly everything.
private enum KeepRate: CaseIterable {
  case little
  case half
  case most

  static func drawn(from numbers: inout SeededNumbers) -> KeepRate {
    allCases.randomElement(using: &numbers) ?? .half
  }

  func keeps(_ numbers: inout SeededNumbers) -> Bool {
    switch self {
    case .little: numbers.oneIn(16)
    case .half: numbers.oneIn(2)
    case .most: !numbers.oneIn(16)
    }
  }
}

extension [UInt8] {
  fileprivate mutating func resize(to size: Int) {
    if size < count {
      removeLast(count - size)
    } else {
      // An array is copied whole. Of another collection a debug build takes byte by byte: for the room
      // that a log takes ahead, a third of the time of the tests of lives.
      append(contentsOf: [UInt8](repeating: 0, count: size - count))
    }
  }

  fileprivate mutating func setWord(_ index: Int, _ value: UInt64) {
    guard count >= (index + 1) * 8 else { return }
    for place in 0..<8 {
      self[index * 8 + place] = UInt8(truncatingIfNeeded: value >> UInt64(place * 8))
    }
  }
}
