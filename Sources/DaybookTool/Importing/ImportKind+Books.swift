#if Tool
  import Daybook
  import DaybookInterchange

  // What comes from books: another program's, or our own.
  extension ImportKind {
    static let journal = ImportKind(
      importer: .journal,
      help:
        "a CSV file of account, date, party, document, due, debit and credit: the balances and open "
        + "items with which a business moves in.",
      assumed: ImportSite.Assumption(name: "Business", currency: .eur, zone: "UTC")
    ) { request in
      JournalImport(
        path: request.path, names: try JournalNames(of: request.book), world: request.world,
        strict: request.isStrict)
    }

    static let jsonl = ImportKind(
      importer: .jsonl,
      help:
        "a file that `export jsonl` wrote. The book is made if there is none; one that begins as "
        + "the file does is brought up to date; with --merge any other becomes one with it. All of it "
        + "is proved before any of it is appended.",
      options: [], makesBook: true)
  }

  extension JournalNames {
    /// Everybody whom a book knows; nobody where there is no book.
    init(of book: String) throws {
      self.init()
      let open: OpenBook
      do {
        open = try OpenBook(book)
      } catch let error as LogError {
        if case .noLog = error.kind { return }
        throw error
      }
      builtInCodes = try open.builtInCodes()
      let register = try open.register()
      var place = 0
      register.names.forEachSlice(register.names.count) { rows in
        for row in rows {
          if row.isLive, register.isLatest(place, row), let party = JournalParty(row.kind) {
            add(row.name, party, row.stream.number)
            if !row.reference.isEmpty { add("ref:" + row.reference, party, row.stream.number) }
          }
          place += 1
        }
      }
    }
  }

  extension JournalParty {
    fileprivate init?(_ kind: RegisterKind) {
      switch kind {
      case .patients: self = .patient
      case .payers: self = .payer
      case .suppliers: self = .supplier
      case .parties: self = .other
      case .staff: self = .staff
      case .items, .services, .rooms, .clinics, .taxes: return nil
      }
    }
  }
#endif
