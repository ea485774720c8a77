public import DaybookEvents

extension ClinicEvents {
  /// Whether a record with this header says what happened; false for plans and unknown events.
  public static func isFact(_ header: RecordHeader) -> Bool {
    isFact(header.family, header.tag)
  }

  /// Whether an event says what happened; false for plans and unknown events.
  public static func isFact(_ family: FamilyNumber, _ tag: UInt16) -> Bool {
    let family = Int(family.rawValue)
    guard family < facts.count, tag < 64 else { return false }
    return facts[family] >> UInt64(tag) & 1 == 1
  }

  /// By family, a bit for each tag; the numbers are small.
  private static let facts: [UInt64] = {
    var facts: [UInt64] = []
    for event in families.flatMap(\.events) where event.nature == .fact {
      precondition(event.tag < 64, "tag \(event.tag) of \(event.name)")
      let family = Int(event.family.rawValue)
      while facts.count <= family { facts.append(0) }
      facts[family] |= 1 << UInt64(event.tag)
    }
    return facts
  }()

  /// The areas that an event feeds; of a `Reversed`, all that its target may; none of unknown events.
  public static func areas(_ family: FamilyNumber, _ tag: UInt16) -> Areas {
    let family = Int(family.rawValue)
    guard family < areas.count, tag < 64 else { return [] }
    return areas[family][Int(tag)]
  }

  /// By family and tag; the numbers are small.
  private static let areas: [[Areas]] = {
    var areas: [[Areas]] = []
    for event in families.flatMap(\.events) {
      precondition(event.tag < 64, "tag \(event.tag) of \(event.name)")
      let family = Int(event.family.rawValue)
      while areas.count <= family { areas.append(Array(repeating: [], count: 64)) }
      areas[family][Int(event.tag)] = event.areas
    }
    return areas
  }()

  /// The name of an event; nil for one that is unknown.
  public static func name(_ family: FamilyNumber, _ tag: UInt16) -> String? {
    families.first { $0.number == family }?.events.first { $0.tag == tag }?.name
  }
}
