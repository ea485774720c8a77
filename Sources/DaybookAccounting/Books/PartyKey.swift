public import DaybookClinicEvents
import DaybookEvents
public import DaybookValues

/// Whom a posting concerns, in 32 bits: a patient, a registered party, a member of staff, somebody
/// unnamed, or nobody.
public struct PartyKey: Hashable, Sendable, Comparable {
  /// Two bits of kind above thirty of number; 0 is nobody.
  public let rawValue: UInt32

  /// Nobody.
  public static let none = PartyKey(rawValue: 0)
  /// Somebody at the counter who is not registered.
  public static let walkIn = PartyKey(rawValue: 3 << 30)

  /// The largest number that fits.
  static let numberMax: UInt64 = 1 << 30 - 1

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The patient; nil beyond 2^30 - 1 patients.
  public init?(_ patient: PatientID) { self.init(kind: 1, patient.number) }

  /// The payer or other party; nil beyond 2^30 - 1 parties.
  public init?(_ party: PartyID) { self.init(kind: 2, party.number) }

  /// The member of staff; nil beyond 2^30 - 1 of them.
  public init?(_ staff: StaffID) { self.init(kind: 0, staff.number) }

  private init?(kind: UInt32, _ number: UInt64) {
    guard number > 0, number <= Self.numberMax else { return nil }
    rawValue = kind << 30 | UInt32(number)
  }

  /// Reads a printed identifier, `P17` or `Y3`, or `walk-in`; nil for any other text.
  public init?(parsing text: some StringProtocol) {
    if text == "walk-in" {
      self = .walkIn
    } else if let patient = try? PatientID(parsing: text), let key = PartyKey(patient) {
      self = key
    } else if let party = try? PartyID(parsing: text), let key = PartyKey(party) {
      self = key
    } else if let staff = try? StaffID(parsing: text), let key = PartyKey(staff) {
      self = key
    } else {
      return nil
    }
  }

  /// The patient; nil if it is none.
  public var patient: PatientID? {
    rawValue >> 30 == 1 ? PatientID(UInt64(rawValue & 0x3fff_ffff)) : nil
  }

  /// The registered party; nil if it is none.
  public var party: PartyID? {
    rawValue >> 30 == 2 ? PartyID(UInt64(rawValue & 0x3fff_ffff)) : nil
  }

  /// The member of staff; nil if it is none.
  public var staff: StaffID? {
    rawValue >> 30 == 0 && rawValue > 0 ? StaffID(UInt64(rawValue)) : nil
  }

  /// The stream that begins with the registration; nil for who is not registered.
  var stream: StreamID? { patient?.stream ?? party?.stream ?? staff?.stream }

  /// Staff first, then patients, then parties, each by number.
  public static func < (left: PartyKey, right: PartyKey) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension PartyKey: CustomStringConvertible {
  /// The printed identifier, `walk-in`, or nothing.
  public var description: String {
    if let patient { return patient.description }
    if let party { return party.description }
    if let staff { return staff.description }
    return self == .walkIn ? "walk-in" : ""
  }
}

extension PartyKey {
  /// Who paid, bought or is asked; nobody for a number beyond 2^30 - 1.
  init(_ party: Party) {
    let key: PartyKey? =
      switch party {
      case .patient(let patient): PartyKey(patient)
      case .payer(let party), .other(let party): PartyKey(party)
      case .walkIn: .walkIn
      }
    self = key ?? .none
  }
}
