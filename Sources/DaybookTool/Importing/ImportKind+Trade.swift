#if Tool
  import Daybook
  import DaybookInterchange

  // Shops, counters and warehouses.
  extension ImportKind {
    static let retail = ImportKind(
      importer: .retail,
      help: """
        a CSV file with the lines of a shop's invoices: sales, cancellations, goods found and missing.
        """,
      assumed: ImportSite.Assumption(name: "Shop", currency: currency("GBP"), zone: "Europe/London")
    ) {
      RetailImport(path: $0.path, in: $0.world.files, strict: $0.isStrict)
    }

    /// The currency with that code, which is one of the table.
    private static func currency(_ code: String) -> Currency {
      (try? Currency(code)) ?? .unspecified
    }

    static let tickets = ImportKind(
      importer: .tickets,
      help: """
        a CSV file with what a counter sold, piece by piece: one till session a day, --till 1 unless \
        another is named.
        """,
      options: [.clinic, .currency, .zone, .till],
      assumed: ImportSite.Assumption(
        name: "Counter", currency: .usd, zone: "America/New_York")
    ) {
      TicketsImport(
        path: $0.path, in: $0.world.files, till: $0.till ?? 1, strict: $0.isStrict)
    }

    static let deliveries = ImportKind(
      importer: .deliveries,
      help: "a CSV file with deliveries and the orders that they answer, line by line.",
      assumed: ImportSite.Assumption(name: "Warehouse", currency: .usd, zone: "UTC")
    ) {
      DeliveriesImport(path: $0.path, in: $0.world.files, strict: $0.isStrict)
    }
  }
#endif
