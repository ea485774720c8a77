#if Tool
  import ArgumentParser
  import Daybook
  import DaybookDesk
  import DaybookInterchange

  /// Where what a file tells of happened: options of the kinds whose files do not say.
  struct ImportSiteOptions: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "The clinic; the name of a new one in a book that has none.", valueName: "clinic"))
    var clinic: String?

    @Option(
      help: ArgumentHelp("The currency of a clinic that is made.", valueName: "code"))
    var currency: String?

    @Option(help: "The time zone of a clinic that is made.")
    var zone: String?

    @Option(help: "The year in which the file begins.")
    var year: Int?

    @Option(help: "The number of the till that the file is about.")
    var till: UInt64?

    mutating func validate() throws {
      if till == 0 { throw ValidationError("--till 0: tills are numbered from 1") }
      if let year, !(1...9999).contains(year) {
        throw ValidationError("--year \(year): give a year from 1 to 9999")
      }
    }

    /// Refuses what the kind does not take.
    func check(for kind: ImportKind) throws {
      let given: [(ImportOption, Bool)] = [
        (.clinic, clinic != nil), (.currency, currency != nil), (.zone, zone != nil),
        (.year, year != nil), (.till, till != nil),
      ]
      for (option, isGiven) in given where isGiven && !kind.options.contains(option) {
        throw ToolFailure.usage("import \(kind.name) takes no --\(option.rawValue)")
      }
    }

    /// The clinic that the file tells of.
    ///
    /// - Throws: usage, where there are several and none is named, where none is called so, and where
    ///   what is said of one is not what the book says.
    func site(
      for kind: ImportKind, in office: BackOffice, names: NameFinder?
    ) async throws -> ImportSite {
      let world = ToolContext.current.world
      guard let assumed = kind.assumed else {
        return try ImportSite(
          making: ImportSite.Assumption(name: kind.name, currency: .unspecified, zone: "UTC"),
          world: world)
      }
      let desk = await office.state(of: DeskState.self)
      let numbers = names?.register.clinicNumbers ?? []
      guard !numbers.isEmpty else { return try made(assumed, world) }
      var wanted = numbers[0]
      if let clinic {
        guard let entry = try names?.find(clinic, among: [.clinics]).only(clinic) else {
          throw ToolFailure.usage(
            "no clinic is called \(clinic.quoted); see `daybook list clinics`")
        }
        wanted = entry.stream.number
      } else if numbers.count > 1, !kind.hasClinics {
        throw ToolFailure.usage("there are several clinics; give --clinic")
      }
      guard let site = ImportSite(ClinicID(wanted), in: desk) else {
        throw ToolFailure.usage("there is no clinic \(ClinicID(wanted))")
      }
      if let currency, try read(currency) != site.currency {
        throw ToolFailure.usage(
          "the books of clinic \(ClinicID(wanted)) are in \(site.currency), not in \(currency)")
      }
      if let zone, zone != site.zone {
        throw ToolFailure.usage("clinic \(ClinicID(wanted)) is in \(site.zone), not in \(zone)")
      }
      return site
    }

    private func made(
      _ assumed: ImportSite.Assumption, _ world: World
    ) throws -> ImportSite {
      var assumed = assumed
      if let clinic {
        guard clinic.contains(where: { !$0.isWhitespace }) else {
          throw ToolFailure.usage("--clinic is empty; give the clinic's name")
        }
        assumed.name = clinic
      }
      if let currency { assumed.currency = try read(currency) }
      if let zone { assumed.zone = zone }
      do throws(TimeZoneError) {
        return try ImportSite(making: assumed, world: world)
      } catch {
        throw ToolFailure(error.kind == .unknownZone ? .usage : .file, "\(error)")
      }
    }

    private func read(_ code: String) throws -> Currency {
      do throws(ValueError) {
        return try Currency(code.uppercased())
      } catch {
        throw ToolFailure.usage(
          "--currency \(code.quoted) is no currency in use; give its ISO 4217 code, such as EUR")
      }
    }
  }
#endif
