import Daybook

/// What a follower was given: every position once, in order, or it fails.
struct Seen: ~Copyable {
  /// What it came to.
  struct Sum: Sendable {
    var count: UInt64
    var last: Position
    var digest: String
    var maxLag: UInt64
  }

  private var records = LogDigest()
  private(set) var count: UInt64 = 0
  private(set) var last: Position
  var maxLag: UInt64 = 0

  init(from first: Position) { last = first.previous }

  mutating func take(_ record: RecordView) throws {
    guard record.header.position == last.next else {
      throw WitnessError("position \(record.header.position) came behind \(last)")
    }
    last = record.header.position
    count += 1
    records.add(record)
  }

  mutating func sum() -> Sum {
    Sum(count: count, last: last, digest: "\(records.value())", maxLag: maxLag)
  }
}

/// Follows in a process of its own, until it is asked to end; then up to the watermark.
struct Following {
  private let options: WitnessOptions

  init(_ options: WitnessOptions) { self.options = options }

  func run() throws {
    let times = try options.times.map { try Lines($0) }
    var follower = LogFollower(options.book, in: .live, from: Position(options.from))
    var seen = Seen(from: Position(options.from))
    var batches = 0
    while true {
      // Asked before reading: what is there by then will be read.
      let isEnding = ProcessSignals.endWasAsked
      if !isEnding, let wait = options.slices?.wait(for: .beside), wait > 0 {
        World.live.pauses.pause(nanoseconds: min(wait, 50_000_000))
        continue
      }
      var firstSeen: Int64 = 0
      let count = try follower.read { record in
        if firstSeen == 0 { firstSeen = MonotonicClock.nanoseconds() }
        try seen.take(record)
      }
      seen.maxLag = max(seen.maxLag, UInt64(count) + follower.progress.lag)
      if count > 0 {
        batches += 1
        times?.add("\(seen.last) \(firstSeen)\n")
      } else if isEnding {
        break
      } else {
        follower.pause()
      }
    }
    let sum = seen.sum()
    try StandardOutput.write(
      "followed=\(sum.count) last=\(sum.last) digest=\(sum.digest) maxLag=\(sum.maxLag) "
        + "batches=\(batches)\n")
  }
}

/// Reads a book once, for others to be compared with.
struct Reading {
  private let options: WitnessOptions

  init(_ options: WitnessOptions) { self.options = options }

  func run() throws {
    var reader = try LogReader(options.book, in: .live)
    var seen = Seen(from: Position(options.from))
    try reader.scan(
      from: Position(options.from), through: options.through.map { Position($0) }
    ) { try seen.take($0) }
    let sum = seen.sum()
    let segments = try LogInfo(options.book, in: .live).segments.count
    try StandardOutput.write(
      "read=\(sum.count) last=\(sum.last) digest=\(sum.digest) segments=\(segments)\n")
  }
}
