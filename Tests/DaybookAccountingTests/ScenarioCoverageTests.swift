import DaybookClinicEvents
import DaybookEvents
import DaybookTesting
import Testing

@testable import DaybookAccounting

/// The journal that was worked out by hand for two months leaves nothing of the books out; that the
/// books make of the actions what it says is tested where they are typed.
@Suite struct `The journal of two months` {
  private let lines: [Substring]

  init() throws {
    let text = try Golden.text(of: "two-months/journal.txt")
    lines = text.split(separator: "\n").prefix { !$0.hasPrefix("## Trial balance") }
  }

  /// The last words of the cells of its lines.
  private func words(_ cell: Int) -> Set<String> {
    Set(
      lines.compactMap { line in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        guard cells.count > cell else { return nil }
        return cells[cell].split(separator: " ").last.map(String.init)
      })
  }

  @Test func `has an entry of every event that makes one`() {
    let events = Set(
      lines.compactMap { line -> String? in
        let cells = line.split(separator: "|")
        guard cells.count > 1, line.first?.isNumber == true else { return nil }
        return cells[1].split(separator: " ").first.map(String.init)
      })
    for rule in PostingRule.builtIn {
      #expect(events.contains(rule.event), "no entry of \(rule.event)")
    }
    #expect(events.contains(Reversed.typeName))
  }

  @Test func `has a line of every place in the shape of an entry`() {
    let accounts = words(0)
    for slot in Slot.allCases {
      #expect(accounts.contains(slot.builtInCode), "\(slot), \(slot.builtInCode)")
    }
  }
}
