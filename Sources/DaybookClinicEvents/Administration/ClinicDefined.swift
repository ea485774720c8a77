public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A clinic, or a new version of it, from the effective time on.
///
/// Fact, on the clinic's stream. Currency and zone are fixed once anything is posted.
public struct ClinicDefined: EventPayload, Hashable {
  /// The clinic.
  public var clinic = ClinicID()
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
  /// The zone's offsets, from the first, ascending, to twenty years ahead.
  ///
  /// Replay uses these and no other table, so that a civil day never moves.
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
  /// Where the tax of an invoice is rounded; line by line where nothing is said of it.
  public var taxRounding = TaxRounding.unspecified
  /// Whose the tax in a bad debt is; the clinic's where nothing is said of it.
  public var badDebtTax = BadDebtTax.unspecified

  /// No clinic: to be filled in.
  public init() {}

  public static var tag: AdministrationTag { .clinicDefined }
  public static var nature: Nature { .fact }
  public static var streamKind: StreamKind { .clinic }
  public static var areas: Areas { [.accounting, .humanResources, .logistics] }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "clinic", &clinic)
    try fields.visit(2, "name", &name)
    try fields.visit(3, "legalName", &legalName)
    try fields.visit(4, "taxId", &taxID)
    try fields.visit(5, "address", &address)
    try fields.visit(6, "timeZone", &timeZone)
    try fields.visit(7, "transitions", &transitions)
    // Field 15 is called currency already: that of the limits, if they had another.
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

/// Where the tax of an invoice is rounded: which of the two a country asks for.
public enum TaxRounding: UInt32, WireEnum {
  /// Not said: as `perLine`.
  case unspecified = 0
  /// Each charge by itself; an invoice adds them up.
  case perLine = 1
  /// An invoice as a whole, rate by rate; the difference from its lines is posted with it.
  case perDocument = 2

  /// Not said.
  public init() { self = .unspecified }
}

/// Whose the tax is that was asked for, is owed to the authority, and will never be paid.
public enum BadDebtTax: UInt32, WireEnum {
  /// Not said: as `borne`.
  case unspecified = 0
  /// The clinic's: it is lost with the rest.
  case borne = 1
  /// The authority's: it is taken off the tax that is owed.
  case relieved = 2

  /// Not said.
  public init() { self = .unspecified }
}

/// From an instant on, a zone has an offset.
public struct ZoneTransition: Payload, Hashable {
  /// When the offset begins; nil for the first, which has always been.
  public var at: Instant?
  /// Local time less UTC.
  public var offset = UTCOffset.utc

  /// UTC, always.
  public init() {}

  /// `offset` from `at` on; without `at`, always.
  public init(at: Instant? = nil, offset: UTCOffset) {
    self.at = at
    self.offset = offset
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "at", &at)
    try fields.visit(2, "offset", &offset)
  }
}

/// Amounts up to which one person suffices; above them a second one approves.
///
/// A limit that is absent never asks for a second person; zero always does.
public struct ClinicLimits: Payload, Hashable {
  /// Money given back.
  public var refund: Amount?
  /// What is written off.
  public var writeOff: Amount?
  /// A discount on one line.
  public var discount: Amount?
  /// An event of money reversed.
  public var reversal: Amount?
  /// A payment made.
  public var payment: Amount?

  /// No limits: one person always suffices.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "refund", &refund)
    try fields.visit(2, "writeOff", &writeOff)
    try fields.visit(3, "discount", &discount)
    try fields.visit(4, "reversal", &reversal)
    try fields.visit(5, "payment", &payment)
  }
}
