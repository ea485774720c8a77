import DaybookClinicEvents
import DaybookDesk
public import DaybookEngine
import DaybookEvents
public import DaybookValues

/// A small clinic in which anything may happen next: most of it the Desk accepts, much it refuses.
///
/// Of a hundred actions 16 are treatments, 12 payments, 8 each patients, appointments with what becomes
/// of them, arrivals, encounters begun and visits told in one, 5 each encounters completed, coverages and
/// claims, 4 each payments spread, debts moved, goods received and goods issued, 3 each adjustments
/// and answers of payers, and 3 definitions. Nine in ten use what they know to exist; one in ten is
/// by somebody who may not. Seven in ten bear a reference, and one in ten comes with an earlier
/// one: the same command again, or another.
///
/// It has no clock and no randomness but its seed: the same seed and receipts make the same actions.
public struct RandomClinic: Sendable {
  var dice: Dice
  /// The greatest number of each kind that an action is known to have made.
  var known: [StreamKind: UInt64] = [:]
  /// Actions with a reference that may come again, as a ring.
  private var earlier: [ScenarioAction] = []
  private var earlierNext = 0

  private static let earlierMax = 48

  /// The actions of a seed.
  public init(seed: UInt64) { dice = Dice(seed: seed) }

  /// Takes in what an action made, so that later ones may use it.
  public mutating func note(_ receipt: ActionReceipt) {
    for event in receipt.events {
      known[event.stream.kind] = max(known[event.stream.kind] ?? 0, event.stream.number)
    }
  }

  /// Forgets what actions made: after a loss of some, before the rest is noted again.
  public mutating func forget() { known = [:] }

  /// The next action, by a clock that stands at `now`.
  public mutating func next(at now: Instant) -> ScenarioAction {
    if dice.chance(10), let action = again(at: now) { return action }
    let made = make(at: now)
    var action = ScenarioAction(made.command, envelope(made.role, at: now))
    if dice.chance(70) {
      action.envelope.reference = dice.reference()
      keep(action)
    }
    return action
  }

  private mutating func keep(_ action: ScenarioAction) {
    if earlier.count < Self.earlierMax {
      earlier.append(action)
    } else {
      earlier[earlierNext] = action
      earlierNext = (earlierNext + 1) % Self.earlierMax
    }
  }

  /// An action with an earlier reference.
  private mutating func again(at now: Instant) -> ScenarioAction? {
    guard !earlier.isEmpty else { return nil }
    var action = earlier[dice.below(earlier.count)]
    if dice.chance(35) { action.command = make(at: now).command }
    return action
  }

  private mutating func envelope(_ role: ClinicRole, at now: Instant) -> Envelope {
    var envelope = Envelope()
    envelope.clinic = dice.chance(3) ? 0 : dice.chance(85) ? 1 : 2
    if dice.chance(55) {
      envelope.actor = Importer.synthea.actor
      envelope.role = Role(UInt16(ClinicRole.import.rawValue))
      let back = Int64(dice.below(4)) * 86_400_000
      envelope.effective = Moment(Instant(milliseconds: now.milliseconds - back))
    } else {
      let staff = dice.chance(90) ? 1 : dice.below(4)
      envelope.actor = staff == 0 ? .system : .staff(UInt64(staff))
      envelope.role = Role(UInt16(role.rawValue))
    }
    return envelope
  }
}

// MARK: - What the clinic begins with

extension RandomClinic {
  /// What must be submitted first: each action has a reference, so that all may be submitted again.
  public static func opening(at now: Instant) -> [ScenarioAction] {
    let commands: [(clinic: UInt64, command: any Command<DeskState>)] = [
      (0, clinic("North")), (0, clinic("South")),
      (1, hire("Ada", at: now)), (1, hire("Ben", at: now)), (2, hire("Cleo", at: now)),
      (1, roles(1, at: 1)), (2, roles(1, at: 2)), (1, roles(2, at: 1)),
      (0, party("Insurer", .payer)), (0, party("Second", .payer)),
      (0, party("Supplier", .supplier)),
      (0, item("Gloves")), (0, item("Screw", isImplant: true)),
      (0, service("Consultation", uses: [RecipeLine(ItemID(1), .one)])), (0, service("Implanting")),
      (1, patient("Young")), (1, goods()),
    ]
    return commands.enumerated().map { index, begun in
      var envelope = Envelope()
      envelope.clinic = begun.clinic
      envelope.actor = Importer.synthea.actor
      envelope.role = Role(UInt16(ClinicRole.import.rawValue))
      envelope.effective = Moment(now)
      envelope.reference = "opening-\(index + 1)"
      return ScenarioAction(begun.command, envelope)
    }
  }

  private static func clinic(_ name: String) -> DefineClinic {
    .with {
      $0.name = name
      $0.timeZone = "UTC"
      $0.transitions = [ZoneTransition()]
      $0.currency = .usd
      $0.fiscalYearStartMonth = 1
    }
  }

  private static func hire(_ name: String, at now: Instant) -> HireStaff {
    .with {
      $0.person.name = name
      $0.clinics = [ClinicID(1), ClinicID(2)]
      $0.contract = .employee
      $0.start = Moment(now).day
    }
  }

  private static func roles(_ staff: UInt64, at clinic: UInt64) -> SetRoles {
    .with {
      $0.staff = StaffID(staff)
      $0.clinic = ClinicID(clinic)
      $0.roles = [.admin, .reception, .practitioner, .cashier, .buyer, .accountant]
    }
  }

  static func party(_ name: String, _ type: PartyType) -> RegisterParty {
    .with {
      $0.name = name
      $0.type = type
    }
  }

  private static func item(_ name: String, isImplant: Bool = false) -> DefineItem {
    .with {
      $0.name = name
      $0.baseUnit = "piece"
      $0.lotTracked = isImplant
      $0.expiryTracked = isImplant
      $0.implant = isImplant
    }
  }

  static func service(_ name: String, uses: Few<RecipeLine> = []) -> DefineService {
    .with {
      $0.name = name
      $0.type = .treatment
      $0.durationSeconds = 1800
      $0.recipe = uses
    }
  }

  static func patient(_ name: String) -> RegisterPatient {
    .with { $0.person.familyName = name }
  }

  private static func goods() -> ReceiveGoods {
    .with {
      $0.opening = true
      $0.lines = [
        .with {
          $0.item = ItemID(1)
          $0.quantity = Quantity(thousandths: 2_000_000)
        }
      ]
    }
  }
}
