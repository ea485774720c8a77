/// How long a random history is, and of how large a business.
public struct HistorySize: Hashable, Sendable {
  /// How many clinics: 2 to 20, since some rules are of two.
  public var clinics: Int
  /// How many patients are known before the first action; more come as it goes on.
  public var patients: Int
  /// How many people hold every role from the beginning: 2 to 40, since some rules want a second
  /// person. One more holds none, and others are hired and leave.
  public var staff: Int
  /// How many items are kept: 4 to 400. Those from the fifth on are like the first three in turn: not
  /// tracked, implants tracked by lot and expiry, goods for sale tracked by lot.
  public var items: Int
  /// How many actions there are in a day on average.
  public var actionsPerDay: Int

  /// Brings what is asked for within its bounds.
  public init(
    clinics: Int = 2, patients: Int = 1, staff: Int = 2, items: Int = 4, actionsPerDay: Int = 2
  ) {
    self.clinics = min(max(clinics, 2), 20)
    self.patients = min(max(patients, 1), 1_000_000)
    self.staff = min(max(staff, 2), 40)
    self.items = min(max(items, 4), 400)
    self.actionsPerDay = min(max(actionsPerDay, 2), 100_000)
  }

  /// How many actions a day let so many happen within about ten years: 2 for a small book.
  public static func actionsPerDay(of actions: Int) -> Int { max(2, actions / 3_650) }

  /// How long it is until the next action: of a hundred 35 follow closely, the others after up to
  /// three times the average.
  public func pause(_ dice: inout Dice) -> Int64 {
    let minutes = dice.chance(35) ? dice.from(1...30) : dice.from(60...2_000)
    // Of these minutes a day has about 2.1.
    return max(1, Int64(minutes) * 60_000 * 2 / Int64(actionsPerDay))
  }
}
