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
do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let world = World.live
  let temporary = try options.folder == nil ? TemporaryDirectory() : nil
  let folder = options.folder ?? temporary?.file("logs") ?? "."
  var results = Results()
  let logs = try Logs(in: folder, events: options.events, seed: 7, world: world)
  let rounds = options.quick ? 3 : 9
  if options.wants("encode", "decode") {
    try compareEncoding(logs, rounds: rounds, into: &results)
  }
  try await compareWithNeighbours(logs, options, rounds: rounds, into: &results)
  if options.wants("open", "checkpoint") {
    try compareCheckpoints(logs, rounds: rounds, into: &results)
  }
  if options.wants("queries", "query") {
    try compareExplaining(logs, rounds: rounds, into: &results)
  }
  if options.wants("open") { try compareOpening(logs, rounds: 3, into: &results) }
  if options.wants("queries", "query", "memory") {
    try compareQueries(logs, rounds: rounds, into: &results)
  }
  if options.wants("decide") {
    try await compareDeciding(logs, quick: options.quick, into: &results)
  }
  if options.wants("references") {
    try compareReferences(folder, rounds: rounds, quick: options.quick, into: &results)
  }
  if let export = options.synthea, options.wants("import") {
    try await compareImports(
      export, in: folder, rounds: options.quick ? 3 : 9, world: world, into: &results)
  }
  try results.write(to: "results.json", events: options.events, world: world)
} catch {
  StandardError.write("compare: \(error)\n")
  exit(error is Usage ? 2 : 1)
}
