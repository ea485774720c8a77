public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Opens a clinic or site, or changes what is known of one, from the effective time on.
///
/// Answers with `ClinicDefined`. Currency and zone are fixed once anything is posted there. The
/// zone's transitions are read by whoever makes the command, since the Desk asks no tables.
public struct DefineClinic: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The clinic to change; nil for a new one.
  public var clinic: ClinicID?
  /// The name it goes by.
  public var name = ""
  /// The name it is registered under.
  public var legalName = ""
  /// The number it is taxed under.
  public var taxID = ""
  /// Where it is.
  public var address = Address()
  /// The zone's name in the time zone database: `Europe/Madrid`.
  public var timeZone = ""
  /// The zone's offsets, ascending; the first has no beginning.
  public var transitions: Few<ZoneTransition> = []
  /// The currency of its books.
  public var currency = Currency.unspecified
  /// The month that begins its fiscal year, 1 to 12.
  public var fiscalYearStartMonth: UInt32 = 0
  /// The provisional share of input tax that is deductible.
  public var proRata = Rate()
  /// Up to which amount one person suffices.
  public var limits = ClinicLimits()
  /// When patients are seen in a week; none where nothing is said of it.
  public var openHours: Few<OpenHours> = []
  /// Where the tax of an invoice is rounded: line by line, unless the country asks for the document.
  public var taxRounding = TaxRounding.unspecified
  /// Whose the tax in a bad debt is: the clinic's, unless the law gives it back.
  public var badDebtTax = BadDebtTax.unspecified

  /// No clinic: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "clinic", &clinic)
    try fields.visit(2, "name", &name)
    try fields.visit(3, "legalName", &legalName)
    try fields.visit(4, "taxId", &taxID)
    try fields.visit(5, "address", &address)
    try fields.visit(6, "timeZone", &timeZone)
    try fields.visit(7, "transitions", &transitions)
    try fields.visit(8, "bookCurrency", &currency)
    try fields.visit(9, "fiscalYearStartMonth", &fiscalYearStartMonth)
    try fields.visit(10, "proRata", &proRata)
    try fields.visit(11, "limits", &limits)
    try fields.visit(12, "openHours", &openHours)
    try fields.visit(13, "taxRounding", &taxRounding)
    try fields.visit(14, "badDebtTax", &badDebtTax)
    try fields.currency()
  }
}

extension DefineClinic {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin], systemBegins: true)
    review.requireFact()
    review.requireText(name, "name")
    review.requireText(timeZone, "timeZone")
    if currency.isUnspecified { review.refuse(DeskRefusal.missing("a currency"), "currency") }
    if !(1...12).contains(fiscalYearStartMonth) {
      review.refuse(
        DeskRefusal.outOfRange("\(fiscalYearStartMonth)", "a month from 1 to 12"),
        "fiscalYearStartMonth")
    }
    if proRata < .zero || proRata > .whole {
      review.refuse(DeskRefusal.outOfRange("\(proRata)", "a share from 0% to 100%"), "proRata")
    }
    checkTransitions(&review)
    if !OpeningTimes.areSound(openHours) {
      review.refuse(CatalogueRefusal.hoursNotSound, "openHours")
    }
    var limits = limits
    limits.refund = limit(limits.refund, "limits.refund", &review)
    limits.writeOff = limit(limits.writeOff, "limits.writeOff", &review)
    limits.discount = limit(limits.discount, "limits.discount", &review)
    limits.reversal = limit(limits.reversal, "limits.reversal", &review)
    limits.payment = limit(limits.payment, "limits.payment", &review)
    if let clinic {
      if let known = review.known(clinic, in: state.administration.clinics, "clinic") {
        checkFixed(clinic, known, &review)
      }
    } else {
      review.requireRoom(
        for: "clinics in one book", besides: state.administration.clinics.count,
        max: BookLimits.clinics, instead: "begin another book for the next", "clinic")
    }
    try review.conclude(into: &decision)

    let id = clinic ?? ClinicID(decision.nextNumber(ClinicKind.streamKind))
    let defined = ClinicDefined.with {
      $0.clinic = id
      $0.name = name
      $0.legalName = legalName
      $0.taxID = taxID
      $0.address = address
      $0.timeZone = timeZone
      $0.transitions = transitions
      $0.currency = currency
      $0.fiscalYearStartMonth = fiscalYearStartMonth
      $0.proRata = proRata
      $0.limits = limits
      $0.openHours = openHours
      $0.taxRounding = taxRounding
      $0.badDebtTax = badDebtTax
    }
    try decision.append(
      defined, to: id.number, expecting: clinic == nil ? .noStream : .any,
      effective: review.effective)
  }

  /// The first offset has always been; the others follow each other in time.
  private func checkTransitions(_ review: inout Review) {
    guard let first = transitions.first else {
      review.refuse(DeskRefusal.missing("the offsets of the time zone"), "transitions")
      return
    }
    var isOrdered = first.at == nil && first.offset.isInRange
    var last = Instant.min
    for transition in transitions.dropFirst() {
      guard let at = transition.at, at > last, transition.offset.isInRange else {
        isOrdered = false
        break
      }
      last = at
    }
    if !isOrdered { review.refuse(AdministrationRefusal.transitionsNotOrdered, "transitions") }
  }

  /// A limit in the clinic's own currency and not below zero.
  private func limit(_ amount: Amount?, _ field: String, _ review: inout Review) -> Amount? {
    guard let amount else { return nil }
    guard let minor = review.minorUnits(amount, field, in: currency) else { return nil }
    if minor < 0 { review.refuse(DeskRefusal.negative(amount), field) }
    return Amount(minorUnits: minor)
  }

  private func checkFixed(_ id: ClinicID, _ known: ClinicRecord, _ review: inout Review) {
    guard known.hasPostings else { return }
    if known.currency != currency {
      review.refuse(
        AdministrationRefusal.currencyFixed(clinic: id, currency: known.currency), "currency")
    }
    if known.timeZone != timeZone {
      review.refuse(
        AdministrationRefusal.zoneFixed(clinic: id, timeZone: known.timeZone), "timeZone")
    }
  }
}
