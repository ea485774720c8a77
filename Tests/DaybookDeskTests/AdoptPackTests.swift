import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

/// A pack whose codes are the built-in ones with a nine before them, but for what `change` does.
private func pack(_ change: (inout AdoptPack) -> Void = { _ in }) -> AdoptPack {
  .with { pack in
    pack.accounts = Few(
      StandardChart.accounts.map { line in
        PackAccount.with {
          $0.standsFor = line.code
          $0.code = "9" + line.code
          $0.name = "Cuenta " + line.name
        }
      })
    pack.accounts.append(
      PackAccount.with {
        // Free, since the built-in account of that code has another now.
        $0.code = "6000"
        $0.name = "Compras"
        $0.type = .expense
      })
    pack.rules = [
      PackRule.with {
        $0.eventType = "GoodsReceived"
        $0.slots = [
          PostingSlot("purchases", account: "6000"),
          PostingSlot("stockVariation", account: "95000"),
        ]
      }
    ]
    pack.taxCodes = [tax("G", 1_800, "2010-07-01"), tax("G", 2_100, "2012-09-01")]
    change(&pack)
  }
}

private func tax(
  _ code: String, _ basisPoints: Int64, _ from: String, _ taxClass: TaxClass = .standard
) -> PackTaxCode {
  .with {
    $0.code = code
    $0.rate = Rate(basisPoints: basisPoints)
    $0.taxClass = taxClass
    $0.from = Clinic.day(from)
  }
}

@Suite struct `A country's pack` {
  private var desk: Spec { Clinic.open.by(.staff(1), .admin) }
  private var adopted: Spec { desk.given(pack()) }

  @Test func `gives every built-in account another code, in one action`() throws {
    let spec = desk.when(pack())
    let accounts = spec.events.count { $0.stream.kind == .account }
    #expect(accounts == StandardChart.accounts.count + 1)
    #expect(spec.events.count == accounts + 1 + 2)
    let catalogue = adopted.state.catalogue
    #expect(catalogue.builtInCode("91010") == "1010" && catalogue.builtInCode("1010") == nil)
    #expect(catalogue.accountType("91010") == .asset && catalogue.accountType("1010") == nil)
    #expect(catalogue.builtInCode("6000") == nil && catalogue.accountType("6000") == .expense)
    #expect(catalogue.use(of: "91200") == .openItems && catalogue.use(of: "1200") == .free)
    #expect(catalogue.use(of: "91400") == .closed)
    #expect(catalogue.use(of: "91990") == .betweenClinics && catalogue.use(of: "1990") == .free)
    adopted.by(.staff(4), .accountant)
      .when(
        PostJournal.with {
          $0.memo = "funds"
          $0.lines = [
            .with { ($0.account, $0.debit) = ("91990", cents(5)) },
            .with { ($0.account, $0.credit) = ("91100", cents(5)) },
          ]
        }
      ).thenRefused(LedgerRefusal.betweenClinics("91990"), field: "lines[1].account")
  }

  @Test func `has tax codes with versions`() throws {
    let code = try #require(adopted.state.catalogue.taxCode("G"))
    func rate(_ day: String) -> Rate? {
      adopted.state.catalogue.taxRule(code, on: Clinic.day(day))?.rate
    }
    #expect(rate("2012-08-31") == Rate(basisPoints: 1_800))
    #expect(rate("2012-09-01") == Rate(basisPoints: 2_100))
    let set = adopted.events.last { $0.stream.kind == .taxCode }
    #expect(try set?.decoded(as: TaxCodeSet.self).deductible == true)
  }

  @Test func `is followed by entries in its own codes, and in no others`() {
    let desk = adopted.by(.staff(4), .accountant)
    func entry(_ debit: String, _ credit: String) -> PostJournal {
      .with {
        $0.memo = "rent"
        $0.lines = [
          JournalLine.with {
            $0.account = debit
            $0.debit = cents(10)
          },
          JournalLine.with {
            $0.account = credit
            $0.credit = cents(10)
          },
        ]
      }
    }
    desk.when(entry("96100", "91100")).thenEvents(JournalPosted.self)
    desk.when(entry("6100", "91100")).thenRefused(.unknownReference)
    // Kept item by item, under whatever code.
    desk.when(entry("91200", "91100")).thenRefused(.invalidState)
    // An account of the pack may have another name, and still stands for the same.
    let renamed = DefineAccount.with {
      $0.account = LedgerAccountID(1)
      $0.code = "91010"
      $0.name = "Caja del mostrador"
      $0.type = .asset
    }
    let event = AccountDefined.with {
      $0.account = LedgerAccountID(1)
      $0.code = "91010"
      $0.name = "Caja del mostrador"
      $0.type = .asset
      $0.standsFor = "1010"
    }
    desk.when(renamed).then(event)
    #expect(desk.given(renamed).state.catalogue.builtInCode("91010") == "1010")
  }

  @Test func `opens the books item by item, under its codes`() {
    let opening = PostJournal.with {
      $0.memo = "opening"
      $0.opening = true
      $0.lines = [
        JournalLine.with {
          $0.account = "91200"
          $0.debit = cents(10)
          $0.party = .patient(Clinic.patient)
          $0.document = "F1"
          $0.due = Clinic.today
        },
        JournalLine.with {
          $0.account = "92300"
          $0.credit = cents(10)
          $0.party = .staff(StaffID(2))
          $0.document = "N1"
          $0.due = Clinic.today
        },
      ]
    }
    let spec = adopted.by(.staff(4), .accountant)
    spec.when(opening).thenEvents(ChargePosted.self, JournalPosted.self)
    let item = spec.given(opening).state.ledger.openItem(
      OpeningItem.with {
        $0.entry = JournalID(1)
        $0.line = 2
        $0.account = "92300"
      })
    #expect(item?.open == 10)
  }

  @Test func `is for a new book alone, and for its administrator`() {
    desk.by(.staff(2), .reception).when(pack()).thenRefused(.notPermitted)
    adopted.when(pack()).thenRefused(CatalogueRefusal.bookInUse)
    desk.given(
      SetTaxCode.with {
        $0.code = "S"
        $0.taxClass = .exempt
      }
    ).when(pack()).thenRefused(CatalogueRefusal.bookInUse)
    Clinic.seen().by(.staff(3), .cashier).given(Counter.open(100)).by(.staff(1), .admin)
      .when(pack()).thenRefused(CatalogueRefusal.bookInUse)
  }

  @Test func `names every built-in account once, and each code once`() {
    desk.when(pack { $0.accounts[0].code = " " }).thenRefused(.fieldRequired)
    desk.when(pack { $0.accounts[0].name = "" }).thenRefused(.fieldRequired)
    desk.when(pack { $0.accounts[0].standsFor = "1" })
      .thenRefused(.unknownReference, .fieldRequired)
    desk.when(pack { $0.accounts[0].standsFor = "1020" })
      .thenRefused(.invalidState, .fieldRequired)
    desk.when(pack { $0.accounts[0].code = "91020" }).thenRefused(
      CatalogueRefusal.accountCodeTaken("91020"))
    desk.when(pack { $0.accounts = Few($0.accounts.dropFirst()) })
      .thenRefused(CatalogueRefusal.accountLeftOut("1010"))
    desk.when(
      pack { pack in
        pack.accounts.append(
          PackAccount.with {
            $0.code = "77"
            $0.name = "Otra"
          })
      }
    ).thenRefused(.fieldRequired)
  }

  @Test func `has rules of events, slots and accounts that there are`() {
    desk.when(pack { $0.rules[0].eventType = "PatientCheckedIn" })
      .thenRefused(CatalogueRefusal.noEntries("PatientCheckedIn"))
    desk.when(pack { $0.rules.append($0.rules[0]) }).thenRefused(.invalidState, .invalidState)
    desk.when(pack { $0.rules[0].slots = [] }).thenRefused(.fieldRequired)
    desk.when(pack { $0.rules[0].slots[0].slot = "nowhere" })
      .thenRefused(CatalogueRefusal.noSlot("nowhere"))
    desk.when(pack { $0.rules[0].slots[0].account = "5000" }).thenRefused(.unknownReference)
    desk.when(pack { $0.rules[0].slots[0].account = "91400" })
      .thenRefused(CatalogueRefusal.notForSlots("91400", .asset))
  }

  @Test func `has tax codes of classes with their rates, by their days`() {
    desk.when(pack { $0.taxCodes[0].code = "" }).thenRefused(.fieldRequired)
    desk.when(pack { $0.taxCodes[0].taxClass = .unspecified }).thenRefused(.fieldRequired)
    desk.when(pack { $0.taxCodes[0].taxClass = .exempt })
      .thenRefused(CatalogueRefusal.rateOfClass(Rate(basisPoints: 1_800), .exempt))
    desk.when(pack { $0.taxCodes[1].from = Clinic.day("2010-07-01") })
      .thenRefused(CatalogueRefusal.versionsNotOrdered("G", Clinic.day("2010-07-01")))
  }
}
