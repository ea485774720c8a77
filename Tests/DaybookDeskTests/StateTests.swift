import DaybookBytes
import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `The decision state` {
  private func evolve<E: EventPayload>(
    _ event: E, on number: UInt64 = 1, from spec: Spec = Clinic.charged(100)
  ) throws {
    var history = spec.history
    try history.take(event, on: number, spec.context)
  }

  @Test func `takes no number out of turn, however large`() {
    for number: UInt64 in [0, 2, 4, .max] {
      #expect(throws: WireError.self) {
        try evolve(PatientRegistered.with { $0.patient = PatientID(number) })
      }
    }
    let wrong: [any EventPayload] = [
      ClinicDefined.with { $0.clinic = ClinicID(9) },
      StaffHired.with { $0.staff = StaffID(9) },
      PartyRegistered.with { $0.party = PartyID(9) },
      ServiceDefined.with { $0.service = ServiceID(9) },
      ItemDefined.with { $0.item = ItemID(9) },
      AppointmentBooked.with { $0.appointment = AppointmentID(9) },
      PatientCheckedIn.with { $0.visit = VisitID(9) },
      EncounterStarted.with { $0.encounter = EncounterID(9) },
      ChargePosted.with { $0.charge = ChargeID(9) },
      PaymentReceived.with { $0.payment = PaymentID(9) },
      ClaimSubmitted.with { $0.claim = ClaimID(9) },
    ]
    for event in wrong { #expect(throws: WireError.self) { try evolve(event) } }
  }

  @Test func `takes nothing about what does not exist`() {
    let wrong: [any EventPayload] = [
      CoverageSet.with { $0.patient = PatientID(9) },
      TreatmentPerformed.with { $0.encounter = EncounterID(9) },
      EncounterCompleted.with { $0.encounter = EncounterID(9) },
      ResponsibilityTransferred.with { $0.charge = ChargeID(9) },
      AdjustmentPosted.with { $0.charge = ChargeID(9) },
      PaymentAllocated.with { $0.payment = PaymentID(9) },
      ClaimAdjudicated.with { $0.claim = ClaimID(9) },
      GoodsReceived.with { $0.lines = [ReceiptLine.with { $0.item = ItemID(9) }] },
      StockIssued.with { $0.item = ItemID(9) },
      StockIssued.with {
        $0.item = Clinic.screw
        $0.lines = [IssueLine(lot: "never", quantity: .one)]
      },
    ]
    for event in wrong { #expect(throws: WireError.self) { try evolve(event) } }
  }

  @Test func `takes no sum beyond its range, and never traps`() {
    #expect(throws: WireError.self) {
      try evolve(
        ChargePosted.with {
          $0.charge = ChargeID(2)
          $0.net = cents(.max)
          $0.tax = cents(1)
        })
    }
    #expect(throws: WireError.self) {
      try evolve(
        AdjustmentPosted.with {
          $0.charge = Clinic.charge
          $0.debtor = .patient(Clinic.patient)
          $0.type = .recovery
          $0.amount = cents(.max)
        })
    }
  }

  @Test func `refuses to go on behind an event that it does not know`() {
    struct Unknown: EventPayload {
      enum Tag: UInt16, FamilyTag {
        case unknown = 60_000
        static var family: FamilyNumber { .accounting }
      }
      static var tag: Tag { .unknown }
      static var nature: Nature { .fact }
      static var streamKind: StreamKind { ChargeKind.streamKind }
      mutating func describe(_ fields: inout Fields) throws(WireError) {}
    }
    #expect(throws: WireError(.unknownCase(60_000), at: 0, field: "tag")) {
      try evolve(Unknown())
    }
  }

  @Test func `passes over families of others`() throws {
    struct Foreign: EventPayload {
      enum Tag: UInt16, FamilyTag {
        case foreign = 1
        static var family: FamilyNumber { FamilyNumber(1000) }
      }
      static var tag: Tag { .foreign }
      static var nature: Nature { .fact }
      static var streamKind: StreamKind { StreamKind(1000) }
      mutating func describe(_ fields: inout Fields) throws(WireError) {}
    }
    try evolve(Foreign())
  }

  @Test func `a second definition of a clinic keeps that something was posted`() {
    var again = Clinic.defineClinic
    again.clinic = Clinic.id
    let spec = Clinic.charged(100).by(.staff(1), .admin).given(again)
    #expect(spec.state.administration.clinics[Clinic.id]?.hasPostings == true)
  }
}

@Suite struct `On hand over time` {
  /// A hundred movements in random order of time, against a sum over all of them.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `the least from a time on is that of a brute-force sum`(_ seed: UInt64) throws {
    var random = Seeded(seed)
    var spec = Clinic.open.importing
    var movements: [(time: Int64, quantity: Int64)] = []
    let nine = Clinic.nine.instant.milliseconds
    for _ in 0..<100 {
      let time = nine - Int64.random(in: 0...50, using: &random) * 60_000
      let quantity = Int64.random(in: 1...9, using: &random)
      let moment = Moment(Instant(milliseconds: time))
      let isReceipt = Bool.random(using: &random)
      let lowest = least(movements, from: time)
      spec = spec.at(moment, recorded: Clinic.nine.instant)
      if isReceipt {
        spec = spec.given(
          ReceiveGoods.with {
            $0.opening = true
            $0.lines = [
              .with {
                $0.item = Clinic.gloves
                $0.quantity = Quantity(thousandths: quantity)
              }
            ]
          })
        movements.append((time, quantity))
      } else {
        spec = spec.when(
          IssueStock.with {
            $0.item = Clinic.gloves
            $0.quantity = Quantity(thousandths: quantity)
            $0.purpose = .internal
          })
        #expect(spec.events.isEmpty == (quantity > lowest), "seed \(seed)")
        if quantity <= lowest { movements.append((time, -quantity)) }
      }
    }
    let key = StockKey(clinic: Clinic.id, item: Clinic.gloves)
    let onHand = movements.reduce(0) { $0 + $1.quantity }
    #expect(spec.state.stock.lot("", at: key)?.onHand ?? 0 == onHand, "seed \(seed)")
  }

  /// Balances in order of time and then of the log: at the end of `time`, and after all behind it.
  private func least(_ movements: [(time: Int64, quantity: Int64)], from time: Int64) -> Int64 {
    let times = Set(movements.map(\.time)).sorted()
    let ordered = times.flatMap { time in movements.filter { $0.time == time } }
    var balance: Int64 = 0
    var lowest = ordered.filter { $0.time <= time }.reduce(0) { $0 + $1.quantity }
    for movement in ordered {
      balance += movement.quantity
      if movement.time > time { lowest = min(lowest, balance) }
    }
    return lowest
  }
}

/// SplitMix64: the same numbers for a seed on every machine.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
