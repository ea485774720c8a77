/// A place in the shape of an entry: what a line is for, not yet which account that means.
///
/// The shape is code with a rule number and never changes; which account a slot means is data.
enum Slot: Int, CaseIterable, Sendable {
  case till, safe, bank, cardClearing, voucher
  case patientReceivable, payerReceivable
  case deposit, credit, tips, outputTax, betweenClinics
  case exemptIncome, taxableIncome, feeIncome, packageIncome, discount
  case goodwill, insurerAdjustment, writtenOffSmall, badDebt, rounding
  case inventory, goodsNotInvoiced, openingBalance
  case costOfSales, consumables, stockLoss
  case packageBreakage
  case otherIncome, bankFees, inputTax, taxNotDeductible, priceVariance, payables, withheldTax
  case cashInTransit, wagesPayable
  case stockInTransit
  case wages, employerShare, commission, socialSecurity, commissionPayable, staffAdvances
  case productSales, cashOver, cashShort, cardFees
  case yearResult, retainedEarnings
  case allowance
  case purchases, stockVariation

  /// The code of the account that the slot means in built-in version 1, which is frozen.
  var builtInCode: String {
    switch self {
    case .yearResult: "3900"
    case .retainedEarnings: "3100"
    case .till: "1010"
    case .safe: "1020"
    case .bank: "1100"
    case .cardClearing: "1150"
    case .voucher: "2120"
    case .patientReceivable: "1200"
    case .payerReceivable: "1210"
    case .deposit: "2100"
    case .credit: "2150"
    case .tips: "2340"
    case .outputTax: "2200"
    case .betweenClinics: "1990"
    case .exemptIncome: "4000"
    case .taxableIncome: "4010"
    case .feeIncome: "4030"
    case .packageIncome: "2110"
    case .discount: "4090"
    case .goodwill: "4095"
    case .insurerAdjustment: "4096"
    case .writtenOffSmall, .rounding: "6910"
    case .badDebt: "6300"
    // Both sides on one account, which is no pair: a country's rule sets them apart.
    case .inventory, .purchases, .stockVariation: "1400"
    case .goodsNotInvoiced: "2010"
    case .openingBalance: "3000"
    case .costOfSales: "5000"
    case .consumables: "5010"
    case .stockLoss: "5020"
    case .wages: "6000"
    case .employerShare: "6010"
    case .commission: "6020"
    case .wagesPayable: "2300"
    case .socialSecurity: "2320"
    case .commissionPayable: "2330"
    case .staffAdvances: "1240"
    case .packageBreakage: "4040"
    case .otherIncome: "4100"
    case .bankFees: "6210"
    case .inputTax: "1450"
    case .taxNotDeductible: "6450"
    case .priceVariance: "5030"
    case .payables: "2000"
    case .withheldTax: "2310"
    case .cashInTransit: "1030"
    case .stockInTransit: "1410"
    case .productSales: "4020"
    case .cashOver: "4900"
    case .cashShort: "6900"
    case .cardFees: "6200"
    case .allowance: "1290"
    }
  }
}

/// Which account each slot means: an index into the chart.
struct SlotAccounts: Sendable {
  private var indexes: [UInt16]

  /// Built-in version 1; with `other` codes by the names of slots, what another build would have.
  init(_ chart: Chart, _ other: [String: String] = [:]) {
    indexes = Slot.allCases.map { slot in
      let code = other["\(slot)"] ?? slot.builtInCode
      guard let index = chart.index(of: code) else {
        preconditionFailure("the chart has no account \(code)")
      }
      return UInt16(index)
    }
  }

  subscript(slot: Slot) -> UInt16 { indexes[slot.rawValue] }

  /// Whether any slot means the account.
  func contains(_ account: UInt16) -> Bool { indexes.contains(account) }

  /// The same with some slots meaning other accounts.
  func with(_ meanings: [AccountRule.Meaning]) -> SlotAccounts {
    var copy = self
    for meaning in meanings { copy.indexes[meaning.slot] = meaning.account }
    return copy
  }
}
