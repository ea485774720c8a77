import DaybookBytes
import DaybookEvents
import DaybookTesting
import Testing

/// Random changes of valid payloads, the same for the same seed.
private struct Mutator: RandomNumberGenerator {
  var state: UInt64
  let donors: [[UInt8]]

  init(seed: UInt64, donors: [[UInt8]]) {
    state = seed
    self.donors = donors
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  private mutating func place(in bytes: [UInt8]) -> Int {
    Int.random(in: 0...bytes.count, using: &self)
  }

  private mutating func varint() -> [UInt8] {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: [0x80, 0x00]
    case 1: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
    case 2: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]
    case 3: [0xff, 0xff, 0xff, 0xff, 0x0f]
    case 4: [UInt8.random(in: 0...127, using: &self)]
    default: [UInt8.random(in: 128...255, using: &self), UInt8.random(in: 1...127, using: &self)]
    }
  }

  private mutating func slice(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    let ends = [place(in: bytes), place(in: bytes)].sorted()
    return bytes[ends[0]..<min(ends[1], ends[0] + 64)]
  }

  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &self) {
      let at = place(in: bytes)
      switch Int.random(in: 0..<8, using: &self) {
      case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &self)
      case 2 where at < bytes.count: bytes.remove(at: at)
      case 3: bytes.removeSubrange(at...)
      case 4: bytes.insert(contentsOf: varint(), at: at)
      case 5: bytes.insert(contentsOf: slice(of: bytes), at: at)
      case 6:
        let donor = donors.randomElement(using: &self) ?? []
        bytes.insert(contentsOf: slice(of: donor), at: at)
      default:
        // A field of a number, a wire type and a length of its own.
        let key = UInt8.random(in: 0...255, using: &self)
        bytes.insert(contentsOf: [key] + varint(), at: at)
      }
    }
    return bytes
  }
}

@Suite struct `Every event's bytes` {
  @Test(arguments: try Samples.all())
  func `changed at random are a canonical event again or a typed error in place`(
    _ sample: EventSample
  ) throws {
    let donors = try Samples.all().map(\.full)
    let seed = UInt64(sample.description.family.rawValue) << 16 | UInt64(sample.description.tag)
    var mutator = Mutator(seed: seed, donors: donors)
    var accepted = 0
    for round in Effort.rounds(3_000, few: 500) {
      let bytes = mutator.mutated(round % 4 == 0 ? sample.minimal : sample.full)
      withReader(of: bytes) { reader in
        do throws(WireError) {
          let (again, skipped) = try sample.reread(reader)
          accepted += 1
          // What may be skipped is not written again, and is counted.
          #expect(
            skipped > 0 ? again.count < bytes.count : again == bytes,
            "seed \(seed), round \(round): \(bytes)")
        } catch {
          #expect(error.offset >= 0 && error.offset <= bytes.count, "seed \(seed), round \(round)")
          #expect(error.field.hasPrefix(sample.description.name), "seed \(seed), round \(round)")
        }
      }
    }
    #expect(accepted > 0)
  }

  @Test(arguments: try Samples.all())
  func `with a length beyond their end are refused before anything is made of it`(
    _ sample: EventSample
  ) {
    // Every varint of the sample in turn becomes the longest there is.
    for index in sample.full.indices {
      for huge: [UInt8] in [
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0xff, 0xff, 0xff, 0x7f],
      ] {
        var bytes = sample.full
        bytes.replaceSubrange(index...index, with: huge)
        guard let rewritten = try? sample.rewritten(bytes) else { continue }
        #expect(rewritten == bytes, "byte \(index)")
      }
    }
  }

  @Test(arguments: try Samples.all())
  func `that name a currency of no amount are not canonical`(_ sample: EventSample) {
    let named: [UInt8] = [15 << 3 | 2, 5] + Array("USD/2".utf8)
    for bytes in [sample.minimal, sample.full, []] {
      for index in 0...bytes.count {
        var changed = bytes
        changed.insert(contentsOf: named, at: index)
        guard let rewritten = try? sample.rewritten(changed) else { continue }
        #expect(rewritten == changed, "at \(index)")
      }
    }
  }
}
