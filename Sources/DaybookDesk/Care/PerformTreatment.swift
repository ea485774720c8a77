public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// A service is done to a patient in an open encounter.
///
/// Answers with `TreatmentPerformed`, its `ChargePosted`, what the payer's contract takes off at once
/// as `AdjustmentPosted`, what the coverage leaves to the patient as `ResponsibilityTransferred`, and
/// `StockIssued` for the recipe, the items named and the devices. An item that is named takes the
/// place of its recipe line. The price is that of the list of the day, the responsible payer's, else
/// everybody's; any other needs a reason.
public struct PerformTreatment: Command, Hashable {

  /// The decision state.
  public typealias State = DeskState

  /// The encounter in which it is done.
  public var encounter = EncounterID()
  /// What is done.
  public var service = ServiceID()
  /// How many times, at least once.
  public var units: UInt32 = 1
  /// Who does it; nil for the encounter's practitioner.
  public var practitioner: StaffID?
  /// The code of the place on the body; empty where it does not matter.
  public var bodySite = ""
  /// Codes of the diagnoses that it is done for.
  public var diagnoses: Few<String> = []
  /// The price of all units before discount and tax; nil takes that of the list of the day.
  public var listPrice: Amount?
  /// What is taken off, at most the price.
  public var discount = Amount.zero
  /// Why that price; needed where the list of the day has another, or none.
  public var priceReason = PriceReason.unspecified
  /// The rule of its tax, decided here: cosmetic or medical; nil takes the service's.
  public var taxCode: TaxCodeID?
  /// The line of a treatment plan that it fulfils, whose price is agreed.
  public var planLine: PlanLine?
  /// The package of which it uses a session for each unit; it has no price of its own then.
  public var package: PackageID?
  /// What was put into or onto the patient, to be traced.
  public var devices: Few<Device> = []
  /// Who owes the charge at first; nil lets the coverage of the day decide.
  public var responsible: Debtor?
  /// Who approves a discount above the clinic's limit.
  public var approver: StaffID?
  /// What is used beside the devices.
  public var uses: Few<ItemUse> = []

  /// No treatment: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "encounter", &encounter)
    try fields.visit(2, "service", &service)
    try fields.visit(3, "units", &units)
    try fields.visit(4, "practitioner", &practitioner)
    try fields.visit(5, "bodySite", &bodySite)
    try fields.visit(6, "diagnoses", &diagnoses)
    try fields.visit(7, "listPrice", &listPrice)
    try fields.visit(8, "discount", &discount)
    try fields.visit(9, "priceReason", &priceReason)
    try fields.visit(10, "taxCode", &taxCode)
    try fields.visit(11, "planLine", &planLine)
    try fields.visit(12, "package", &package)
    try fields.visit(13, "devices", &devices)
    try fields.visit(14, "responsible", &responsible)
    try fields.currency()
    try fields.visit(16, "approver", &approver)
    try fields.visit(17, "uses", &uses)
  }
}

/// What is used of an item on a patient.
public struct ItemUse: Payload, Hashable {
  /// The item.
  public var item = ItemID()
  /// How much, in the item's base unit.
  public var quantity = Quantity.zero
  /// The lot; empty takes the one that expires first, over as many lots as needed.
  public var lot = ""
  /// Why another lot is taken than the one that expires first.
  public var lotOverride: LotOverride?

  /// Nothing: to be filled in.
  public init() {}

  /// `quantity` of `item`.
  public init(_ item: ItemID, _ quantity: Quantity, lot: String = "") {
    self.item = item
    self.quantity = quantity
    self.lot = lot
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "item", &item)
    try fields.visit(2, "quantity", &quantity)
    try fields.visit(3, "lot", &lot)
    try fields.visit(4, "lotOverride", &lotOverride)
  }
}

extension PerformTreatment {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.practitioner], needsClinic: true)
    review.requireFact()
    var picking = StockPicking(state.stock)
    let known = review.openEncounter(encounter, state, "encounter")
    let draft = draft(state, known, &review)
    let issues = stockIssues(state, draft, &picking, &review)
    try review.conclude(into: &decision)

    if let known { decision.correlation = known.visit.number }
    let performed = try decision.append(draft)
    try picking.append(
      issues, effective: draft.effective, cause: performed, into: &decision)
  }

  private func draft(
    _ state: DeskState, _ known: EncounterRecord?, _ review: inout Review
  ) -> ChargeDraft {
    var draft = ChargeDraft()
    draft.effective = review.effective
    draft.clinic = ClinicID(review.context.clinic)
    draft.patient = known.map { state.patients.current($0.patient) } ?? PatientID()
    review.requireActive(service, state, at: review.effective.instant, "service")
    if units == 0 { review.refuse(DeskRefusal.outOfRange("0", "at least one unit"), "units") }
    let who = practitioner ?? known?.practitioner ?? StaffID()
    if known != nil || practitioner != nil {
      review.requirePractitioner(who, state, at: review.effective.instant, "practitioner")
    }
    let prices = prices(state, &draft, &review)
    review.requireSecondPerson(
      prices.discount.minorUnits, limit: review.clinic?.limits.discount, approver: approver,
      state, "approver")
    if let planLine {
      review.requirePlanned(
        planLine, service, units: units, for: known.map { _ in draft.patient }, state, "planLine")
    }
    if let package {
      if !prices.list.isZero { review.refuse(PackageRefusal.pricedSession, "listPrice") }
      draft.package = review.use(
        package, sessions: units, of: service, on: known.map { _ in draft.patient }, state,
        "package")
      draft.responsible = .patient(draft.patient)
    } else if known != nil {
      let (debtor, coverage) = review.responsible(
        responsible, for: draft.patient, on: review.effective.day, state, "responsible")
      draft.responsible = debtor
      // History has its own transfers.
      draft.copay = review.isImport ? nil : coverage?.copay
      if case .fixed(let amount) = draft.copay { _ = review.minorUnits(amount, "responsible") }
    } else if case .payer(let payer, _)? = responsible {
      review.requirePayer(payer, state, "responsible")
    }
    draft.treatment = TreatmentPerformed.with {
      $0.encounter = encounter
      $0.line = (known?.lastLine ?? 0) &+ 1
      $0.service = service
      $0.units = units
      $0.practitioner = who
      $0.bodySite = bodySite
      $0.diagnoses = diagnoses
      $0.listPrice = prices.list
      $0.discount = prices.discount
      $0.priceReason = prices.reason
      $0.taxCode = prices.taxCode
      $0.planLine = planLine
      $0.package = package
      $0.devices = devices
      $0.approver = approver
    }
    return draft
  }

  /// What is asked for the treatment, and why.
  private struct Prices {
    var list = Amount.zero
    var discount = Amount.zero
    var reason = PriceReason.unspecified
    var taxCode: TaxCodeID?
  }

  /// The price as given, else the plan's, else that of the list of the day; what is no list's needs
  /// a reason.
  ///
  /// A session of a package was paid with it, and its tax was due then. What a plan says is agreed.
  private func prices(
    _ state: DeskState, _ draft: inout ChargeDraft, _ review: inout Review
  ) -> Prices {
    var prices = Prices()
    let version = state.administration.services[service]?.at(review.effective.instant)
    let code = taxCode ?? version?.taxCode
    let listed =
      package == nil ? listed(state, draft.patient, code, &review) : ListedPrice(price: 0)
    let planned = planLine.flatMap { state.packages.price(of: $0, units: units) }
    if listPrice == nil, listed == nil, planned == nil {
      review.refuse(CatalogueRefusal.noPrice(service, review.effective.day), "listPrice")
    }
    (prices.list, prices.discount) = review.prices(
      listPrice ?? Amount(minorUnits: planned ?? listed?.price ?? 0), discount, "")
    let isListed =
      listed.map { prices.list.minorUnits == $0.price } ?? (listPrice == nil && planned == nil)
    if package != nil {
      prices.reason = priceReason
    } else if !isListed {
      prices.reason = priceReason == .unspecified && planLine != nil ? .agreed : priceReason
      if prices.reason == .unspecified {
        review.question(CareRefusal.priceReason, "priceReason")
      }
    }
    guard package == nil else { return prices }
    prices.taxCode = code
    // What is agreed otherwise is the price; a discount is a part of what the contract takes off.
    if isListed, planLine == nil, let allowance = listed?.allowance {
      draft.allowance = max(0, allowance - prices.discount.minorUnits)
    }
    draft.tax = review.tax(
      of: prices.taxCode, list: prices.list.minorUnits,
      discount: prices.discount.minorUnits, state, "taxCode")
    return prices
  }

  /// What the list of the day asks for all units; nil where no list has a price.
  private func listed(
    _ state: DeskState, _ patient: PatientID, _ code: TaxCodeID?, _ review: inout Review
  ) -> ListedPrice? {
    let debtor = responsible ?? state.patients.payers(of: patient, on: review.effective.day).first
    var payer: PartyID?
    if case .payer(let asked, _) = debtor { payer = asked }
    let rule = code.flatMap { state.catalogue.taxRule($0, on: review.effective.day) }
    return review.listed(
      service, units: units, payer: payer, isTaxed: rule.map { $0.askedRate != .zero } ?? false,
      state, "units")
  }

  /// Devices first, then what is named, then the rest of the recipe.
  private func stockIssues(
    _ state: DeskState, _ draft: ChargeDraft, _ picking: inout StockPicking,
    _ review: inout Review
  ) -> [StockIssued] {
    var place = StockPicking.Place(clinic: draft.clinic, effective: draft.effective)
    place.encounterLine = EncounterLine(encounter, line: draft.treatment.line)
    place.patient = draft.patient
    var issues: [StockIssued] = []
    for device in devices {
      issues.append(picking.issue(device, at: place, &review, "devices"))
    }
    for var use in uses {
      use.lot = use.lot.trimmed
      issues.append(picking.issue(use, at: place, &review, "uses"))
    }
    let named = devices.map(\.item) + uses.map(\.item)
    let version = state.administration.services[service]?.at(draft.effective.instant)
    // History names what was used; a recipe is for what happens from now on.
    for line in version?.recipe ?? [] where !named.contains(line.item) && !review.isImport {
      let (quantity, tooLarge) = line.quantity.thousandths.multipliedReportingOverflow(
        by: Int64(units))
      if tooLarge { review.refuse(DeskRefusal.tooLarge("the recipe's quantity"), "units") }
      if tooLarge || quantity <= 0 { continue }
      let use = ItemUse(line.item, Quantity(thousandths: quantity))
      issues.append(picking.issue(use, at: place, &review, "service"))
    }
    return issues
  }
}
