import CBenchmark
import Daybook

/// One caller, one action a sync: through the writer's own thread by `await`, stepped by the caller,
/// and the bare writing and syncing of the same bytes to a file of zeros, by turns.
func compareAppends(_ logs: Logs, rounds: Int, into results: inout Results) async throws {
  let perRound = 100
  let actions = try logs.actions((rounds + 1) * perRound)
  let frames = try Frames(of: logs.book(.actions), logs.world)
  let folder = FilePath.join(logs.folder, "appends")
  if logs.world.files.isDirectory(folder) { try logs.world.files.removeAll(folder) }
  try logs.world.files.createDirectory(folder)
  let options = LogOptions(creation: .mustBeNew)
  var stepped = try LogWriter.open(
    FilePath.join(folder, "stepped"), in: logs.world, options: options)
  let threaded = try LogThread(
    FilePath.join(folder, "threaded"), world: logs.world, options: options)
  defer { threaded.close() }
  let raw = unsafe benchmark_raw_open(FilePath.join(folder, "raw"), 64 << 20)
  guard raw >= 0 else { throw Failure("no file for the raw writes in \(folder)") }
  defer { benchmark_raw_close(raw) }

  var rates: [[Double]] = [[], [], []]
  for round in 0...rounds {
    let part = round * perRound..<min((round + 1) * perRound, actions.count)
    guard !part.isEmpty else { break }
    let times = [
      try wallTime { try frames.write(part, to: raw) },
      try wallTime {
        for action in actions[part] {
          stepped.submit(action)
          try stepped.step()
        }
      },
      try await append(actions[part], to: threaded),
    ]
    if round == 0 { continue }
    for index in times.indices { rates[index].append(Double(part.count) / times[index] * 1e9) }
  }
  let unit = "actions/s"
  let bare = Figure(name: "append.raw", values: rates[0], unit: unit)
  try results.add(bare)
  try results.add(
    Figure(name: "append.callers-1", values: rates[2], unit: unit).compared(with: bare))
  try results.add(
    Figure(name: "append.callers-1.stepped", values: rates[1], unit: unit).compared(with: bare))
  stepped.close()
}

private func append(
  _ actions: ArraySlice<EncodedAction>, to log: LogThread
) async throws -> Double {
  let start = benchmark_wall_nanoseconds()
  for action in actions {
    try log.submit(action)
    try await log.wait(for: action.headers[action.headers.count - 1].position)
  }
  return Double(benchmark_wall_nanoseconds() - start)
}

/// The bytes of a log's first segment, cut into its frames.
private struct Frames {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(of book: String, _ world: World) throws {
    let folder = FilePath.join(book, "log")
    guard let first = try world.files.list(folder).filter({ $0.hasSuffix(".seg") }).min() else {
      throw Failure("no segment in \(folder)")
    }
    bytes = try world.files.bytes(of: FilePath.join(folder, first), atMost: 128 << 20)
    bytes.removeFirst(4096)
    // Format, section "Frame": flags, lengths and counts as varints, a check, a sum, the body.
    var place = 0
    while place < bytes.count, bytes[place] & 0xf8 == 0x80 {
      let flags = bytes[place]
      place += 1
      let stored = varint(&place)
      if flags & 1 != 0 { _ = varint(&place) }
      _ = varint(&place)
      if flags & 2 != 0 { _ = varint(&place) }
      if flags & 4 != 0 { place += 8 }
      place += 6 + stored
      ends.append(place)
    }
  }

  private func varint(_ place: inout Int) -> Int {
    var value = 0
    var shift = 0
    while true {
      let byte = bytes[place]
      place += 1
      value |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// Writes and syncs the frames one by one.
  func write(_ frames: Range<Int>, to file: CInt) throws {
    for index in frames {
      let start = index == 0 ? 0 : ends[index - 1]
      let code = unsafe bytes[start..<ends[index]].withUnsafeBytes {
        unsafe benchmark_raw_append(file, $0.baseAddress, $0.count, UInt64(start))
      }
      if code != 0 { throw Failure("a raw write or sync failed") }
    }
  }
}
