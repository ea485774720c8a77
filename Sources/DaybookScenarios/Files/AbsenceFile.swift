/// Absences of workers as a company keeps them, with the figures that the book must give.
///
/// In it: absences of no hours, of less than a day and of several, every reason, and two rows that
/// cannot be taken.
public struct AbsenceFile: Sendable {
  /// The file.
  public private(set) var file = SampleFile(name: "absences.csv", text: "")
  /// How many hours were missed.
  public private(set) var hours = 0
  /// How many absences there are.
  public private(set) var absences = 0
  /// How many workers they are of.
  public private(set) var workers = 0
  /// Rows that cannot be taken.
  public private(set) var refusedRows: [Int] = []

  /// The file of a seed.
  public init(seed: UInt64, rows count: Int = 90) {
    var dice = Dice(seed: seed)
    var rows = RowText()
    var known: Set<Int> = []
    rows.append([
      "ID", "Reason for absence", "Month of absence", "Day of the week", "Work load Average/day ",
      "Absenteeism time in hours",
    ])
    for number in 0..<max(2, count) {
      let worker = dice.from(1...9)
      let length = [0, 1, 2, 3, 4, 8, 8, 8, 16, 24, 40, 120][dice.below(12)]
      let isRefused = number == count / 3 || number == count / 2
      let reason = number == count / 3 ? 29 : number % 29
      rows.append([
        "\(worker)", "\(reason)", "\(dice.from(1...12))", "\(dice.from(2...6))", "239.554",
        number == count / 2 ? "-8" : "\(length)",
      ])
      if isRefused {
        refusedRows.append(rows.rows)
        continue
      }
      known.insert(worker)
      hours += length
      absences += 1
    }
    workers = known.count
    file.text = rows.text
  }
}
