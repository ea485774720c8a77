import DaybookEvents
import DaybookValues
import Testing

@testable import DaybookAccounting

@Suite struct `The slots of clinics` {
  /// Near and far from zero, and on both sides of where the one becomes the other.
  private let numbers: [UInt64] = [5, 1023, 1024, 1025, 0, 1, .max, 70_000, 2, .max - 1]

  @Test func `go up in the order in which clinics are met, whatever their numbers`() throws {
    var slots = ClinicSlots()
    for round in 0..<3 {
      for (index, number) in numbers.enumerated() {
        let position = Position(UInt64(round * 100 + index + 1))
        // Asked twice, since the last one is remembered.
        let found = try (0..<2).map { _ in try slots.index(of: number, at: position) }
        #expect(found == [UInt16(index), UInt16(index)])
      }
    }
    for (index, number) in numbers.enumerated() {
      #expect(slots.find(number) == UInt16(index))
      #expect(slots.number(UInt16(index)) == number)
    }
    #expect(slots.find(3) == nil)
    #expect(slots.count == numbers.count)
  }
}
