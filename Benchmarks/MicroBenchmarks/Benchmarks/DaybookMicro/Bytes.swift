import Benchmark
import Daybook

/// Numbers of all widths, in an order that no branch learns by heart.
private let numbers: [UInt64] = (0..<1024).map { index in
  let scrambled = UInt64(index + 1) &* 0x9e37_79b9_7f4a_7c15
  return scrambled >> (scrambled % 63)
}

final class VarintWriting: Piece {
  private var output = ByteWriter(capacity: 16 << 10)

  func run(_ turns: Range<Int>) {
    for turn in turns {
      if turn & 1023 == 0 { output.removeAll() }
      output.appendVarint(numbers[turn & 1023])
    }
    blackHole(output.count)
  }
}

final class VarintReading: Piece {
  private let bytes: [UInt8]

  init() {
    var output = ByteWriter(capacity: 16 << 10)
    for number in numbers { output.appendVarint(number) }
    bytes = output.bytes
  }

  func run(_ turns: Range<Int>) throws {
    try withReader(of: bytes) { all in
      var reader = all
      var sum: UInt64 = 0
      for _ in turns {
        if reader.isAtEnd { reader = all }
        sum &+= try reader.readVarint()
      }
      blackHole(sum)
    }
  }
}

private let block: [UInt8] = numbers.flatMap { number in
  (0..<64).map { UInt8(truncatingIfNeeded: number >> UInt64($0 & 7)) }
}

final class Checksum: Piece {
  func run(_ turns: Range<Int>) {
    for _ in turns { blackHole(CRC32C.checksum(block.span)) }
  }
}

final class Hash: Piece {
  func run(_ turns: Range<Int>) {
    for _ in turns { blackHole(SHA256.hash(block.span)) }
  }
}
