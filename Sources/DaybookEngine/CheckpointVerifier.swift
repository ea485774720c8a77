import DaybookBytes
public import DaybookEvents
public import DaybookLog
public import DaybookValues
import DaybookWorld

extension Checkpoints {
  /// Proves every checkpoint of the catalogue's models against a replay from the first event.
  ///
  /// Every page and every other part must be, byte for byte, what the replay comes to; the digests then
  /// are the same, too. A checkpoint of another version is not used, and nothing is wrong with it.
  ///
  /// - Returns: A check a checkpoint, by the model's name; none where there are no checkpoints.
  /// - Throws: where the log itself cannot be read or replayed.
  /// - Complexity: O(events up to the newest checkpoint).
  public func verify(
    _ catalogue: Catalogue, _ log: inout LogReader, progress: (Position) -> Void = { _ in }
  ) throws -> [Check] {
    // Each part lets go of what it has replayed before the next begins.
    var checks = try verifyModels(catalogue, &log, progress)
    if let check = try verifyDecisions(catalogue, &log, progress) {
      checks.append((DecisionContent.name, check))
    }
    return checks.sorted { $0.model < $1.model }.map(\.check)
  }

  /// Proves the checkpoints of the read models.
  private func verifyModels(
    _ catalogue: Catalogue, _ log: inout LogReader, _ progress: (Position) -> Void
  ) throws -> [(model: String, check: Check)] {
    let host = ProjectionHost(catalogue)
    var found: [StoredModel] = []
    var checks: [(model: String, check: Check)] = []
    for model in host.modelNames where world.files.exists(folder.root(of: model)) {
      switch try stored(model, catalogue, &log) {
      case .use(let stored): found.append(stored)
      case .say(let check): checks.append((model, check))
      }
    }
    for stored in found.sorted(by: { $0.header.position < $1.header.position }) {
      try host.catchUp(&log, through: stored.header.position, progress: progress)
      guard let truth = try host.draft(of: stored.header.model) else { continue }
      let fault = stored.fault(against: truth)
      checks.append(
        (
          stored.header.model,
          Check(
            name(stored.header.model), found: fault.map(Self.advice),
            over: "position \(stored.header.position), \(truth.slots.count) pages")
        ))
    }
    return checks
  }

  /// Proves the checkpoint of what is decided on; nil where there is none.
  private func verifyDecisions(
    _ catalogue: Catalogue, _ log: inout LogReader, _ progress: (Position) -> Void
  ) throws -> Check? {
    let model = DecisionContent.name
    guard world.files.exists(folder.root(of: model)) else { return nil }
    let checkpoints = Checkpoints(folder.book, in: world)
    let store = Engine.store(checkpoints, catalogue)
    checkpoints.add(store)
    guard let header = try headerOfDecisions(in: store, catalogue, &log) else {
      return unused(model, checkpoints)
    }
    var content = DecisionContent(catalogue)
    try log.scan(from: Position(1), through: header.position) { record in
      try content.evolve(record)
      if record.header.position.number % 65_536 == 0 { progress(record.header.position) }
    }
    guard let truth = try CheckpointDraft(of: &content) else { return nil }
    let bytes = try CheckpointStore.bytes(of: folder.root(of: model), in: world.files)
    do throws(CheckpointFault) {
      let draft = try CheckpointHeader.withRoot(bytes) { (_, draft) in draft.copyRemaining() }
      let stored = StoredModel(header: header, draft: draft, store: store)
      return Check(
        name(model), found: stored.fault(against: truth).map(Self.advice),
        over: "position \(header.position), \(truth.slots.count) pages")
    } catch {
      return Check(name(model), passed: false, detail: Self.advice(error.detail))
    }
  }

  /// Loads what was decided on, and keeps what its checkpoint says of itself.
  private func headerOfDecisions(
    in store: CheckpointStore, _ catalogue: Catalogue, _ log: inout LogReader
  ) throws -> CheckpointHeader? {
    var loaded = DecisionContent(catalogue)
    return try store.load(&loaded, mark: DecisionContent.mark(catalogue), from: &log)
  }

  private func unused(_ model: String, _ checkpoints: Checkpoints) -> Check {
    let notice = checkpoints.notices.first
    let isStale = notice?.kind == .stale
    let detail = notice.map { "\($0.file): \($0.detail)" } ?? "it is not used"
    return Check(name(model), passed: isStale, detail: isStale ? detail : Self.advice(detail))
  }

  private func name(_ model: String) -> String {
    "the checkpoint of \(model) is what a replay comes to"
  }

  private static func advice(_ fault: String) -> String {
    "\(fault); delete it, nothing is lost"
  }

  private enum Found {
    case use(StoredModel)
    case say(Check)
  }

  /// The checkpoint of a model as it is on the disk.
  private func stored(
    _ model: String, _ catalogue: Catalogue, _ log: inout LogReader
  ) throws -> Found {
    let checkpoints = Checkpoints(folder.book, in: world)
    let host = ProjectionHost(catalogue, named: model)
    try host.load(checkpoints, from: &log)
    guard let store = host.store(of: model), let root = store.state.withLock({ $0.root }) else {
      return .say(unused(model, checkpoints))
    }
    let bytes = try CheckpointStore.bytes(of: folder.root(of: model), in: world.files)
    let draft: [UInt8]
    do throws(CheckpointFault) {
      draft = try CheckpointHeader.withRoot(bytes) { (_, draft) in draft.copyRemaining() }
    } catch {
      return .say(Check(name(model), passed: false, detail: Self.advice(error.detail)))
    }
    return .use(StoredModel(header: root.header, draft: draft, store: store))
  }
}

/// What a checkpoint holds, to be compared.
private struct StoredModel {
  var header: CheckpointHeader
  var draft: [UInt8]
  var store: CheckpointStore

  /// The first difference to what a replay came to; nil where there is none.
  func fault(against truth: CheckpointDraft) -> String? {
    let pages = store.state.withLock { $0.pages }.sorted { $0.key < $1.key }.map(\.value)
    let root = CheckpointFolder.shown(store.rootName)
    guard pages.count == truth.slots.count, draft.count == truth.bytes.count else {
      return "\(root) has \(pages.count) pages, and a replay \(truth.slots.count)"
    }
    for (slot, page) in zip(truth.slots, pages) {
      if let fault = fault(of: page, against: slot) {
        let file = CheckpointFolder.name(of: page.place.id, store.name)
        return "\(CheckpointFolder.shown(file)), \(slot.name): \(fault)"
      }
    }
    var rest = draft
    for slot in truth.slots {
      rest.replaceSubrange(
        slot.offset..<slot.offset + PagePlace.byteCount,
        with: repeatElement(0, count: PagePlace.byteCount))
    }
    return rest == truth.bytes ? nil : "\(root) is not what a replay comes to"
  }

  private func fault(of page: CheckpointStore.Page, against slot: CheckpointDraft.Slot) -> String? {
    guard page.name == slot.name else { return "a replay has \(slot.name) there" }
    var bytes = ByteWriter()
    slot.page.store(to: &bytes)
    do throws(CheckpointFault) {
      return try store.read(page.place) { stored in
        bytes.withReader { $0.hasSameBytes(as: stored) }
          ? nil : "it is not what a replay comes to"
      }
    } catch {
      return error.detail
    }
  }
}
