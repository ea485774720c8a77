import DaybookWorld
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct `Process and machine` {
  @Test func `a boot id reads back as it prints`() throws {
    let boot = try #require(BootID(parsing: "0f3e9c1a-7b52-4d0e-8a61-00ff12345678"))
    #expect(boot.high == 0x0F3E_9C1A_7B52_4D0E)
    #expect(boot.low == 0x8A61_00FF_1234_5678)
    #expect(boot.description == "0f3e9c1a7b524d0e8a6100ff12345678")
    #expect(BootID(parsing: boot.description) == boot)
    #expect(!boot.isUnknown && BootID().isUnknown)
  }

  @Test(arguments: [
    "", "0f3e", "0f3e9c1a7b524d0e8a6100ff123456789", "zz3e9c1a7b524d0e8a6100ff12345678",
  ])
  func `a boot id of other digits is none`(_ text: String) {
    #expect(BootID(parsing: text) == nil)
  }

  @Test func `the running process is known`() {
    #expect(ProcessFacts.live.processID == getpid())
    #expect(ProcessFacts.live == ProcessFacts.live)
    #expect(!ProcessFacts.live.boot.isUnknown)
  }

  @Test func `environment variables are read, or nil`() {
    #expect(Environment.variable("PATH")?.isEmpty == false)
    #expect(Environment.variable("DAYBOOK_NO_SUCH_VARIABLE") == nil)
    #expect(Environment.currentDirectory?.first == "/")
  }

  @Test func `random bytes come in any number, and differ`() {
    let source = LiveRandomness()
    for count in [0, 1, 255, 256, 257, 1000] { #expect(source.bytes(count).count == count) }
    #expect(source.bytes(16) != source.bytes(16))
    #expect(Set(source.bytes(10_000)).count == 256)
  }

  @Test func `instruments hear what they ask for, and cost nothing else`() {
    struct Fault: Error {}
    let heard = Locked<[String]>([])
    var instruments = Instruments.off
    instruments.count("a")
    #expect(instruments.measure("b") { 5 } == 5)
    instruments.counter = { name, amount in heard.withLock { $0.append("\(name) \(amount)") } }
    instruments.gauge = { name, value in heard.withLock { $0.append("\(name) = \(value)") } }
    instruments.duration = { name, took in heard.withLock { $0.append("\(name) \(took >= 0)") } }
    instruments.count("log.frames", by: 3)
    instruments.set("log.position", to: 7)
    #expect(throws: Fault.self) {
      try instruments.measure("log.sync") { () throws(Fault) in throw Fault() }
    }
    #expect(heard.withLock { $0 } == ["log.frames 3", "log.position = 7", "log.sync true"])
  }
}
