import DaybookScenarios
import DaybookWorld

/// Random histories, one after the other, and what came of them.
struct HistoryRun {
  private let options: HistoryOptions
  private let world: World
  private let began = MonotonicClock.nanoseconds()
  private var outcome = HistoryOutcome()
  private var count = 0

  /// From so many actions on a history has a line of its own.
  private static let longMin = 100_000

  /// Does what is asked for.
  ///
  /// - Returns: The exit code: 0 when everything held.
  static func main(_ arguments: [String], world: World) -> Int32 {
    guard let options = HistoryOptions(arguments) else {
      StandardError.write("\(HistoryOptions.help)\n")
      return 2
    }
    if options.isList {
      Simulation.say(HistoryOptions.properties)
      return 0
    }
    var run = HistoryRun(options: options, world: world)
    return run.live()
  }

  private init(options: HistoryOptions, world: World) {
    self.options = options
    self.world = world
  }

  private mutating func live() -> Int32 {
    for seed in options.seeds {
      let plan = options.plan(seed)
      let start = MonotonicClock.nanoseconds()
      let (lived, failure) = Self.live(plan, save: options.save, in: world)
      outcome += lived
      count += 1
      if let failure {
        report(failure, of: plan)
        summarise()
        return 1
      }
      if plan.actions >= Self.longMin {
        Simulation.say(
          "seed \(seed): \(plan.actions) actions, \(lived.events) events, "
            + "\(Self.seconds(since: start)) s")
      }
    }
    summarise()
    return 0
  }

  /// Lives through a history.
  ///
  /// - Returns: What it came to, and what did not hold of it.
  static func live(
    _ plan: HistoryPlan, save: String? = nil, in world: World = .live
  ) -> (HistoryOutcome, failure: Failure?) {
    var outcome = HistoryOutcome()
    var action = 0
    do {
      let history = try LivedHistory(plan)
      defer {
        (outcome, action) = (history.outcome, history.lived)
        if let save { Self.save(history, to: save, in: world) }
      }
      try history.run()
    } catch let broken as BrokenProperty {
      return (outcome, Failure(action: broken.action, text: "\(broken)"))
    } catch {
      return (outcome, Failure(action: action, text: "action \(action): \(error)"))
    }
    return (outcome, nil)
  }

  private static func save(_ history: LivedHistory, to folder: String, in world: World) {
    do {
      try history.save(to: folder, in: world.files)
      Simulation.say("the book is in \(folder)")
    } catch {
      Simulation.say("the book could not be written to \(folder): \(error)")
    }
  }

  /// What went wrong, and behind how many actions.
  struct Failure: Equatable {
    var action: Int
    var text: String
  }

  private func report(_ failure: Failure, of plan: HistoryPlan) {
    Simulation.say("BROKEN seed \(plan.seed), \(failure.text)")
    Simulation.say("run: daybook-simulate \(plan.arguments)")
    guard options.shrinks else { return }
    let (shortest, its) = Self.shortest(plan, failure)
    Simulation.say("shortest part that fails: \(shortest.actions) actions, \(its.text)")
    Simulation.say("run: daybook-simulate \(shortest.arguments)")
  }

  /// The shortest part from the beginning that fails, where what fails stays failed.
  ///
  /// It is looked for among parts twice as long each time, and then between the last two: so long as
  /// it is short, that takes no longer than living through it a few dozen times.
  static func shortest(
    _ plan: HistoryPlan, _ failure: Failure
  ) -> (HistoryPlan, Failure) {
    func fails(_ actions: Int) -> Failure? {
      var part = plan
      part.actions = actions
      return live(part).failure
    }
    var (good, bad) = (0, min(plan.actions, failure.action + 1))
    var known = failure
    if let found = fails(bad) { known = found } else { bad = plan.actions }
    var step = 1
    while good + step < bad {
      let actions = good + step
      if let found = fails(actions) {
        (bad, known) = (actions, found)
        break
      }
      (good, step) = (actions, step * 2)
    }
    while bad - good > 1 {
      let middle = (good + bad) / 2
      if let found = fails(middle) { (bad, known) = (middle, found) } else { good = middle }
    }
    var shortest = plan
    shortest.actions = bad
    return (shortest, known)
  }

  private func summarise() {
    let refused = outcome.refused.values.reduce(0, +)
    let rows: [(name: String, count: Int)] = [
      ("histories", count), ("actions accepted", outcome.accepted),
      ("old mistakes that stay", outcome.tolerated), ("events", outcome.events),
      ("all but legal, refused", refused), ("by so many codes", outcome.refused.count),
      ("stops", outcome.stops), ("losses of power", outcome.crashes),
      ("actions lost that nobody was told of", outcome.lost),
    ]
    let width = rows.map(\.name.count).max() ?? 0
    for row in rows {
      Simulation.say(
        "\(row.name)\(String(repeating: " ", count: width - row.name.count))  \(row.count)")
    }
    let names = HistoryPlan.names(options.properties)
    Simulation.say(
      "\(names), seeds \(options.seeds), \(options.actions) actions each, "
        + "\(Self.seconds(since: began)) s")
    if !options.commit.isEmpty { Simulation.say("version \(options.commit)") }
  }

  private static func seconds(since start: Int64) -> Int {
    Int(Double(MonotonicClock.nanoseconds() - start) / 1e9)
  }
}
