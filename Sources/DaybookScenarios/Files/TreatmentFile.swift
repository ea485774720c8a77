import DaybookValues

/// What a hospital did for some patients, as its log of activities has it, with the figures that the
/// book must give.
///
/// In it: several days and producers of a case, the same activity twice on a day, corrections on the
/// day and later, corrections of what is not there or was taken back already, and of a part.
public struct TreatmentFile: Sendable {
  /// The file.
  public private(set) var file = SampleFile(name: "treatments.csv", text: "")
  /// How many rows become a treatment.
  public private(set) var treatments = 0
  /// How many of them are taken back.
  public private(set) var corrected = 0
  /// Executions that stand in the book, corrections taken off.
  public private(set) var booked = 0
  /// Executions of the corrections that are refused, below zero.
  public private(set) var refused = 0
  /// The sum of the file's column.
  public var total: Int { booked + refused }
  /// Rows that cannot be taken.
  public private(set) var refusedRows: [Int] = []
  /// How many days of cases there are.
  public private(set) var visits = 0

  private struct Line: Hashable {
    var code: Int
    var executions: Int
  }

  private var rows = RowText()

  /// The file of a seed.
  public init(seed: UInt64, cases: Int = 12) {
    var dice = Dice(seed: seed)
    rows.append([
      "case_id", "timestamp", "activity_code", "activity_name", "number_of_executions",
      "department", "producer_code", "diagnosis_code",
    ])
    for number in 1...max(1, cases) {
      var open: [Line] = []
      var day = Day(daysSince1970: Int32(13_000 + dice.below(900)))
      for _ in 0..<dice.from(1...4) {
        let summer = dice.chance(50) ? "01" : "00"
        var hasTreatment = false
        for _ in 0..<dice.from(1...6) {
          var line = Line(code: dice.from(1...9), executions: dice.chance(85) ? 1 : 30)
          var isCorrection = dice.chance(20)
          if isCorrection, dice.chance(70), let last = open.randomElement(using: &dice) {
            line = last
          }
          // A day begins with something that was done.
          if !hasTreatment { isCorrection = false }
          hasTreatment = true
          append("case \(number)", "\(day) \(summer):00:00", line, isCorrection, &dice)
          if !isCorrection {
            open.append(line)
            treatments += 1
            booked += line.executions
          } else if let place = open.lastIndex(of: line) {
            open.remove(at: place)
            corrected += 1
            booked -= line.executions
          } else {
            refusedRows.append(rows.rows)
            refused -= line.executions
          }
        }
        visits += 1
        day = day.advanced(by: dice.from(1...40))
      }
    }
    file.text = rows.text
  }

  private mutating func append(
    _ patient: String, _ time: String, _ line: Line, _ isCorrection: Bool, _ dice: inout Dice
  ) {
    rows.append([
      patient, time, "4\(line.code)0", "activity \(line.code), class \(line.code % 3)",
      "\(isCorrection ? "-" : "")\(line.executions).0",
      ["Laboratory", "Nursing ward", ""][line.code % 3], ["LAB1", "WARD", ""][line.code % 3],
      dice.chance(40) ? "M1\(line.code)" : "",
    ])
  }
}
