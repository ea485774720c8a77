import DaybookValues

/// Billing cases as a hospital's log has them, with the figures that the book must give.
///
/// In it: cases of several parts that are billed together or apart, bills that are taken back and
/// refused, cases that are opened again before and after a bill, a bill without a case, and steps of
/// which the book knows nothing.
public struct BillingFile: Sendable {
  /// What the book must say.
  public struct Figures: Hashable, Sendable {
    /// How many cases there are.
    public var cases = 0
    /// How many were billed.
    public var billed = 0
    /// How many of the others were deleted.
    public var deleted = 0
    /// How many were opened again.
    public var reopened = 0
    /// How many orders of steps there are.
    public var variants = 0
    /// Rows that refuse the codes of what is not billed yet.
    public var codesRefused = 0
    /// How many `ChargePosted`.
    public var charges = 0
    /// How many `ClaimSubmitted`.
    public var claims = 0
    /// How many of them replace another.
    public var replacing = 0
    /// How many `ClaimAdjudicated`.
    public var answers = 0
    /// How many `Reversed`.
    public var reversals = 0

    /// How many were neither billed nor deleted.
    public var neverBilled: Int { cases - billed - deleted }
  }

  /// A case's steps, and what they make: charges, claims, of which replacing, answers, reversals.
  private struct Life {
    var steps: [String]
    var charges = 1
    var claims = 0
    var replacing = 0
    var answers = 0
    var reversals = 0
    /// The steps that nothing can be made of, by their place.
    var refused: [Int] = []
  }

  /// The file.
  public private(set) var file = SampleFile(name: "billing.csv", text: "")
  /// What the book must say.
  public private(set) var figures = Figures()
  /// Rows that cannot be taken.
  public private(set) var refusedRows: [Int] = []

  private static let done = ["FIN", "RELEASE", "CODE OK"]

  private static let lives: [Life] = [
    Life(steps: ["NEW"]),
    Life(steps: ["NEW", "CHANGE DIAGN"] + done + ["BILLED"], claims: 1),
    Life(steps: ["NEW"] + done + ["BILLED"], claims: 1),
    Life(steps: ["NEW", "DELETE"], reversals: 1),
    Life(steps: ["NEW", "NEW", "NEW", "DELETE"], charges: 3, reversals: 3),
    Life(steps: ["NEW", "NEW", "JOIN-PAT", "DELETE", "DELETE"], charges: 2, reversals: 2),
    Life(steps: ["NEW", "NEW"] + done + ["BILLED", "BILLED"], charges: 2, claims: 2),
    Life(steps: ["NEW", "NEW"] + done + ["BILLED"], charges: 2, claims: 1),
    Life(steps: ["NEW"] + done + ["BILLED", "BILLED"], claims: 2, replacing: 1),
    Life(
      steps: ["NEW"] + done + ["BILLED", "STORNO", "REJECT", "BILLED"], claims: 2, answers: 1,
      reversals: 1),
    Life(
      steps: ["NEW"] + done + ["BILLED", "STORNO", "REJECT", "REOPEN"] + done + ["BILLED"],
      claims: 2, replacing: 1, answers: 1, reversals: 1),
    Life(
      steps: ["NEW"] + done + ["BILLED", "STORNO", "REJECT", "REOPEN", "DELETE"], claims: 1,
      answers: 1, reversals: 2),
    Life(steps: ["NEW"] + done + ["REOPEN"] + done + ["BILLED"], claims: 1),
    Life(steps: ["NEW", "FIN", "RELEASE", "CODE NOK", "SET STATUS"]),
    Life(steps: ["NEW"] + done + ["BILLED", "REJECT", "BILLED"], claims: 2, answers: 1),
    Life(steps: ["BILLED"], charges: 0, refused: [0]),
    Life(steps: ["NEW"] + done + ["STORNO"], refused: [4]),
  ]

  /// The file of a seed.
  public init(seed: UInt64, cases: Int = 60) {
    var dice = Dice(seed: seed)
    var rows = RowText()
    rows.append(["case_id", "activity", "resource", "timestamp", "speciality", "state"])
    var variants: Set<[String]> = []
    for number in 1...max(1, cases) {
      // Every life once, then the usual ones more often.
      let place =
        number <= Self.lives.count ? number - 1 : dice.below(dice.chance(60) ? 4 : Self.lives.count)
      let life = Self.lives[place]
      variants.insert(life.steps)
      count(life)
      var second = 86_400 * (15_700 + dice.below(300)) + dice.below(80_000)
      for (index, step) in life.steps.enumerated() {
        if index > 0, step != life.steps[index - 1] { second += dice.from(1...900_000) }
        if life.refused.contains(index) { refusedRows.append(rows.rows + 1) }
        let day = Day(daysSince1970: Int32(second / 86_400))
        rows.append([
          "case-\(number)", step, "", "\(day) \(clockTime(second))",
          index == 0 ? ["", "A", "B", "K"][dice.below(4)] : "", "",
        ])
      }
    }
    figures.variants = variants.count
    file.text = rows.text
  }

  private mutating func count(_ life: Life) {
    figures.cases += 1
    if life.steps.contains("BILLED") {
      figures.billed += 1
    } else if life.steps.contains("DELETE") {
      figures.deleted += 1
    }
    if life.steps.contains("REOPEN") { figures.reopened += 1 }
    figures.codesRefused +=
      life.steps.prefix { $0 != "BILLED" }.count { $0 == "CODE NOK" }
    figures.charges += life.charges
    figures.claims += life.claims
    figures.replacing += life.replacing
    figures.answers += life.answers
    figures.reversals += life.reversals
  }
}
