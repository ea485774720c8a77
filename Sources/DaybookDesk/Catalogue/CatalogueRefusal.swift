public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about accounts, posting rules, prices, tax codes and resources.
public enum CatalogueRefusal: RefusalCase, Hashable {
  /// Another account has the code.
  case accountCodeTaken(String)
  /// The code of an account stays.
  case accountCodeFixed(String)
  /// Entries use the account, so what it is stays.
  case accountTypeFixed(String, LedgerAccountType)
  /// The event makes no entry, or does not exist.
  case noEntries(String)
  /// An account that holds what is owned or owed.
  case notForSlots(String, LedgerAccountType)
  /// No event has forms: the form, and the event that it was given for.
  case noVariant(String, of: String)
  /// No rule may set such a slot.
  case noSlot(String)
  /// A price below zero.
  case priceNegative(UnitPrice)
  /// Everybody's list leaves nothing off.
  case allowanceOfNobody
  /// No payer covers what is sold at the counter.
  case allowanceOfItem
  /// A later price of the same line stands already.
  case beforeLastPrice(Day)
  /// A price of the whole book would mean another amount at each clinic.
  case severalCurrencies
  /// The class has no rate of its own, or one of at most the whole.
  case rateOfClass(Rate, TaxClass)
  /// Another tax code is known by that text.
  case taxCodeTaken(TaxCodeID)
  /// Another resource has the serial number.
  case serialTaken(ResourceID)
  /// Hours without a day, or that end before they begin.
  case hoursNotSound
  /// No list has a price of the service on that day.
  case noPrice(ServiceID, Day)
  /// A country's pack is for a book in which nothing was posted or said of accounts and tax.
  case bookInUse
  /// A chart leaves out an account that entries need.
  case accountLeftOut(String)
  /// The versions of a tax code are not in the order of their days.
  case versionsNotOrdered(String, Day)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .accountCodeTaken, .taxCodeTaken, .serialTaken: .duplicateSource
    case .accountCodeFixed, .accountTypeFixed, .notForSlots, .beforeLastPrice: .invalidState
    case .noEntries, .noVariant, .noSlot: .unknownReference
    case .priceNegative: .amountNegative
    case .severalCurrencies: .currencyMismatch
    case .rateOfClass, .hoursNotSound, .versionsNotOrdered: .outOfRange
    case .noPrice, .accountLeftOut: .fieldRequired
    case .bookInUse, .allowanceOfNobody, .allowanceOfItem: .invalidState
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .accountCodeTaken(let code): "another account has the code \(code); take a free one"
    case .accountCodeFixed(let code): "the account is known by \(code); define another one"
    case .accountTypeFixed(let code, let type):
      "entries use \(code) as \(type); define another account"
    case .noEntries(let event): "\(event) makes no entry; name an event that does"
    case .notForSlots(let code, let type):
      "\(code) is of type \(type); name an account of income or expenses"
    case .noVariant(let variant, let event):
      "\(event) has no forms, and so no form \(variant); leave it out: what differs is a slot of its own"
    case .noSlot(let slot):
      "no rule sets a slot \(slot), but those of income and expenses alone: "
        + "\(PostingSlots.names.sorted().joined(separator: ", ")). What is owed, held and deposited "
        + "keeps its account, by which open items and the proofs of the books find it; name one of these"
    case .priceNegative(let price): "\(price) is below zero; give the price without its sign"
    case .allowanceOfNobody:
      "only a payer's contract takes something off everybody's price; name the payer"
    case .allowanceOfItem:
      "what is sold at the counter is on no claim; leave the allowance out, or price a service"
    case .beforeLastPrice(let day):
      "a price from \(day) stands already; set one from that day on, or later"
    case .severalCurrencies: "the clinics keep their books in several currencies; price each"
    case .rateOfClass(let rate, let taxClass):
      "\(rate) is no rate of \(taxClass); that has a rate from 0% to 100%, or none at all"
    case .taxCodeTaken(let code): "\(code) is known by that code; change it, or take another code"
    case .serialTaken(let resource): "\(resource) has this serial number; use that resource"
    case .hoursNotSound:
      "each part needs a day of the week, and a later second of that day to end at"
    case .noPrice(let service, let day):
      "no list has a price of \(service) on \(day); give one with a reason, or set it"
    case .bookInUse:
      "the book has accounts, rules, tax codes or entries already; a pack is taken when a book is made"
    case .versionsNotOrdered(let code, let day):
      "\(code) has a version from \(day) before it; give the versions by their days, each once"
    case .accountLeftOut(let code): "the pack gives account \(code) no code; add its line"
    }
  }
}
