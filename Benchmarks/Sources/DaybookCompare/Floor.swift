import CBenchmark
import Daybook

/// What the C program finds in a log's frames, and how long it takes.
struct Floor {
  var frames = 0
  var events = 0
  var storedBytes = 0
  var rawBytes = 0

  /// Reads every frame of the book in C: checksums and decompression, and nothing of records.
  init(of book: String, _ world: World) throws {
    let folder = FilePath.join(book, "log")
    var sum = benchmark_floor()
    for name in try world.files.list(folder).sorted() where name.hasSuffix(".seg") {
      let line = unsafe benchmark_floor(FilePath.join(folder, name), &sum)
      if line != 0 { throw Failure("the floor gave up at line \(line) of floor.c in \(name)") }
    }
    frames = Int(sum.frames)
    events = Int(sum.records)
    storedBytes = Int(sum.stored_bytes)
    rawBytes = Int(sum.raw_bytes)
  }
}

/// Something that ends the run, said in a sentence.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
