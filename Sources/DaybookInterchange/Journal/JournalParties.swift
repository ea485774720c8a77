import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
import DaybookValues

/// What somebody who is named in a journal is to the business.
public enum JournalParty: String, CaseIterable, Hashable, Sendable {
  /// A patient or customer.
  case patient
  /// Who pays for patients.
  case payer
  /// Who sells to the business.
  case supplier
  /// Any other organisation or person.
  case other
  /// A member of staff.
  case staff
}

/// Who in a book is called how, and what its accounts are called.
public struct JournalNames: Hashable, Sendable {
  private var numbers: [JournalParty: [String: [UInt64]]] = [:]
  /// The built-in codes of accounts that have others in a country's chart, by those; empty in a book
  /// with the neutral chart.
  public var builtInCodes: [String: String] = [:]

  /// Nobody.
  public init() {}

  /// Adds somebody, under a name or a reference (`ref:TEXT`).
  public mutating func add(_ name: String, _ party: JournalParty, _ number: UInt64) {
    numbers[party, default: [:]][name, default: []].append(number)
  }

  /// The built-in code of the account that is known by `code`; empty where it is none of them.
  func builtInCode(_ code: String) -> String {
    builtInCodes.isEmpty ? code : builtInCodes[code] ?? ""
  }

  /// The numbers of those who are called so: none, one, or several.
  public subscript(party: JournalParty, name: String) -> [UInt64] {
    numbers[party]?[name] ?? []
  }
}

/// Why a text of a file names nobody.
struct JournalNameFault: Error {
  var reason: String
}

/// Finds the people of a journal in the book, and registers those whom it does not know.
final class JournalParties<Submitter: ActionSubmitter> {
  typealias Recorder = ActionRecorder<Submitter>

  private let recorder: Recorder
  private let names: JournalNames
  private var known: [String: UInt64] = [:]

  init(_ recorder: Recorder, _ names: JournalNames) {
    self.recorder = recorder
    self.names = names
  }

  /// Whom a row's party means.
  ///
  /// - Returns: Nil where the book refused to register somebody, which is listed.
  /// - Throws: `JournalNameFault`, `ImportStopped`, `LogError`.
  func counterparty(
    _ row: JournalRow, place: RowPlace, effective: Instant
  ) async throws -> Counterparty? {
    let (party, text) = Self.split(row.party, on: row.builtIn, names)
    guard let number = try await number(text, party, place, effective) else { return nil }
    switch party {
    case .patient: return .patient(PatientID(number))
    case .payer, .supplier, .other: return .party(PartyID(number))
    case .staff: return .staff(StaffID(number))
    }
  }

  /// For whom a payer owes what a row says; somebody who stands for all of its patients where the row
  /// names nobody.
  func patient(
    _ row: JournalRow, place: RowPlace, effective: Instant
  ) async throws -> PatientID? {
    let payer = Self.split(row.party, on: row.builtIn, names).text
    let name = row.patient.isEmpty ? "Opening balance of \(payer)" : row.patient
    return try await number(name, .patient, place, effective).map { PatientID($0) }
  }

  /// What a party is: as it says itself (`payer:Acme`), else as its account has it, by its built-in code.
  static func split(
    _ text: String, on account: String, _ names: JournalNames
  ) -> (party: JournalParty, text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    if parts.count == 2, let party = JournalParty(rawValue: parts[0].lowercased()) {
      return (party, trimmed(String(parts[1])))
    }
    switch account {
    case "1200": return (.patient, text)
    case "1210": return (.payer, text)
    case "2000": return (.supplier, text)
    case "2300", "2330": return (.staff, text)
    default: break
    }
    for (letter, party) in [(PatientKind.prefix, JournalParty.patient), (StaffKind.prefix, .staff)]
    where printedNumber(text, letter) != nil {
      return (party, text)
    }
    for party in [JournalParty.patient, .payer, .supplier, .other] where !names[party, text].isEmpty
    {
      return (party, text)
    }
    return (account == "2100" || account == "2150" ? .patient : .other, text)
  }

  private func number(
    _ text: String, _ party: JournalParty, _ place: RowPlace, _ effective: Instant
  ) async throws -> UInt64? {
    let letter =
      switch party {
      case .patient: PatientKind.prefix
      case .staff: StaffKind.prefix
      case .payer, .supplier, .other: PartyKind.prefix
      }
    if let number = Self.printedNumber(text, letter) { return number }
    let key = "\(party.rawValue)/\(text)"
    if let number = known[key] { return number }
    let found = names[party, text]
    if found.count > 1 {
      throw JournalNameFault(
        reason: "\(found.count) of the book are called so; write which as \(letter)\(found[0])")
    }
    if party == .staff, found.isEmpty {
      throw JournalNameFault(reason: "no member of staff is called so; hire them first")
    }
    if let number = found.first {
      known[key] = number
      return number
    }
    let number = try await register(text, party, key, place, effective)
    known[key] = number
    return number
  }

  private func register(
    _ text: String, _ party: JournalParty, _ key: String, _ place: RowPlace, _ effective: Instant
  ) async throws -> UInt64? {
    let source = Recorder.Source(
      reference: "journal/\(party.rawValue)/\(Importer.hash(of: key))", place: place, rows: 0)
    if party == .patient {
      var command = RegisterPatient()
      command.person.familyName = text
      return try await recorder.submit(command, source, effective: effective)?.first(.patient)
    }
    var command = RegisterParty()
    command.name = text
    command.type =
      switch party {
      case .payer: .payer
      case .supplier: .supplier
      default: .other
      }
    return try await recorder.submit(command, source, effective: effective)?.first(.party)
  }

  private static func printedNumber(_ text: String, _ letter: String) -> UInt64? {
    guard text.hasPrefix(letter), let number = UInt64(text.dropFirst(letter.count)) else {
      return nil
    }
    return number
  }
}
