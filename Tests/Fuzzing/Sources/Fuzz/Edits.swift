import DaybookBytes

/// A change that the fuzzer makes to what a program has written.
struct Edit {
  /// Which of several pieces.
  var piece: UInt8
  private var place: Int
  private var removed: Int
  private var inserted: [UInt8]

  init(reading bytes: inout ByteReader) throws(WireError) {
    piece = try bytes.readByte()
    let low = Int(try bytes.readLittleEndian(UInt16.self))
    place = low | Int(try bytes.readByte()) << 16
    let counts = try bytes.readByte()
    removed = Int(counts & 15)
    inserted = try bytes.readBytes(Int(counts >> 4)).copyRemaining()
  }

  /// All that the bytes ask for, as far as they go.
  static func all(_ bytes: ByteReader, atMost limit: Int = 16) -> [Edit] {
    var bytes = bytes
    var edits: [Edit] = []
    while edits.count < limit, let edit = try? Edit(reading: &bytes) { edits.append(edit) }
    return edits
  }

  func apply(to bytes: inout [UInt8]) {
    let start = place % (bytes.count + 1)
    let end = min(start + removed, bytes.count)
    bytes.replaceSubrange(start..<end, with: inserted)
  }
}
