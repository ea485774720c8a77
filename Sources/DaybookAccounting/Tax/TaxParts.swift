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
  /// Credit notes, returns and discounts after the fact: below zero.
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

/// One posting of a base or of its tax, by what the books say of it.
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
  /// Minor units: above zero what is sold and owed, or bought and deducted.
  let amount: Int64
}

/// Sorts postings by what they are to taxes: by their tax code, and by the slots of their accounts.
///
/// A base and its tax bear a tax code in their entries, and nothing else does.
struct TaxPosts {
  private enum Role {
    case outputTax, inputTax, notDeductible, deposit, goodwill, other
  }

  private let roles: [Role]
  private let model: AccountingModel
  private static let purchases = Set(
    PostingRule.builtIn.indices.filter { PostingRule.builtIn[$0].journal == "purchases" }
      .map { UInt16($0) })

  init(_ model: AccountingModel) {
    self.model = model
    var roles = [Role](repeating: .other, count: model.chart.accounts.count)
    let slots: [(Slot, Role)] = [
      (.outputTax, .outputTax), (.inputTax, .inputTax), (.taxNotDeductible, .notDeductible),
      (.deposit, .deposit), (.goodwill, .goodwill),
    ]
    for (slot, role) in slots {
      for account in model.accountRules.meanings(of: slot) { roles[Int(account)] = role }
    }
    self.roles = roles
  }

  /// What a posting is to taxes; nil where it has no tax code.
  func part(_ row: Posting) -> TaxPart? {
    guard row.taxCode != 0 else { return nil }
    let isPurchase = isPurchase(row)
    switch roles[Int(row.account)] {
    case .outputTax:
      return TaxPart(
        side: .output, kind: isPurchase ? .reverseCharge : kind(row), figure: .tax,
        amount: -row.amount)
    case .inputTax:
      return TaxPart(side: .input, kind: .purchase, figure: .tax, amount: row.amount)
    case .notDeductible:
      return TaxPart(side: .input, kind: .purchase, figure: .notDeductible, amount: row.amount)
    case .deposit: return base(.advance, row)
    case .goodwill: return base(.creditNote, row)
    case .other:
      return isPurchase
        ? TaxPart(side: .input, kind: .purchase, figure: .base, amount: row.amount)
        : base(.supply, row)
    }
  }

  /// Whether a posting moves what is owed to the authority, or is to be deducted, without a tax code:
  /// the return itself, and what was posted by hand.
  func settles(_ row: Posting) -> TaxSide? {
    guard row.taxCode == 0 else { return nil }
    switch roles[Int(row.account)] {
    case .outputTax: return .output
    case .inputTax: return .input
    case .notDeductible, .deposit, .goodwill, .other: return nil
    }
  }

  private func base(_ kind: TaxedKind, _ row: Posting) -> TaxPart {
    TaxPart(side: .output, kind: kind, figure: .base, amount: -row.amount)
  }

  private func isPurchase(_ row: Posting) -> Bool { Self.purchases.contains(row.rule) }

  /// The kind of a tax is that of its base, which stands beside it in the entry.
  private func kind(_ row: Posting) -> TaxedKind {
    for other in model.postings(at: row.position)
    where other.taxCode == row.taxCode && other.clinic == row.clinic {
      switch roles[Int(other.account)] {
      case .deposit: return .advance
      case .goodwill: return .creditNote
      case .outputTax, .inputTax, .notDeductible, .other: continue
      }
    }
    return .supply
  }
}
