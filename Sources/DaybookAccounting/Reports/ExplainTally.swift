import DaybookValues

/// What listed postings come to while they are gone through, by clinic.
///
/// By clinic, since a clinic has one currency: to look that up for each posting takes longer than all
/// else that is done with it.
struct ExplainTally {
  /// Which postings a sum is of.
  enum Stretch: Int, CaseIterable {
    /// Those before the first day.
    case opening
    /// Those on the pages before.
    case brought
    /// The rest of what the days asked for add.
    case asked
  }

  private static let stretchCount = Stretch.allCases.count
  private static let partCount = ExplainFilter.Part.allCases.count
  private var sums: [Turnover]

  init(clinics: Int) {
    sums = Array(repeating: Turnover(), count: clinics * Self.stretchCount * Self.partCount)
  }

  private static func place(
    _ clinic: Int, _ stretch: Stretch, _ part: ExplainFilter.Part
  ) -> Int {
    (clinic * stretchCount + stretch.rawValue) * partCount + part.rawValue
  }

  @inline(always)
  mutating func add(_ row: Posting, _ stretch: Stretch, _ part: ExplainFilter.Part) {
    sums[Self.place(Int(row.clinic), stretch, part)].add(row.amount)
  }

  /// What postings of that kind came to at a clinic; nil where there were none.
  func turnover(_ clinic: Int, _ stretch: Stretch, _ part: ExplainFilter.Part) -> Turnover? {
    let sum = sums[Self.place(clinic, stretch, part)]
    return sum == Turnover() ? nil : sum
  }
}
