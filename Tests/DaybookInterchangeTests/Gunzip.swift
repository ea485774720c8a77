/// Unpacks a gzip file, so that the real exports are read where they are.
///
/// Source: RFC 1951 and RFC 1952. Checksums are left to whoever compares what comes of it.
struct Gunzip {
  struct Malformed: Error {}

  /// Codes by length and value, as canonical Huffman codes are told apart.
  private struct Codes {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      for length in 1..<16 {
        for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
      }
    }
  }

  private let input: [UInt8]
  private var position: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  static func unpack(_ bytes: [UInt8]) throws -> [UInt8] {
    guard bytes.count > 18, bytes[0] == 0x1f, bytes[1] == 0x8b, bytes[2] == 8 else {
      throw Malformed()
    }
    var start = 10
    if bytes[3] & 4 != 0 { start += 2 + Int(bytes[10]) + Int(bytes[11]) << 8 }
    // The names of file and comment end with a zero.
    for flag in [8, 16] as [UInt8] where bytes[3] & flag != 0 {
      while bytes[start] != 0 { start += 1 }
      start += 1
    }
    var unpacking = Gunzip(input: bytes, position: start)
    try unpacking.inflate()
    return unpacking.output
  }

  private init(input: [UInt8], position: Int) {
    self.input = input
    self.position = position
  }

  private mutating func take(_ count: Int) throws -> Int {
    while bitCount < count {
      guard position < input.count else { throw Malformed() }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func symbol(_ codes: Codes) throws -> Int {
    var code = 0
    var first = 0
    var index = 0
    for length in 1..<16 {
      code |= try take(1)
      let count = codes.counts[length]
      if code - count < first { return codes.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw Malformed()
  }

  private mutating func inflate() throws {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0:
        bits = 0
        bitCount = 0
        let count = Int(input[position]) | Int(input[position + 1]) << 8
        position += 4
        output += input[position..<position + count]
        position += count
      case 1:
        let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
        try block(Codes(lengths), Codes([Int](repeating: 5, count: 30)))
      case 2: try dynamicBlock()
      default: throw Malformed()
      }
    }
  }

  private mutating func dynamicBlock() throws {
    let literals = try take(5) + 257
    let distances = try take(5) + 1
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var meta = [Int](repeating: 0, count: 19)
    for index in 0..<(try take(4) + 4) { meta[order[index]] = try take(3) }
    let codes = Codes(meta)
    var lengths: [Int] = []
    while lengths.count < literals + distances {
      switch try symbol(codes) {
      case 16:
        guard let last = lengths.last else { throw Malformed() }
        lengths += [Int](repeating: last, count: 3 + (try take(2)))
      case 17: lengths += [Int](repeating: 0, count: 3 + (try take(3)))
      case 18: lengths += [Int](repeating: 0, count: 11 + (try take(7)))
      case let length: lengths.append(length)
      }
    }
    try block(
      Codes(Array(lengths[..<literals])), Codes(Array(lengths[literals..<literals + distances])))
  }

  private mutating func block(_ literals: Codes, _ distances: Codes) throws {
    let lengthBase = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
      131, 163, 195, 227, 258,
    ]
    let lengthExtra = [
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    while true {
      let code = try symbol(literals)
      if code < 256 {
        output.append(UInt8(code))
        continue
      }
      if code == 256 { return }
      let length = lengthBase[code - 257] + (try take(lengthExtra[code - 257]))
      let far = try symbol(distances)
      let extra = max(0, far / 2 - 1)
      let base = far < 4 ? far + 1 : (2 + far % 2) << extra + 1
      let distance = base + (try take(extra))
      guard distance <= output.count else { throw Malformed() }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }
}
