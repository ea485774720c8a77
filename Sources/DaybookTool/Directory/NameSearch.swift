#if Tool
  import Daybook

  /// Names as they are compared: small letters without accents, since nobody types them alike.
  enum FoldedName {
    /// The base letters of U+00C0 to U+017F.
    private static let latin = Array(
      ("aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllll-"
        + "-llnnnnnnnnnoooooooorrrrrrsssssssstttt--uuuuuuuuuuuuwwyyyzzzzzzs").utf8)

    /// The name's bytes as they are compared.
    static func bytes(_ name: String) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(name.utf8.count)
      append(name, to: &bytes)
      return bytes
    }

    static func append(_ name: String, to bytes: inout [UInt8]) {
      for scalar in name.unicodeScalars {
        switch scalar.value {
        case 0x41...0x5a: bytes.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
        case 0x0a: bytes.append(0x20)
        case 0..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        case 0xc0..<0x180: bytes.append(latin[Int(scalar.value) - 0xc0])
        // An accent that stands by itself.
        case 0x300..<0x370: break
        default: bytes += Array(scalar.properties.lowercaseMapping.utf8)
        }
      }
    }
  }

  /// The names of a register in one column of bytes, so that a part of one is found in a millisecond
  /// among fifty thousand.
  struct NameSearch {
    private static let end = UInt8(ascii: "\n")

    private var column: [UInt8] = []
    /// Where the name of each row begins.
    private var starts: [Int] = []

    /// Takes in the rows that the register has gained.
    mutating func catchUp(with register: Register) {
      let names = register.names
      var place = 0
      let known = starts.count
      guard known < names.count else { return }
      names.forEachSlice(names.count) { rows in
        for row in rows {
          defer { place += 1 }
          guard place >= known else { continue }
          starts.append(column.count)
          FoldedName.append(row.name, to: &column)
          column.append(Self.end)
        }
      }
    }

    /// The rows whose names hold `part`, in order.
    ///
    /// - Complexity: O(bytes of all names).
    func places(holding part: String) -> [Int] {
      let wanted = FoldedName.bytes(part)
      guard let first = wanted.first else { return [] }
      var found: [Int] = []
      var offset = 0
      let last = column.count - wanted.count
      while offset <= last {
        guard column[offset] == first, matches(wanted, at: offset) else {
          offset += 1
          continue
        }
        let place = row(at: offset)
        found.append(place)
        offset = place + 1 < starts.count ? starts[place + 1] : column.count
      }
      return found
    }

    private func matches(_ wanted: [UInt8], at offset: Int) -> Bool {
      for index in wanted.indices where column[offset + index] != wanted[index] { return false }
      return true
    }

    /// The row in whose name `offset` lies.
    private func row(at offset: Int) -> Int {
      var (low, high) = (0, starts.count)
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] <= offset { low = middle + 1 } else { high = middle }
      }
      return low - 1
    }
  }
#endif
