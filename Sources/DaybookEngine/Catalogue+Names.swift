import DaybookBytes
import DaybookEvents
public import DaybookLog

/// A catalogue and a log call the same number by different names.
public struct NameConflict: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the log says.
  public var declared: NameDeclared
  /// What the catalogue says.
  public var wanted: NameDeclared

  /// Which number, both names, and what to do.
  public var description: String {
    let kind = declared.kind == NameDeclared.Kind.family.rawValue ? "family" : "kind of stream"
    return declared.number == wanted.number
      ? "this log calls the \(kind) \(declared.number) \(declared.name), the catalogue calls it "
        + "\(wanted.name); give \(wanted.name) another number in the catalogue"
      : "this log gives the \(kind) \(declared.name) the number \(declared.number), the catalogue "
        + "\(wanted.number); give it \(declared.number) in the catalogue"
  }
}

extension Catalogue {
  /// The names of this catalogue's families and kinds of streams that are not Daybook's own.
  ///
  /// A program chooses their numbers, from 1000 on; a log binds each to its name before it is first
  /// used, and refuses another name for it ever after.
  var ownNames: [NameDeclared] {
    families.filter { $0.number.rawValue >= NameDeclared.firstNumber }.map { family in
      NameDeclared(
        .family, family.number.rawValue, family.name, schema: Self.schemaDigest(of: family))
    }
      + streamKinds.filter { $0.kind.number >= NameDeclared.firstNumber }.map {
        NameDeclared(.streamKind, $0.kind.number, $0.name)
      }
  }

  private static func schemaDigest(of family: FamilyDescription) -> [UInt8] {
    var schema = Schema()
    // A family whose schema cannot be written down cannot be encoded either, and says so then.
    for event in family.events { try? event.add(to: &schema) }
    var digest = ByteWriter(capacity: SHA256Hash.byteCount)
    SHA256.hash(Array(schema.text().utf8).span).append(to: &digest)
    return digest.bytes
  }

  /// The name of a type of record as it is printed: `PaymentReceived`; of one that the catalogue does
  /// not know, as the log calls it: `animals/1`.
  public func name(of entry: TypeCounts.Entry, in info: LogInfo) -> String {
    event(entry.family, entry.tag)?.name ?? logsOwnName(entry.family, entry.tag)
      ?? info.name(of: entry)
  }

  /// The name of one of the log's own records.
  func logsOwnName(_ family: FamilyNumber, _ tag: UInt16) -> String? {
    switch (family, tag) {
    case (NameDeclared.family, NameDeclared.tag): NameDeclared.typeName
    case (PositionLost.family, PositionLost.tag): PositionLost.typeName
    default: nil
    }
  }
}

/// What a log calls the numbers of a catalogue that are not Daybook's own.
struct LogNames {
  private let own: [NameDeclared]
  private var isDeclared: [Bool]

  init(_ own: [NameDeclared]) {
    self.own = own
    isDeclared = own.map { _ in false }
  }

  /// Whether there is nothing that a log could have to say.
  var isEmpty: Bool { own.isEmpty }

  /// Takes in what the log says.
  ///
  /// - Throws: `NameConflict` where the catalogue says otherwise.
  mutating func take(_ declared: NameDeclared) throws(NameConflict) {
    for index in own.indices where own[index].kind == declared.kind {
      let (sameNumber, sameName) = (
        own[index].number == declared.number, own[index].name == declared.name
      )
      if sameNumber != sameName { throw NameConflict(declared: declared, wanted: own[index]) }
      if sameNumber { isDeclared[index] = true }
    }
  }

  /// What the log must say before it can hold these events: all that the catalogue has to say, once.
  func missing(for decision: borrowing Decision) -> [NameDeclared] {
    let isOwn = decision.proposals.contains {
      $0.family.rawValue >= NameDeclared.firstNumber
        || $0.stream.kind.number >= NameDeclared.firstNumber
    }
    return isOwn ? undeclared : []
  }

  /// All that the log has not been told.
  var undeclared: [NameDeclared] { own.indices.filter { !isDeclared[$0] }.map { own[$0] } }
}
