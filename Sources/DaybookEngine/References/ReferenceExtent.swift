/// What the source references of a book take.
public struct ReferenceExtent: Hashable, Sendable {
  /// How many there are.
  public var count = 0
  /// Files in `checkpoints/`: a reference that is new is looked for in each of them.
  public var files = 0
  /// Bytes of these files.
  public var fileBytes: UInt64 = 0
  /// Bytes in memory.
  public var memoryBytes = 0

  /// Of no references.
  public init() {}
}
