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
  /// The lot may not be used now.
  case lotHeld(String, LotStatus)
  /// The last cycle with the tray failed.
  case notSterile(String)
  /// The item is not counted in such units.
  case noSuchUnit(String, ItemID)
  /// The name is the base unit's.
  case packIsBaseUnit(String)
  /// More than that receipt brought and was not given back.
  case beyondReceipt(ItemID, ReceiptID, left: Quantity)
  /// Nobody is known who could take it back.
  case withoutSupplier(ReceiptID)
  /// A transfer goes from one clinic to another.
  case sameClinic(ClinicID)
  /// More than is still on its way.
  case beyondTransfer(ItemID, lot: String, TransferID, left: Quantity)
  /// Nothing of it is on its way any more.
  case transferEnded(TransferID)
  /// It had not left then.
  case beforeDispatch(TransferID, Instant)
  /// More was taken after the count than was counted.
  case takenSince(ItemID, lot: String, counted: Quantity, taken: Quantity)
  /// The lot is that already.
  case statusStands(String, LotStatus)
  /// Nothing is to be released.
  case notBlocked(String)
  /// A recalled lot is released, not held.
  case recalledStays(String)
  /// A recalled lot is released by two.
  case recalledByTwo
  /// A count says either how much was there, or how much more than the books have.
  case countedAndFound
  /// It must say why.
  case withoutReason
  /// Something was said of the lot for a later time.
  case statusLater(String, Instant)

  /// The stable code.
  public var code: RefusalCode {
    switch self {
    case .itemFixed, .expiryWithoutLots, .otherExpiry, .notASupplier, .packIsBaseUnit,
      .withoutSupplier, .sameClinic, .transferEnded, .beforeDispatch, .statusStands, .notBlocked,
      .recalledStays, .statusLater:
      .invalidState
    case .lotRequired: .lotRequired
    case .expiryRequired: .expiryRequired
    case .unknownLot, .noSuchUnit: .unknownReference
    case .insufficient, .takenSince: .insufficientStock
    case .lotHeld, .notSterile: .lotHeld
    case .recalledByTwo: .needsSecondPerson
    case .countedAndFound: .invalidState
    case .beyondReceipt, .beyondTransfer: .quantityExceeded
    case .lotExpired: .lotExpired
    case .notFirstToExpire, .withoutReason: .reasonRequired
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
      "\(Self.name(lot, of: item)) has \(available) that can be taken then, \(short) too few; receive or count it first"
    case .lotExpired(let lot, let day): "lot \(lot) expired after \(day); take another lot"
    case .notFirstToExpire(let lot, let first):
      "lot \(first) expires before lot \(lot); take that one, or say why not"
    case .notASupplier(let party):
      "\(party) does not sell to the clinic; register a party of type supplier"
    case .treatmentNeedsLine: "what is used on a patient names its encounter; fill it in"
    case .lotHeld(let lot, let status): "lot \(lot) is \(status); take another lot"
    case .notSterile(let tray):
      "tray \(tray) failed in its last cycle; sterilise it again, or take another"
    case .noSuchUnit(let unit, let item):
      "\(item) is not counted in \(unit); use its base unit or one of its packs"
    case .packIsBaseUnit(let unit): "\(unit) is the base unit; give the pack another name"
    case .beyondReceipt(let item, let receipt, let left):
      "\(left) of \(item) from \(receipt) are left to give back; correct the quantity"
    case .withoutSupplier(let receipt):
      "\(receipt) names no supplier; write the goods off, or record who takes them back"
    case .sameClinic(let clinic): "\(clinic) is where it is already; name another clinic"
    case .beyondTransfer(let item, let lot, let transfer, let left):
      "\(left) of \(Self.name(lot, of: item)) are on their way with \(transfer); correct the quantity"
    case .transferEnded(let transfer): "nothing of \(transfer) is on its way any more"
    case .beforeDispatch(let transfer, let time):
      "\(transfer) left at \(time); nothing of it arrives before that"
    case .takenSince(let item, let lot, let counted, let taken):
      "\(counted) of \(Self.name(lot, of: item)) were counted, and \(taken) taken since; count again"
    case .statusStands(let lot, let status): "lot \(lot) is \(status) already"
    case .notBlocked(let lot): "lot \(lot) is neither held nor recalled"
    case .recalledStays(let lot): "lot \(lot) is recalled; release it first"
    case .countedAndFound:
      "how much was there, and how much more than the books have: say one of them"
    case .recalledByTwo:
      "a recalled lot is released by two; name who approves it, another one than who acts"
    case .withoutReason: "say why; it stands in the books for good"
    case .statusLater(let lot, let time):
      "lot \(lot) was given another status at \(time); say what holds after that"
    }
  }

  private static func name(_ lot: String, of item: ItemID) -> String {
    lot.isEmpty ? "\(item)" : "\(item) lot \(lot)"
  }
}
