public import DaybookEvents
public import DaybookValues

/// A command that was decided and is on its way to the disk.
public struct Submission: Sendable {
  /// What the action made, or why it was refused; to be told only once `restsOn` is synced.
  public let result: Result<ActionReceipt, Refusal>
  /// The position that must be synced first.
  public let restsOn: Position
  /// What the action made that stands under the reference, where other content came with it
  /// (`duplicateSource`): who submits many goes on with its identifiers.
  public let standing: ActionReceipt?

  init(
    result: Result<ActionReceipt, Refusal>, restsOn: Position, standing: ActionReceipt? = nil
  ) {
    self.result = result
    self.restsOn = restsOn
    self.standing = standing
  }
}

/// Where importers and other sources of many actions submit them: a back office, as a rule.
///
/// What a submission says may be used at once to make the next command; it must not leave the
/// process before `settle` returns.
public protocol ActionSubmitter: Sendable {
  /// Decides `command`, applies its events and queues them, without waiting for the disk.
  ///
  /// - Throws: `LogError` once the log can no longer be written.
  func submit<C: Command>(_ command: C, _ envelope: Envelope) async throws -> Submission

  /// Returns once everything submitted is synced.
  ///
  /// - Throws: the `LogError` that closed the writer before it was.
  func settle() async throws
}
