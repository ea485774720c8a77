import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

private let patient = Debtor.patient(Clinic.patient)
private let insurer = Debtor.payer(Clinic.insurer, .primary)

func reverse(
  _ position: Position, _ change: (inout ReverseEvent) -> Void = { _ in }
) -> ReverseEvent {
  .with {
    $0.of = position
    $0.reason = "a mistake"
    change(&$0)
  }
}

extension DeciderSpec<DeskState> {
  /// The position of the last `E` that was decided.
  func last<E: EventPayload>(_ type: E.Type) -> Position {
    history.actions.flatMap(\.events)
      .last { $0.header.family == E.Tag.family && $0.header.tag == E.tag.rawValue }?
      .header.position ?? .start
  }

  /// The reversal of the last `E` comes.
  func whenReversed<E: EventPayload>(
    _ type: E.Type, _ change: (inout ReverseEvent) -> Void = { _ in }
  ) -> Self {
    when(reverse(last(type), change))
  }

  /// The past holds the reversal of the last `E`.
  func givenReversed<E: EventPayload>(_ type: E.Type) -> Self { given(reverse(last(type))) }

  /// The names of what the last command undid, in order.
  var undone: [String] {
    events.compactMap { event in
      guard let reversed = try? event.decoded(as: Reversed.self) else { return nil }
      return UInt16(exactly: reversed.tag).flatMap {
        ClinicEvents.name(reversed.originalFamily, $0)
      }
    }
  }

  var accounting: Self { by(.staff(4), .accountant) }
}

@Suite struct `A reversal` {
  /// An insured treatment with a copay of 20.00 of 100.00 that used a glove.
  private var treated: Spec {
    Clinic.open.atTheStore.given(receive(goods(Clinic.gloves, 10, value: 5_00)))
      .by(.staff(2), .reception)
      .given(Clinic.coverage(Clinic.insurer, copay: .fixed(cents(20_00))))
      .given(CheckInPatient.with { $0.patient = Clinic.patient })
      .by(.staff(2), .practitioner)
      .given(
        StartEncounter.with {
          $0.visit = VisitID(1)
          $0.practitioner = Clinic.doctor
        }
      )
      .given(Clinic.treat(100_00) { $0.service = Clinic.consult })
  }

  private let key = StockKey(clinic: Clinic.id, item: Clinic.gloves)

  @Test func `of a treatment takes along what it caused, the last first`() throws {
    let spec = treated.whenReversed(TreatmentPerformed.self)
    #expect(
      spec.undone == [
        "StockIssued", "ResponsibilityTransferred", "ChargePosted", "TreatmentPerformed",
      ])
    #expect(spec.owed() == 0)
    #expect(spec.state.stock.lot("", at: key)?.onHand == 10_000)
    #expect(spec.state.stock.lot("", at: key)?.value == 5_00)
    let main = try #require(spec.events.last)
    let reversed = try main.decoded(as: Reversed.self)
    #expect(reversed.of == treated.last(TreatmentPerformed.self) && reversed.takenAlongBy == nil)
    #expect(main.stream == StreamID(.encounter, 1) && main.correlation == 1)
    #expect(reversed.originalEffective == main.effective)
    #expect(try reversed.original(TreatmentPerformed.self).service == Clinic.consult)
    let first = try spec.events[0].decoded(as: Reversed.self)
    #expect(first.takenAlongBy == reversed.of)
    #expect(spec.events[0].areas == [.accounting, .logistics])
  }

  @Test func `leaves out what was reversed before`() {
    let spec = treated.atTheStore.givenReversed(StockIssued.self)
      .by(.staff(2), .practitioner).whenReversed(TreatmentPerformed.self)
    #expect(
      spec.undone == ["ResponsibilityTransferred", "ChargePosted", "TreatmentPerformed"])
    #expect(spec.state.stock.lot("", at: key)?.onHand == 10_000)
  }

  @Test func `happens once, and is never reversed`() {
    let spec = Clinic.charged(100_00).givenReversed(ChargePosted.self)
    let of = spec.last(ChargePosted.self)
    spec.when(reverse(of)).thenRefused(CorrectionRefusal.alreadyReversed(of), field: "of")
    spec.whenReversed(Reversed.self)
      .thenRefused(CorrectionRefusal.notReversible("Reversed"), field: "of")
  }

  @Test func `needs a reason, a role, the place, and something that stands there`() {
    let spec = Clinic.charged(100_00)
    spec.whenReversed(ChargePosted.self) { $0.reason = "  " }
      .thenRefused(CorrectionRefusal.reason, field: "reason")
    spec.by(.staff(3), .cashier).whenReversed(ChargePosted.self).thenRefused(.notPermitted)
    spec.when(reverse(Position(999)))
      .thenRefused(CorrectionRefusal.noSuchEvent(Position(999)), field: "of")
    spec.whenReversed(EncounterStarted.self)
      .thenRefused(CorrectionRefusal.notReversible("EncounterStarted"), field: "of")
    let elsewhere = spec.by(.staff(1), .admin).at(clinic: 0)
      .given(Clinic.defineClinic).at(clinic: 2)
      .given(
        SetRoles.with {
          $0.staff = Clinic.accountant
          $0.clinic = ClinicID(2)
          $0.roles = [.accountant]
        }
      ).accounting
    elsewhere.whenReversed(ChargePosted.self).thenRefused(.invalidState)
  }

  @Test func `of money above the clinic's limit wants a second person`() {
    var limited = Clinic.defineClinic
    limited.clinic = Clinic.id
    limited.limits.reversal = cents(50_00)
    let spec = Clinic.charged(100_00).by(.staff(1), .admin).given(limited).accounting
    spec.whenReversed(ChargePosted.self).thenRefused(.needsSecondPerson)
    spec.whenReversed(ChargePosted.self) { $0.approver = Clinic.accountant }
      .thenRefused(.needsSecondPerson)
    spec.whenReversed(ChargePosted.self) { $0.approver = Clinic.cashier }
      .thenRefused(.notPermitted)
    spec.whenReversed(ChargePosted.self) { $0.approver = Clinic.admin }
      .thenEvents(Reversed.self)
    spec.atTheTill.given(pay(40_00) { $0.settling = [Clinic.charge] }).accounting
      .whenReversed(PaymentReceived.self).thenEvents(Reversed.self)
  }
}

@Suite struct `What rests on an event` {
  @Test func `keeps a charge that was paid, transferred, adjusted or claimed`() {
    let spec = Clinic.charged(100_00, insured: true)
    let paid = spec.atTheTill.given(pay(10_00) { $0.settling = [Clinic.charge] }).accounting
    let moved = spec.given(
      TransferResponsibility.with {
        $0.charge = Clinic.charge
        $0.to = patient
        $0.amount = cents(10_00)
        $0.reason = .copay
      })
    let adjusted = spec.given(
      PostAdjustment.with {
        $0.charge = Clinic.charge
        $0.type = .contractual
        $0.amount = cents(5_00)
      })
    let claimed = spec.given(
      SubmitClaim.with {
        $0.payer = Clinic.insurer
        $0.charges = [ClaimRequest(Clinic.charge)]
      })
    for spec in [paid, moved, adjusted, claimed] {
      spec.whenReversed(ChargePosted.self).thenRefused(.hasDependents)
      spec.whenReversed(TreatmentPerformed.self).thenRefused(.hasDependents)
    }
    paid.givenReversed(PaymentReceived.self).whenReversed(ChargePosted.self)
      .thenEvents(Reversed.self)
    moved.givenReversed(ResponsibilityTransferred.self).whenReversed(ChargePosted.self)
      .thenEvents(Reversed.self)
    adjusted.givenReversed(AdjustmentPosted.self).whenReversed(ChargePosted.self)
      .thenEvents(Reversed.self)
    claimed.givenReversed(ClaimSubmitted.self).whenReversed(ChargePosted.self)
      .thenEvents(Reversed.self)
  }

  @Test func `keeps a transfer whose debt was settled`() {
    let spec = Clinic.charged(100_00, insured: true).given(
      TransferResponsibility.with {
        $0.charge = Clinic.charge
        $0.to = patient
        $0.amount = cents(20_00)
        $0.reason = .copay
      })
    let free = spec.whenReversed(ResponsibilityTransferred.self)
    free.thenEvents(Reversed.self)
    #expect(free.state.billing.charges[Clinic.charge]?.owed(by: insurer) == 100_00)
    #expect(free.state.billing.charges[Clinic.charge]?.current == insurer)
    spec.atTheTill.given(pay(5_00) { $0.settling = [Clinic.charge] }).accounting
      .whenReversed(ResponsibilityTransferred.self).thenRefused(.hasDependents)
  }

  @Test func `keeps a bad debt that was recovered, and a recovery that was paid`() {
    func adjust(_ type: AdjustmentType, _ minor: Int64) -> PostAdjustment {
      .with {
        $0.charge = Clinic.charge
        $0.debtor = patient
        $0.type = type
        $0.amount = cents(minor)
      }
    }
    let lost = Clinic.charged(100_00).given(adjust(.badDebt, 60_00))
    let back = lost.whenReversed(AdjustmentPosted.self)
    #expect(back.owed() == 100_00 && back.state.billing.charges[Clinic.charge]?.badDebt == 0)
    let badDebt = lost.last(AdjustmentPosted.self)
    let recovered = lost.given(adjust(.recovery, 10_00))
    recovered.when(reverse(badDebt)).thenRefused(.hasDependents)
    let again = recovered.whenReversed(AdjustmentPosted.self)
    #expect(again.owed() == 40_00 && again.state.billing.charges[Clinic.charge]?.badDebt == 60_00)
    recovered.atTheTill.given(pay(45_00) { $0.settling = [Clinic.charge] }).accounting
      .whenReversed(AdjustmentPosted.self).thenRefused(.hasDependents)
  }

  @Test func `keeps a payment whose rest was allocated, until that is undone`() {
    let spec = Clinic.charged(100_00).atTheTill.given(pay(120_00))
      .given(
        AllocatePayment.with {
          $0.payment = PaymentID(1)
          $0.settling = [Clinic.charge]
        })
    #expect(spec.owed() == 0 && spec.unapplied() == 20_00)
    spec.whenReversed(PaymentReceived.self).thenRefused(.hasDependents)
    let released = spec.givenReversed(PaymentAllocated.self)
    #expect(released.owed() == 100_00 && released.unapplied() == 120_00)
    let gone = released.whenReversed(PaymentReceived.self)
    gone.thenEvents(Reversed.self)
    #expect(gone.unapplied() == 0 && gone.owed() == 100_00)
    gone.when(
      AllocatePayment.with {
        $0.payment = PaymentID(1)
        $0.allocations = [ChargeAmount(Clinic.charge, cents(1))]
      }
    ).thenRefused(.overAllocated)
  }

  @Test func `keeps a claim that was answered, and an answer whose charges are claimed again`() {
    let claim = SubmitClaim.with {
      $0.payer = Clinic.insurer
      $0.charges = [ClaimRequest(Clinic.charge)]
    }
    let answered = Clinic.charged(100_00, insured: true).given(claim).given(
      AdjudicateClaim.with {
        $0.claim = ClaimID(1)
        $0.outcome = .adjudicated
        $0.lines = [
          .with {
            $0.charge = Clinic.charge
            $0.billed = cents(100_00)
            $0.paid = cents(70_00)
            $0.contractual = cents(10_00)
            $0.patientDue = cents(20_00)
          }
        ]
      })
    answered.whenReversed(ClaimSubmitted.self).thenRefused(.hasDependents)
    let open = answered.whenReversed(ClaimAdjudicated.self)
    #expect(
      open.undone == ["ResponsibilityTransferred", "AdjustmentPosted", "ClaimAdjudicated"])
    let charge = open.state.billing.charges[Clinic.charge]
    #expect(charge?.owed(by: insurer) == 100_00 && charge?.claim?.claim == ClaimID(1))
    #expect(charge?.claim?.contractual == 0 && charge?.claim?.fallsToPatient == 0)
    #expect(open.state.claims.claims[ClaimID(1)]?.isLive == true)
    let none = open.whenReversed(ClaimSubmitted.self)
    #expect(none.state.billing.charges[Clinic.charge]?.claims.isEmpty == true)
    answered.given(claim).whenReversed(ClaimAdjudicated.self).thenRefused(.hasDependents)
  }

  @Test func `keeps a claim that was replaced; reversed, the new one gives the old its place`() {
    let claim = SubmitClaim.with {
      $0.payer = Clinic.insurer
      $0.charges = [ClaimRequest(Clinic.charge)]
    }
    let first = Clinic.charged(100_00, insured: true).given(claim)
    let of = first.last(ClaimSubmitted.self)
    var second = claim
    second.replaces = ClaimID(1)
    let replaced = first.given(second)
    replaced.when(reverse(of)).thenRefused(.hasDependents)
    let back = replaced.whenReversed(ClaimSubmitted.self)
    #expect(back.state.claims.claims[ClaimID(1)]?.isLive == true)
    #expect(back.state.billing.charges[Clinic.charge]?.claim?.claim == ClaimID(1))
    back.when(reverse(of)).thenEvents(Reversed.self)
  }

  @Test func `keeps goods of which some were taken since, at a cost that they made`() {
    let received = Clinic.open.atTheStore
      .given(receive(goods(Clinic.screw, 4, lot: "A", expiry: "2027-01-01", value: 8_00)))
    let key = StockKey(clinic: Clinic.id, item: Clinic.screw)
    let none = received.whenReversed(GoodsReceived.self)
    #expect(none.state.stock.lot("A", at: key)?.onHand == 0)
    #expect(none.state.stock.lot("A", at: key)?.value == 0)
    let taken = received.given(issue(Clinic.screw, 1, lot: "A"))
    taken.whenReversed(GoodsReceived.self).thenRefused(.hasDependents)
    let first = taken.last(GoodsReceived.self)
    // A second receipt, of which nothing was taken, goes; the first one stays.
    let more = taken.given(
      receive(goods(Clinic.screw, 2, lot: "A", expiry: "2027-01-01", value: 9_00)))
    more.when(reverse(first)).thenRefused(.hasDependents)
    let less = more.whenReversed(GoodsReceived.self)
    #expect(less.state.stock.lot("A", at: key)?.onHand == 3_000)
    #expect(less.state.stock.lot("A", at: key)?.value == 6_00)
    // With the issue undone nothing rests on either.
    let back = more.givenReversed(StockIssued.self)
    #expect(back.state.stock.lot("A", at: key)?.onHand == 6_000)
    back.when(reverse(first)).thenEvents(Reversed.self)
  }
}
