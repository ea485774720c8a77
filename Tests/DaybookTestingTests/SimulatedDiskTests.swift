import DaybookBytes
import DaybookTesting
import DaybookWorld
import Testing

private let seeds = 0..<200 as Range<UInt64>

/// A machine with one file, made and synced with its folder.
private func machine(
  _ seed: UInt64, _ bytes: [UInt8] = [], faults: SimulatedFaults = SimulatedFaults()
) throws -> (SimulatedMachine, World) {
  let machine = SimulatedMachine(seed: seed)
  let process = machine.start()
  let file = try process.files.open("/a", .create)
  try file.write(bytes.span, at: 0)
  try file.sync()
  file.close()
  try process.files.syncDirectory("/")
  machine.faults = faults
  return (machine, process)
}

private func content(_ machine: SimulatedMachine, _ path: String = "/a") throws -> [UInt8] {
  try machine.start().files.bytes(of: path, atMost: 1 << 20)
}

@Suite struct `A simulated disk` {
  @Test func `keeps what was synced, and of the rest any whole sectors`() throws {
    var found: Set<UInt8> = []
    var mixed = 0
    for seed in seeds {
      let (machine, process) = try machine(seed, [UInt8](repeating: 1, count: 4096))
      let file = try process.files.open("/a", .readWrite)
      for value in 2...3 as ClosedRange<UInt8> {
        try file.write([UInt8](repeating: value, count: 4096).span, at: 0)
      }
      #expect(try content(machine) == [UInt8](repeating: 3, count: 4096))
      machine.losePower()
      let bytes = try content(machine)
      try #require(bytes.count == 4096)
      for sector in 0..<8 {
        #expect(Set(bytes[sector * 512..<sector * 512 + 512]).count == 1)
      }
      found.formUnion(bytes)
      if Set(bytes).count > 1 { mixed += 1 }
    }
    #expect(found == [1, 2, 3] && mixed > 20)
  }

  @Test func `cuts and lengthens in order, with zeros where nothing was written`() throws {
    var sizes: Set<Int> = []
    for seed in seeds {
      let (machine, process) = try machine(seed, [UInt8](repeating: 1, count: 1500))
      let file = try process.files.open("/a", .readWrite)
      try file.truncate(to: 700)
      try file.allocate(from: 700, count: 300)
      try file.write([2].span, at: 1999)
      machine.losePower()
      let bytes = try content(machine)
      sizes.insert(bytes.count)
      #expect(bytes.prefix(700).allSatisfy { $0 == 1 })
      if bytes.count != 1500 { #expect(bytes.dropFirst(700).prefix(1200).allSatisfy { $0 == 0 }) }
    }
    #expect(sizes == [1500, 700, 1000, 2000])
  }

  @Test func `keeps the page cache when a process is killed`() throws {
    for seed in seeds.prefix(20) {
      let (machine, process) = try machine(seed, [1])
      let file = try process.files.open("/a", .readWrite)
      try file.write([2].span, at: 0)
      try process.files.rename("/a", to: "/b")
      machine.kill(process)
      #expect(try content(machine, "/b") == [2])
      #expect(throws: FileError.self) { try file.write([3].span, at: 0) }
      #expect(throws: FileError.self) { try process.files.remove("/b") }
      #expect(machine.start().process.boot == process.process.boot)
      machine.losePower()
      #expect(machine.start().process.boot != process.process.boot)
    }
  }

  @Test func `loses a name unless its folder was synced`() throws {
    for isSynced in [false, true] {
      var kept = 0
      for seed in seeds {
        let (machine, process) = try machine(seed)
        try process.files.createDirectory("/f")
        try process.files.syncDirectory("/")
        let file = try process.files.open("/f/x", .create)
        try file.write([7].span, at: 0)
        try file.sync()
        if isSynced { try process.files.syncDirectory("/f") }
        machine.losePower()
        if machine.start().files.exists("/f/x") {
          kept += 1
          #expect(try content(machine, "/f/x") == [7])
        }
      }
      #expect(isSynced ? kept == seeds.count : (20..<180).contains(kept))
    }
  }

  @Test func `shows the old name or the new one, never both and never neither`() throws {
    var moved = 0
    for seed in seeds {
      let (machine, process) = try machine(seed, [1])
      try process.files.createDirectory("/f")
      try process.files.syncDirectory("/")
      try process.files.rename("/a", to: "/f/b")
      try process.files.rename("/f/b", to: "/f/c")
      if seed % 2 == 0 { try process.files.syncDirectory("/") }
      machine.losePower()
      let files = machine.start().files
      let names = ["/a", "/f/b", "/f/c"].filter { files.exists($0) }
      try #require(names.count == 1)
      if names != ["/a"] { moved += 1 }
      #expect(try content(machine, names[0]) == [1])
    }
    #expect((20..<180).contains(moved))
  }

  @Test func `never writes what a failed sync forgot, though it shows it`() throws {
    var lost = 0
    for seed in seeds {
      var faults = SimulatedFaults()
      faults.failedSyncOneIn = 1
      let (machine, process) = try machine(seed, [1], faults: faults)
      let file = try process.files.open("/a", .readWrite)
      try file.write([2].span, at: 0)
      #expect(throws: FileError.self) { try file.sync() }
      machine.faults = SimulatedFaults()
      #expect(try content(machine) == [2])
      try file.sync()
      if seed % 2 == 0 {
        // Written again, it is as good as new.
        try file.write([2].span, at: 0)
        try file.sync()
      }
      machine.losePower()
      let isLost = try content(machine) == [1]
      if isLost { lost += 1 }
      #expect(seed % 2 == 1 || !isLost)
    }
    #expect((20..<90).contains(lost))
  }

  @Test func `keeps any earlier value of a mapped word`() throws {
    var found: Set<UInt64> = []
    for seed in seeds {
      let (machine, process) = try machine(seed, [UInt8](repeating: 0, count: 4096))
      let words = try process.files.mapWords("/a", writable: true)
      for value in 1...9 as ClosedRange<UInt64> { words.store(value, at: 3) }
      let other = try machine.start().files.mapWords("/a", writable: false)
      #expect(other.load(3) == 9)
      machine.losePower()
      found.insert(try machine.start().files.mapWords("/a", writable: false).load(3))
    }
    #expect(found == Set(0...9))
  }

  @Test func `ends a process in the middle of a change`() throws {
    var sizes: Set<Int> = []
    for seed in seeds.prefix(60) {
      let (machine, process) = try machine(seed)
      let file = try process.files.open("/a", .readWrite)
      machine.stop(process, after: 1)
      try file.write([1, 2, 3].span, at: 0)
      #expect(throws: FileError.self) { try file.write([4, 5].span, at: 3) }
      #expect(!machine.isAlive(process))
      sizes.insert(try content(machine).count)
    }
    #expect(sizes == [3, 4, 5])
  }

  @Test func `is full where its capacity ends`() throws {
    let (machine, process) = try machine(1, [UInt8](repeating: 1, count: 1000))
    machine.capacity = 2000
    let file = try process.files.open("/a", .readWrite)
    try file.allocate(from: 0, count: 2000)
    let error = #expect(throws: FileError.self) { try file.allocate(from: 0, count: 2001) }
    #expect(error?.kind == .noSpace && machine.usedBytes == 2000)
    try file.write([1].span, at: 1999)
    try file.truncate(to: 10)
    try file.allocate(from: 10, count: 1990)
  }

  @Test func `frees a lock when its holder ends`() throws {
    let (machine, process) = try machine(1)
    let lock = try process.files.lock("/LOCK")
    let other = machine.start()
    let pid = process.process.processID
    #expect(try other.files.lockState("/LOCK") == .held(pid: pid))
    let error = #expect(throws: FileError.self) { try other.files.lock("/LOCK") }
    #expect(error?.kind == .locked(pid: pid))
    machine.kill(process)
    let second = try other.files.lock("/LOCK")
    lock.release()
    #expect(try other.files.lockState("/LOCK") == .held(pid: other.process.processID))
    second.release()
    #expect(try other.files.lockState("/LOCK") == .free)
  }

  @Test func `does the same again from the same seed`() throws {
    func life(_ seed: UInt64) throws -> (SimulatedCounts, [UInt8]) {
      var numbers = SeededNumbers(seed: seed)
      let (machine, process) = try machine(seed, faults: .drawn(oneIn: 9, from: &numbers))
      let file = try process.files.open("/a", .readWrite)
      for turn in 0..<100 as Range<UInt64> {
        try? file.write([UInt8](repeating: UInt8(turn), count: 900).span, at: turn * 400)
        if turn % 7 == 0 { try? file.sync() }
      }
      machine.losePower()
      machine.faults = SimulatedFaults()
      return (machine.counts, try content(machine))
    }
    for seed in seeds.prefix(20) { #expect(try life(seed) == life(seed)) }
    #expect(try life(1).1 != life(2).1)
  }
}
