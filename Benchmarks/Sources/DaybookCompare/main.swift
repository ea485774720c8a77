import CBenchmark
import Daybook

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// Runs the comparisons of the issues: one line each on standard output, separated by tabs (name,
// median, unit, ratio, against), and the same with minimum and maximum in `results.json` in the
// folder it runs in. What computes is timed by the processor time of its thread, what waits for a
// disk by the clock on the wall; rounds are taken by turns, and a ratio is the median of the
// rounds' ratios. Other work on the machine still shows: compare ratios of one run.
if CommandLine.arguments.dropFirst().first == ProcessRun.between {
  exit(unsafe benchmark_run_between(CommandLine.argc - 2, CommandLine.unsafeArgv + 2))
}
do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let world = World.live
  let temporary = try options.folder == nil ? TemporaryDirectory() : nil
  let folder = options.folder ?? temporary?.file("logs") ?? "."
  var results = Results()
  guard benchmark_slow_down(Int64(options.slower) * 1000) else {
    throw Usage("--slower needs the C library of GNU")
  }
  if !options.wantsOnly("ledgers", "trial-balance") {
    try await compareHistory(in: folder, options, world: world, into: &results)
  }
  if options.wants("ledgers", "trial-balance") {
    try compareLedgers(options, in: folder, world: world, into: &results)
  }
  try results.write(to: "results.json", events: options.events, world: world)
} catch {
  StandardError.write("compare: \(error)\n")
  exit(error is Usage ? 2 : 1)
}
