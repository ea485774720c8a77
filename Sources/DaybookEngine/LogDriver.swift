/// Who writes and syncs what is submitted to a log.
public enum LogDriver: Hashable, Sendable {
  /// A thread of the log's own, as soon as something waits.
  case thread
  /// Whoever calls `LogThread.step()`, and whoever blocks until a position is synced: for callers
  /// that are one thread and wait for each action, and for simulations, which repeat exactly.
  case caller
}
