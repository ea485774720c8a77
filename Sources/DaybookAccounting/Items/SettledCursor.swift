import DaybookEvents
import DaybookValues

/// Tells what each line of the entries settles, for whoever goes through postings in position order:
/// it goes along with them, so that no line is searched for.
struct SettledCursor: Sendable {
  /// The event that the entry at hand undoes; nil for nearly all.
  var undone: Position?
  /// How many of the notes stand before the entry at hand.
  var settledCount = 0
  var reversalCount = 0

  /// Goes on to the entry at `position`.
  ///
  /// Asked for every entry, so that it is given what it needs and not the books, which are large.
  mutating func go(to position: Position, _ reversals: History<ReversalRow>) {
    while reversalCount < reversals.count, reversals[reversalCount].position < position {
      reversalCount += 1
    }
    undone = nil
    guard reversalCount < reversals.count else { return }
    let reversal = reversals[reversalCount]
    if reversal.position == position { undone = reversal.of }
  }

  /// What a line of the entry settles, or what the line settled that it undoes, where that is no item
  /// of its own.
  mutating func settled(
    by row: Posting, among settled: History<SettledItem>
  ) -> SettledItem? {
    guard settledCount < settled.count || undone != nil else { return nil }
    while settledCount < settled.count, settled[settledCount].position < row.position {
      settledCount += 1
    }
    let position = undone ?? row.position
    var index = undone.map { settled.count(through: $0.previous) } ?? settledCount
    while index < settled.count, settled[index].position == position {
      if settled[index].line == row.line { return settled[index] }
      index += 1
    }
    return nil
  }
}

/// The same for one pass over books that stay as they are: what is noted of entries is only looked at where
/// one of them comes to it, since most have nothing.
struct SettledPass {
  private let reversals: History<ReversalRow>
  private let settled: History<SettledItem>
  private var cursor = SettledCursor()
  /// Before these positions nothing is noted that the cursor has not passed.
  private var (nextReversal, nextSettled) = (Position.start, Position.start)

  init(_ model: AccountingModel) {
    reversals = model.reversals
    settled = model.notes.settled
  }

  /// The event that the entry at hand undoes; nil for nearly all.
  var undone: Position? { cursor.undone }

  /// Goes on to the entry at `position`.
  mutating func go(to position: Position) {
    guard position >= nextReversal || cursor.undone != nil else { return }
    cursor.go(to: position, reversals)
    let next = cursor.reversalCount
    nextReversal = next < reversals.count ? reversals[next].position : .end
  }

  /// What a line of the entry settles, as `SettledCursor` tells it.
  mutating func settled(by row: Posting) -> SettledItem? {
    guard row.position >= nextSettled || cursor.undone != nil else { return nil }
    let item = cursor.settled(by: row, among: settled)
    let next = cursor.settledCount
    nextSettled = next < settled.count ? settled[next].position : .end
    return item
  }
}
