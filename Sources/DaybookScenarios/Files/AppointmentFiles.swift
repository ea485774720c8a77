public import DaybookValues

/// Two weeks of two waiting rooms, as a program for appointments exports them, with the figures that
/// the book must give.
///
/// In it: slots that were called off and given away again, before or after the row of who got them;
/// visits that run late, one past midnight; people who came early, and of whom nothing is known;
/// numbers that both clinics have; and two rows that cannot be taken.
public struct AppointmentFiles: Sendable {
  /// What the book must say of a clinic.
  public struct Figures: Hashable, Sendable {
    /// How many were attended.
    public var attended = 0
    /// How many were called off.
    public var cancelled = 0
    /// To how many nobody came.
    public var missed = 0
    /// How many are yet to come.
    public var scheduled = 0
    /// Of how many nothing is known.
    public var unknown = 0
    /// From arrival to start, in seconds, all together.
    public var waitSeconds = 0
    /// From start to end, in seconds, all together.
    public var attendedSeconds = 0

    /// Nothing yet.
    public init() {}
  }

  /// appointments.csv, patients.csv and slots.csv.
  public private(set) var files: [SampleFile] = []
  /// The clinics, in the order in which they come up.
  public let clinics = ["north", "old town, south"]
  /// Their figures, in the same order.
  public private(set) var figures: [Figures]
  /// Rows of appointments.csv that cannot be taken.
  public private(set) var refusedRows: [Int] = []
  /// The last day of which everything is known.
  public let lastDay: Day

  private static let firstDay = Day(daysSince1970: 20_150)
  private static let days = 12

  private var dice: Dice
  private var appointments = RowText()
  private var patients = RowText()
  private var slots = RowText()
  private var numbers: [Int] = []
  private var free: [Int] = []

  /// The files of a seed.
  public init(seed: UInt64) {
    dice = Dice(seed: seed)
    figures = clinics.map { _ in Figures() }
    numbers = clinics.map { _ in 0 }
    free = clinics.map { _ in 0 }
    lastDay = Self.firstDay.advanced(by: Self.days - 3)
    appointments.append([
      "clinic", "appointment_id", "slot_id", "scheduling_date", "appointment_date",
      "appointment_time", "scheduling_interval", "status", "check_in_time",
      "appointment_duration", "start_time", "end_time", "waiting_time", "patient_id", "sex",
    ])
    patients.append(["clinic", "patient_id", "name", "sex", "dob"])
    slots.append(["clinic", "slot_id", "appointment_date", "appointment_time", "is_available"])
    for number in 1...30 {
      for clinic in clinics where number % 9 != 0 {
        patients.append([
          clinic, padded(number, 5), number == 7 ? "Ann \"Nan\" Lee, jr" : "Person \(number)",
          number % 2 == 0 ? "Female" : "Male", number % 5 == 0 ? "" : "19\(40 + number)-02-03",
        ])
      }
    }
    for offset in 0..<Self.days {
      for clinic in clinics.indices { live(through: Self.firstDay.advanced(by: offset), clinic) }
    }
    files = [
      SampleFile(name: "appointments.csv", text: appointments.text),
      SampleFile(name: "patients.csv", text: patients.text),
      SampleFile(name: "slots.csv", text: slots.text),
    ]
  }

  private mutating func live(through day: Day, _ clinic: Int) {
    let length = clinic == 0 ? 1200 : 1800
    free[clinic] = 0
    var times = Array(stride(from: 9 * 3600, to: 12 * 3600, by: length))
    // Late on one day somebody is seen until after midnight.
    if clinic == 0, day == Self.firstDay.advanced(by: 3) { times.append(23 * 3600 + 1800) }
    for time in times {
      slots.append([
        clinics[clinic], padded(slots.rows + 1, 5), "\(day)", clockTime(time), "False",
      ])
      let isTaken = dice.chance(70)
      let isGivenAway = dice.chance(15)
      let isBefore = dice.chance(50)
      if isGivenAway, isBefore { append("cancelled", day, time, clinic) }
      if isTaken { attend(day, time, clinic) }
      if isGivenAway, !isBefore { append("cancelled", day, time, clinic) }
    }
  }

  private mutating func attend(_ day: Day, _ time: Int, _ clinic: Int) {
    if day > lastDay {
      figures[clinic].scheduled += 1
      return append("scheduled", day, time, clinic, counts: false)
    }
    switch dice.below(20) {
    case 0:
      figures[clinic].unknown += 1
      append("unknown", day, time, clinic, counts: false)
    case 1, 2:
      figures[clinic].missed += 1
      append("did not attend", day, time, clinic, counts: false)
    case 3 where refusedRows.count < 2:
      // One row has a status of its own, one a time that no clock shows.
      refusedRows.append(appointments.rows + 1)
      if refusedRows.count == 1 {
        append("postponed", day, time, clinic, counts: false)
      } else {
        append("attended", day, time, clinic, counts: false, ["24:10:00", "1.0", "", "", ""])
      }
    default:
      let arrived = time - dice.from(-300...1500)
      let isLate = time > 20 * 3600
      let began = max(arrived, free[clinic]) + (isLate ? 1_000 : dice.from(0...600))
      let ended = began + (isLate ? 2_000 : dice.from(120...2400))
      free[clinic] = ended
      figures[clinic].attended += 1
      figures[clinic].waitSeconds += began - arrived
      figures[clinic].attendedSeconds += ended - began
      append(
        "attended", day, time, clinic, counts: false,
        [
          clockTime(arrived), "\((ended - began) / 60).0", clockTime(began), clockTime(ended),
          "\((began - arrived) / 60).0",
        ])
    }
  }

  private mutating func append(
    _ status: String, _ day: Day, _ time: Int, _ clinic: Int, counts: Bool = true,
    _ times: [String] = ["", "", "", "", ""]
  ) {
    if counts { figures[clinic].cancelled += 1 }
    numbers[clinic] += 1
    let before = dice.from(0...20)
    let patient = dice.from(1...30)
    appointments.append(
      [
        clinics[clinic], padded(numbers[clinic], 6), padded(slots.rows, 5),
        "\(day.advanced(by: -before))", "\(day)", clockTime(time), "\(before)", status,
      ] + times + [padded(patient, 5), patient % 2 == 0 ? "Female" : "Male"])
  }
}
