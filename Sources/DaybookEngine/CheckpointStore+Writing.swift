import DaybookBytes
import DaybookEvents
public import DaybookValues
import DaybookWorld

/// A checkpoint of one model as it was written.
public struct WrittenCheckpoint: Hashable, Sendable {
  /// The model's name.
  public let model: String
  /// The last event in it.
  public let position: Position
  /// Bytes written: pages and root.
  public let bytes: Int
  /// Pages written, and pages that stood in files of earlier checkpoints.
  public let pagesWritten: Int
  /// See `pagesWritten`.
  public let pagesKept: Int
}

extension CheckpointStore {
  /// Writes a checkpoint: first the pages that no file holds yet, then the root.
  ///
  /// After a crash in between, the root is the one before, and what it needs is there.
  ///
  /// - Throws: `FileError`, with the checkpoint before still standing; `CheckpointFailure` where a page
  ///   of it is damaged and the log cannot be read.
  func write(_ draft: CheckpointDraft, _ header: CheckpointHeader) throws -> WrittenCheckpoint {
    try world.instruments.measure(Instruments.Name.checkpointWrite) {
      try makeFolder()
      let writing = try pages(of: draft, header)
      var root = ByteWriter(capacity: draft.bytes.count)
      root.append(draft.bytes)
      for (slot, place) in zip(draft.slots, writing.places) {
        root.overwrite(place, at: slot.offset)
      }
      let bytes = header.root(root)
      do throws(FileError) {
        try bytes.withSpan { (span) throws(FileError) in
          try world.files.replaceFile(folder.root(of: name), with: span)
        }
      } catch {
        // If the new root has its name already, it needs the new pages.
        if !isRoot(bytes) { remove(writing) }
        throw error
      }
      take(writing, draft, header, rootBytes: bytes.count)
      removeUnused()
      releaseUnused()
      return WrittenCheckpoint(
        model: name, position: header.position, bytes: writing.bytes + bytes.count,
        pagesWritten: writing.written, pagesKept: draft.slots.count - writing.written)
    }
  }

  /// What became of the pages of a draft.
  private struct Writing {
    var places: [PagePlace] = []
    /// By slot: whether the page was written now.
    var isNew: [Bool] = []
    var written = 0
    var bytes = 0
    var pack: PackID
    var file: (any File)?
  }

  private func makeFolder() throws(FileError) {
    if world.files.isDirectory(folder.path) { return }
    try world.files.createDirectory(folder.path)
    try world.files.syncDirectory(folder.book)
  }

  /// The place of a page that a file of this store holds; nil where none does.
  private func place(of page: any CheckpointPage) -> PagePlace? {
    guard let ticket = page.ticket, ticket.source === self else { return nil }
    return state.withLock { $0.pages[ticket.number]?.place }
  }

  /// Writes the pages that no file holds yet, and those of files that are not worth keeping.
  private func pages(of draft: CheckpointDraft, _ header: CheckpointHeader) throws -> Writing {
    let known = draft.slots.map { place(of: $0.page) }
    let left = filesToLeave(known.compactMap { $0 })
    var writing = Writing(pack: PackID(position: header.position, attempt: 0))
    var output = ByteWriter(capacity: Self.bufferBytes)
    var compressor = LZ4Compressor()
    do {
      for (slot, place) in zip(draft.slots, known) {
        if let place, !left.contains(place.id) {
          writing.places.append(place)
          writing.isNew.append(false)
          continue
        }
        var new = try append(slot, place, to: &output, &compressor)
        new.offset = UInt64(writing.bytes)
        writing.places.append(new)
        writing.isNew.append(true)
        writing.written += 1
        writing.bytes += Int(new.length)
        if output.count >= Self.bufferBytes { try flush(&output, &writing) }
      }
      if writing.written > 0 {
        try flush(&output, &writing)
        try writing.file?.sync()
        // The name, too, before a root names it.
        try world.files.syncDirectory(folder.path)
      }
    } catch {
      remove(writing)
      throw error
    }
    for index in writing.places.indices where writing.isNew[index] {
      writing.places[index].id = writing.pack
    }
    return writing
  }

  private static let bufferBytes = 4 << 20

  /// Appends the bytes of a page: those of its file, or made from what is in memory.
  ///
  /// - Returns: Their lengths and checksum, without an offset.
  private func append(
    _ slot: CheckpointDraft.Slot, _ place: PagePlace?, to output: inout ByteWriter,
    _ compressor: inout LZ4Compressor
  ) throws -> PagePlace {
    if let place {
      do throws(CheckpointFault) {
        let stored = try storedBytes(place)
        stored.withReader { output.append($0) }
        return place
      } catch {
        // Made again below, from the log.
        state.withLock { $0.isDamaged = true }
      }
    }
    var page = ByteWriter()
    slot.page.store(to: &page)
    if let failure = state.withLock({ $0.failure }) { throw failure }
    let start = output.count
    compressor.compress(chain: page, from: 0, into: &output)
    if output.count - start >= page.count {
      output.truncate(to: start)
      page.withReader { output.append($0) }
    }
    var new = PagePlace()
    new.length = UInt32(output.count - start)
    new.rawLength = UInt32(page.count)
    new.checksum = output.withSpan(in: start..<output.count) { CRC32C.checksum($0) }
    return new
  }

  private func flush(_ output: inout ByteWriter, _ writing: inout Writing) throws(FileError) {
    let file: any File
    if let open = writing.file {
      file = open
    } else {
      file = try makePack(&writing.pack)
      writing.file = file
    }
    let offset = UInt64(writing.bytes - output.count)
    try output.withSpan { (bytes) throws(FileError) in try file.write(bytes, at: offset) }
    output.removeAll()
  }

  /// Makes a file under a name that no earlier attempt has.
  private func makePack(_ pack: inout PackID) throws(FileError) -> any File {
    while true {
      do throws(FileError) {
        return try world.files.open(folder.pack(pack, of: name), .create)
      } catch {
        guard error.kind == .exists, pack.attempt < .max else { throw error }
        pack.attempt += 1
      }
    }
  }

  private func remove(_ writing: Writing) {
    guard let file = writing.file else { return }
    file.close()
    try? world.files.remove(folder.pack(writing.pack, of: name))
  }

  /// Whether these bytes are the root's.
  private func isRoot(_ bytes: borrowing ByteWriter) -> Bool {
    guard let found = try? CheckpointStore.bytes(of: folder.root(of: name), in: world.files) else {
      // Nobody knows: nothing is removed.
      return true
    }
    return bytes.withReader { bytes in found.withReader { bytes.hasSameBytes(as: $0) } }
  }

  /// The files whose pages are written again: all where a page was found damaged, or less than half
  /// of them is used; the smallest, where there are too many.
  private func filesToLeave(_ kept: [PagePlace]) -> Set<PackID> {
    let (isDamaged, sizes) = state.withLock { ($0.isDamaged, $0.root?.packBytes ?? [:]) }
    let all = sizes.values.reduce(0, +)
    let used = kept.reduce(0) { $0 + UInt64($1.length) }
    if isDamaged || used * 2 < all { return Set(kept.map(\.id)) }
    guard sizes.count >= Self.filesMax else { return [] }
    let bySize = sizes.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    return Set(bySize.dropLast(Self.filesMax / 4).map(\.key))
  }

  /// All are opened with the book.
  private static let filesMax = 32

  /// From here on the new root is what is on the disk.
  private func take(
    _ writing: Writing, _ draft: CheckpointDraft, _ header: CheckpointHeader, rootBytes: Int
  ) {
    state.withLock { state in
      var root = Root(header: header, bytes: rootBytes)
      root.packBytes = state.root?.packBytes ?? [:]
      if let file = writing.file {
        root.packBytes[writing.pack] = UInt64(writing.bytes)
        state.packs[writing.pack] = file
      }
      for (index, slot) in draft.slots.enumerated() {
        let place = writing.places[index]
        root.liveBytes[place.id, default: 0] += UInt64(place.length)
        guard writing.isNew[index] else { continue }
        if let ticket = slot.page.ticket, ticket.source === self {
          state.pages[ticket.number]?.place = place
        } else {
          let page = Page(name: slot.name, place: place, validAt: header.position)
          slot.page.note(state.admit(page, of: self))
        }
      }
      root.packBytes = root.packBytes.filter { root.liveBytes[$0.key] != nil }
      state.root = root
      state.isDamaged = false
    }
  }

  /// Removes the files of pages that the root does not name; one that stays does no harm.
  private func removeUnused() {
    let live = state.withLock { $0.root?.liveBytes ?? [:] }
    let names = Set(live.keys.map { CheckpointFolder.name(of: $0, name) })
    guard let found = try? folder.packNames(of: name, in: world.files) else { return }
    for unused in found where !names.contains(unused) {
      try? world.files.remove(FilePath.join(folder.path, unused))
    }
  }
}

extension ByteWriter {
  /// Replaces the place that stands at `offset`.
  fileprivate mutating func overwrite(_ place: PagePlace, at offset: Int) {
    overwriteLittleEndian(place.pack.number, at: offset)
    overwriteLittleEndian(place.attempt, at: offset + 8)
    overwriteLittleEndian(place.offset, at: offset + 12)
    overwriteLittleEndian(place.length, at: offset + 20)
    overwriteLittleEndian(place.rawLength, at: offset + 24)
    overwriteLittleEndian(place.checksum, at: offset + 28)
  }
}
