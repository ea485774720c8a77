import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// The entries of packages. Source: Books, section 2.
extension AccountingModel {
  /// Only a package from before the books makes an entry: the others are their charge's.
  mutating func sell(_ sold: PackageSold, _ event: borrowing Event) throws {
    let clinic = try slots.index(of: event.header.clinic, at: event.header.position)
    packagePlaces[sold.package.number] = Int(clinic)
    if sold.opening {
      try entry(event) { (books) throws(PostingError) in try books.open(sold) }
    }
    try note(sold, event.header)
  }

  private mutating func open(_ sold: PackageSold) throws(PostingError) {
    let patient = try key(sold.patient)
    let price = try minor(sold.price)
    try add(.openingBalance, .debit, price, patient)
    try add(.packageIncome, .credit, price, patient)
  }

  /// What a session earns leaves deferred income, at the clinic that sold the package.
  mutating func recognise(
    _ charge: ChargePosted, _ patient: PartyKey, _ income: Slot
  ) throws(PostingError) {
    guard let package = charge.package else { return }
    if income == .packageIncome { note(package, taxCode: ledger.taxCode) }
    guard let recognised = charge.recognised else { return }
    let amount = try minor(recognised)
    try add(
      .packageIncome, .debit, amount, patient, clinic: clinic(ofPackage: package))
    try add(income, .credit, amount, patient)
  }

  private mutating func clinic(ofPackage package: PackageID) -> UInt16 {
    packagePlaces[package.number].map { UInt16(truncatingIfNeeded: $0) } ?? entryClinic
  }

  /// What is left of a package goes back with the tax code that it was sold with.
  private mutating func note(_ package: PackageID, taxCode: UInt16) {
    guard taxCode != 0, let place = packagePlaces[package.number] else { return }
    packagePlaces[package.number] = place & 0xffff | Int(taxCode) << 16
  }

  mutating func cancel(_ cancelled: PackageCancelled, _ event: borrowing Event) throws {
    try entry(event) { (books) throws(PostingError) in try books.post(cancelled) }
    try note(cancelled, event.header)
    if let charge = packages.charge(ofPackage: cancelled.package) {
      noteUncollected(charge, try cancelled.credited().minorUnits, event)
    }
  }

  private mutating func post(_ cancelled: PackageCancelled) throws(PostingError) {
    let patient = try key(cancelled.patient)
    let rest = try minor(cancelled.rest)
    let refund = try minor(cancelled.refundDue)
    guard refund >= 0, refund <= rest else { throw ledger.error(.overAllocated) }
    let place = packagePlaces[cancelled.package.number] ?? 0
    ledger.taxCode = UInt16(truncatingIfNeeded: place >> 16)
    try add(.packageIncome, .debit, rest, patient)
    let tax = try minor(cancelled.tax)
    try add(.outputTax, .debit, tax, patient)
    ledger.taxCode = 0
    var credit = refund
    try sum(&credit, tax)
    for part in cancelled.released {
      let owing = try debtor(part.owedBy)
      let charge = try short(part.charge.number)
      let amount = try minor(part.amount)
      guard amount <= credit else { throw ledger.error(.overAllocated) }
      try add(owing.slot, .credit, amount, owing.party, charge, try clinic(ofCharge: charge))
      credit -= amount
    }
    try add(.credit, .credit, credit, patient)
    try add(.packageBreakage, .credit, rest - refund, patient)
  }
}
