import DaybookWorld
import Synchronization
import Testing

@Suite struct `Threads and locks` {
  @Test func `a join sees all that the thread did, and may be repeated`() throws {
    let sum = Locked(0)
    let threads = try (0..<8).map { index in
      try WorkerThread(name: "a name longer than fifteen bytes \(index)") {
        for _ in 0..<1000 { sum.withLock { $0 += 1 } }
      }
    }
    for thread in threads { thread.join() }
    for thread in threads { thread.join() }
    #expect(sum.withLock { $0 } == 8000)
  }

  @Test func `a thread that nobody joins runs to its end and frees what it holds`() throws {
    final class Token: Sendable {
      let gone: Signal
      init(_ gone: Signal) { self.gone = gone }
      deinit { gone.signal() }
    }
    let gone = Signal()
    for _ in 0..<200 {
      let token = Token(gone)
      _ = try WorkerThread(name: "alone") { withExtendedLifetime(token) {} }
    }
    for _ in 0..<200 { #expect(gone.wait(nanoseconds: 10_000_000_000)) }
  }

  @Test func `a lock hands back what its body returns or throws`() {
    struct Fault: Error {}
    let list = Locked([1, 2])
    #expect(list.withLock { $0.removeLast() } == 2)
    #expect(throws: Fault.self) {
      try list.withLock { list throws(Fault) in
        list.append(3)
        throw Fault()
      }
    }
    #expect(list.withLock { $0 } == [1, 3])
  }

  @Test func `a signal is kept for the next wait`() throws {
    let signal = Signal()
    signal.signal()
    signal.signal()
    signal.wait()
    #expect(signal.wait(nanoseconds: 0))
    #expect(!signal.wait(nanoseconds: 0))
    #expect(!signal.wait(nanoseconds: -5))
    let full = Signal(count: 2)
    #expect(full.wait(nanoseconds: 0) && full.wait(nanoseconds: 0) && !full.wait(nanoseconds: 0))
  }

  @Test func `a wait lasts as long as it was told, or until the signal`() throws {
    let signal = Signal()
    let start = MonotonicClock.nanoseconds()
    #expect(!signal.wait(nanoseconds: 30_000_000))
    #expect(MonotonicClock.nanoseconds() - start >= 30_000_000)
    let thread = try WorkerThread(name: "bell") {
      MonotonicClock.pause(nanoseconds: 20_000_000)
      signal.signal()
    }
    #expect(signal.wait(nanoseconds: 1_500_000_000_000))
    thread.join()
  }

  @Test func `two threads pass a turn back and forth`() throws {
    let ping = Signal()
    let pong = Signal()
    let turns = Atomic<Int>(0)
    let box = Locked(0)
    let thread = try WorkerThread(name: "pong") {
      for _ in 0..<1000 {
        ping.wait()
        box.withLock { $0 += 1 }
        pong.signal()
      }
    }
    for turn in 1...1000 {
      ping.signal()
      pong.wait()
      if box.withLock({ $0 }) == turn { turns.add(1, ordering: .relaxed) }
    }
    thread.join()
    #expect(turns.load(ordering: .relaxed) == 1000)
  }

  @Test func `a pause lasts at least as long as asked`() {
    let start = MonotonicClock.nanoseconds()
    MonotonicClock.pause(nanoseconds: 5_000_000)
    MonotonicClock.pause(nanoseconds: 0)
    MonotonicClock.pause(nanoseconds: -1)
    #expect(MonotonicClock.nanoseconds() - start >= 5_000_000)
  }
}
