import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A book in memory alone, on which actions that were decided elsewhere are tried before they are
/// appended to a real one.
///
/// It takes them in as the real book would: by the same checks, into the same decision states and the
/// same read models. What it has taken, a book that holds the same actions takes, and its models then
/// are these: whatever can be proved of `models` holds for that book.
public final class ActionTrial {
  /// The read models with everything that was tried.
  public let models: ProjectionHost
  private let catalogue: Catalogue
  private var content: DecisionContent
  private var references: Set<SHA256Hash> = []

  /// A book before everything.
  public init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    content = DecisionContent(catalogue)
    models = ProjectionHost(catalogue)
  }

  /// The position of the last event tried.
  public var last: Position { models.position }

  /// The number of the newest stream of a kind: the next thing of that kind has the one above it.
  public func newest(of kind: StreamKind) -> UInt64 { content.heads.numbers[kind] }

  /// How many events a stream has.
  public func version(of stream: StreamID) -> UInt64 { content.heads[stream].version }

  /// Takes an action in.
  ///
  /// - Throws: `Refusal` where a book could not take it; the trial is over then.
  /// - Complexity: what the events take in states and models; 32 bytes are kept for a reference.
  public func take(_ action: EncodedAction) throws(Refusal) {
    let placed = try content.placed(action, behind: last, recorded: nil, in: catalogue)
    if let source = placed.source, let clinic = placed.headers.first?.clinic {
      var hash = SHA256()
      hash.update(Array("\(clinic)/\(source.reference)".utf8))
      guard references.insert(hash.finalize()).inserted else {
        throw Refusal(
          GeneralRefusal.referenceUsed(reference: source.reference, at: last.number),
          field: "sourceRef")
      }
    }
    do {
      try placed.forEachRecord { record in
        try content.admit(record)
        try content.evolve(record)
        try models.apply(record)
      }
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(DecidedRefusal.notTaken("\(error)"), field: "payload")
    }
  }
}
