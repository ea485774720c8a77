import DaybookClinicEvents
import DaybookEvents
import DaybookReporting
import DaybookValues

/// What postings may be filtered and grouped by, beside their accounts: none of it is an account.
public enum LedgerDimension: String, CaseIterable, Hashable, Sendable {
  /// The clinic whose books it stands in.
  case clinic
  /// Who did what was charged.
  case practitioner
  /// What was charged.
  case service
  /// The payer whom it concerns; else the one who owed the charge at first.
  case payer
  /// The tax code of a base or of its tax.
  case taxCode = "tax-code"

  /// The name of its column.
  var column: String { self == .taxCode ? "taxCode" : rawValue }

  /// Whether the charge of a posting alone has it.
  var isOfCharge: Bool { self == .practitioner || self == .service }
}

/// Reads the dimensions of postings: those of a charge, for the lines that charge it, settle it or move
/// its debt.
///
/// By reference, as `Scope` is: it is captured by what is called for every posting.
final class PostingDimensions: Sendable {
  let scope: Scope
  // Taken out of the model, which is too large to be reached through for every posting.
  private let charges: History<ChargeRow>
  private let clinics: [UInt64]
  private let parties: Registry<PartyFacts>

  init(_ scope: Scope) {
    self.scope = scope
    charges = scope.model.charges
    clinics = scope.model.slots.rows.map(\.number)
    parties = scope.model.partyRegistry
  }

  /// The number of the charge that a posting is of; 0 for none.
  func chargeNumber(_ row: Posting) -> UInt32 {
    if row.charge != 0 { return row.charge }
    let document = row.document.stream
    return document.kind == .charge ? UInt32(exactly: document.number) ?? 0 : 0
  }

  /// The charge of a posting, if it is of one.
  func charge(_ row: Posting) -> ChargeRow? {
    let number = chargeNumber(row)
    guard number != 0, let charge = charges.row(ofCharge: number),
      charge.position <= scope.position
    else { return nil }
    return charge
  }

  /// The number of a posting's practitioner, service and so on; 0 for none.
  func value(_ dimension: LedgerDimension, of row: Posting) -> UInt64 {
    switch dimension {
    case .clinic: clinics[Int(row.clinic)]
    case .taxCode: UInt64(row.taxCode)
    case .practitioner: UInt64(charge(row)?.practitioner ?? 0)
    case .service: UInt64(charge(row)?.service ?? 0)
    case .payer: payer(row)
    }
  }

  private func payer(_ row: Posting) -> UInt64 {
    let party = PartyKey(rawValue: row.party)
    if let other = party.party,
      parties.find(UInt64(row.party), at: scope.position)?.facts.kind == .payer
    {
      return other.number
    }
    guard let charge = charge(row) else { return 0 }
    return PartyKey(rawValue: charge.responsible).party?.number ?? 0
  }

  /// The identifier and the reference of a value, for two columns.
  func cells(_ dimension: LedgerDimension, _ value: UInt64) -> [Cell] {
    guard value != 0 else { return [.empty, .empty] }
    let (id, stream) = Self.named(dimension, value)
    return [.identifier(id), .text(scope.model.reference(stream, at: scope.position))]
  }

  /// The identifier of a value.
  func name(_ dimension: LedgerDimension, _ value: UInt64) -> String {
    Self.named(dimension, value).id
  }

  private static func named(
    _ dimension: LedgerDimension, _ value: UInt64
  ) -> (id: String, stream: StreamID) {
    switch dimension {
    case .clinic: (ClinicID(value).description, ClinicID(value).stream)
    case .practitioner: (StaffID(value).description, StaffID(value).stream)
    case .service: (ServiceID(value).description, ServiceID(value).stream)
    case .payer: (PartyID(value).description, PartyID(value).stream)
    case .taxCode: (TaxCodeID(value).description, TaxCodeID(value).stream)
    }
  }
}
