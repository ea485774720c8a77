import CFuzzer
import DaybookBytes

/// Feeds the readers of what stands on a disk, and of what people bring, with bytes that a fuzzer makes up.
///
///     Fuzz TARGET [options of libFuzzer] [corpus ...]
///
/// What is read, refused or ends in an error is well; a trap, or a claim that fails, is a finding, and
/// the fuzzer keeps its bytes. Checksums are made right first: behind them is what is to be tried.
@main
enum Fuzz {
  static let targets: [String: @Sendable (ByteReader) -> Void] = [
    "record": fuzzRecord, "frame": fuzzFrame, "footer": fuzzFooter, "payload": fuzzPayload,
    "checkpoint": fuzzCheckpoint, "references": fuzzReferences, "csv": fuzzCSV,
  ]

  static func main() {
    guard CommandLine.arguments.count > 1, let target = targets[CommandLine.arguments[1]] else {
      print("usage: Fuzz \(targets.keys.sorted().joined(separator: "|")) [options] [corpus ...]")
      return
    }
    chosen = target
    // The fuzzer takes the arguments as if the target were the program.
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
      CommandLine.unsafeArgv + 1
    _ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
      Fuzz.chosen(ByteReader(start: UnsafeRawPointer(bytes ?? Fuzz.nothing), count: count))
      return 0
    }
  }

  // Set once, before the fuzzer's only thread begins.
  nonisolated(unsafe) private static var chosen: @Sendable (ByteReader) -> Void = { _ in }
  nonisolated(unsafe) private static let nothing = UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
}

/// Ends the program, and so the fuzzer's search, unless what is claimed holds.
func claim(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError(what()) }
}
