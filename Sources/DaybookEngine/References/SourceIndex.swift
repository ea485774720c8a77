import DaybookBytes
import DaybookEvents
import DaybookLog
import DaybookValues
import DaybookWorld

/// Finds the action that bears a source reference, exact for the life of the log.
///
/// The references of sealed segments stand in files, those behind them in a table. Both know
/// fingerprints and positions: what they find are candidates, and the records decide.
struct SourceIndex: ~Copyable {
  private let store: ReferenceStore
  private let driver: LogDriver
  private var runs: [ReferenceRun]
  /// References of segments that are sealed and have no file yet.
  private var sealed: [Sealed] = []
  /// References behind them.
  private var table = ReferenceTable()
  /// The first position of the segment that the table begins with.
  private var first: Position
  /// The last position that nobody has taken references from yet, from `first` on; nil for none.
  private var left: Position?
  private var keeper: ReferenceKeeper?
  private var mayMerge = true
  private var scratch = ByteWriter(capacity: ReferenceFileHead.blockBytes)
  /// What happened to the files so far.
  private(set) var events = ReferenceEvents()

  private struct Sealed {
    var table: ReferenceTable
    var first: Position
    var next: Position
    var isTried = false
  }

  /// Opens the files of references; where one does not stand it is made from its segment.
  ///
  /// - Parameter segments: The sealed segments of the log.
  /// - Complexity: O(segments) where all stand.
  init(
    _ directory: String, _ world: World, _ hash: ReferenceHash, _ segments: [SealedSegment],
    driver: LogDriver
  ) throws(LogError) {
    store = ReferenceStore(directory, hash, world)
    self.driver = driver
    runs = try store.open(segments, &events)
    first = segments.last?.lastPosition.next ?? Position(1)
  }

  /// Waits for what is being written.
  mutating func close() {
    if let keeper { take(keeper.wait()) }
  }

  deinit { _ = keeper?.wait() }

  /// The first position whose reference must be noted; those before are in the files.
  var notedFrom: Position { first }

  /// Leaves the records from `notedFrom` through `last` for later, when a reference is asked for:
  /// to read them takes longer than anything else at the opening of a book with a checkpoint.
  mutating func leave(through last: Position) {
    if last >= first { left = last }
  }

  /// Notes the references of the records that were left; nothing may be noted or asked for before.
  ///
  /// - Throws: `LogError` where they cannot be read: nothing is noted, and the next call tries again.
  /// - Complexity: O(records left) once, then O(1).
  mutating func noteLeft(from log: inout LogReader) throws(LogError) {
    guard let left else { return }
    precondition(left <= log.durable, "records are left that are not durable")
    let hash = store.hash
    var entries: [ReferenceEntry] = []
    do {
      try log.scan(from: first, through: left) { record in
        if let entry = hash.entry(record) { entries.append(entry) }
      }
    } catch let error as LogError {
      throw error
    } catch {
      preconditionFailure("taking references threw \(error)")
    }
    table = ReferenceTable(entries)
    self.left = nil
  }

  /// Notes the reference of a record of the log, if it has one.
  mutating func note(_ record: RecordView) {
    precondition(left == nil, "records before it were left")
    guard record.header.position >= first, let entry = store.hash.entry(record) else { return }
    table.note(entry)
  }

  /// Notes the reference of the action that begins at `position`, behind all noted before.
  mutating func note(clinic: UInt64, _ reference: String, at position: Position) {
    precondition(left == nil, "records before it were left")
    table.note(ReferenceEntry(store.hash.fingerprint(clinic, reference), at: position))
  }

  /// Where the action may begin that bears the reference, in order; none is none for certain.
  ///
  /// - Throws: `LogError` where a file is damaged and cannot be made again either.
  mutating func candidates(
    clinic: UInt64, _ reference: String
  ) throws(LogError) -> [Position] {
    precondition(left == nil, "records were left")
    let fingerprint = store.hash.fingerprint(clinic, reference)
    while true {
      var found: [Position] = []
      guard let (index, fault) = findInRuns(fingerprint, &found) else {
        for index in sealed.indices {
          sealed[index].table.forEach(fingerprint) { found.append($0) }
        }
        table.forEach(fingerprint) { found.append($0) }
        // Twice where a segment was sealed while more was noted.
        if found.count > 1 { found.sort() }
        return found
      }
      try mend(index, fault)
    }
  }

  private mutating func findInRuns(
    _ fingerprint: UInt64, _ found: inout [Position]
  ) -> (index: Int, fault: ReferenceFault)? {
    for index in runs.indices {
      do throws(ReferenceFault) {
        try runs[index].find(fingerprint, &scratch, &found)
      } catch {
        return (index, error)
      }
    }
    return nil
  }

  /// Makes a damaged file again from its segments.
  private mutating func mend(_ index: Int, _ fault: ReferenceFault) throws(LogError) {
    // Nobody else changes files meanwhile; and the damaged one may be gone by then.
    if let keeper {
      take(keeper.wait())
      return
    }
    guard case .file(let file) = runs[index] else { return }
    runs.replaceSubrange(index...index, with: try store.rebuild(file, fault, &events))
  }

  // MARK: Upkeep

  /// Takes note of where the open segment begins, and sees to it that sealed ones get their files.
  mutating func keepUp(openSegment segmentFirst: Position) {
    // A file of some of a segment's references would be believed.
    precondition(left == nil, "records were left")
    if let keeper, let outcome = keeper.take() { take(outcome) }
    if segmentFirst > first {
      let rest = ReferenceTable(table.suffix(from: segmentFirst))
      sealed.append(Sealed(table: table, first: first, next: segmentFirst))
      table = rest
      first = segmentFirst
    }
    while keeper == nil, let work = dueWork() {
      if driver == .thread, let begun = try? ReferenceKeeper(work) {
        keeper = begun
      } else {
        take(work.run())
      }
    }
  }

  /// Does what is due, and returns when it is done.
  mutating func settle() {
    if let keeper { take(keeper.wait()) }
    while let work = dueWork() { take(work.run()) }
  }

  private func dueWork() -> ReferenceWork? {
    if let next = sealed.first(where: { !$0.isTried }) {
      return ReferenceWork(
        store: store, runs: runs, entries: next.table.entries, first: next.first, next: next.next)
    }
    guard mayMerge, ReferenceRun.merging(runs) != nil else { return nil }
    return ReferenceWork(store: store, runs: runs)
  }

  private mutating func take(_ outcome: ReferenceWork.Outcome?) {
    keeper = nil
    guard let outcome else { return }
    runs = outcome.runs
    mayMerge = mayMerge && outcome.mayMerge
    events.add(outcome.events)
    // What was sealed since the work was begun is not of it.
    let index = sealed.firstIndex { !$0.isTried && $0.next == outcome.next }
    if let failure = outcome.failure {
      // The table stays, and is as good; the next opening tries again.
      events.unwritten.append("\(failure)")
      if let index { sealed[index].isTried = true } else { mayMerge = false }
    } else if let index {
      sealed.remove(at: index)
    }
  }

  // MARK: Facts

  /// What the references take; those that are left are not counted.
  var extent: ReferenceExtent {
    var extent = ReferenceExtent()
    for run in runs {
      extent.count += run.count
      extent.memoryBytes += run.bytes
      if case .file(let file) = run {
        extent.files += 1
        extent.fileBytes += UInt64(file.head.fileBytes)
      }
    }
    for part in sealed {
      extent.count += part.table.entries.count - part.table.suffix(from: part.next).count
      extent.memoryBytes += part.table.bytes
    }
    extent.count += table.entries.count
    extent.memoryBytes += table.bytes
    return extent
  }
}
