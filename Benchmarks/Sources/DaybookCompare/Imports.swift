import Daybook
import DaybookInterchange

/// An import of an export in Synthea's layout into a new book, from its files to the last sync.
func compareImports(
  _ export: String, in folder: String, rounds: Int, world: World, into results: inout Results
) async throws {
  let book = FilePath.join(folder, "imported")
  var seconds: [Double] = []
  var perSecond: [Double] = []
  for round in 0...rounds {
    if world.files.isDirectory(book) { try world.files.removeAll(book) }
    var events = 0
    let nanoseconds = try await waitingTime {
      let office = try BackOffice.open(book, options: LogOptions(creation: .mustBeNew))
      let report = try await SyntheaImport(directory: export, world: world).run(into: office)
      guard report.isComplete else { throw Failure("\(report.rowsRefused) rows were refused") }
      events = Int(await office.lastPosition.number)
      await office.close()
    }
    // The first round reads the files into the page cache.
    if round == 0 { continue }
    seconds.append(nanoseconds / 1e9)
    perSecond.append(Double(events) / nanoseconds * 1e6)
  }
  try results.add(Figure(name: "import.synthea", values: seconds, unit: "s"))
  try results.add(Figure(name: "import.synthea.rate", values: perSecond, unit: "k events/s"))
}
