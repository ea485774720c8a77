import Daybook

/// All that is measured on one history: a million events of a clinic, or as many as asked for.
func compareHistory(
  in folder: String, _ options: Options, world: World, into results: inout Results
) async throws {
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
}
