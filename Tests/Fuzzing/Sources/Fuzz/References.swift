import DaybookBytes
import DaybookValues
import DaybookWorld

@testable import DaybookEngine
@testable import DaybookLog

private let hash = ReferenceHash(LogID(low: 1, high: 2))
private let path = "/book/checkpoints/00000000000000000001-1.refs"

/// Reads the bytes as a file of references whose checksums are right, sorted or as it comes, and with
/// changes to its head; and as the name of one.
func fuzzReferences(_ bytes: ByteReader) {
  var bytes = bytes
  guard let kind = try? bytes.readByte() else { return }
  if kind & 7 == 7 { return checkName(bytes) }
  guard let segmentCount = try? bytes.readByte(), let count = try? bytes.readByte() else { return }
  var segments: [SealedSegment] = []
  for number in 0...UInt64(segmentCount & 3) {
    segments.append(
      SealedSegment(
        number: number, firstPosition: Position(number * 10 + 1),
        lastPosition: Position(number * 10 + 10), hash: SHA256().finalize()))
  }
  let isSorted = kind & 1 == 0
  var entries: [ReferenceEntry] = []
  while entries.count < Int(count), let entry = try? entry(&bytes, isNarrow: kind & 2 == 0) {
    entries.append(entry)
  }
  if isSorted { entries.sort() }
  let edits = kind & 4 == 0 ? [] : Edit.all(bytes)
  guard let found = open(entries, segments, edits) else {
    claim(!edits.isEmpty, "a whole file of \(entries.count) references is refused")
    return
  }
  if isSorted, edits.isEmpty { check(found, entries) }
  look(found, entries)
}

/// A narrow one shares its fingerprint with others.
private func entry(
  _ bytes: inout ByteReader, isNarrow: Bool
) throws(WireError) -> ReferenceEntry {
  if isNarrow {
    let fingerprint = UInt64(try bytes.readByte() & 7) << 16
    return ReferenceEntry(fingerprint, at: Position(UInt64(try bytes.readByte())))
  }
  return try ReferenceEntry(reading: &bytes)
}

/// Writes the file as `ReferenceFileWriter` does, changes it, and makes its checksums right.
private func open(
  _ entries: [ReferenceEntry], _ segments: [SealedSegment], _ edits: [Edit]
) -> ReferenceFile? {
  var head = ReferenceFileHead(hash, count: entries.count, segments: segments)
  var blocks = ByteWriter()
  for start in stride(from: 0, to: entries.count, by: ReferenceFileHead.blockEntries) {
    var block = ByteWriter()
    let end = min(start + ReferenceFileHead.blockEntries, entries.count)
    for entry in entries[start..<end] { entry.append(to: &block) }
    head.fences.append(entries[start].high)
    head.sums.append(block.withReader { CRC32C.checksum($0) })
    block.withReader { blocks.append($0) }
  }
  var bytes = head.encoded().bytes
  for edit in edits { edit.apply(to: &bytes) }
  if !edits.isEmpty { mend(&bytes) }
  let files = FixedFiles(files: [path: bytes + blocks.bytes])
  return try? ReferenceFile.open(path, hash, in: files)
}

private func mend(_ head: inout [UInt8]) {
  guard head.count >= ReferenceFileHead.fixedCount + 4 else { return }
  for end in [ReferenceFileHead.fixedCount - 4, head.count - 4] {
    let sum = CRC32C.checksum(head.span.extracting(0..<end))
    for byte in 0..<4 { head[end + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(byte * 8)) }
  }
}

/// What was written in order is found, and nothing else.
private func check(_ file: ReferenceFile, _ entries: [ReferenceEntry]) {
  var scratch = ByteWriter()
  for fingerprint in Set(entries.map(\.fingerprint)).sorted() {
    var found: [Position] = []
    try? file.find(fingerprint, &scratch, &found)
    let wanted = entries.filter { $0.fingerprint == fingerprint }.map(\.position)
    claim(found == wanted, "\(fingerprint) stands at \(wanted) and was found at \(found)")
  }
  claim(file.isWhole(), "a whole file is found damaged")
  var merge = ReferenceMerge([file, file])
  var merged: [ReferenceEntry] = []
  while let entry = try? merge.next() { merged.append(entry) }
  claim(merged == (entries + entries).sorted(), "merged with itself it is another")
}

/// Whatever stands there, looking ends.
private func look(_ file: ReferenceFile, _ entries: [ReferenceEntry]) {
  var scratch = ByteWriter()
  var found: [Position] = []
  let few = entries.prefix(4).map(\.fingerprint) as [UInt64] + [0, 1 << 48 - 1]
  for fingerprint in few {
    try? file.find(fingerprint, &scratch, &found)
  }
  var merge = ReferenceMerge([file])
  while (try? merge.next()) != nil {}
  claim(file.head.fileBytes == file.head.byteCount + file.head.count * 12, "a head of another size")
}

private func checkName(_ bytes: ByteReader) {
  guard let text = bytes.text() else { return }
  for name in [text, text + ReferenceFileName.suffix] {
    guard let parsed = ReferenceFileName(parsing: name) else { continue }
    claim("\(parsed)" == name, "\(name) was read as \(parsed)")
  }
}
