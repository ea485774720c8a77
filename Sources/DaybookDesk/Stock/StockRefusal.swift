public import DaybookClinicEvents
public import DaybookEvents
public import DaybookValues

/// What the Desk refuses about items, receipts and issues.
public enum StockRefusal: RefusalCase, Hashable {
  /// Something has moved, so base unit and tracking stay.
  case itemFixed(ItemID)
  /// An expiry belongs to a lot.
  case expiryWithoutLots
  /// An item that is tracked by lot needs its lot.
  case lotRequired(ItemID)
  /// An item whose lots expire needs the expiry.
  case expiryRequired(ItemID)
  /// The lot came in with another expiry.
  case otherExpiry(lot: String, known: Day?)
  /// Goods of a lot that never came in.
  case unknownLot(String, ItemID)
  /// Not enough is on hand at that time, or would be left for what was taken later.
  case insufficient(ItemID, lot: String, available: Quantity, short: Quantity)
  /// The lot may not be used any more.
  case lotExpired(String, Day)
  /// Another lot expires first.
  case notFirstToExpire(String, first: String)
  /// The party does not sell to the clinic.
  case notASupplier(PartyID)
  /// What was used on a patient names the treatment.
  case treatmentNeedsLine

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .itemFixed, .expiryWithoutLots, .otherExpiry, .notASupplier: .invalidState
    case .lotRequired: .lotRequired
    case .expiryRequired: .expiryRequired
    case .unknownLot: .unknownReference
    case .insufficient: .insufficientStock
    case .lotExpired: .lotExpired
    case .notFirstToExpire: .reasonRequired
    case .treatmentNeedsLine: .fieldRequired
    }
  }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .itemFixed(let item):
      "\(item) has movements; define a new item for another base unit or tracking"
    case .expiryWithoutLots: "an expiry belongs to a lot; track the item by lot too"
    case .lotRequired(let item): "\(item) is tracked by lot; name the lot"
    case .expiryRequired(let item): "lots of \(item) expire; give the last day of use"
    case .otherExpiry(let lot, let known):
      "lot \(lot) came in with expiry \(known?.description ?? "none"); correct lot or expiry"
    case .unknownLot(let lot, let item):
      "lot \(lot) of \(item) never came in here; receive it first, or correct the lot"
    case .insufficient(let item, let lot, let available, let short):
      "\(lot.isEmpty ? "" : "lot \(lot) of ")\(item) has \(available) that can be taken then, \(short) too few; receive or count it first"
    case .lotExpired(let lot, let day): "lot \(lot) expired after \(day); take another lot"
    case .notFirstToExpire(let lot, let first):
      "lot \(first) expires before lot \(lot); take that one, or say why not"
    case .notASupplier(let party):
      "\(party) does not sell to the clinic; register a party of type supplier"
    case .treatmentNeedsLine: "what is used on a patient names its encounter; fill it in"
    }
  }
}
