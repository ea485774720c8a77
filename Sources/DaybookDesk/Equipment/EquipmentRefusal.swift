public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about equipment and sterilisation.
public enum EquipmentRefusal: RefusalCase, Hashable {
  /// It was found unfit, and nobody has said since that it may be used.
  case unfit(ResourceID)
  /// It is no steriliser.
  case notASteriliser(ResourceID)
  /// The run does not follow the last one.
  case cycleGap(ResourceID, next: UInt64)
  /// The item is not used again.
  case notSterilisable(ItemID)
  /// It ended before it began.
  case endsBeforeStart(Instant)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .unfit, .notASteriliser, .notSterilisable: .invalidState
    case .cycleGap: .numberGap
    case .endsBeforeStart: .outOfRange
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .unfit(let resource):
      "\(resource) was found unfit; take another, or record that it was repaired"
    case .notASteriliser(let resource): "\(resource) is no steriliser; correct the number"
    case .cycleGap(let steriliser, let next):
      "the next cycle of \(steriliser) is \(next); record those before it first"
    case .notSterilisable(let item):
      "\(item) is not used again; define it as sterilisable, or correct the item"
    case .endsBeforeStart(let start): "it began at \(start); correct start or end"
    }
  }
}
