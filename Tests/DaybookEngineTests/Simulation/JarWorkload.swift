import DaybookEngine
import DaybookEvents
import DaybookTesting
import DaybookValues

/// Callers who fill and empty jars, more of them than the shelf bears.
struct JarWorkload: SimulatedWorkload {
  static let catalogue = Catalogue.jars
  private var numbers: SeededNumbers
  private var earlier: [SimulatedAction<Shelf>] = []
  private var jars: UInt64 = 0
  private var last: UInt64 = 0

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  static func opening(at now: Instant) -> [SimulatedAction<Shelf>] {
    [SimulatedAction(fill([1]), envelope("opening"))]
  }

  mutating func next(at now: Instant) -> SimulatedAction<Shelf> {
    var action = SimulatedAction(command(), envelope())
    if numbers.oneIn(8), let known = earlier.randomElement(using: &numbers) {
      action.envelope = known.envelope
      if !numbers.oneIn(3) { action.command = known.command }
    } else if !numbers.oneIn(3) {
      action.envelope.reference = "jar-\(numbers.next())"
      earlier.append(action)
    }
    return action
  }

  private mutating func command() -> any Command<Shelf> {
    if numbers.oneIn(3) {
      var empty = EmptyJar()
      empty.number = UInt64.random(in: 0...jars, using: &numbers) + 1
      empty.version = UInt64.random(in: 1...3, using: &numbers)
      return empty
    }
    if numbers.oneIn(6) {
      var alike = FillAlike()
      alike.position = UInt64.random(in: 0...last + 1, using: &numbers)
      return alike
    }
    var fill = FillJars()
    for _ in 0..<Int.random(in: 0...4, using: &numbers) {
      fill.beans.append(UInt64.random(in: 0...80, using: &numbers))
    }
    return fill
  }

  mutating func note(_ receipt: ActionReceipt) {
    for event in receipt.events { jars = max(jars, event.stream.number) }
    last = max(last, receipt.last.number)
  }

  mutating func forget() {
    jars = 0
    last = 0
  }
}
