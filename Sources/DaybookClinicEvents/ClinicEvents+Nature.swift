public import DaybookEvents

extension ClinicEvents {
  /// Whether a record with this header says what happened; false for plans and unknown events.
  public static func isFact(_ header: RecordHeader) -> Bool {
    let family = Int(header.family.rawValue)
    guard family < facts.count else { return false }
    let tags = facts[family]
    return Int(header.tag) < tags.count && tags[Int(header.tag)]
  }

  /// By family and tag; the numbers are small.
  private static let facts: [[Bool]] = {
    var facts: [[Bool]] = []
    for event in families.flatMap(\.events) where event.nature == .fact {
      let (family, tag) = (Int(event.family.rawValue), Int(event.tag))
      while facts.count <= family { facts.append([]) }
      while facts[family].count <= tag { facts[family].append(false) }
      facts[family][tag] = true
    }
    return facts
  }()
}
