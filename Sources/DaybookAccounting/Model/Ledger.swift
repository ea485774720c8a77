import DaybookBytes
import DaybookEvents
import DaybookValues

/// The running sums of a chunk that is full and stands in no checkpoint yet.
private struct LaterTurnovers {
  let sums = Once<ChunkTurnover>()
  /// Whether anybody has asked for them.
  let asked = Once<Bool>()
}

/// The postings, and the entry that is being made: nothing of an entry stays unless all of it does.
struct Ledger: Sendable {
  /// All postings in position order.
  var postings: History<Posting>
  // The running sums of the full chunks that stood in a checkpoint, and of those behind: made when
  // they are first asked for, once for all copies, so that no event waits for those of its chunk.
  var keptTurnovers = PagedArray<ChunkTurnover>(pageCount: 16)
  private var laterTurnovers: [LaterTurnovers] = []
  // Whom the full chunks may concern: made when a party is first asked for, once for all copies.
  private var sieves: [Once<PartySieve>] = []
  /// The open items of the full chunks, made when they are first asked for.
  var items = ItemIndexes()
  /// The sum of all debits, so that no partial sum can overflow.
  private(set) var debits: Int64 = 0

  private var entry = Posting()
  private var crossesClinics = false
  // The sum of the entry's lines and of its debits, made as the lines come; where one of them leaves
  // 64 bits on the way, both are made again in 128.
  private var sum: Int64 = 0
  private var debit: Int64 = 0
  private var isBeyondRange = false

  init(chunkRows: Int) {
    postings = History(chunkRows: chunkRows)
  }

  /// Begins an entry: `template` has all that its lines share.
  mutating func begin(_ template: Posting) {
    entry = template
    crossesClinics = false
    sum = 0
    debit = 0
    isBeyondRange = false
  }

  /// Adds a line of `amount` minor units to the debit or credit side; nothing for an amount of zero.
  mutating func add(
    _ account: UInt16, _ side: Side, _ amount: Int64, party: PartyKey = .none, charge: UInt32 = 0,
    clinic: UInt16? = nil
  ) throws(PostingError) {
    guard amount != 0 else { return }
    guard amount > 0 else { throw error(.negativeAmount) }
    try append(
      account, side == .debit ? amount : -amount, party: party, charge: charge,
      clinic: clinic ?? entry.clinic)
  }

  /// Which side of an account.
  enum Side { case debit, credit }

  private mutating func append(
    _ account: UInt16, _ amount: Int64, party: PartyKey, charge: UInt32, clinic: UInt16
  ) throws(PostingError) {
    let line = postings.stagedRowCount + 1
    guard line <= UInt16.max else { throw error(.tooManyLines) }
    var row = entry
    row.account = account
    row.amount = amount
    row.party = party.rawValue
    row.charge = charge
    row.line = UInt16(line)
    if clinic != row.clinic {
      row.clinic = clinic
      crossesClinics = true
    }
    let (sum, isSumTooLarge) = sum.addingReportingOverflow(amount)
    let (debit, isDebitTooLarge) = debit.addingReportingOverflow(max(amount, 0))
    self.sum = sum
    self.debit = debit
    isBeyondRange = isBeyondRange || isSumTooLarge || isDebitTooLarge
    postings.stage(row)
  }

  /// Takes the lines of the entry back.
  mutating func abandon() { postings.takeBack() }

  /// Keeps the entry; one without lines is not made.
  ///
  /// - Precondition: Debits and credits are equal, over all and, with pairs on `betweenClinics`, at
  ///   each clinic.
  mutating func commit(betweenClinics: UInt16) throws(PostingError) {
    guard postings.stagedRowCount > 0 else { return }
    if crossesClinics { try addPairs(betweenClinics) }
    if isBeyondRange { try sumUp() }
    precondition(sum == 0, "unbalanced entry from position \(entry.position)")
    let (total, isTooLarge) = debits.addingReportingOverflow(debit)
    guard !isTooLarge else { throw error(.overflow) }
    debits = total
    postings.commit()
    noteFullChunks()
  }

  /// Makes the sums of the entry again, whatever comes out on the way.
  private mutating func sumUp() throws(PostingError) {
    var exactSum: Int128 = 0
    var exactDebit: Int128 = 0
    for row in postings.staged {
      exactSum += Int128(row.amount)
      exactDebit += Int128(max(row.amount, 0))
    }
    precondition(exactSum == 0, "unbalanced entry from position \(entry.position)")
    guard let fitting = Int64(exactly: exactDebit) else { throw error(.overflow) }
    (sum, debit) = (0, fitting)
  }

  /// Makes room for the running sums of chunks that became full.
  mutating func noteFullChunks() {
    while keptTurnovers.count + laterTurnovers.count < postings.fullChunkCount {
      laterTurnovers.append(LaterTurnovers())
      items.note(keptTurnovers.count + laterTurnovers.count)
      sieves.append(Once())
    }
  }

  /// False only where no posting of that chunk, full or open, is of `party`.
  ///
  /// - Complexity: O(1), and once for each full chunk O(its rows).
  func mayConcern(_ party: UInt32, chunk index: Int) -> Bool {
    guard index < sieves.count else { return true }
    let sieve = sieves[index].value ?? sieves[index].set(PartySieve(postings.chunk(index)))
    return sieve.mayHold(party)
  }

  /// The running sums of the full chunk of that index.
  ///
  /// - Complexity: O(1), and once for each chunk O(its rows).
  func turnovers(ofChunk index: Int) -> ChunkTurnover {
    if index < keptTurnovers.count { return keptTurnovers[index] }
    let later = laterTurnovers[index - keptTurnovers.count].sums
    return later.value
      ?? later.set(ChunkTurnover(postings.chunk(index), behind: rowsBefore(chunk: index)))
  }

  /// The same, but nil to whoever asks for them first: to add up the rows of a chunk once takes less
  /// than to make its sums, which serve whoever asks again.
  func turnovers(ofChunkAskedAgain index: Int) -> ChunkTurnover? {
    guard index >= keptTurnovers.count else { return keptTurnovers[index] }
    let later = laterTurnovers[index - keptTurnovers.count]
    if later.sums.value == nil, later.asked.value == nil {
      later.asked.set(true)
      return nil
    }
    return turnovers(ofChunk: index)
  }

  /// The rows of a chunk's first entry that stand in the chunks before it.
  func rowsBefore(chunk index: Int) -> [Posting] {
    let start = index * postings.chunkRows
    guard start > 0, start < postings.count else { return [] }
    let position = postings[start].position
    var first = start
    while first > 0, postings[first - 1].position == position { first -= 1 }
    return (first..<start).map { postings[$0] }
  }

  /// The running sums of that chunk where they are at hand; nil where somebody would wait for them.
  func knownTurnovers(ofChunk index: Int) -> ChunkTurnover? {
    guard index >= keptTurnovers.count else { return keptTurnovers[index] }
    let later = index - keptTurnovers.count
    return later < laterTurnovers.count ? laterTurnovers[later].sums.value : nil
  }

  /// Brings each clinic's lines to zero by a line on the account between clinics.
  private mutating func addPairs(_ account: UInt16) throws(PostingError) {
    var sums: [(clinic: UInt16, sum: Int128)] = []
    for row in postings.staged {
      if let place = sums.firstIndex(where: { $0.clinic == row.clinic }) {
        sums[place].sum += Int128(row.amount)
      } else {
        sums.append((row.clinic, Int128(row.amount)))
      }
    }
    entry.taxCode = 0
    for (clinic, sum) in sums where sum != 0 {
      guard let amount = Int64(exactly: -sum) else { throw error(.overflow) }
      try append(account, amount, party: .none, charge: 0, clinic: clinic)
    }
  }

  /// The position of the entry's event.
  var position: Position { entry.position }

  /// The tax code of the lines that are added from now on: 0 but for a base and its tax.
  var taxCode: UInt16 {
    get { entry.taxCode }
    set { entry.taxCode = newValue }
  }

  /// The entry's effective civil day, since 1970.
  var day: Int32 { entry.day }

  /// An error at the entry's position.
  func error(_ reason: PostingError.Reason) -> PostingError {
    PostingError(reason, at: entry.position)
  }
}

extension Ledger: Checkpointed {
  /// Makes the running sums of all full chunks what a checkpoint writes.
  mutating func keepTurnovers() {
    while keptTurnovers.count < postings.fullChunkCount {
      keptTurnovers.append(turnovers(ofChunk: keptTurnovers.count))
      laterTurnovers.removeFirst()
    }
  }

  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("postings", &postings)
    if !parts.isReading { keepTurnovers() }
    try parts.visit("turnovers", &keptTurnovers)
    try parts.visit("debits", &debits)
    guard keptTurnovers.count == postings.fullChunkCount else {
      throw WireError(.outOfRange, at: 0, field: "ledger.turnovers")
    }
    if parts.isReading { sieves = (0..<postings.fullChunkCount).map { _ in Once() } }
  }
}
