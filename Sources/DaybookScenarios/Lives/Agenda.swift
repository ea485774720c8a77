import DaybookValues

/// What is to be done on which day, in order of time; of the same time, in the order in which it
/// was planned.
struct Agenda: Sendable {
  struct Entry: Sendable {
    var second: Int
    var number: Int
    var job: BusinessLife.Job
  }

  /// What is left of the day, the first last.
  private var today: [Entry] = []
  private var day = Day.min
  /// What is planned for later days; only asked for a key.
  private var later: [Day: [Entry]] = [:]
  private var count = 0

  /// Goes on to `day`; what was left of the day before is dropped.
  mutating func start(_ day: Day) {
    self.day = day
    today = []
    for entry in later.removeValue(forKey: day) ?? [] { insert(entry) }
  }

  mutating func add(on day: Day, at second: Int, _ job: @escaping BusinessLife.Job) {
    count += 1
    let entry = Entry(second: second, number: count, job: job)
    if day == self.day { insert(entry) } else { later[day, default: []].append(entry) }
  }

  private mutating func insert(_ entry: Entry) {
    var low = 0
    var high = today.count
    while low < high {
      let middle = (low + high) / 2
      let other = today[middle]
      if (other.second, other.number) > (entry.second, entry.number) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    today.insert(entry, at: low)
  }

  mutating func next() -> Entry? { today.popLast() }
}
