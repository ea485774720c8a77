import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// The checkpoints of one model of a book: where its stored pages come from, and go to.
///
/// A page that turns out to be damaged is made again by a replay of the log, so that no answer is
/// ever wrong and none is missing; what cannot be had at all is kept as the failure.
final class CheckpointStore: PageSource {
  let name: String
  let version: UInt32
  let folder: CheckpointFolder
  let world: World
  private let rebuild: @Sendable (Position) throws -> CheckpointDraft?
  let state = Locked(State())

  struct State {
    /// Every page that may still be asked for, by its number.
    var pages: [Int: Page] = [:]
    /// The number of the next page.
    var nextPage = 0
    /// Open files of pages, also of ones that have been removed since.
    var packs: [PackID: any File] = [:]
    /// What the root on disk says; nil where there is none that can be used.
    var root: Root?
    /// Whether a page of the root was found damaged.
    var isDamaged = false
    var remade: Remade?
    var notices: [CheckpointNotice] = []
    var failure: CheckpointFailure?
  }

  struct Page {
    var name: PageName
    var place: PagePlace
    /// A position at which the page was what it is.
    var validAt: Position
    /// Nil when nobody can ask for the page any more.
    weak var holder: PageHolder?
  }

  /// A root, and how many bytes of each file of pages it needs.
  struct Root {
    var header: CheckpointHeader
    var bytes = 0
    var liveBytes: [PackID: UInt64] = [:]
    var packBytes: [PackID: UInt64] = [:]
  }

  /// The pages of a model that was replayed through a position.
  struct Remade {
    var position: Position
    var pages: [PageName: any CheckpointPage]
  }

  /// - Parameter rebuild: Replays the model through a position, with no checkpoint.
  init(
    name: String, version: UInt32, in folder: CheckpointFolder, world: World,
    rebuild: @escaping @Sendable (Position) throws -> CheckpointDraft?
  ) {
    self.name = name
    self.version = version
    self.folder = folder
    self.world = world
    self.rebuild = rebuild
  }

  var rootName: String { name + CheckpointFolder.rootSuffix }

  /// How many events the root stands behind `position`; all of them where there is none.
  func age(at position: Position) -> UInt64 {
    // A damaged one counts as none.
    let root = state.withLock { $0.isDamaged ? nil : $0.root?.header.position } ?? .start
    return position.number - min(root.number, position.number)
  }

  /// Notes something that a person should hear of, once.
  func note(_ fault: CheckpointFault, file: String) {
    let notice = CheckpointNotice(
      kind: fault.kind, model: name, file: CheckpointFolder.shown(file), detail: fault.detail)
    let isNew = state.withLock { state in
      if state.notices.contains(notice) { return false }
      state.notices.append(notice)
      return true
    }
    if isNew { world.instruments.count(fault.kind.counter) }
  }

  // MARK: Pages

  func admit(_ name: PageName, at place: PagePlace) -> PageTicket {
    state.withLock { state in
      state.admit(
        Page(name: name, place: place, validAt: state.root?.header.position ?? .start), of: self)
    }
  }

  /// Forgets the pages that nobody can ask for any more, and closes the files that only they needed.
  ///
  /// - Complexity: O(pages).
  func releaseUnused() {
    state.withLock { state in
      state.pages = state.pages.filter { $0.value.holder != nil }
      var needed = Set(state.root?.liveBytes.keys.map { $0 } ?? [])
      for page in state.pages.values { needed.insert(page.place.id) }
      // Whoever still reads a file holds it: it is closed behind the last of them.
      state.packs = state.packs.filter { needed.contains($0.key) }
    }
  }

  /// How many files of pages are open.
  var openFileCount: Int { state.withLock { $0.packs.count } }

  func page<Content>(
    _ number: Int, _ decode: (inout ByteReader) throws(WireError) -> Content
  ) -> Content? {
    guard let page = state.withLock({ $0.pages[number] }) else {
      preconditionFailure("page \(number) of \(name) is asked for without its ticket")
    }
    do throws(CheckpointFault) {
      return try read(page.place) { (bytes) throws(CheckpointFault) in
        do throws(WireError) {
          var bytes = bytes
          return try decode(&bytes)
        } catch {
          throw CheckpointFault(.damaged, "a page cannot be understood: \(error)")
        }
      }
    } catch {
      state.withLock { $0.isDamaged = true }
      let file = CheckpointFolder.name(of: page.place.id, name)
      note(CheckpointFault(.damaged, "\(page.name): \(error.detail)"), file: file)
      return remake(page, file, decode)
    }
  }

  /// Lends the bytes of the page at `place`, which are those that were written.
  func read<Content>(
    _ place: PagePlace, _ body: (ByteReader) throws(CheckpointFault) -> Content
  ) throws(CheckpointFault) -> Content {
    let stored = try storedBytes(place)
    if place.rawLength == place.length {
      return try stored.withReader { (reader) throws(CheckpointFault) in try body(reader) }
    }
    var page = ByteWriter(capacity: min(Int(place.rawLength), 255 * Int(place.length)))
    do throws(WireError) {
      try stored.withReader { (block) throws(WireError) in
        try LZ4.decompress(
          block, rawCount: Int(place.rawLength), appendingTo: &page, prefix: 0)
      }
    } catch {
      throw CheckpointFault(.damaged, "a page cannot be unpacked: \(error)")
    }
    return try page.withReader { (reader) throws(CheckpointFault) in try body(reader) }
  }

  /// The bytes of the page at `place` as they stand in the file, whose checksum is right.
  func storedBytes(_ place: PagePlace) throws(CheckpointFault) -> ByteWriter {
    var bytes = ByteWriter(capacity: Int(place.length))
    do throws(FileError) {
      let file = try open(place.id)
      guard try file.read(at: place.offset, count: Int(place.length), into: &bytes) == place.length
      else { throw FileError(operation: "read", path: file.path, kind: .tooShort) }
    } catch {
      throw CheckpointFault(.damaged, "\(error)")
    }
    guard bytes.withReader({ CRC32C.checksum($0) }) == place.checksum else {
      throw CheckpointFault(
        .damaged, "its checksum is wrong, at byte \(place.offset) for \(place.length) bytes")
    }
    return bytes
  }

  func open(_ pack: PackID) throws(FileError) -> any File {
    if let file = state.withLock({ $0.packs[pack] }) { return file }
    let file = try world.files.open(folder.pack(pack, of: name), .read)
    return state.withLock { state in
      // Another thread may have been faster; two open files do no harm.
      if let other = state.packs[pack] { return other }
      state.packs[pack] = file
      return file
    }
  }

  /// Makes a page again from the log.
  private func remake<Content>(
    _ page: Page, _ file: String, _ decode: (inout ByteReader) throws(WireError) -> Content
  ) -> Content? {
    do {
      let remade = try replayed(through: page.validAt)
      guard let found = remade.pages[page.name] else {
        throw CheckpointFault(.damaged, "a replay has no such page")
      }
      var bytes = ByteWriter()
      found.store(to: &bytes)
      return try bytes.withReader { (reader) throws(WireError) in
        var reader = reader
        return try decode(&reader)
      }
    } catch {
      let failure = CheckpointFailure(
        model: name, file: CheckpointFolder.shown(file), page: "\(page.name)", underlying: error)
      state.withLock { state in state.failure = state.failure ?? failure }
      world.instruments.count(Instruments.Name.checkpointsFailed)
      return nil
    }
  }

  private func replayed(through position: Position) throws -> Remade {
    if let remade = state.withLock({ $0.remade }), remade.position == position { return remade }
    var pages: [PageName: any CheckpointPage] = [:]
    for slot in try rebuild(position)?.slots ?? [] { pages[slot.name] = slot.page }
    let remade = Remade(position: position, pages: pages)
    state.withLock { $0.remade = remade }
    return remade
  }
}

extension CheckpointStore.State {
  /// Gives `page` a number, and a ticket of `store`.
  mutating func admit(_ page: CheckpointStore.Page, of store: CheckpointStore) -> PageTicket {
    let ticket = PageTicket(store, nextPage)
    var page = page
    page.holder = ticket.holder
    pages[nextPage] = page
    nextPage += 1
    return ticket
  }
}

extension PagePlace {
  /// The file that it is in.
  var id: PackID {
    get { PackID(position: pack, attempt: attempt) }
    set { (pack, attempt) = (newValue.position, newValue.attempt) }
  }
}
