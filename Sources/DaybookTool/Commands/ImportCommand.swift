#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Real data into the book, through the Desk.",
      discussion: """
        \(ImportKind.all.map { "\($0.name): \($0.help)" }.joined(separator: "\n"))
        What stands in the book already is found by its source reference and not appended again. \
        Where the file does not say which clinic, currency or zone it is about, it is the book's only \
        clinic unless --clinic names another; in a book without one it is made. \
        Exit 1 if a row was refused; all others are imported.
        """)

    @Argument(help: ArgumentHelp("\(ImportKind.all.map(\.name).joined(separator: ", "))."))
    var kind: String

    @Argument(help: "The file, or the folder of the export.")
    var path: String

    @OptionGroup var book: BookOption

    @OptionGroup var place: ImportSiteOptions

    @Flag(help: "Stop at the first row that is refused.")
    var strict = false

    @Flag(
      help: "jsonl: merge the export with what the book holds, whose numbers it then continues.")
    var merge = false

    @OptionGroup var writing: WritingOptions
    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
      if ImportKind.all.allSatisfy({ $0.name != kind }) {
        let names = ImportKind.all.map(\.name).joined(separator: ", ")
        throw ValidationError("\(kind.quoted) cannot be imported; there are \(names)")
      }
      if merge, kind != ImportKind.jsonl.name {
        throw ValidationError("--merge is for jsonl; every other import goes on where the book is")
      }
      if path.isEmpty { throw ValidationError("the path is empty; name what is to be imported") }
    }

    mutating func run() async throws {
      guard let kind = ImportKind.all.first(where: { $0.name == kind }) else { return }
      try place.check(for: kind)
      let request = ImportRequest(
        path: path, world: ToolContext.current.world, isStrict: strict, year: place.year,
        till: place.till, book: book.path)
      guard let source = try kind.source?(request) else { return try await importEvents() }
      try source.check()
      // Names of clinics are those that stand before anything is written.
      let names = kind.assumed == nil ? nil : try book.open().finder()
      let office = try writing.open(book.path, creation: kind.makesBook ? .ifMissing : .never)
      let result: ImportReport
      do {
        let site = try await place.site(for: kind, in: office, names: names)
        result = try await recorded(source, in: office, at: site)
        try await writing.close(office)
      } catch {
        await office.close()
        throw error
      }
      await office.sayNotices()
      try give(result)
    }

    private func give(_ result: ImportReport) throws {
      let open = try? book.open()
      try output.give(result.report(book: try open?.name() ?? "", knownAt: open?.last ?? .start))
      guard result.isComplete else {
        let rows = result.rowsRefused == 1 ? "1 row was" : "\(result.rowsRefused) rows were"
        throw ToolFailure(.refused, "\(rows) refused; the report names each with its reason")
      }
    }

    /// Our own export: proved whole, and then appended as it is.
    private func importEvents() async throws {
      let context = ToolContext.current
      let source = EventImport(
        path: path, merging: merge, catalogue: context.catalogue, world: context.world)
      let proof = try proved(source)
      guard proof.hasMore else { return try give(proof.report) }
      let office = try writing.open(book.path, creation: .ifMissing)
      let result: ImportReport
      do {
        result = try await appended(source, proof, in: office)
        try await writing.close(office)
      } catch {
        await office.close()
        throw error
      }
      await office.sayNotices()
      try give(result)
    }

    private func proved(_ source: EventImport) throws -> EventImport.Proof {
      let bar = output.progress("proving")
      defer { bar.clear() }
      return try source.prove(for: book.path) { done in
        bar.show(done.bytesRead, of: done.bytesTotal, done.stage)
      }
    }

    private func appended(
      _ source: EventImport, _ proof: EventImport.Proof, in office: BackOffice
    ) async throws -> ImportReport {
      let bar = output.progress("importing")
      defer { bar.clear() }
      return try await source.append(proof, into: office) { done in
        bar.show(done.bytesRead, of: done.bytesTotal, done.stage)
      }
    }

    private func recorded(
      _ source: any ImportSource, in office: BackOffice, at site: ImportSite
    ) async throws -> ImportReport {
      let bar = output.progress("importing")
      defer { bar.clear() }
      return try await source.run(into: office, at: site) { done in
        bar.show(done.bytesRead, of: done.bytesTotal, done.stage)
      }
    }
  }
#endif
