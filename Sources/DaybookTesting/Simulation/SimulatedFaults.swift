/// What goes wrong on a simulated machine, and how often: once in so many operations, 0 is never.
public struct SimulatedFaults: Hashable, Sendable {
  /// A write leaves a part of its bytes and fails, with an error of the device or for want of room.
  public var failedWriteOneIn = 0
  /// A sync fails: of what was not yet on the disk any part gets there, and the rest never will.
  public var failedSyncOneIn = 0
  /// There is no room for a file to grow.
  public var failedAllocationOneIn = 0
  /// A name is not made, changed or removed, or the names in a folder are not synced.
  public var failedNameChangeOneIn = 0
  /// A read fails.
  public var failedReadOneIn = 0
  /// Mistakes of a program: the machine makes them in its place, or leads it into them.
  public var mistakes: Set<SeededMistake> = []

  /// Nothing goes wrong; crashes are for the test to make.
  public init() {}

  /// Every kind of fault once in about `operations`, each more or less often or not at all.
  public static func drawn(
    oneIn operations: Int, from numbers: inout SeededNumbers
  ) -> SimulatedFaults {
    func rate() -> Int {
      [0, operations / 2, operations, operations * 4].randomElement(using: &numbers) ?? 0
    }
    var faults = SimulatedFaults()
    faults.failedWriteOneIn = rate()
    faults.failedSyncOneIn = rate()
    faults.failedAllocationOneIn = rate()
    faults.failedNameChangeOneIn = rate()
    faults.failedReadOneIn = rate() * 4
    return faults
  }
}

/// Mistakes that a log could make, so that a suite can show that it would notice.
///
/// Those in speaking with the disk are made by the disk in its place; into the others the files lead
/// whoever uses them.
public enum SeededMistake: String, CaseIterable, Hashable, Sendable {
  /// What was written behind a file's first page is said to be synced when it is not, unless the
  /// file has grown.
  case acknowledgesBeforeSync
  /// A frame's body is believed whatever its checksum is.
  case skipsChecksum
  /// The names in a folder are said to be synced when they are not.
  case forgetsDirectorySync
  /// A chain is left out of the index of a sealed segment.
  case dropsIndexEntry
  /// After a failed sync another one is tried, and believed.
  case retriesFailedSync
  /// Bytes that are written again as they are read are left alone.
  case skipsRewriting
  /// Zeros written over other bytes are left out.
  case leavesCutBytes
}

/// How often what went wrong on a simulated machine.
public struct SimulatedCounts: Hashable, Sendable {
  /// Losses of power.
  public var powerLosses = 0
  /// Processes killed.
  public var kills = 0
  /// Writes that failed.
  public var failedWrites = 0
  /// Syncs of a file that failed.
  public var failedSyncs = 0
  /// Times that there was no room.
  public var failedAllocations = 0
  /// Failed changes of names, and failed syncs of folders.
  public var failedNameChanges = 0
  /// Reads that failed.
  public var failedReads = 0
  /// Sectors, and words of mapped pages, that were written and not there after a loss of power.
  public var lostSectors = 0
  /// Changes of names that were not there after a loss of power.
  public var lostNameChanges = 0
  /// Sectors that a failed sync forgot.
  public var droppedSectors = 0
  /// Bits turned over.
  public var flippedBits = 0

  /// Nothing yet.
  public init() {}

  /// Adds what went wrong elsewhere.
  public static func += (sum: inout SimulatedCounts, other: SimulatedCounts) {
    sum.powerLosses += other.powerLosses
    sum.kills += other.kills
    sum.failedWrites += other.failedWrites
    sum.failedSyncs += other.failedSyncs
    sum.failedAllocations += other.failedAllocations
    sum.failedNameChanges += other.failedNameChanges
    sum.failedReads += other.failedReads
    sum.lostSectors += other.lostSectors
    sum.lostNameChanges += other.lostNameChanges
    sum.droppedSectors += other.droppedSectors
    sum.flippedBits += other.flippedBits
  }
}

extension SimulatedCounts: CustomStringConvertible {
  /// The counts on one line.
  public var description: String {
    "\(powerLosses) losses of power (\(lostSectors) sectors, \(lostNameChanges) names lost), "
      + "\(kills) kills; failed: \(failedWrites) writes, \(failedSyncs) syncs "
      + "(\(droppedSectors) sectors dropped), \(failedAllocations) allocations, "
      + "\(failedNameChanges) changes of names, \(failedReads) reads; \(flippedBits) bits flipped"
  }
}
