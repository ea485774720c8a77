public import DaybookEvents

extension ClinicEvents {
  /// Whether a record with this header says what happened; false for plans and unknown events.
  public static func isFact(_ header: RecordHeader) -> Bool {
    let family = Int(header.family.rawValue)
    guard family < facts.count, header.tag < 64 else { return false }
    return facts[family] >> UInt64(header.tag) & 1 == 1
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
}
