// Writes to a book at full speed, follows it, reads it: the processes of `.ci/follow-check`,
// `.ci/backup-check` and `.ci/kill-callers`, which hold what they say against each other.
//
//   DaybookWitness write BOOK --seconds S [--callers N] [--segment-bytes B] [--life NAME]
//                             [--acks FILE] [--answers FILE] [--times FILE] [--follow]
//   DaybookWitness follow BOOK [--times FILE]      until SIGTERM, then to the watermark
//   DaybookWitness read BOOK [--from POSITION] [--through POSITION]
//   DaybookWitness check BOOK --answers FILE       all that was answered, and again the same answers
//
// Each prints one line, `name=value` a figure.
import Daybook

ProcessSignals.ignoreBrokenPipe()
do {
  let options = try WitnessOptions(Array(CommandLine.arguments.dropFirst()))
  switch options.command {
  case "write": try await Writing(options).run()
  case "follow": try Following(options).run()
  case "check": try await Checking(options).run()
  case "read": try Reading(options).run()
  default: throw WitnessError("write, follow or read, not \(options.command)")
  }
} catch {
  StandardError.write("witness: \(error)\n")
  ProcessEnd.exit(1)
}
