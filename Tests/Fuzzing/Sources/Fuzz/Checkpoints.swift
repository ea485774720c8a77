import Daybook

@testable import DaybookEngine
@testable import DaybookEvents

/// Reads the bytes as a root, as a stored page, or as changes to the checkpoint of a small clinic's
/// book, whose checksums are made right.
func fuzzCheckpoint(_ bytes: ByteReader) {
  var bytes = bytes
  guard let kind = try? bytes.readByte() else { return }
  switch kind & 7 {
  case 0: fuzzRoot(bytes.rebased)
  case 1: fuzzPage(bytes.rebased)
  default:
    let subjects = SampleBook.shared.subjects
    subjects[Int(kind >> 3) % subjects.count].fuzz(Edit.all(bytes))
  }
}

/// A header that is read is written again as the same.
private func fuzzRoot(_ content: ByteReader) {
  var root = ByteWriter()
  // Magic and version.
  root.append(Array(CheckpointHeader().root(ByteWriter()).bytes.prefix(12)))
  root.appendLittleEndian(UInt64(content.remaining))
  root.append(content)
  root.appendLittleEndian(CRC32C.checksum(content))
  guard let header = try? CheckpointHeader.withRoot(root, { (header, _) in header }) else { return }
  var again = ByteWriter()
  header.store(to: &again)
  again.withReader { stored in
    var stored = stored
    claim((try? CheckpointHeader(reading: &stored)) == header, "\(header) cannot be read again")
  }
}

/// A page is as long as its place says, or it is damaged.
private func fuzzPage(_ bytes: ByteReader) {
  var bytes = bytes
  guard let offset = try? bytes.readByte(), let raw = try? bytes.readLittleEndian(UInt32.self)
  else { return }
  let pack = bytes.copyRemaining()
  var place = PagePlace()
  place.offset = UInt64(offset)
  place.length = UInt32(max(pack.count - Int(offset), 0))
  // Small ones are as good, and a large one is refused alike.
  place.rawLength = raw & 0x8000_0000 == 0 ? raw & 0xffff : raw
  place.checksum = CRC32C.checksum(pack.span.extracting(last: Int(place.length)))
  let folder = CheckpointFolder(book: "/book")
  let store = CheckpointStore(
    name: "model", version: 1, in: folder,
    world: FixedFiles.world([folder.pack(place.id, of: "model"): pack]), rebuild: { _ in nil })
  let count = try? store.read(place) { $0.remaining }
  claim(count == nil || count == Int(place.rawLength), "a page of \(count ?? 0) bytes")
}
