/// How much of what is claimed of many cases a run of the tests tries.
///
/// Without the optimiser a case takes ten times as long, and `swift test` is for whoever waits for it:
/// the first few cases then stand for all. With it, `swift test -c release -Xswiftc
/// -enable-testing`, all are tried. Put first what differs most.
public enum Effort {
  /// Whether everything is tried: whether the optimiser was at work.
  public static let isFull: Bool = {
    var isFull = true
    // An assertion is looked at only without the optimiser.
    func find() -> Bool {
      isFull = false
      return true
    }
    assert(find())
    return isFull
  }()

  /// All cases, or the first `few` of them.
  public static func cases<Cases: Collection>(
    _ all: Cases, few: Int
  ) -> [Cases.Element] where Cases.Element: Sendable {
    isFull ? Array(all) : Array(all.prefix(few))
  }

  /// So many of something, or `few`.
  public static func count(_ all: Int, few: Int) -> Int { isFull ? all : few }

  /// So many rounds, or `few` of them.
  public static func rounds(_ all: Int, few: Int) -> Range<Int> { 0..<count(all, few: few) }

  /// The distance between those that are tried of many in a row, or one `few` times as far.
  public static func step(_ all: Int, few: Int) -> Int { isFull ? all : all * few }
}
