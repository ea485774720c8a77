import DaybookBytes
import Testing

@Suite struct `A value of its own` {
  @Test func `keeps what is done to it`() {
    let owned = Owned([1, 2])
    owned.withValue { $0.append(3) }
    #expect(owned.withValue { $0 } == [1, 2, 3])
  }

  @Test func `is free again after an error`() {
    let owned = Owned(7)
    #expect(throws: WireError.self) {
      try owned.withValue { (_) throws(WireError) in throw WireError(.truncated, at: 0) }
    }
    #expect(owned.withValue { $0 } == 7)
  }

  @Test func `stops the program where it is used while it is being used`() async {
    await #expect(processExitsWith: .failure) {
      let owned = Owned(0)
      owned.withValue { outer in owned.withValue { outer += $0 } }
    }
  }
}

@Suite struct `A slot` {
  private final class Witness {}

  @Test func `gives back the last value, by its type only`() {
    var slot = Slot()
    #expect(slot.get(as: Int.self) == nil)
    slot.put(7)
    slot.put(8)
    #expect(slot.get(as: Int.self) == 8)
    #expect(slot.get(as: String.self) == nil)
    slot.put("a text that is too long to stand in place")
    #expect(slot.get(as: Int.self) == nil)
    #expect(slot.get(as: String.self) == "a text that is too long to stand in place")
    slot.removeAll()
    #expect(slot.get(as: String.self) == nil)
  }

  @Test func `takes values larger than any before`() {
    var slot = Slot()
    let large = (0..<40).map { UInt64($0) }
    let values = (large[0], large, large, large, large, large, large, large)
    let wide = (values, values, values, values, values, values, values, values, values, values)
    slot.put(wide)
    #expect(slot.get(as: type(of: wide))?.9.1 == large)
  }

  @Test func `lets go of what it kept`() {
    weak var first: Witness?
    weak var second: Witness?
    do {
      var slot = Slot()
      do {
        let (one, two) = (Witness(), Witness())
        (first, second) = (one, two)
        slot.put([one])
        slot.put([two])
      }
      #expect(first == nil)
      #expect(second != nil)
    }
    #expect(second == nil)
  }
}
