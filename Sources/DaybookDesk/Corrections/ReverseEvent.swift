public import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// An event is undone, with what it caused.
///
/// Answers with a `Reversed` for each event of the same action that the named one led to and that is
/// not reversed yet, the last first, and one for the event itself: so a treatment takes its charge,
/// what the coverage left to the patient, and its stock along. Nothing else may rest on any of them.
/// All take effect when the original did where its period is open in every area concerned, else on
/// the first open day; whatever time the command itself is given for.
public struct ReverseEvent: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The position of the event.
  public var of = Position.start
  /// Why.
  public var reason = ""
  /// Who approves it, above the clinic's limit for reversals of money.
  public var approver: StaffID?

  /// No event: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "of", &of)
    try fields.visit(2, "reason", &reason)
    try fields.visit(3, "approver", &approver)
  }
}

extension ReverseEvent {
  public func recalls(given state: State, in context: DecisionContext) -> [Position] { [of] }

  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    let found = context.recalled(at: of)
    let reversal = try found.flatMap { (event, _) throws(Refusal) in try Self.reversal(event) }
    var review = Review(
      context, state, allowed: reversal?.roles ?? Reversal.roles, needsClinic: true)
    if reason.trimmed.isEmpty { review.refuse(CorrectionRefusal.reason, "reason") }
    guard let (event, action) = found else {
      review.refuse(CorrectionRefusal.noSuchEvent(of), "of")
      return try review.conclude(into: &decision)
    }
    guard reversal != nil else {
      review.refuse(CorrectionRefusal.notReversible(Self.name(event)), "of")
      return try review.conclude(into: &decision)
    }
    review.requireHere(ClinicID(event.header.clinic), Self.name(event), "of")
    if state.corrections.isReversed(of) {
      review.refuse(CorrectionRefusal.alreadyReversed(of), "of")
      return try review.conclude(into: &decision)
    }
    let chain = try chain(event, action, state)
    let money = chain.compactMap(\.reversal.money).max()
    let isFree = money == nil || state.isOwnSlip(event, context)
    review.requireSecondPerson(
      money ?? 0, limit: isFree ? nil : review.clinic?.limits.reversal, approver: approver,
      state, "approver")
    let made = made(chain, state, &review)
    requireFree(made, state, &review)
    try review.conclude(into: &decision)

    decision.correlation =
      context.correlation == 0 ? event.header.correlation : context.correlation
    var last = 0
    for one in made {
      last = try decision.append(
        one.reversed, on: one.header.stream, effective: one.header.effective,
        clinic: one.header.clinic,
        otherClinics: state.otherClinics(of: one.reversed, than: one.header.clinic),
        areas: one.reversed.originalAreas)
    }
    try keepCounts(made, state, cause: last, into: &decision)
  }

  /// What was counted after the originals stays, whatever is undone of what was before it.
  private func keepCounts(
    _ made: [Made], _ state: State, cause: Int, into decision: inout Decision
  ) throws(Refusal) {
    var moments: [(at: Moment, moves: [StockMove])] = []
    do throws(WireError) {
      for one in made {
        let moves = try StockMove.undoing(one.reversed)
        if moves.isEmpty { continue }
        if let place = moments.firstIndex(where: { $0.at == one.header.effective }) {
          moments[place].moves += moves
        } else {
          moments.append((one.header.effective, moves))
        }
      }
    } catch {
      throw Refusal(GeneralRefusal.notWritable(error), field: "of")
    }
    var picking = StockPicking(state.stock)
    for (moment, moves) in moments {
      try picking.keepCounts(
        StockMove.sums(of: moves), at: moment, cause: cause, into: &decision)
    }
  }

  /// An event to be reversed, and what that asks for.
  private struct Link {
    var event: RecalledEvent
    var reversal: Reversal
  }

  /// A reversal with the stream, the clinic and the time that it gets.
  private struct Made {
    var reversed: Reversed
    var header = RecordHeader()

    init(_ reversed: Reversed, _ original: RecordHeader) {
      self.reversed = reversed
      header.position = Position(.max)
      header.stream = original.stream
      header.clinic = original.clinic
      header.effective = original.effective
    }
  }

  /// The reversals, each dated as its original where that is open, else on the first day that is
  /// open in every area that they feed.
  private func made(_ chain: [Link], _ state: State, _ review: inout Review) -> [Made] {
    var made = chain.map { Made(reversed($0.event), $0.event.header) }
    var open: Day?
    for one in made {
      let clinics =
        [one.header.clinic] + state.otherClinics(of: one.reversed, than: one.header.clinic)
      for clinic in clinics {
        let day = state.periods.firstOpenDay(ClinicID(clinic), one.reversed.originalAreas)
        if let day { open = max(open ?? .min, day) }
      }
    }
    guard let open, let clinic = review.clinic else { return made }
    for index in made.indices where made[index].header.effective.day < open {
      if open > review.today {
        review.refuse(PeriodRefusal.noOpenDay(through: open.advanced(by: -1)), "effective")
        break
      }
      made[index].header.effective = clinic.beginning(of: open)
    }
    return made
  }

  /// The event and what it led to in its action that is not reversed yet, the last first.
  private func chain(
    _ event: RecalledEvent, _ action: RecalledAction, _ state: State
  ) throws(Refusal) -> [Link] {
    var links: [Link] = []
    var positions: Set<Position> = [of]
    for follower in action.events where follower.header.position >= of {
      let position = follower.header.position
      guard position == of || positions.contains(follower.header.cause) else { continue }
      positions.insert(position)
      if state.corrections.isReversed(position) { continue }
      if let reversal = try Self.reversal(follower) {
        links.append(Link(event: follower, reversal: reversal))
      }
    }
    return links.reversed()
  }

  private static func reversal(_ event: RecalledEvent) throws(Refusal) -> Reversal? {
    do throws(WireError) {
      return try Reversal.of(event)
    } catch {
      throw Refusal(GeneralRefusal.notWritable(error), field: "of")
    }
  }

  private static func name(_ event: RecalledEvent) -> String {
    ClinicEvents.name(event.header.family, event.header.tag) ?? "an event of this kind"
  }

  private func reversed(_ event: RecalledEvent) -> Reversed {
    .with {
      $0.of = event.header.position
      $0.reason = reason
      $0.family = UInt32(event.header.family.rawValue)
      $0.tag = UInt32(event.header.tag)
      $0.originalEffective = event.header.effective
      $0.payload = event.payload
      $0.takenAlongBy = event.header.position == of ? nil : of
      $0.approver = approver
    }
  }

  /// Nothing that still stands rests on any of the events: each is undone in turn, on a copy.
  private func requireFree(
    _ made: [Made], _ state: State, _ review: inout Review
  ) {
    var trial = state
    for one in made {
      do throws(WireError) {
        if let refusal = try trial.tillRefusal(of: one.reversed) {
          review.refuse(refusal, "of")
          return
        }
        if let what = try trial.dependents(of: one.reversed, one.header) {
          let name = UInt16(exactly: one.reversed.tag).flatMap {
            ClinicEvents.name(one.reversed.originalFamily, $0)
          }
          let of = one.reversed.of
          review.refuse(
            CorrectionRefusal.dependents(of, event: name ?? "the event", what: what), "of")
          return
        }
        try trial.undo(one.reversed, one.header)
      } catch {
        review.refuse(GeneralRefusal.notWritable(error), "of")
        return
      }
    }
  }
}
