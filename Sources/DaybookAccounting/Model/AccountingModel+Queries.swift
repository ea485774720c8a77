import DaybookBytes
public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// A clinic as the books know it.
public struct ClinicListing: Hashable, Sendable {
  /// The clinic's number.
  public let clinic: UInt64
  /// The printed identifier: `L1`.
  public let id: String
  /// The source reference of the event that defined it; empty where it had none.
  public let reference: String
  /// The name it goes by.
  public let name: String
  /// The currency of its books.
  public let currency: Currency
}

/// A patient or a party as the books know it: no names.
public struct PartyListing: Hashable, Sendable {
  /// What a party is to the clinic.
  public enum Kind: String, Hashable, Sendable {
    /// A patient.
    case patient
    /// Pays for patients.
    case payer
    /// Sells to the clinic.
    case supplier
    /// Anybody else.
    case other

    init(_ type: PartyType) {
      switch type {
      case .payer: self = .payer
      case .supplier: self = .supplier
      case .unspecified, .other: self = .other
      }
    }

    init?(number: Int) {
      guard
        let kind = [Kind.patient, .payer, .supplier, .other].first(where: { $0.number == number })
      else { return nil }
      self = kind
    }

    var number: Int {
      switch self {
      case .patient: 1
      case .payer: 2
      case .supplier: 3
      case .other: 4
      }
    }
  }

  /// Who it is.
  public let key: PartyKey
  /// The printed identifier: `P17`, `Y3`.
  public let id: String
  /// The source reference of the event that registered it; empty where it had none.
  public let reference: String
  /// What it is to the clinic.
  public let kind: Kind
}

/// One posting, with all that a journal says about it.
public struct BookedPosting: Hashable, Sendable {
  /// The line's name.
  public let entry: EntryID
  /// The position of the event that made it.
  public var position: Position { entry.position }
  /// The effective civil day.
  public let day: Day
  /// When the event was recorded.
  public let recorded: Instant
  /// The journal that it stands in: `receipts`.
  public let journal: String
  /// The thing that the event is about, printed: `M5`.
  public let document: String
  /// The account.
  public let account: Account
  /// Whom it concerns; `.none` for nobody.
  public let party: PartyKey
  /// The clinic's number.
  public let clinic: UInt64
  /// The amount in the clinic's currency; positive is a debit.
  public let amount: Amount
  /// The event's name and the document.
  public let text: String
  /// The entry that it reverses; nil for nearly all.
  public let reverses: EntryID?
  /// The tax code of a base or of its tax; nil for all other lines.
  public let taxCode: TaxCodeID?
  /// Who recorded the event.
  public let actor: Actor
}

extension AccountingModel {
  /// The accounts of the chart, by code.
  public var accountList: [Account] { chart.list }

  /// The clinics defined at `position`, in the order in which they were.
  public func clinics(at position: Position? = nil) -> [ClinicListing] {
    let known = position ?? .end
    return clinicRegistry.list(at: known).map {
      let id = ClinicID($0.key)
      return ClinicListing(
        clinic: $0.key, id: id.description, reference: reference(id.stream, at: known),
        name: $0.facts.name, currency: $0.facts.currency)
    }
  }

  /// The numbers and names of the clinics defined at `position`, in the order in which they were.
  package func clinicNames(at position: Position) -> [(clinic: UInt64, name: String)] {
    clinicRegistry.list(at: position).map { ($0.key, $0.facts.name) }
  }

  /// The patients and parties registered at `position`: patients first, each by number.
  public func parties(at position: Position? = nil) -> [PartyListing] {
    let known = position ?? .end
    return partyRegistry.list(at: known)
      .map { listing($0, at: known) }
      .sorted { $0.key < $1.key }
  }

  /// A registered patient or party; nil where there is none at `position`.
  public func party(_ key: PartyKey, at position: Position? = nil) -> PartyListing? {
    let known = position ?? .end
    return partyRegistry.find(UInt64(key.rawValue), at: known).map { listing($0, at: known) }
  }

  /// The latest effective day of any fact known at `position`; nil where there is no fact.
  public func latestFactDay(at position: Position? = nil) -> Day? {
    days.day(knownAt: position ?? .end)
  }

  /// The currency of a clinic's books; unspecified for a clinic that was never defined.
  public func currency(ofClinic number: UInt64) -> Currency {
    slots.find(number).map { slots.currencies[Int($0)] } ?? .unspecified
  }

  /// How many postings stand at or before `position`.
  public func postingCount(at position: Position? = nil) -> Int {
    ledger.postings.count(through: position ?? .end)
  }

  /// Calls `body` with every posting at or before `position`, in position order, then by line.
  public func forEachPosting(
    through position: Position? = nil, _ body: (BookedPosting) throws -> Void
  ) rethrows {
    let known = position ?? .end
    let hasMerges = hasMerges(at: known)
    try ledger.postings.forEachSlice(postingCount(at: position)) { slice in
      for row in slice { try body(booked(hasMerges ? current(row, at: known) : row)) }
    }
  }

  /// A hexadecimal digest of the books; it covers no recorded time.
  public var digest: String { digest(at: asOf) }

  /// The digest that the books had at `position`, whatever came later.
  public func digest(at position: Position) -> String {
    var writer = ByteWriter(capacity: 4096)
    writer.appendText(Self.name)
    writer.appendLittleEndian(Self.version)
    ledger.postings.digest(through: position).append(to: &writer)
    charges.digest(through: position).append(to: &writer)
    if reversals.count(through: position) > 0 {
      reversals.digest(through: position).append(to: &writer)
    }
    notes.appendDigest(through: position, to: &writer)
    periods.appendDigest(through: position, to: &writer)
    tills.appendDigest(through: position, to: &writer)
    packages.appendDigest(through: position, to: &writer)
    if uncollected.count(through: position) > 0 {
      uncollected.digest(through: position).append(to: &writer)
    }
    slots.rows.digest(through: position).append(to: &writer)
    actors.rows.digest(through: position).append(to: &writer)
    clinicRegistry.rows.digest(through: position).append(to: &writer)
    partyRegistry.rows.digest(through: position).append(to: &writer)
    serviceRegistry.rows.digest(through: position).append(to: &writer)
    references.digest(through: position).append(to: &writer)
    days.digest(through: position).append(to: &writer)
    return writer.withSpan { SHA256.hash($0) }.description
  }

  func entryID(_ row: Posting) -> EntryID {
    let rule = PostingRule.builtIn[Int(row.rule)]
    return EntryID(
      position: row.position, rule: rule.number,
      version: ruleVersion(row), line: row.line)
  }

  func recordedInstant(at position: Position) -> Instant {
    let count = recorded.count(through: position)
    return Instant(milliseconds: count == 0 ? 0 : recorded[count - 1].milliseconds)
  }

  func amount(_ row: Posting) -> Amount {
    Amount(minorUnits: row.amount, slots.currencies[Int(row.clinic)])
  }

  func booked(_ row: Posting) -> BookedPosting {
    let rule = PostingRule.builtIn[Int(row.rule)]
    let document = DocumentNames.name(row.document)
    let reverses = reversedEntry(row)
    return BookedPosting(
      entry: entryID(row), day: Day(daysSince1970: row.day),
      recorded: recordedInstant(at: row.position), journal: rule.journal, document: document,
      account: chart.accounts[Int(row.account)], party: PartyKey(rawValue: row.party),
      clinic: slots.number(row.clinic), amount: amount(row),
      text: reverses == nil
        ? "\(rule.event) \(document)" : "\(Reversed.typeName) \(rule.event) \(document)",
      reverses: reverses, taxCode: row.taxCode == 0 ? nil : TaxCodeID(UInt64(row.taxCode)),
      actor: actors[row.actor])
  }
}

// What is printed of those whom the books concern.
extension AccountingModel {
  /// The source reference under which a thing was registered; empty where it has none.
  func reference(_ stream: StreamID, at position: Position) -> String {
    references.text(of: stream, knownAt: position) ?? ""
  }

  private func listing(_ row: Registration<PartyFacts>, at position: Position) -> PartyListing {
    let key = PartyKey(rawValue: UInt32(row.key))
    return PartyListing(
      key: key, id: key.description,
      reference: key.stream.map { reference($0, at: position) } ?? "", kind: row.facts.kind)
  }
}

extension Position {
  /// Behind everything.
  static var end: Position { Position(.max) }
}

/// How the things that entries are about are printed.
enum DocumentNames {
  private static let prefixes: [UInt16: String] = Dictionary(
    uniqueKeysWithValues: ClinicEvents.streamKinds.map { ($0.kind.number, $0.prefix) })

  static func name(_ document: DocumentKey) -> String { name(of: document.stream) }

  static func name(of stream: StreamID) -> String {
    let prefix = prefixes[stream.kind.number] ?? "\(stream.kind.number)/"
    return prefix + String(stream.number)
  }
}
