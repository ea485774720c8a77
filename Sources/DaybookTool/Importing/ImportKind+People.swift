#if Tool
  import DaybookClinicEvents
  import DaybookInterchange
  import DaybookValues
  import DaybookWorld

  // What hospitals, waiting rooms and payrolls wrote down of people.
  extension ImportKind {
    /// As of a clinic that `init` makes without being told more.
    private static func usual(_ name: String) -> ImportSite.Assumption {
      ImportSite.Assumption(name: name, currency: .eur, zone: "Europe/Madrid")
    }

    static let appointments = ImportKind(
      importer: .appointments,
      help: """
        a folder with appointments.csv, and patients.csv and slots.csv if there are: a diary and what \
        became of it. Its clinics are made, with currency and zone of the book's first.
        """,
      hasClinics: true, assumed: usual("Clinic")
    ) {
      AppointmentsImport(path: $0.path, in: $0.world.files, strict: $0.isStrict)
    }

    static let billing = ImportKind(
      importer: .billing,
      help: "the steps of billing cases, which become charges of nothing, and claims.",
      assumed: usual("Hospital")
    ) {
      BillingImport(path: $0.path, in: $0.world.files, strict: $0.isStrict)
    }

    static let treatments = ImportKind(
      importer: .treatments,
      help: "what was done for whom, and what was taken back; a visit a case and day.",
      assumed: usual("Hospital")
    ) {
      TreatmentsImport(path: $0.path, in: $0.world.files, strict: $0.isStrict)
    }

    static let absences = ImportKind(
      importer: .absences,
      help: """
        whose, why and how many hours, without a date: they are put on the first days of --year, \
        \(AbsencesImport.usualYear) unless it is given.
        """,
      options: [.clinic, .currency, .zone, .year], assumed: usual("Company")
    ) {
      AbsencesImport(
        path: $0.path, in: $0.world.files, year: $0.year ?? AbsencesImport.usualYear,
        strict: $0.isStrict)
    }

    static let hours = ImportKind(
      importer: .hours,
      help: """
        a payroll based journal: hours by facility, day and role. Its facilities are made as clinics, \
        with currency and zone of the book's first.
        """,
      hasClinics: true,
      // The form is that of an agency of the United States.
      assumed: ImportSite.Assumption(name: "Facility", currency: .usd, zone: "America/New_York")
    ) {
      HoursImport(path: $0.path, in: $0.world.files, strict: $0.isStrict)
    }
  }
#endif
