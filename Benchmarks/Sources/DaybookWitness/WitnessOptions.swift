import Daybook

struct WitnessError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// What the process was asked for.
struct WitnessOptions {
  var command = ""
  var book = ""
  var seconds = 10.0
  var callers = 1
  var segmentBytes: UInt64 = 64 << 20
  var life = "life"
  var acks: String?
  var answers: String?
  var times: String?
  var follows = false
  var slices: Slices?
  var from: UInt64 = 1
  var through: UInt64?

  init(_ arguments: [String]) throws {
    guard arguments.count >= 2 else { throw WitnessError("give a command and a book") }
    command = arguments[0]
    book = arguments[1]
    var rest = arguments.dropFirst(2)
    while let name = rest.popFirst() {
      if name == "--follow" {
        follows = true
        continue
      }
      guard let value = rest.popFirst() else { throw WitnessError("\(name) needs a value") }
      switch name {
      case "--seconds": seconds = Double(value) ?? seconds
      case "--callers": callers = Int(value) ?? callers
      case "--segment-bytes": segmentBytes = UInt64(value) ?? segmentBytes
      case "--slices": slices = Slices(milliseconds: Int64(value) ?? 500)
      case "--life": life = value
      case "--acks": acks = value
      case "--answers": answers = value
      case "--times": times = value
      case "--from": from = UInt64(value) ?? from
      case "--through": through = UInt64(value)
      default: throw WitnessError("there is no option \(name)")
      }
    }
  }
}

/// A file of lines that are in the kernel's hands when they are said: a process may be killed.
final class Lines: Sendable {
  private let file: any File
  private let end: Locked<UInt64>

  init(_ path: String) throws(FileError) {
    let files = LiveFileSystem()
    file = try files.open(path, files.exists(path) ? .readWrite : .create)
    end = Locked(try file.size())
  }

  func add(_ text: String) {
    let bytes = Array(text.utf8)
    // Alone, so that lines do not mix; what cannot be written the check will miss.
    end.withLock { end in
      try? file.write(bytes.span, at: end)
      end += UInt64(bytes.count)
    }
  }
}
