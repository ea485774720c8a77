#if Tool
  import Daybook

  // What is asked of a book's clinics: what headings call them, and when their years begin.
  extension OpenBook {
    /// What a heading calls those whose figures stand under it: `Sol`, `Sol and Luna`, `Sol, Luna and 3
    /// more`, in the order in which they were defined.
    ///
    /// It depends on the log alone, not on the directory that the log stands in. Before the first of them
    /// is known, headings have what they are called since.
    ///
    /// - Parameters:
    ///   - clinic: The number of the only clinic that is asked for; nil for all.
    ///   - position: Where names are known, inclusive; all of the log if nil.
    /// - Complexity: A reading of the register, unless the books were read: those know the names, too.
    func name(clinic: UInt64? = nil, knownAt position: Position? = nil) throws -> String {
      var names: [String] = []
      for known in [position ?? last, last] where names.isEmpty {
        let clinics =
          try knownBooks.map { $0.model.clinicNames(at: known) }
          ?? register().clinicNames(knownAt: known)
        names = clinics.filter { clinic == nil || $0.clinic == clinic }.map(\.name)
      }
      return Self.heading(names)
    }

    /// What a heading makes of the names of clinics.
    static func heading(_ names: [String]) -> String {
      switch names.count {
      case 0: ""
      case 1: names[0]
      case 2: "\(names[0]) and \(names[1])"
      default: "\(names[0]), \(names[1]) and \(names.count - 2) more"
      }
    }

    /// The month that begins the fiscal year: of one clinic, or the one that all have in common.
    ///
    /// - Throws: usage, where they have none in common: no range of days is one year of them all.
    func fiscalYearStart(_ clinic: UInt64?) throws -> Int {
      let register = try register()
      func month(_ number: UInt64?) -> Int {
        min(12, max(1, Int(register.clinic(number)?.fiscalYearStartMonth ?? 1)))
      }
      if let clinic { return month(clinic) }
      let clinics = register.clinicNames(knownAt: last)
      let months = clinics.map { month($0.clinic) }
      guard let first = months.first else { return 1 }
      if months.allSatisfy({ $0 == first }) { return first }
      let shown = zip(clinics, months).prefix(Self.clinicsShown).map { clinic, month in
        "\(ClinicID(clinic.clinic)) \(clinic.name.printable) in \(Self.monthNames[month - 1])"
      }
      let more = clinics.count - shown.count
      throw ToolFailure.usage(
        "the fiscal years of the clinics do not begin in one month: "
          + shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
          + "; give --clinic, or days")
    }

    private static let clinicsShown = 8

    private static let monthNames = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
  }
#endif
