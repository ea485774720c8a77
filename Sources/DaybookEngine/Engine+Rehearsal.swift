import DaybookBytes
public import DaybookEvents
import DaybookLog
import DaybookValues

// MARK: - What would come of it

extension Engine {
  /// What a command would come to.
  public enum Rehearsal: Sendable {
    /// These events would be appended, with these positions unless something comes before them.
    case events(EncodedAction, findings: [Finding])
    /// It was carried out before, and nothing would be appended.
    case again(ActionReceipt)
    /// It would be refused.
    case refused(Refusal)
  }

  /// Decides `steps` as one action and appends nothing.
  ///
  /// - Throws: as `submit`.
  public func rehearse(_ steps: [ActionStep]) throws -> Rehearsal {
    if let failure { throw failure }
    switch try draft(steps) {
    case .drafted(let action, _, let findings): return .events(action, findings: findings)
    case .answered(let submission):
      switch submission.result {
      case .success(let receipt): return .again(receipt)
      case .failure(let refusal): return .refused(refusal)
      }
    }
  }
}

// MARK: - Several commands, one action

/// One of several commands that are carried out together, all or none.
public struct ActionStep: Sendable {
  /// What is to happen.
  public var command: any Command
  /// Who, where and when; the reference is that of the first step.
  public var envelope: Envelope

  /// `command` as `envelope` says.
  public init(_ command: any Command, _ envelope: Envelope) {
    self.command = command
    self.envelope = envelope
  }
}

extension Engine {
  enum Drafted {
    case drafted(EncodedAction, RecordedTime, [Finding])
    case answered(Submission)
  }

  /// Decides several commands as one action: each on what those before it have done, all or none.
  ///
  /// A refusal names the step in front of the field: `3.amount`.
  ///
  /// - Throws: as `submit`.
  /// - Complexity: what the commands take one by one, and once more what their events take; and
  ///   O(pages that they change), since they are tried on copies first.
  public func offer(together steps: [ActionStep]) throws -> Offer {
    if let failure { throw failure }
    if let bytes = try declareNames(recordedNow()) { return counted(.mustWait(bytes: bytes)) }
    switch try draft(steps) {
    case .answered(let submission): return counted(.decided(submission))
    case .drafted(let action, let recorded, let findings):
      return counted(try carryOut(action, recorded, findings: findings))
    }
  }

  private func draft(_ steps: [ActionStep]) throws -> Drafted {
    var source: ActionSource?
    if let first = steps.first, let reference = first.envelope.reference {
      // One command alone is the same content whether or not it could have been several.
      let checked =
        steps.count == 1
        ? try checkOne(reference, first.command, first.envelope)
        : try check(reference, first.envelope) { (digester) throws(WireError) in
          try digester.digest(of: steps.map(\.command))
        }
      switch checked {
      case .new(let fresh): source = fresh
      case .answered(let outcome): return .answered(outcome)
      }
    }
    for step in steps {
      if let moved = moved(step.envelope) { return .answered(moved) }
    }
    let recorded = recordedNow()
    let trial = steps.count == 1 ? content : content.trial
    do {
      var together = Together(trial, behind: lastPosition)
      for (index, step) in steps.enumerated() {
        let one = try named(steps.count == 1 ? nil : index) {
          try decide(
            step, recorded, index == 0 ? source : nil, together.content, behind: together.last)
        }
        try checkPages()
        try together.add(one.action, one.findings, evolving: index + 1 < steps.count)
      }
      let action = together.action(source)
      guard LogLimits.admits(action) else {
        throw Refusal(GeneralRefusal.actionTooLarge(records: action.headers.count), field: "action")
      }
      try checkPages()
      return .drafted(action, recorded, together.findings)
    } catch let refusal as Refusal {
      try checkPages()
      return .answered(Submission(result: .failure(refusal), restsOn: lastPosition))
    }
  }

  private func checkOne(
    _ reference: String, _ command: some Command, _ envelope: Envelope
  ) throws -> Checked { try check(reference, of: command, envelope) }

  private func decide(
    _ step: ActionStep, _ recorded: RecordedTime, _ source: ActionSource?,
    _ content: DecisionContent, behind last: Position
  ) throws -> (action: EncodedAction, findings: [Finding]) {
    var context = DecisionContext(step.envelope, recorded.time)
    context.recalled = try recall(positions(step.command, context, content))
    var decision = Decision(context, numbers: content.heads.numbers)
    try decide(step.command, context, content, &decision)
    let action = try numbered(decision, context, source, content.heads, behind: last)
    return (action, decision.findings)
  }

  private func positions<C: Command>(
    _ command: C, _ context: DecisionContext, _ content: DecisionContent
  ) -> [Position] {
    content.box(of: C.State.self).recalls(command, in: context)
  }

  private func decide<C: Command>(
    _ command: C, _ context: DecisionContext, _ content: DecisionContent,
    _ decision: inout Decision
  ) throws(Refusal) {
    try content.box(of: C.State.self).decide(command, in: context, into: &decision)
  }

  /// A refusal of `body` with the step in front of its fields.
  private func named<Result>(
    _ index: Int?, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let refusal as Refusal {
      guard let index else { throw refusal }
      throw Refusal(
        refusal.violations.map { Violation($0.reason, field: "\(index + 1).\($0.field)") })
    }
  }
}

/// The actions of several steps on their way to be one.
private struct Together {
  /// What the next step is decided on.
  private(set) var content: DecisionContent
  /// The last position so far.
  private(set) var last: Position
  private(set) var findings: [Finding] = []
  private var headers: [RecordHeader] = []
  private var payloads: [UInt8] = []
  private var ends: [Int] = []

  init(_ content: DecisionContent, behind last: Position) {
    self.content = content
    self.last = last
  }

  /// Adds a step, and takes its events in where more steps follow.
  mutating func add(
    _ action: EncodedAction, _ more: [Finding], evolving: Bool
  ) throws {
    headers += action.headers
    ends += action.payloadEnds.map { $0 + payloads.count }
    payloads += action.payloads
    findings += more
    last = action.headers.last?.position ?? last
    guard evolving else { return }
    try withReader(of: action.payloads) { payloads in
      var payloads = payloads
      var start = 0
      for (header, end) in zip(action.headers, action.payloadEnds) {
        let payload = try payloads.readBytes(end - start)
        start = end
        try content.evolve(RecordView(header: header, payload: payload))
      }
    }
  }

  /// All steps as one action.
  func action(_ source: ActionSource?) -> EncodedAction {
    var headers = headers
    for index in headers.indices {
      headers[index].actionCount = UInt32(headers.count)
      headers[index].actionIndex = UInt32(index)
    }
    return EncodedAction(
      headers: headers, payloads: payloads, payloadEnds: ends, source: source)
  }
}
