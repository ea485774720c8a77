import DaybookEvents
import DaybookValues

/// The actions decided last, as long as they may not be in the file: what cannot be read back yet.
struct UnsyncedActions {
  /// In the order of their positions; none is empty.
  private var actions: [EncodedAction] = []
  /// How many may be kept before those that are synced are looked for.
  private var countMax = 1_024

  /// Keeps an action that was queued.
  mutating func keep(_ action: EncodedAction, _ log: LogThread) {
    if actions.count >= countMax {
      let watermark = log.watermark
      let synced = actions.partitioningIndex { $0.last > watermark }
      actions.removeFirst(synced)
      // Looked through again only when they have doubled, however many wait.
      countMax = max(1_024, actions.count * 2)
    }
    actions.append(action)
  }

  /// The action that holds `position`; nil where it is older than those kept.
  func action(holding position: Position) -> EncodedAction? {
    let behind = actions.partitioningIndex { $0.headers[0].position > position }
    guard behind > 0 else { return nil }
    let action = actions[behind - 1]
    return position.number - action.headers[0].position.number < UInt64(action.headers.count)
      ? action : nil
  }
}

extension EncodedAction {
  fileprivate var last: Position { headers[headers.count - 1].position }
}

extension Array {
  /// The index of the first member that `isBehind`, in an array in which all behind it are too.
  fileprivate func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
