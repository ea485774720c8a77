import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Which way a tax goes.
enum TaxSide: Int, CaseIterable {
  /// What is charged to others, and owed to the authority.
  case output
  /// What others have charged, and what of it is deducted.
  case input
}

/// What was taxed.
enum TaxedKind: Int, CaseIterable {
  /// What is sold; a package when its price is due, not with its sessions.
  case supply
  /// Deposits, less those that have settled something since: then the supply is taxed in their place.
  case advance
  /// Credit notes, returns, discounts after the fact, and bad debts whose tax comes back: below zero,
  /// but for what of those is recovered.
  case creditNote
  case purchase
  /// Purchases whose tax the clinic owes itself.
  case reverseCharge

  var words: String {
    switch self {
    case .supply: "supplies"
    case .advance: "deposits, less those deducted"
    case .creditNote: "credit notes and returns"
    case .purchase: "purchases"
    case .reverseCharge: "reverse charge"
    }
  }
}

/// What one posting is to taxes: a base or its tax.
struct TaxPart {
  /// What the posting is.
  enum Figure {
    case base
    case tax
    /// Tax that was charged and is not deducted.
    case notDeductible
  }

  let side: TaxSide
  let kind: TaxedKind
  let figure: Figure
  /// The number of the tax code.
  let code: UInt16
  /// Minor units: above zero what is sold and owed, or bought and deducted.
  let amount: Int64
}

/// Sorts postings by what they are to taxes: by their tax code, and by the slots of their accounts.
///
/// A base and its tax bear a tax code in their entries, and nothing else does. A base on an account of
/// expense or assets, or in an entry of purchases, was bought; any other was sold. What was sold and is
/// lost stands among expenses, too: of it the accounts of bad debts tell.
struct TaxPosts {
  private enum Role {
    case outputTax, inputTax, notDeductible, deposit, goodwill, lost, breakage, bought, sold
  }

  private let roles: [Role]
  private let model: AccountingModel
  private static let purchases = Set(
    PostingRule.builtIn.indices.filter { PostingRule.builtIn[$0].journal == "purchases" }
      .map { UInt16($0) })
  private static let cancelled = PostingRule.find(
    PackageCancelled.Tag.family, PackageCancelled.tag.rawValue
  )
  .map { $0.number - 1 }

  init(_ model: AccountingModel) {
    self.model = model
    var roles = model.chart.accounts.map { account -> Role in
      switch account.kind {
      case .asset, .expense: .bought
      case .liability, .equity, .income: .sold
      }
    }
    let slots: [(Role, [Slot])] = [
      (.outputTax, [.outputTax]), (.inputTax, [.inputTax]), (.notDeductible, [.taxNotDeductible]),
      (.deposit, [.deposit]), (.goodwill, [.goodwill]), (.breakage, [.packageBreakage]),
      (.lost, [.badDebt, .allowance]),
    ]
    model.forEachAccount(of: slots) { roles[$0] = $1 }
    self.roles = roles
  }

  /// Whether a posting can be anything to taxes.
  func concerns(_ row: Posting) -> Bool {
    if row.taxCode != 0 { return true }
    switch roles[Int(row.account)] {
    case .outputTax, .inputTax, .breakage: return true
    case .notDeductible, .deposit, .goodwill, .lost, .bought, .sold: return false
    }
  }

  /// Calls `body` with what a posting is to taxes: nothing where it has no tax code; of what is bought
  /// under reverse charge both sides have the base.
  ///
  /// - Parameter entry: The lines of its entry.
  func forEachPart(_ row: Posting, of entry: [Posting], _ body: (TaxPart) -> Void) {
    func give(
      _ side: TaxSide, _ kind: TaxedKind, _ figure: TaxPart.Figure, _ amount: Int64,
      code: UInt16? = nil
    ) {
      body(
        TaxPart(
          side: side, kind: kind, figure: figure, code: code ?? row.taxCode, amount: amount))
    }
    guard row.taxCode != 0 else {
      // What is kept of a package was sold under the code of its price.
      if row.rule == Self.cancelled, roles[Int(row.account)] == .breakage,
        let code = sibling(row, entry, { $0.taxCode != 0 })?.taxCode
      {
        give(.output, .supply, .base, -row.amount, code: code)
      }
      return
    }
    let isPurchase = Self.purchases.contains(row.rule)
    switch roles[Int(row.account)] {
    case .outputTax:
      give(.output, isPurchase ? .reverseCharge : kind(row, entry), .tax, -row.amount)
    case .inputTax: give(.input, .purchase, .tax, row.amount)
    case .notDeductible: give(.input, .purchase, .notDeductible, row.amount)
    case .deposit: give(.output, .advance, .base, -row.amount)
    case .goodwill: give(.output, .creditNote, .base, -row.amount)
    case .lost where !isPurchase: give(.output, .creditNote, .base, -row.amount)
    case .sold where !isPurchase, .breakage: give(.output, .supply, .base, -row.amount)
    case .lost, .bought, .sold:
      give(.input, .purchase, .base, row.amount)
      let isOwed = sibling(row, entry) { $0.taxCode == row.taxCode && isOutputTax($0) } != nil
      if isOwed { give(.output, .reverseCharge, .base, row.amount) }
    }
  }

  /// Whether a posting moves what is owed to the authority, or is to be deducted, without a tax code:
  /// the return itself, and what was posted by hand.
  func settles(_ row: Posting) -> TaxSide? {
    guard row.taxCode == 0 else { return nil }
    switch roles[Int(row.account)] {
    case .outputTax: return .output
    case .inputTax: return .input
    case .notDeductible, .deposit, .goodwill, .lost, .breakage, .bought, .sold: return nil
    }
  }

  /// What a posting undoes; itself where it undoes nothing.
  func origin(_ row: Posting) -> Posting {
    guard let of = model.reversedEvent(by: row.position) else { return row }
    return model.postings(at: of).first ?? row
  }

  /// The day of a posting's charge; nil where it has none.
  func chargeDay(_ row: Posting) -> Int32? {
    let document = row.document.stream
    let number =
      row.charge != 0
      ? row.charge : document.kind == .charge ? UInt32(exactly: document.number) ?? 0 : 0
    return number == 0 ? nil : model.charges.row(ofCharge: number)?.day
  }

  private func isOutputTax(_ row: Posting) -> Bool { roles[Int(row.account)] == .outputTax }

  /// A posting of the same entry and clinic.
  private func sibling(
    _ row: Posting, _ entry: [Posting], _ isMeant: (Posting) -> Bool
  ) -> Posting? {
    entry.first { $0.clinic == row.clinic && isMeant($0) }
  }

  /// The kind of a tax is that of its base, which stands beside it in the entry.
  private func kind(_ row: Posting, _ entry: [Posting]) -> TaxedKind {
    let base = sibling(row, entry) { other in
      guard other.taxCode == row.taxCode else { return false }
      switch roles[Int(other.account)] {
      case .deposit, .goodwill, .lost: return true
      case .outputTax, .inputTax, .notDeductible, .breakage, .bought, .sold: return false
      }
    }
    guard let base else { return .supply }
    return roles[Int(base.account)] == .deposit ? .advance : .creditNote
  }
}
