#if Tool
  import ArgumentParser
  import Daybook
  import DaybookInterchange

  struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Makes a new book, with its first clinic and administrator if they are named.")

    @OptionGroup var book: BookOption

    @Option(help: "The clinic's name; without one the first clinic comes from an import.")
    var name: String?

    @Option(
      help: ArgumentHelp(
        "The currency of the clinic's books, by its ISO 4217 code; that of the pack, else EUR.",
        valueName: "code"))
    var currency: String?

    @Option(help: "The clinic's time zone.")
    var zone = "Europe/Madrid"

    @Option(help: ArgumentHelp("The name of the first administrator.", valueName: "name"))
    var admin: String?

    @Option(
      help: ArgumentHelp(
        "A country's chart of accounts, rules and tax codes: es (PGC 2007), de-skr03, de-skr04, fr, "
          + "us, or a file of your own. Without one the chart is neutral. Without --name it is for the "
          + "clinics that an import brings, which have their own currency and rounding of tax.",
        valueName: "pack"))
    var pack: String?

    @OptionGroup var writing: WritingOptions

    mutating func run() async throws {
      let context = ToolContext.current
      // Everything that may be mistyped is read before anything is made.
      let chosen = try pack.map { try Self.read($0, context.world) }
      let clinic = try name.map { try definition(named: $0, chosen, context.world) }
      if let name, !name.contains(where: { !$0.isWhitespace }) {
        throw ToolFailure.usage("--name is empty; give the clinic's name")
      }
      if admin != nil, clinic == nil { throw ToolFailure.usage("--admin goes with --name") }
      let office = try writing.open(book.path, creation: .mustBeNew)
      do {
        var made: [String] = []
        if let clinic {
          let receipt = try await office.perform(clinic, Self.founding())
          let id = ClinicID(receipt.first(.clinic) ?? 0)
          made.append("clinic \(id) \(clinic.name.printable)")
          if let chosen { made.append(try await adopt(chosen, at: id, in: office)) }
          if let admin { made.append(try await hire(admin, at: id, in: office)) }
        } else if let chosen {
          made.append(try await adopt(chosen, in: office))
          made.append(Self.leftToClinics(chosen))
        }
        try await writing.close(office)
        try context.output.write(
          (["made the book \(book.path)"] + made).joined(separator: "\n") + "\n")
      } catch {
        await office.close()
        throw error
      }
    }

    /// The pack that comes with the program under that name, or stands in that file.
    private static func read(_ name: String, _ world: World) throws -> CountryPack {
      if let pack = try CountryPack.builtIn(name) { return pack }
      guard name.contains("/") || name.contains(".") || world.files.exists(name) else {
        throw ToolFailure.usage(
          "--pack \(name.quoted) is none of \(CountryPack.names.joined(separator: ", ")), and no file"
        )
      }
      let bytes = try world.files.bytes(of: name, atMost: 1 << 20)
      let file = String(name.split(separator: "/").last ?? "")
      return try CountryPack(String(decoding: bytes, as: UTF8.self), file: file)
    }

    /// Takes the chart, the rules and the tax codes of a country into a new book, as one action.
    private func adopt(
      _ pack: CountryPack, at clinic: ClinicID = ClinicID(), in office: BackOffice
    ) async throws -> String {
      _ = try await office.perform(pack.command, Self.founding(at: clinic))
      let codes = Set(pack.command.taxCodes.map(\.code)).count
      return "pack \(pack.name) \(pack.title.printable): \(pack.command.accounts.count) accounts, "
        + "\(codes) tax codes"
    }

    /// What of a pack is each clinic's own, where there is none yet to have it.
    private static func leftToClinics(_ pack: CountryPack) -> String {
      var options = pack.currency.map { " --book-currency \($0.code)" } ?? ""
      if pack.taxRounding != .unspecified { options += " --tax-rounding \(pack.taxRounding)" }
      if pack.proRata != .zero { options += " --pro-rata \(pack.proRata)" }
      return "clinics come from an import, or `daybook record define-clinic`"
        + (options.isEmpty ? "" : "; the pack's are" + options)
    }

    private func definition(
      named name: String, _ pack: CountryPack?, _ world: World
    ) throws -> DefineClinic {
      var clinic = DefineClinic()
      clinic.name = name
      clinic.legalName = name
      do throws(ValueError) {
        clinic.currency =
          try currency.map { text throws(ValueError) in try Currency(text.uppercased()) }
          ?? pack?.currency ?? .eur
      } catch {
        throw ToolFailure.usage(
          "--currency \((currency ?? "").quoted) is no currency in use; give its ISO 4217 code, such as EUR, or "
            + "a code with its decimals, such as XYZ/2")
      }
      clinic.fiscalYearStartMonth = 1
      clinic.taxRounding = pack?.taxRounding ?? .unspecified
      clinic.badDebtTax = pack?.badDebtTax ?? .unspecified
      clinic.proRata = pack?.proRata ?? .zero
      clinic.timeZone = zone
      do throws(TimeZoneError) {
        clinic.transitions = try ClinicZone.transitions(of: zone, in: world)
      } catch {
        throw ToolFailure(error.kind == .unknownZone ? .usage : .file, "\(error)")
      }
      return clinic
    }

    /// The system itself may begin a book, as long as nobody is its administrator.
    private static func founding(at clinic: ClinicID = ClinicID()) -> Envelope {
      var envelope = Envelope()
      envelope.clinic = clinic.number
      envelope.role = .system
      return envelope
    }

    private func hire(
      _ name: String, at clinic: ClinicID, in office: BackOffice
    ) async throws -> String {
      let envelope = Self.founding(at: clinic)
      var hiring = HireStaff()
      hiring.person.name = name
      hiring.positions = ["administrator"]
      hiring.clinics = [clinic]
      hiring.contract = .owner
      hiring.start = Moment(ToolContext.current.world.clock.now()).day
      let hired = try await office.perform(hiring, envelope)
      let staff = StaffID(hired.first(.staff) ?? 0)
      var roles = SetRoles()
      roles.staff = staff
      roles.clinic = clinic
      roles.roles = [.admin]
      _ = try await office.perform(roles, envelope)
      return "administrator \(staff) \(name.printable)"
    }
  }
#endif
