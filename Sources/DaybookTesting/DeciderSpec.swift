public import DaybookEvents
public import DaybookValues
public import Testing

/// What a decider does, as a sentence: given a past, when a command comes, then events or a no.
///
/// ```swift
/// DeciderSpec(DeskState.self)
///   .given(clinic, patient, appointment)
///   .when(CheckInPatient.with { $0.appointment = AppointmentID(1) })
///   .thenRefused(.alreadyCheckedIn(at: nine))
/// ```
///
/// A spec is a value: one past may be kept and continued in several ways. Who acts, where and when
/// is said with `by`, `at`, `in` and holds for what follows. What is not as said is recorded as an
/// issue of the running test.
public struct DeciderSpec<State: DecisionState> {
  /// Who acts, where and when: for what follows.
  public var context = DecisionContext()
  /// What has been decided so far.
  public private(set) var history = DecidedHistory<State>()
  /// What the last command came to.
  public private(set) var result: Result<[DecidedEvent], Refusal> = .success([])

  /// A past of nothing.
  public init(_ type: State.Type = State.self) {}

  /// The state as it stands.
  public var state: State { history.state }

  /// What the last command found in recorded history.
  public var findings: [Finding] { history.findings }

  /// The events of the last command; none if it was refused.
  public var events: [DecidedEvent] { (try? result.get()) ?? [] }

  // MARK: - Who, where, when

  /// The same with another context.
  public func with(_ change: (inout DecisionContext) -> Void) -> Self {
    var spec = self
    change(&spec.context)
    return spec
  }

  /// From now on `actor` acts, in `role`.
  public func by(_ actor: Actor, _ role: Role) -> Self {
    with {
      $0.actor = actor
      $0.role = role
    }
  }

  /// From now on it happens at `moment`, and is recorded at `recorded` or at once.
  public func at(_ moment: Moment, recorded: Instant? = nil) -> Self {
    with {
      $0.effective = moment
      $0.recorded = recorded ?? moment.instant
    }
  }

  /// From now on it happens at the clinic of that number; 0 is the whole book.
  public func at(clinic: UInt64) -> Self { with { $0.clinic = clinic } }

  // MARK: - Given

  /// The past holds `event`, on the stream of `number`.
  public func given<E: EventPayload>(
    _ event: E, on number: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    var spec = self
    do {
      try spec.history.take(event, on: number, context)
    } catch {
      Issue.record("given \(E.typeName): \(error)", sourceLocation: sourceLocation)
    }
    return spec
  }

  /// The past holds `event` on the stream of another event.
  public func given<E: EventPayload>(
    _ event: E, on stream: StreamID, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    var spec = self
    do {
      try spec.history.take(event, on: stream, context)
    } catch {
      Issue.record("given \(E.typeName): \(error)", sourceLocation: sourceLocation)
    }
    return spec
  }

  /// The past holds what `command` made, which was not refused.
  public func given<C: Command>(
    _ command: C, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self where C.State == State {
    let spec = when(command, sourceLocation: sourceLocation)
    if case .failure(let refusal) = spec.result {
      Issue.record("given \(C.typeName): \(refusal)", sourceLocation: sourceLocation)
    }
    return spec
  }

  // MARK: - When

  /// The command comes.
  public func when<C: Command>(
    _ command: C, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self where C.State == State {
    var spec = self
    do {
      spec.result = .success(try spec.history.perform(command, context))
    } catch let refusal as Refusal {
      spec.result = .failure(refusal)
    } catch {
      Issue.record("\(C.typeName): \(error)", sourceLocation: sourceLocation)
    }
    return spec
  }

  // MARK: - Then

  /// These events were decided, in this order, and no others.
  @discardableResult
  public func then(
    _ expected: any EventPayload..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    switch result {
    case .failure(let refusal):
      Issue.record("refused: \(refusal)", sourceLocation: sourceLocation)
    case .success(let events):
      if events.count != expected.count {
        Issue.record(
          "\(events.count) events, not \(expected.count)", sourceLocation: sourceLocation)
      }
      for (found, wanted) in zip(events, expected) {
        if let difference = Self.difference(found, wanted) {
          Issue.record("\(difference)", sourceLocation: sourceLocation)
        }
      }
    }
    return self
  }

  /// Events of these types were decided, in this order, and no others.
  @discardableResult
  public func thenEvents(
    _ expected: any EventPayload.Type..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    switch result {
    case .failure(let refusal):
      Issue.record("refused: \(refusal)", sourceLocation: sourceLocation)
    case .success(let events):
      let isAsSaid =
        events.count == expected.count
        && zip(events, expected).allSatisfy { event, type in type.matches(event) }
      if !isAsSaid {
        Issue.record(
          "not \(expected.map { $0.typeName }): \(events)", sourceLocation: sourceLocation)
      }
    }
    return self
  }

  /// The command was carried out, and nothing had to happen.
  @discardableResult
  public func thenNothing(sourceLocation: SourceLocation = #_sourceLocation) -> Self {
    then(sourceLocation: sourceLocation)
  }

  /// The command was refused, with these codes in this order.
  @discardableResult
  public func thenRefused(
    _ codes: RefusalCode..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    guard case .failure(let refusal) = result else {
      Issue.record("not refused: \(events)", sourceLocation: sourceLocation)
      return self
    }
    if refusal.violations.map(\.code) != codes {
      Issue.record(
        "refused otherwise than \(codes.map(\.rawValue)): \(refusal)",
        sourceLocation: sourceLocation)
    }
    return self
  }

  /// The command was refused for this reason alone, at this field if one is named.
  @discardableResult
  public func thenRefused<Reason: RefusalCase & Equatable>(
    _ reason: Reason, field: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    guard case .failure(let refusal) = result else {
      Issue.record("not refused: \(events)", sourceLocation: sourceLocation)
      return self
    }
    let violation = refusal.violations.first
    let isAsSaid =
      refusal.violations.count == 1 && violation?.reason as? Reason == reason
      && (field == nil || violation?.field == field)
    if !isAsSaid {
      Issue.record(
        "refused otherwise than \(reason): \(refusal)", sourceLocation: sourceLocation)
    }
    return self
  }

  /// History broke the rules of these codes, in this order, and no others.
  @discardableResult
  public func thenFound(
    _ codes: RefusalCode..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> Self {
    if case .failure(let refusal) = result {
      Issue.record("refused: \(refusal)", sourceLocation: sourceLocation)
    } else if findings.map(\.code) != codes {
      Issue.record(
        "found otherwise than \(codes.map(\.rawValue)): \(findings)", sourceLocation: sourceLocation
      )
    }
    return self
  }

  /// How an event is not the one wanted, as the JSON of both; nil where it is.
  private static func difference<E: EventPayload>(
    _ found: DecidedEvent, _ wanted: E
  ) -> String? {
    let base = found.effective.instant
    do {
      if found.isEvent(E.self), try wanted.encoded(base: base) == found.payload { return nil }
      let wanted = try wanted.json(base: base)
      guard found.isEvent(E.self) else {
        return "\(E.typeName) \(wanted) wanted, found \(found)"
      }
      return try
        "\(E.typeName)\nwanted \(wanted)\nfound  \(found.decoded(as: E.self).json(base: base))"
    } catch {
      return "\(E.typeName): \(error)"
    }
  }
}

extension EventPayload {
  fileprivate static func matches(_ event: DecidedEvent) -> Bool { event.isEvent(Self.self) }
}
