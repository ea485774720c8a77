import Benchmark
import Daybook

/// What the library for benchmarks runs: the pieces that every event passes through, one by one, over
/// the events of a clinic's life. Throughput counts single ones of what the name says; the time is
/// nanoseconds for a thousand of them, and for one block of 64 KiB.
let benchmarks: @Sendable () -> Void = {
  register("varint: write", VarintWriting.self)
  register("varint: read", VarintReading.self)
  register("CRC-32C of 64 KiB", Checksum.self, .one)
  register("SHA-256 of 64 KiB", Hash.self, .one)

  register("AppointmentBooked: encode", Encoding<AppointmentBooked>.self)
  register("AppointmentBooked: decode", Decoding<AppointmentBooked>.self)
  register("ChargePosted: encode", Encoding<ChargePosted>.self)
  register("ChargePosted: decode", Decoding<ChargePosted>.self)
  register("PaymentReceived: encode", Encoding<PaymentReceived>.self)
  register("PaymentReceived: decode", Decoding<PaymentReceived>.self)

  register("record: encode", RecordEncoding.self)
  register("record: decode", RecordDecoding.self)
  register("frame of 1 action: assemble", AssemblingOne.self)
  register("frame of 64 actions: assemble", AssemblingMany.self)
  register("frame of 64 actions: scan", Scanning.self)

  register("ReceivePayment: decide and apply", Deciding.self)
  register("accounting: apply an event", Applying.self)
  register("history: append a row", Appending.self)
  register("source reference: find", FindingKnown.self)
  register("source reference: find none", FindingNew.self)
}

/// A piece of the engine with all that it needs, made outside the time.
protocol Piece: AnyObject {
  init() throws

  /// Does the work so many times.
  func run(_ turns: Range<Int>) throws
}

private func register<P: Piece>(
  _ name: String, _ type: P.Type, _ scale: BenchmarkScalingFactor = .kilo
) {
  var piece: P?
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], timeUnits: .nanoseconds, warmupIterations: 3,
    scalingFactor: scale, maxDuration: .seconds(1))
  Benchmark(name, configuration: configuration) { benchmark in
    // The first warm-up makes it.
    let made = try piece ?? P()
    piece = made
    benchmark.startMeasurement()
    try made.run(benchmark.scaledIterations)
    benchmark.stopMeasurement()
  }
}
