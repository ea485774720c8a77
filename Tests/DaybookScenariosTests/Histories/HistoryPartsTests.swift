import DaybookClinicEvents
import DaybookEvents
import DaybookValues
import Testing

@testable import DaybookScenarios

@Suite struct `A legal clinic` {
  @Test func `can do every action of the table, each in one way`() {
    #expect(LegalClinic.makers.map(\.action) == LegalAction.allCases)
    #expect(LegalAction.allCases.reduce(0) { $0 + $1.weight } == 397)
  }

  @Test func `has as many people, clinics and items as its size says`() {
    var clinic = LegalClinic(
      seed: 1, size: HistorySize(clinics: 4, staff: 5, items: 11, actionsPerDay: 2))
    let leads = Set((0..<5).map { LegalClinic.lead($0) })
    #expect(leads == [StaffID(1), StaffID(2), StaffID(4), StaffID(5), StaffID(6)])
    #expect(clinic.isLead(StaffID(6)) && !clinic.isLead(StaffID(3)) && !clinic.isLead(StaffID(7)))
    var clinics: Set<ClinicID> = []
    var items: Set<ItemID> = []
    for _ in 0..<400 {
      let (who, other) = clinic.colleagues()
      #expect(who != other && leads.contains(who) && leads.contains(other))
      clinic.here = clinic.somewhere()
      let there = clinic.elsewhere()
      #expect(there != clinic.here)
      clinics.formUnion([clinic.here, there])
      for first in [LegalClinic.gloves, LegalClinic.screw, LegalClinic.cream, LegalClinic.tray] {
        let item = clinic.item(like: first)
        #expect(LegalClinic.like(item) == first)
        items.insert(item)
      }
    }
    #expect(clinics == Set((1...4).map { ClinicID($0) }))
    #expect(items == Set((1...11).map { ItemID($0) }))
  }

  @Test func `has a size within its bounds, and ten years for a million actions`() {
    #expect(
      HistorySize(clinics: 1, patients: 0, staff: 1, items: 1, actionsPerDay: 0)
        == HistorySize())
    #expect(HistorySize(clinics: 99).clinics == 20)
    #expect(HistorySize.actionsPerDay(of: 1_000) == 2)
    #expect(HistorySize.actionsPerDay(of: 1_000_000) == 273)
  }
}

@Suite struct `What came to a shelf and went` {
  private func movement(
    _ time: Int64, _ quantity: Int64, at position: UInt64
  ) -> ShelfHistory.Movement {
    ShelfHistory.Movement(
      time: Instant(milliseconds: time), position: Position(position), quantity: quantity,
      value: quantity * 3)
  }

  @Test func `is balanced at every time, whenever it was told`() {
    var shelf = ShelfHistory()
    shelf.add(movement(10, 5, at: 1))
    shelf.add(movement(30, -4, at: 2))
    #expect(shelf.leastSinceChange == 0)
    shelf.settle()
    #expect(shelf.changedSince == nil)
    // Told late, it is below nothing in between.
    shelf.add(movement(20, -3, at: 3))
    #expect(shelf.changedSince == Instant(milliseconds: 20))
    #expect(shelf.leastSinceChange == -2)
    #expect(shelf.balance(at: Instant(milliseconds: 9)) == 0)
    #expect(shelf.balance(at: Instant(milliseconds: 20)) == 2)
    #expect(shelf.balance(at: Instant(milliseconds: 30)) == -2)
    #expect(shelf.least(from: Instant(milliseconds: 15)) == -2)
    #expect(shelf.quantity == -2 && shelf.value == -6)
  }

  @Test func `is as it was when something is undone, at its own time or later`() {
    var shelf = ShelfHistory()
    shelf.add(movement(10, 5, at: 1))
    shelf.add(movement(20, -3, at: 2))
    let (first, second) = (Instant(milliseconds: 20), Instant(milliseconds: 40))
    var other = shelf
    shelf.undo(Position(2), of: first, by: Position(3), at: first)
    #expect(shelf.balance(at: first) == 5 && shelf.quantity == 5)
    other.undo(Position(2), of: first, by: Position(3), at: second)
    #expect(other.balance(at: first) == 2 && other.balance(at: second) == 5)
    #expect(other.least(from: first) == 2)
  }
}

@Suite struct `Spans of time` {
  @Test func `are found by whoever touches the same parts, before 1970 too`() {
    var index = SpanIndex<Int, String>(part: 10)
    index.insert("a", of: 1, from: -15, to: -5)
    index.insert("b", of: 1, from: 18, to: 22)
    index.insert("c", of: 2, from: 18, to: 22)
    #expect(index.near(1, from: -1, to: 0) == ["a"])
    #expect(index.near(1, from: 15, to: 25) == ["b"])
    #expect(index.near(2, from: 29, to: 29) == ["c"])
    #expect(index.near(1, from: 30, to: 40).isEmpty)
    index.remove("b", of: 1, from: 18, to: 22)
    #expect(index.near(1, from: 15, to: 25).isEmpty)
  }
}
