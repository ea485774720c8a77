public import DaybookDesk
public import DaybookEngine
public import DaybookEvents

/// A command with all that comes with it, ready to be submitted.
public struct ScenarioAction: Sendable {
  /// What somebody wants to happen.
  public var command: any Command<DeskState>
  /// Who, where and when.
  public var envelope: Envelope
  /// The codes with which it may be refused all the same, since they rest on what only the log knows.
  public var tolerated: Set<RefusalCode> = []

  /// Names both.
  public init(_ command: any Command<DeskState>, _ envelope: Envelope) {
    self.command = command
    self.envelope = envelope
  }
}

extension Engine {
  /// Submits the command of a scenario.
  ///
  /// - Throws: what `submit(_:_:)` throws.
  public func submit(_ action: ScenarioAction) throws -> Submission {
    try submit(action.command, action.envelope)
  }
}

extension ActionSubmitter {
  /// Submits the command of a scenario.
  ///
  /// - Throws: what `submit(_:_:)` throws.
  public func submit(_ action: ScenarioAction) async throws -> Submission {
    try await submit(action.command, action.envelope)
  }
}
