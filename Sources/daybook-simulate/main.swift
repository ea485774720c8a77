// Lives of a book on simulated machines: `daybook-simulate --help` says what can be asked.
import DaybookWorld

let status = Simulation.main(Array(CommandLine.arguments.dropFirst()), world: .live)
ProcessEnd.exit(status)
