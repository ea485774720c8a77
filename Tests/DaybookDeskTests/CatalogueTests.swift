import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Accounts and posting rules` {
  private var desk: Spec { Clinic.open.by(.staff(4), .accountant) }

  private func account(_ code: String, _ type: LedgerAccountType = .expense) -> DefineAccount {
    .with {
      $0.code = code
      $0.name = "Cleaning"
      $0.type = type
    }
  }

  private func rule(_ slot: String, _ account: String) -> SetPostingRule {
    .with {
      $0.eventType = "ChargePosted"
      $0.slots = [PostingSlot(slot, account: account)]
    }
  }

  @Test func `an account is known by its code, once`() {
    desk.when(account(" 6150 ")).then(
      AccountDefined.with {
        $0.account = LedgerAccountID(1)
        $0.code = "6150"
        $0.name = "Cleaning"
        $0.type = .expense
      })
    desk.given(account("6150")).when(account("6150"))
      .thenRefused(CatalogueRefusal.accountCodeTaken("6150"), field: "code")
    desk.when(account("")).thenRefused(.fieldRequired)
    desk.when(DefineAccount.with { $0.code = "1" }).thenRefused(.fieldRequired, .fieldRequired)
    desk.when(account("6150").with { $0.account = LedgerAccountID(9) })
      .thenRefused(.unknownReference)
    desk.by(.staff(2), .reception).when(account("6150")).thenRefused(.notPermitted)
  }

  @Test func `what an account is stays once something uses it`() {
    let spec = desk.given(account("6150"))
    let other = account("6150", .asset).with { $0.account = LedgerAccountID(1) }
    spec.when(other).thenEvents(AccountDefined.self)
    let used = spec.given(rule("consumables", "6150"))
    used.when(other).thenRefused(CatalogueRefusal.accountTypeFixed("6150", .expense))
    // Another name is no other account.
    used.when(account("6150").with { $0.account = LedgerAccountID(1) })
      .thenEvents(AccountDefined.self)
    spec.when(account("6151").with { $0.account = LedgerAccountID(1) })
      .thenRefused(CatalogueRefusal.accountCodeFixed("6150"))
  }

  @Test func `a built-in account may have another name, and nothing else`() {
    desk.when(account("1010", .asset)).thenEvents(AccountDefined.self)
    desk.when(account("1010", .income))
      .thenRefused(CatalogueRefusal.accountTypeFixed("1010", .asset))
  }

  @Test func `a rule names an event that posts, its slots and accounts that exist`() {
    desk.given(account("4005", .income)).when(rule("exemptIncome", "4005")).then(
      PostingRuleSet.with {
        $0.rule = PostingRuleID(1)
        $0.eventType = "ChargePosted"
        $0.slots = [PostingSlot("exemptIncome", account: "4005")]
        $0.from = Clinic.today
      })
    desk.when(rule("exemptIncome", "4005")).thenRefused(.unknownReference)
    desk.when(rule("nowhere", "4000")).thenRefused(.unknownReference)
    desk.when(rule("exemptIncome", "4010").with { $0.eventType = "PatientCheckedIn" })
      .thenRefused(CatalogueRefusal.noEntries("PatientCheckedIn"))
    desk.when(rule("exemptIncome", "4010").with { $0.variant = "night" })
      .thenRefused(CatalogueRefusal.noVariant("night", of: "ChargePosted"))
    desk.when(
      rule("discount", "4010").with { $0.slots.append(PostingSlot("discount", account: "4090")) }
    ).thenRefused(.invalidState)
    desk.when(rule("discount", "4010").with { $0.slots = [] }).thenRefused(.fieldRequired)
    desk.when(rule("discount", "1200"))
      .thenRefused(CatalogueRefusal.notForSlots("1200", .asset))
  }

  @Test func `a rule of an event has one number, and takes effect on its first day`() throws {
    let spec = desk.given(rule("discount", "4095"))
      .when(rule("discount", "4090").with { $0.from = Clinic.day("2026-04-01") })
    #expect(spec.events.first?.stream == PostingRuleID(1).stream)
    #expect(spec.events.first?.effective == Clinic.moment("2026-04-01T00:00:00Z"))
    desk.given(rule("discount", "4095"))
      .when(rule("rounding", "6910").with { $0.eventType = "PaymentReceived" })
      .then(
        PostingRuleSet.with {
          $0.rule = PostingRuleID(2)
          $0.eventType = "PaymentReceived"
          $0.slots = [PostingSlot("rounding", account: "6910")]
          $0.from = Clinic.today
        })
  }
}

@Suite struct `The price list` {
  private var desk: Spec { Clinic.open.by(.staff(1), .admin) }

  private func price(
    _ units: Int64, from: String? = nil, payer: PartyID? = nil
  ) -> SetPrice {
    .with {
      $0.priced = .service(Clinic.consult)
      $0.unitPrice = UnitPrice(tenThousandths: units * 10_000)
      $0.payer = payer
      $0.from = from.map(Clinic.day)
    }
  }

  private func listed(
    _ spec: Spec, _ payer: PartyID? = nil, on day: String, at clinic: ClinicID = Clinic.id
  ) -> Int64? {
    spec.state.catalogue.price(
      of: .service(Clinic.consult), payer: payer, at: clinic, on: Clinic.day(day)
    ).map { $0.unitPrice.tenThousandths / 10_000 }
  }

  @Test func `has a line for what is sold, whose list and where`() {
    desk.when(price(80, payer: Clinic.insurer)).then(
      PriceSet.with {
        $0.price = PriceID(1)
        $0.priced = .service(Clinic.consult)
        $0.payer = Clinic.insurer
        $0.unitPrice = UnitPrice(tenThousandths: 800_000)
        $0.from = Clinic.today
      })
    let spec = desk.given(price(100)).given(price(80, payer: Clinic.insurer))
      .at(clinic: 0).given(price(90))
    #expect(listed(spec, on: "2026-03-02") == 100)
    #expect(listed(spec, Clinic.insurer, on: "2026-03-02") == 80)
    #expect(listed(spec, Clinic.second, on: "2026-03-02") == 100)
    #expect(listed(spec, on: "2026-03-02", at: ClinicID(2)) == 90)
    #expect(listed(spec, on: "2026-03-01") == nil)
  }

  @Test func `goes forward in time, line by line`() {
    let spec = desk.given(price(100)).given(price(110, from: "2026-04-01"))
    #expect(listed(spec, on: "2026-03-31") == 100)
    #expect(listed(spec, on: "2026-04-01") == 110)
    spec.when(price(120, from: "2026-03-31"))
      .thenRefused(CatalogueRefusal.beforeLastPrice(Clinic.day("2026-04-01")), field: "from")
    let again = spec.given(price(120, from: "2026-04-01"))
    #expect(listed(again, on: "2026-04-01") == 120)
    spec.when(price(70, from: "2026-01-01", payer: Clinic.insurer)).thenEvents(PriceSet.self)
  }

  @Test func `takes no price below nothing, and of nothing unknown`() {
    desk.when(price(0)).thenEvents(PriceSet.self)
    desk.when(price(-1)).thenRefused(.amountNegative)
    desk.when(price(1).with { $0.priced = .item(ItemID(9)) }).thenRefused(.unknownReference)
    desk.when(price(1).with { $0.priced = .item(Clinic.gloves) }).thenEvents(PriceSet.self)
    desk.when(price(1).with { $0.priced = .service(ServiceID(9)) })
      .thenRefused(.unknownReference)
    desk.when(price(1, payer: Clinic.supplier)).thenRefused(.invalidState)
    desk.when(price(1, from: "0001-01-01").with { $0.from = Day(daysSince1970: .max) })
      .thenRefused(.outOfRange)
  }

  @Test func `of the whole book needs one currency`() {
    var abroad = Clinic.defineClinic
    abroad.currency = .eur
    desk.given(abroad).at(clinic: 0).when(price(1))
      .thenRefused(CatalogueRefusal.severalCurrencies)
    desk.given(Clinic.defineClinic).at(clinic: 0).when(price(1)).thenEvents(PriceSet.self)
  }
}

@Suite struct `Tax codes` {
  private var desk: Spec { Clinic.open.by(.staff(4), .accountant) }

  private func code(_ rate: Int64, _ taxClass: TaxClass = .standard) -> SetTaxCode {
    .with {
      $0.code = "S"
      $0.rate = Rate(basisPoints: rate)
      $0.taxClass = taxClass
    }
  }

  @Test func `have versions, each from a day on`() {
    desk.when(code(2100)).then(
      TaxCodeSet.with {
        $0.taxCode = TaxCodeID(1)
        $0.code = "S"
        $0.rate = Rate(basisPoints: 2100)
        $0.taxClass = .standard
        $0.from = Clinic.today
      })
    let spec = desk.given(code(2100)).given(
      code(2300).with {
        $0.taxCode = TaxCodeID(1)
        $0.from = Clinic.day("2027-01-01")
      })
    func rate(_ day: String) -> Int64? {
      spec.state.catalogue.taxRule(TaxCodeID(1), on: Clinic.day(day))?.rate.basisPoints
    }
    #expect(rate("2026-12-31") == 2100)
    #expect(rate("2027-01-01") == 2300)
    #expect(rate("2020-01-01") == 2100)
  }

  @Test(
    arguments: [
      (0, .exempt, true), (1, .exempt, false), (0, .outside, true), (1, .outside, false),
      (0, .zero, true), (1, .zero, false), (10_000, .standard, true), (10_001, .standard, false),
      (-1, .reduced, false), (0, .reduced, true), (2100, .reverseCharge, true),
    ] as [(Int64, TaxClass, Bool)])
  func `have the rate that goes with their class`(
    _ rate: Int64, _ taxClass: TaxClass, _ isAllowed: Bool
  ) {
    let spec = desk.when(code(rate, taxClass))
    if isAllowed {
      spec.thenEvents(TaxCodeSet.self)
    } else {
      spec.thenRefused(.outOfRange)
    }
  }

  @Test func `have a code of their own, and a class`() {
    desk.given(code(2100)).when(code(400))
      .thenRefused(CatalogueRefusal.taxCodeTaken(TaxCodeID(1)))
    desk.when(code(2100, .unspecified)).thenRefused(.fieldRequired)
    desk.when(code(2100).with { $0.code = " " }).thenRefused(.fieldRequired)
    desk.when(code(2100).with { $0.taxCode = TaxCodeID(9) }).thenRefused(.unknownReference)
  }

  @Test func `of a service are known`() {
    let service = Clinic.service("Peeling").with { $0.taxCode = TaxCodeID(1) }
    desk.by(.staff(1), .admin).when(service).thenRefused(.unknownReference)
    desk.given(code(2100)).by(.staff(1), .admin).when(service).thenEvents(ServiceDefined.self)
  }

  @Test(
    arguments: [
      (10_00, 0, 2100, 2_10, nil), (10_01, 0, 2100, 2_10, nil), (10_00, 1_00, 2100, 1_89, 2_10),
      (10_00, 10_00, 2100, 0, 2_10), (5, 0, 1000, 1, nil), (4, 0, 1000, 0, nil),
      (0, 0, 2100, 0, nil),
    ] as [(Int64, Int64, Int64, Int64, Int64?)])
  func `round once on what is asked, and once on the list`(
    _ list: Int64, _ discount: Int64, _ rate: Int64, _ tax: Int64, _ listTax: Int64?
  ) throws {
    let rule = TaxRule(rate: Rate(basisPoints: rate), .standard)
    let found = try ChargeTax(list: list, discount: discount, rule)
    #expect(found.tax == tax && found.listTax == listTax)
    #expect(try TaxRule(rate: rule.rate, .reverseCharge).tax(onTopOf: list) == 0)
    #expect(try rule.tax(includedIn: 121_00) == (rate == 2100 ? 21_00 : 11_00))
  }
}

@Suite struct `Resources` {
  private var desk: Spec { Clinic.open.by(.staff(1), .admin) }

  private func resource(_ serial: String = "") -> DefineResource {
    .with {
      $0.type = .room
      $0.name = "Room 1"
      $0.serial = serial
    }
  }

  @Test func `have a serial number of their own`() {
    desk.when(resource(" S1 ")).then(
      ResourceDefined.with {
        $0.resource = ResourceID(1)
        $0.type = .room
        $0.name = "Room 1"
        $0.serial = "S1"
      })
    let spec = desk.given(resource("S1"))
    spec.when(resource("S1")).thenRefused(CatalogueRefusal.serialTaken(ResourceID(1)))
    spec.given(resource()).when(resource()).thenEvents(ResourceDefined.self)
    // The number is free once the resource has another one.
    spec.given(resource("S2").with { $0.resource = ResourceID(1) }).when(resource("S1"))
      .thenEvents(ResourceDefined.self)
  }

  @Test func `have a type, a name and sound hours`() {
    desk.when(DefineResource()).thenRefused(.fieldRequired, .fieldRequired)
    for hours in [
      OpenHours(.unspecified, from: 0, to: 1), OpenHours(.monday, from: 5, to: 5),
      OpenHours(.monday, from: 0, to: 86_401),
    ] {
      desk.when(resource().with { $0.openHours = [hours] })
        .thenRefused(CatalogueRefusal.hoursNotSound)
      desk.when(Clinic.defineClinic.with { $0.openHours = [hours] })
        .thenRefused(CatalogueRefusal.hoursNotSound)
    }
    desk.when(resource().with { $0.resource = ResourceID(9) }).thenRefused(.unknownReference)
    desk.given(resource()).given(Clinic.defineClinic).at(clinic: 2)
      .given(Clinic.roles(Clinic.admin, [.admin]).with { $0.clinic = ClinicID(2) })
      .when(resource().with { $0.resource = ResourceID(1) })
      .thenRefused(DeskRefusal.elsewhere("resource Q1", clinic: Clinic.id))
  }
}

@Suite struct `Opening hours` {
  private let week = [
    OpenHours(.monday, from: 9 * 3600, to: 13 * 3600),
    OpenHours(.monday, from: 13 * 3600, to: 18 * 3600),
    OpenHours(.tuesday, from: 0, to: 86_400), OpenHours(.wednesday, from: 0, to: 3600),
  ]

  // 2026-03-02 is a Monday.
  @Test(arguments: [
    ("2026-03-02T09:00:00Z", "2026-03-02T18:00:00Z", true),
    ("2026-03-02T08:59:59Z", "2026-03-02T09:30:00Z", false),
    ("2026-03-02T17:30:00Z", "2026-03-02T18:00:01Z", false),
    ("2026-03-03T23:00:00Z", "2026-03-04T01:00:00Z", true),
    ("2026-03-03T23:00:00Z", "2026-03-04T01:00:01Z", false),
    ("2026-03-05T10:00:00Z", "2026-03-05T10:00:01Z", false),
    ("1969-12-29T10:00:00Z", "1969-12-29T11:00:00Z", true),
  ])
  func `hold an interval as a whole, over midnight too`(
    _ start: String, _ end: String, _ isOpen: Bool
  ) {
    let (from, to) = (Clinic.moment(start).instant, Clinic.moment(end).instant)
    #expect(OpeningTimes.hold(week, from: from.milliseconds, to: to.milliseconds) == isOpen)
  }

  @Test func `without hours nothing is ever closed, and a whole week is for ever`() {
    #expect(OpeningTimes.hold([OpenHours](), from: .min, to: .max))
    let always = DayOfWeek.allCases.dropFirst().map { OpenHours($0, from: 0, to: 86_400) }
    #expect(OpeningTimes.hold(always, from: 0, to: 400 * 86_400_000))
    #expect(!OpeningTimes.hold(always.dropLast(), from: 0, to: 400 * 86_400_000))
  }
}

extension Payload {
  /// The same with some fields set otherwise.
  func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}
