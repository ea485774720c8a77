import DaybookEvents
import Testing

@Suite struct `An index of dense numbers` {
  @Test func `answers as a dictionary does, whatever the numbers`() {
    var index = DenseIndex()
    var known: [UInt64: Int] = [:]
    var state: UInt64 = 7
    for turn in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Mostly near, some far beyond all others.
      let number = turn % 50 == 0 ? state : (state >> 33) % 9000
      let place = turn % 7 == 0 ? nil : turn
      index[number] = place
      known[number] = place
    }
    for number in UInt64(0)..<9000 {
      #expect(index[number] == known[number])
      let place = index.place(of: number)
      #expect(place == known[number])
    }
    for (number, place) in known { #expect(index[number] == place) }
  }

  @Test func `takes the last number there is, and finds none beside it`() {
    var index = DenseIndex()
    index[.max] = 3
    #expect(index[.max] == 3)
    #expect(index[.max - 1] == nil)
    #expect(index[0] == nil)
  }
}

@Suite struct `A list of a few` {
  @Test(arguments: 0...9) func `holds any number of members, each to be changed`(_ count: Int) {
    let members = (0..<count).map { "member \($0)" }
    var list = Few(members)
    #expect(list.count == count)
    #expect(Array(list) == members)
    #expect(list == Few(members))
    for index in list.indices { list[index] += "!" }
    #expect(Array(list) == members.map { $0 + "!" })
    #expect((list == Few(members)) == members.isEmpty)
    list.removeAll()
    #expect(list.isEmpty)
    #expect(list == Few<String>())
  }
}
